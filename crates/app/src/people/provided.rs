//! Accounts as an identity provider keeps them (SCIM, RFC 7644): made, changed, deactivated and taken out of its list by an admin's API
//! token. An address, a password and a role are never changed this way; the activity says that SCIM did it.

use super::change::{deactivate_in, reactivate_in, was_never_used};
use super::invite::{self, begun, insert_in, invite_in};
use super::{Invitee, MeetingsThen, still_admin};
use crate::accounts::own;
use crate::accounts::profile::{Means, ProfileChange, change_in};
use crate::{App, Ctx, Error, Refusal};
use jiff::Timestamp;
use nameplate_domain::account::{
    Agent, AgentStatus, EmailAddress, ExternalId, FieldKey, FullName, Language, Preferences, Problem, Role,
};
use nameplate_domain::ids::AgentId;
use nameplate_store::{AgentFilter, ScimUserRow, Tx};
use std::collections::HashMap;

/// The system among the external ids that is the identity provider.
pub const SYSTEM: &str = "scim";

/// An account with what the provider said of it.
#[derive(Debug, Clone)]
pub struct Provided {
    /// The account.
    pub agent: Agent,
    /// The given name, where the provider said it of today's name.
    pub given_name: Option<FullName>,
    /// The family name, likewise.
    pub family_name: Option<FullName>,
    /// By what the provider knows the account.
    pub external_id: Option<ExternalId>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Provided {
    fn of(
        agent: Agent,
        row: Option<&ScimUserRow>,
        external_id: Option<ExternalId>,
        (created_at, changed_at): (Timestamp, Timestamp),
    ) -> Self {
        let row = row.filter(|row| row.full_name == agent.name);
        let given_name = row.and_then(|row| row.given_name.clone());
        let family_name = row.and_then(|row| row.family_name.clone());
        Self { agent, given_name, family_name, external_id, created_at, changed_at }
    }

    /// Whether the account works, or will once its agent has chosen a password.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.agent.status, AgentStatus::Active | AgentStatus::Invited)
    }
}

/// What the provider wants an account to be.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The profile.
    pub profile: ProfileChange,
    /// The given name.
    pub given_name: Option<FullName>,
    /// The family name.
    pub family_name: Option<FullName>,
    /// The language of pages and messages; none follows the browser.
    pub language: Option<Language>,
    /// Whether it works.
    pub active: bool,
}

/// Which accounts are looked at.
#[derive(Debug, Clone)]
pub enum Among {
    /// All.
    All,
    /// The one with this address.
    Email(EmailAddress),
    /// The one that the provider knows by this.
    ExternalId(ExternalId),
}

/// What the provider took out of its list is there for it no more, until an admin lets it work again.
fn is_gone(agent: &Agent, row: Option<&ScimUserRow>) -> bool {
    let works = matches!(agent.status, AgentStatus::Active | AgentStatus::Invited);
    !works && row.is_some_and(|row| row.deleted_at.is_some())
}

fn system() -> FieldKey {
    FieldKey::stored(SYSTEM.to_owned())
}

async fn read(tx: &Tx, agent: Agent) -> Result<(Provided, Option<ScimUserRow>), Error> {
    let (id, row) = (agent.id, tx.scim_user(agent.id).await?);
    let external_id = tx.external_ids(id).await?.remove(&system());
    let times = tx.agent_times(id).await?.ok_or(Error::NotFound)?;
    Ok((Provided::of(agent, row.as_ref(), external_id, times), row))
}

async fn present(tx: &Tx, id: AgentId) -> Result<(Provided, Option<ScimUserRow>), Error> {
    let agent = tx.agent(id).await?.ok_or(Error::NotFound)?;
    let (provided, row) = read(tx, agent).await?;
    if is_gone(&provided.agent, row.as_ref()) { Err(Error::NotFound) } else { Ok((provided, row)) }
}

/// The account with this id.
///
/// # Errors
/// `NotFound`, also for one that the provider took out of its list; `NotSignedIn` for anybody but an admin.
pub async fn find(app: &App, ctx: &Ctx, id: AgentId) -> Result<Provided, Error> {
    ctx.admin()?;
    app.store().read(|tx| async move { Ok(present(&tx, id).await?.0) }).await
}

/// Accounts in the order of their making, without those that the provider took out of its list. All of them are read at once, as for the page of
/// people.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn list(app: &App, ctx: &Ctx, among: Among) -> Result<Vec<Provided>, Error> {
    ctx.admin()?;
    let filter = match among {
        Among::All => return all(app).await,
        Among::Email(email) => AgentFilter { email: Some(email), ..AgentFilter::default() },
        Among::ExternalId(id) => AgentFilter { external_id: Some((system(), id)), ..AgentFilter::default() },
    };
    let read = app.store().read(|tx| async move {
        let mut found = Vec::new();
        // Both are one account's alone.
        for agent in tx.agents_behind(None, &filter, 1).await? {
            let (provided, row) = read(&tx, agent).await?;
            if !is_gone(&provided.agent, row.as_ref()) {
                found.push(provided);
            }
        }
        Ok(found)
    });
    read.await
}

async fn all(app: &App) -> Result<Vec<Provided>, Error> {
    let read = app.store().read(|tx| async move {
        let (agents, rows) = (tx.agents().await?, tx.all_scim_users().await?);
        Ok::<_, Error>((agents, rows, tx.all_external_ids().await?, tx.all_agent_times().await?))
    });
    let (agents, rows, ids, times) = read.await?;
    let rows: HashMap<AgentId, ScimUserRow> = rows.into_iter().map(|row| (row.agent_id, row)).collect();
    let ids = ids.into_iter().filter(|(_, system, _)| system.as_str() == SYSTEM);
    let mut ids: HashMap<AgentId, ExternalId> = ids.map(|(agent, _, id)| (agent, id)).collect();
    let times: HashMap<AgentId, (Timestamp, Timestamp)> =
        times.into_iter().map(|(agent, made, changed)| (agent, (made, changed))).collect();
    let with = agents.into_iter().filter(|agent| !is_gone(agent, rows.get(&agent.id)));
    Ok(with
        .filter_map(|agent| {
            let (id, times) = (agent.id, *times.get(&agent.id)?);
            Some(Provided::of(agent, rows.get(&id), ids.remove(&id), times))
        })
        .collect())
}

/// Makes an account and, if it shall work, invites its agent. One that the provider took out of its list before comes back instead.
///
/// # Errors
/// `Invalid` naming `email` for one that an account has, or what else cannot be taken; `Limited`; `NotSignedIn` for anybody but an admin.
pub async fn create(
    app: &App,
    ctx: &Ctx,
    (name, email): (FullName, EmailAddress),
    wanted: Wanted,
) -> Result<Provided, Error> {
    ctx.admin()?;
    let admin = own(app, ctx).await?;
    let (inner, ctx) = (app.clone(), ctx.clone());
    let made = app.store().write(move |tx| async move {
        let means = means(&inner, &ctx);
        if let Some(there) = tx.agent_by_email(&email).await? {
            tx.lock_admins_and(there.id).await?;
            still_admin(&tx, &ctx).await?;
            let agent = tx.agent(there.id).await?.ok_or(Error::Stale)?;
            let (provided, row) = read(&tx, agent).await?;
            if !is_gone(&provided.agent, row.as_ref()) {
                return Err(Error::invalid("email", Problem::EmailTaken));
            }
            let profile = ProfileChange { name: Some(name), ..wanted.profile };
            let work = Work { app: &inner, tx: &tx, ctx: &ctx, means: &means, admin: &admin };
            return work.put(provided, row, Wanted { profile, ..wanted }).await;
        }
        tx.lock_agent(admin.id).await?;
        still_admin(&tx, &ctx).await?;
        let Wanted { profile, given_name, family_name, language, active } = wanted;
        let mut new = begun(&admin, Invitee { name, email, role: Role::Agent, profile });
        if language.is_some() {
            new.agent.preferences.language = language;
        }
        let by = (&means.recorder, &means.rules);
        let agent = if active {
            invite::permit_address(&inner, &tx, &ctx, &new.agent).await?;
            invite_in(&inner, &tx, &ctx, by, &admin, new).await?
        } else {
            new.agent.status = AgentStatus::Disabled;
            insert_in(&inner, &tx, &ctx, by, new).await?
        };
        let full_name = agent.name.clone();
        let row = ScimUserRow { agent_id: agent.id, full_name, given_name, family_name, deleted_at: None };
        tx.put_scim_user(&row).await?;
        Ok(read(&tx, agent).await?.0)
    });
    let made = made.await?;
    app.wake_outbox();
    Ok(made)
}

/// Changes an account, all or nothing, to what `decide` makes of it as it is then. What `decide` refuses changes nothing.
///
/// # Errors
/// `Refused(OwnAccount)` and `Refused(LastAdmin)` for what would lock everybody out; `Refused(OtherStatus)` for an account that its agent has closed;
/// `Invalid`; `Limited`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn update<E: Send + 'static>(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    decide: impl FnOnce(&Provided) -> Result<Wanted, E> + Send + 'static,
) -> Result<Result<Provided, E>, Error> {
    ctx.admin()?;
    let admin = own(app, ctx).await?;
    let (inner, ctx) = (app.clone(), ctx.clone());
    let changed = app.store().write(move |tx| async move {
        tx.lock_admins_and(id).await?;
        still_admin(&tx, &ctx).await?;
        let (provided, row) = present(&tx, id).await?;
        let wanted = match decide(&provided) {
            Ok(wanted) => wanted,
            Err(refused) => return Ok(Err(refused)),
        };
        let means = means(&inner, &ctx);
        let work = Work { app: &inner, tx: &tx, ctx: &ctx, means: &means, admin: &admin };
        work.put(provided, row, wanted).await.map(Ok)
    });
    let changed = changed.await?;
    app.wake_outbox();
    Ok(changed)
}

/// Deactivates an account and takes it out of the provider's list. Meetings stay, as with `DELETE /api/v1/agents/{slug}`. What `allow` refuses
/// changes nothing.
///
/// # Errors
/// As [`update`].
pub async fn delete<E: Send + 'static>(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    allow: impl FnOnce(&Provided) -> Result<(), E> + Send + 'static,
) -> Result<Result<(), E>, Error> {
    let admin = ctx.admin()?;
    let (inner, ctx) = (app.clone(), ctx.clone());
    let gone = app.store().write(move |tx| async move {
        tx.lock_admins_and(id).await?;
        still_admin(&tx, &ctx).await?;
        let (provided, row) = present(&tx, id).await?;
        if let Err(refused) = allow(&provided) {
            return Ok(Err(refused));
        }
        if id == admin {
            return Err(Refusal::OwnAccount.into());
        }
        let Provided { agent, given_name, family_name, .. } = provided;
        let full_name = agent.name.clone();
        // The provider may give what it knew this account by to another one.
        let unknown = ProfileChange { external_ids: [(system(), None)].into(), ..ProfileChange::default() };
        let agent = change_in(&tx, &means(&inner, &ctx), true, agent, unknown).await?.agent;
        if matches!(agent.status, AgentStatus::Active | AgentStatus::Invited) {
            let recorder = inner.recorder(&ctx).by_scim();
            deactivate_in(&inner, &tx, &ctx, &recorder, agent, MeetingsThen::Stay).await?;
        }
        let row =
            row.unwrap_or(ScimUserRow { agent_id: id, full_name, given_name, family_name, deleted_at: None });
        tx.put_scim_user(&ScimUserRow { deleted_at: Some(ctx.now), ..row }).await?;
        Ok::<_, Error>(Ok(()))
    });
    let gone = gone.await?;
    app.wake_outbox();
    Ok(gone)
}

fn means(app: &App, ctx: &Ctx) -> Means {
    Means { recorder: app.recorder(ctx).by_scim(), ..Means::of(app, ctx) }
}

/// A change in its transaction. The admins and the account are locked.
struct Work<'a> {
    app: &'a App,
    tx: &'a Tx,
    ctx: &'a Ctx,
    means: &'a Means,
    admin: &'a Agent,
}

impl Work<'_> {
    async fn put(
        &self,
        before: Provided,
        row: Option<ScimUserRow>,
        wanted: Wanted,
    ) -> Result<Provided, Error> {
        let (tx, id, was_active) = (self.tx, before.agent.id, before.is_active());
        if before.agent.status == AgentStatus::Closed {
            return Err(Refusal::OtherStatus.into());
        }
        let Wanted { profile, given_name, family_name, language, active } = wanted;
        if !active && id == self.admin.id {
            return Err(Refusal::OwnAccount.into());
        }
        if !was_active && active && was_never_used(tx, id).await? {
            invite::permit_address(self.app, tx, self.ctx, &before.agent).await?;
        }
        let agent = change_in(tx, self.means, true, before.agent, profile).await?.agent;
        if agent.preferences.language != language {
            let chosen = Preferences { language, ..agent.preferences.clone() };
            tx.set_preferences(id, &chosen).await?;
        }
        let full_name = agent.name.clone();
        let said = ScimUserRow { agent_id: id, full_name, given_name, family_name, deleted_at: None };
        if row.as_ref() != Some(&said) {
            tx.put_scim_user(&said).await?;
        }
        let recorder = &self.means.recorder;
        match (was_active, active) {
            (true, false) => {
                deactivate_in(self.app, tx, self.ctx, recorder, agent, MeetingsThen::Stay).await?;
            }
            (false, true) => {
                reactivate_in(self.app, tx, self.ctx, recorder, (self.admin, agent)).await?;
            }
            _ => {}
        }
        Ok(present(tx, id).await?.0)
    }
}
