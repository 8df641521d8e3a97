//! The fields of the account that its agent changes at will.

use super::external_ids::{self, IdChanges};
use super::{changes, slug, time_zone};
use crate::audit::{Change, Recorder};
use crate::fields::{FieldChanges, put_in};
use crate::{App, Ctx, Error, once, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, FullName, JobTitle, Location, PhoneNumber, Slug, Visibility};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::ZoneId;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::Tx;

/// A change of the profile; a field that is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// Full name.
    pub name: Option<FullName>,
    /// What customers see instead; the inner `None` removes it.
    pub display_name: Option<Option<FullName>>,
    /// The end of the profile URL. The former one leads here for ever and goes to nobody else.
    pub slug: Option<Slug>,
    /// Time zone. Hours keep their numbers, meetings keep their instant; no message is sent, for no instant changes.
    pub time_zone: Option<ZoneId>,
    /// Phone number.
    pub phone_number: Option<Option<PhoneNumber>>,
    /// Job title.
    pub job_title: Option<Option<JobTitle>>,
    /// Location, as a whole.
    pub location: Option<Location>,
    /// Which fields customers see where.
    pub visibility: Option<Visibility>,
    /// What the organisation's profile fields hold.
    pub fields: FieldChanges,
    /// By which ids other systems know the agent.
    pub external_ids: IdChanges,
}

/// What a change says of what stands beside the account.
pub(crate) struct Beside {
    fields: FieldChanges,
    external_ids: IdChanges,
}

impl Beside {
    /// Writes it, and says what that changed. The agent is locked.
    pub(crate) async fn put_in(self, tx: &Tx, by_admin: bool, agent: AgentId) -> Result<Vec<Change>, Error> {
        let mut changes = put_in(tx, by_admin, agent, self.fields).await?;
        changes.extend(external_ids::put_in(tx, by_admin, agent, self.external_ids).await?);
        Ok(changes)
    }
}

/// Saves all the fields or, when one cannot be had, none. `expected` is what the person saw before: the change is refused
/// with `Stale` when it does not hold any more.
///
/// # Errors
/// `Invalid` for a slug that cannot be had, and for profile fields that there are not or that are not the agent's to fill in; `Stale`; `NotSignedIn`.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    change: ProfileChange,
    expected: impl FnOnce(&Agent) -> bool + Send + 'static,
) -> Result<Agent, Error> {
    change_of(app, ctx, ctx.agent()?, change, expected).await
}

/// The same of any account; whether it may be changed is the caller's to know.
pub(crate) async fn change_of(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    change: ProfileChange,
    expected: impl FnOnce(&Agent) -> bool + Send + 'static,
) -> Result<Agent, Error> {
    let means = Means::of(app, ctx);
    let by_admin = ctx.admin().is_ok();
    let changed = once::write(app, ctx, move |tx, _| async move {
        // The agent's lock makes load and save one step on PostgreSQL too.
        tx.lock_agent(id).await?;
        let before = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
        if !expected(&before) {
            return Err(Error::Stale);
        }
        Ok(change_in(&tx, &means, by_admin, before, change).await?.agent)
    })
    .await?;
    app.wake_webhooks();
    Ok(changed)
}

/// What a change needs besides its transaction.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) now: Timestamp,
    pub(crate) rules: slug::SlugRules,
    pub(crate) recorder: Recorder,
    pub(crate) app: App,
}

impl Means {
    pub(crate) fn of(app: &App, ctx: &Ctx) -> Self {
        Self { now: ctx.now, rules: slug::SlugRules::of(app), recorder: app.recorder(ctx), app: app.clone() }
    }
}

/// An account after a change.
pub(crate) struct Changed {
    /// The account.
    pub(crate) agent: Agent,
    /// Whether it is another one than before, or what stands beside it is.
    pub(crate) is_another: bool,
}

/// The same within a transaction. The agent is locked, and `before` was read since.
pub(crate) async fn change_in(
    tx: &Tx,
    means: &Means,
    by_admin: bool,
    before: Agent,
    change: ProfileChange,
) -> Result<Changed, Error> {
    if let Some(slug) = &change.slug {
        means.rules.unreserved(slug)?;
    }
    let (now, id) = (means.now, before.id);
    let mut agent = before.clone();
    let beside = put_all(&mut agent, change).put_in(tx, by_admin, id).await?;
    if agent == before && beside.is_empty() {
        return Ok(Changed { agent, is_another: false });
    }
    if agent.slug != before.slug {
        slug::claim_in(tx, &means.rules, &agent, now).await?;
    }
    if !tx.save_agent(&agent, now).await.map_err(super::add::taken)? {
        return Err(Error::Stale);
    }
    agent.version += 1;
    if agent.time_zone != before.time_zone {
        time_zone::reread(tx, means.app.tzdb(), &agent, now).await?;
    }
    webhooks::of_agent(&means.app, tx, HookEvent::AgentUpdated, id, now).await?;
    changes::record(tx, &means.recorder, (&before, &agent), beside).await?;
    Ok(Changed { agent, is_another: true })
}

/// Puts all into the account but what stands beside it.
pub(crate) fn put_all(agent: &mut Agent, change: ProfileChange) -> Beside {
    fn put<T>(field: &mut T, value: Option<T>) {
        if let Some(value) = value {
            *field = value;
        }
    }
    let ProfileChange {
        name,
        display_name,
        slug,
        time_zone,
        phone_number,
        job_title,
        location,
        visibility,
        fields,
        external_ids,
    } = change;
    put(&mut agent.name, name);
    put(&mut agent.display_name, display_name);
    put(&mut agent.slug, slug);
    put(&mut agent.time_zone, time_zone);
    put(&mut agent.phone_number, phone_number);
    put(&mut agent.job_title, job_title);
    put(&mut agent.location, location);
    put(&mut agent.visibility, visibility);
    Beside { fields, external_ids }
}
