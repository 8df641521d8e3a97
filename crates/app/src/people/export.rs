//! Everybody as a file that can be handed in again (AD-04).

use super::imports::{Column, write};
use crate::accounts::sessions;
use crate::{App, Ctx, Error};
use nameplate_domain::account::{
    Agent, AgentStatus, ExternalId, FieldKey, FieldValue, FullName, JobTitle, PhoneNumber,
};
use nameplate_domain::ids::AgentId;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Everybody but those whose account is closed, with all columns that a file of people can have. Handed in again it changes nothing.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin; `ReauthenticationRequired`: it holds what everybody keeps (`security.md` P2).
pub async fn export(app: &App, ctx: &Ctx) -> Result<Vec<u8>, Error> {
    ctx.admin()?;
    if !sessions::is_recent(app, ctx) {
        return Err(Error::ReauthenticationRequired);
    }
    let read = app.store().read(|tx| async move {
        let (agents, fields) = (tx.agents().await?, tx.profile_fields().await?);
        Ok::<_, Error>((agents, fields, tx.all_agent_fields().await?, tx.all_external_ids().await?))
    });
    let (mut agents, fields, values, ids) = read.await?;
    let made = tokio::task::spawn_blocking(move || {
        agents.retain(|agent| agent.status != AgentStatus::Closed);
        agents.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
        let systems: BTreeSet<FieldKey> = ids.iter().map(|(_, system, _)| system.clone()).collect();
        let columns: Vec<Column> = Column::plain()
            .chain(fields.into_iter().map(|field| Column::Field(field.key)))
            .chain(systems.into_iter().map(Column::ExternalId))
            .collect();
        let beside = Beside {
            values: values.into_iter().map(|(agent, key, value)| ((agent, key), value)).collect(),
            ids: ids.into_iter().map(|(agent, system, id)| ((agent, system), id)).collect(),
        };
        let headers = columns.iter().map(|column| Cow::Owned(column.word())).collect();
        let rows = agents.iter().map(|agent| {
            columns.iter().map(|column| beside.cell(agent, column)).collect::<Vec<Cow<'_, str>>>()
        });
        write(std::iter::once(headers).chain(rows))
    });
    made.await.map_err(|_| Error::Internal("the file of everybody could not be made"))
}

/// What stands beside the accounts.
struct Beside {
    values: HashMap<(AgentId, FieldKey), FieldValue>,
    ids: HashMap<(AgentId, FieldKey), ExternalId>,
}

impl Beside {
    fn cell<'a>(&'a self, agent: &'a Agent, column: &Column) -> Cow<'a, str> {
        match column {
            Column::Name => agent.name.as_str().into(),
            Column::DisplayName => agent.display_name.as_ref().map_or("", FullName::as_str).into(),
            Column::Email => agent.email.as_str().into(),
            Column::Role => agent.role.as_str().into(),
            Column::Slug => agent.slug.as_str().into(),
            Column::TimeZone => agent.time_zone.as_str().into(),
            // In the form that is one number everywhere.
            Column::PhoneNumber => agent.phone_number.as_ref().map_or("", PhoneNumber::e164).into(),
            Column::JobTitle => agent.job_title.as_ref().map_or("", JobTitle::as_str).into(),
            Column::Location(part) => agent.location.part(*part).into(),
            Column::Field(key) => {
                self.values.get(&(agent.id, key.clone())).map_or("".into(), |value| value.typed('.').into())
            }
            Column::ExternalId(system) => {
                self.ids.get(&(agent.id, system.clone())).map_or("", ExternalId::as_str).into()
            }
        }
    }
}
