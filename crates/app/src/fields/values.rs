//! What profiles hold of the fields.

use crate::audit::Change;
use crate::{App, Error, Invalid};
use nameplate_domain::account::{FieldKey, FieldValue, Place, Problem, ProfileField};
use nameplate_domain::ids::AgentId;
use nameplate_domain::placeholder::Fields;
use nameplate_notify::meeting::AgentFields;
use nameplate_store::Tx;
use std::collections::BTreeMap;

/// What a change of a profile says of fields; none takes a value away.
pub type FieldChanges = BTreeMap<FieldKey, Option<FieldValue>>;

/// A field, and what one profile holds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The field.
    pub field: ProfileField,
    /// The value; none where nothing was filled in.
    pub value: Option<FieldValue>,
}

pub(crate) async fn filled_in(tx: &Tx, agent: AgentId) -> Result<Vec<Filled>, Error> {
    let fields = tx.profile_fields().await?;
    fill(fields, tx, agent).await
}

async fn fill(fields: Vec<ProfileField>, tx: &Tx, agent: AgentId) -> Result<Vec<Filled>, Error> {
    // Where nothing is defined, nothing is asked.
    let mut values = if fields.is_empty() { BTreeMap::new() } else { tx.agent_fields(agent).await? };
    Ok(fields.into_iter().map(|field| Filled { value: values.remove(&field.key), field }).collect())
}

/// All fields in their order with what an agent's profile holds.
///
/// # Errors
/// The database's.
pub async fn of(app: &App, agent: AgentId) -> Result<Vec<Filled>, Error> {
    app.store().read(|tx| async move { filled_in(&tx, agent).await }).await
}

/// The same of several agents, in their order.
///
/// # Errors
/// The database's.
pub async fn of_each(app: &App, agents: Vec<AgentId>) -> Result<Vec<Vec<Filled>>, Error> {
    app.store()
        .read(|tx| async move {
            let fields = tx.profile_fields().await?;
            let mut all = Vec::with_capacity(agents.len());
            for agent in agents {
                all.push(fill(fields.clone(), &tx, agent).await?);
            }
            Ok(all)
        })
        .await
}

/// What customers see of an agent's fields in a place, in their order.
///
/// # Errors
/// The database's.
pub async fn shown(
    app: &App,
    agent: AgentId,
    place: Place,
) -> Result<Vec<(ProfileField, FieldValue)>, Error> {
    let filled = of(app, agent).await?.into_iter();
    let visible = filled.filter(|one| one.field.draft.places.shows(place));
    Ok(visible.filter_map(|one| Some((one.field, one.value?))).collect())
}

/// What texts of messages may name of the fields.
///
/// # Errors
/// The database's.
pub async fn known(app: &App) -> Result<Fields, Error> {
    let fields = app.store().read(|tx| async move { tx.profile_fields().await }).await?;
    Ok(fields.into_iter().map(|field| (field.key, field.kind)).collect())
}

/// What messages of an agent are filled with. A text that names a field which was deleted since is read all the same.
pub(crate) async fn in_messages(tx: &Tx, agent: AgentId) -> Result<AgentFields, Error> {
    let filled = filled_in(tx, agent).await?;
    let known: Fields = filled.iter().map(|one| (one.field.key.clone(), one.field.kind)).collect();
    let visible = filled.into_iter().filter(|one| one.field.draft.places.shows(Place::Messages));
    let shown = visible.filter_map(|one| Some((one.field.key, one.value?))).collect();
    Ok(AgentFields { known: known.or_any(), shown })
}

/// Writes what is to be changed, and says what that was. The agent is locked; the fields are as they are now, not as they were when the
/// change was made.
pub(crate) async fn put_in(
    tx: &Tx,
    by_admin: bool,
    agent: AgentId,
    wanted: FieldChanges,
) -> Result<Vec<Change>, Error> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let fields = tx.profile_fields_held().await?;
    let before = tx.agent_fields(agent).await?;
    let mut changes = Vec::new();
    let mut wrong = Vec::new();
    for (key, value) in wanted {
        let old = before.get(&key);
        let field = fields.iter().find(|field| field.key == key);
        if let Some(problem) = refused(field, by_admin, value.as_ref()) {
            wrong.push(Invalid { pointer: format!("/fields/{key}"), problem });
        } else if old != value.as_ref() {
            tx.put_agent_field(agent, &key, value.as_ref()).await?;
            let text = |value: Option<&FieldValue>| value.map(FieldValue::to_text);
            changes.push(Change::new(&format!("fields.{key}"), text(old), text(value.as_ref())));
        }
    }
    if wrong.is_empty() { Ok(changes) } else { Err(Error::Invalid(wrong)) }
}

fn refused(field: Option<&ProfileField>, by_admin: bool, value: Option<&FieldValue>) -> Option<Problem> {
    let Some(field) = field else { return Some(Problem::UnknownField) };
    if !by_admin && !field.is_agents() {
        return Some(Problem::AdminsOnly);
    }
    match value {
        None => field.draft.required.then_some(Problem::Empty),
        // A choice that was taken away since.
        Some(FieldValue::Choice(choice)) if !field.draft.choices.contains(choice) => {
            Some(Problem::NotAChoice)
        }
        Some(_) => None,
    }
}
