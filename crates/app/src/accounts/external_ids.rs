//! By which ids other systems know an agent, so that they find their person. Admins' programs write them.

use crate::audit::Change;
use crate::{App, Error, Invalid};
use nameplate_domain::account::{ExternalId, FieldKey, Problem};
use nameplate_domain::ids::AgentId;
use nameplate_store::{Constraint, Error as StoreError, Tx};
use std::collections::BTreeMap;

/// The most ids of an agent.
pub const MOST: usize = 20;

/// The ids of an agent, by system.
pub type ExternalIds = BTreeMap<FieldKey, ExternalId>;

/// What a change says of ids; none takes one away.
pub type IdChanges = BTreeMap<FieldKey, Option<ExternalId>>;

/// The ids of each of these agents, in their order.
///
/// # Errors
/// The database's.
pub async fn of_each(app: &App, agents: Vec<AgentId>) -> Result<Vec<ExternalIds>, Error> {
    app.store()
        .read(|tx| async move {
            let mut all = Vec::with_capacity(agents.len());
            for agent in agents {
                all.push(tx.external_ids(agent).await?);
            }
            Ok(all)
        })
        .await
}

/// Writes what is to be changed, and says what that was. The agent is locked.
pub(crate) async fn put_in(
    tx: &Tx,
    by_admin: bool,
    agent: AgentId,
    wanted: IdChanges,
) -> Result<Vec<Change>, Error> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    if !by_admin {
        return Err(Error::NotSignedIn);
    }
    let before = tx.external_ids(agent).await?;
    let mut changes = Vec::new();
    // Those that go make room for those that come.
    let (gone, come): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(_, id)| id.is_none());
    for (system, id) in gone.into_iter().chain(come) {
        let old = before.get(&system);
        if old == id.as_ref() {
            continue;
        }
        let taken = |error| taken(&system, error);
        tx.put_external_id(agent, &system, id.as_ref()).await.map_err(taken)?;
        changes.push(Change::new(&format!("external_ids.{system}"), old, id));
    }
    if tx.external_ids(agent).await?.len() > MOST {
        return Err(Error::invalid("external_ids", Problem::TooManyIds { max: MOST }));
    }
    Ok(changes)
}

fn taken(system: &FieldKey, error: StoreError) -> Error {
    match error {
        StoreError::Conflict(Constraint::ExternalId) => Error::Invalid(vec![Invalid {
            pointer: format!("/external_ids/{system}"),
            problem: Problem::ExternalIdTaken,
        }]),
        other => other.into(),
    }
}
