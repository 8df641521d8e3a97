//! Closing one's account, to be erased two weeks later.

use super::GRACE;
use crate::accounts::sessions;
use crate::audit::Event;
use crate::meetings::cancel::cancel_in;
use crate::meetings::list::ALL;
use crate::{App, Ctx, Error, Refusal, fresh, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, Problem, Role};
use nameplate_domain::ids::{AgentId, DeletionId};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{DeletionRow, Tx};

/// What happens to meetings that have not begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingsUntil {
    /// They are cancelled at once.
    Now,
    /// Those before the account is erased take place; the others are cancelled then.
    Erased,
}

/// What closing the account would do, as things stand.
#[derive(Debug, Clone)]
pub struct Plan {
    /// When it would be erased.
    pub erase_at: Timestamp,
    /// The meetings that have not begun, the next first.
    pub meetings: Vec<Meeting>,
    /// Whether nobody else runs the organisation: then it stays.
    pub is_last_admin: bool,
}

/// A closed account.
#[derive(Debug, Clone)]
pub struct Closed {
    /// The account.
    pub agent: Agent,
    /// When it is erased.
    pub erase_at: Timestamp,
    /// How many meetings were cancelled.
    pub cancelled: usize,
}

/// What closing the account of the agent who asks would do.
///
/// # Errors
/// `NotSignedIn`.
pub async fn plan(app: &App, ctx: &Ctx) -> Result<Plan, Error> {
    let agent = crate::accounts::own(app, ctx).await?;
    let (id, now) = (agent.id, ctx.now);
    let (meetings, is_last_admin) = app
        .store()
        .read(|tx| async move { Ok::<_, Error>((ahead(&tx, id, now).await?, is_last(&tx, &agent).await?)) })
        .await?;
    Ok(Plan { erase_at: now + GRACE, meetings, is_last_admin })
}

/// The meetings that can still be called off.
pub(crate) async fn ahead(tx: &Tx, agent: AgentId, now: Timestamp) -> Result<Vec<Meeting>, Error> {
    let mut meetings = tx.meetings_after(agent, now, ALL).await?;
    meetings.retain(|meeting| meeting.changeable(now).is_ok());
    Ok(meetings)
}

async fn is_last(tx: &Tx, agent: &Agent) -> Result<bool, Error> {
    Ok(agent.role == Role::Admin && tx.count_admins().await? <= 1)
}

/// Closes the account of the agent who asks: every session and API token ends, nobody can book, and a link by mail opens it
/// again until it is erased. `typed` must be the slug or the email address of the account.
///
/// # Errors
/// `ReauthenticationRequired`; `Invalid` naming `confirmation`; `Refused(LastAdmin)`.
pub async fn close(app: &App, ctx: &Ctx, typed: &str, until: MeetingsUntil) -> Result<Closed, Error> {
    let id = ctx.agent()?;
    if !sessions::is_recent(app, ctx) {
        return Err(Error::ReauthenticationRequired);
    }
    let (typed, recorder, inner, ctx) = (typed.to_owned(), app.recorder(ctx), app.clone(), ctx.clone());
    let closed = app
        .store()
        .write(move |tx| async move {
            if matches!(ctx.actor, crate::Actor::Agent { role: Role::Admin, .. }) {
                tx.lock_admins_and(id).await?;
            } else {
                tx.lock_agent(id).await?;
            }
            sessions::still_in(&tx, &ctx).await?;
            let agent = tx.agent(id).await?.filter(|agent| agent.status == AgentStatus::Active);
            let mut agent = agent.ok_or(Error::NotSignedIn)?;
            if is_last(&tx, &agent).await? {
                return Err(Refusal::LastAdmin.into());
            }
            check(&agent, &typed)?;
            let mut cancelled = 0;
            if until == MeetingsUntil::Now {
                for meeting in ahead(&tx, id, ctx.now).await? {
                    cancel_in(&inner, &tx, &agent, meeting, Party::Agent, None, ctx.now).await?;
                    cancelled += 1;
                }
            }
            agent.status = AgentStatus::Closed;
            if !tx.save_agent(&agent, ctx.now).await? {
                return Err(Error::Stale);
            }
            tx.end_ways_in(id).await?;
            let erase_at = ctx.now + GRACE;
            let row =
                DeletionRow { id: DeletionId::new(fresh::uuid()), agent_id: id, asked_at: ctx.now, erase_at };
            tx.insert_deletion(&row).await?;
            tx.enqueue(&super::keep::notice(&agent, row.id, ctx.now)).await?;
            webhooks::of_agent(&inner, &tx, HookEvent::AgentDeactivated, id, ctx.now).await?;
            recorder.add(&tx, id, Event::DeletionAsked, Vec::new()).await?;
            Ok(Closed { agent, erase_at, cancelled })
        })
        .await?;
    app.wake_outbox();
    Ok(closed)
}

/// Whether somebody means this account: its slug or its address, whatever the case and whatever stands around it.
fn check(agent: &Agent, typed: &str) -> Result<(), Error> {
    let typed = typed.trim();
    let slug = typed.to_lowercase() == agent.slug.as_str();
    let email = EmailAddress::parse(typed).is_ok_and(|email| email.canonical() == agent.email.canonical());
    let problem = if typed.is_empty() { Problem::Empty } else { Problem::ConfirmationWrong };
    if slug || email { Ok(()) } else { Err(Error::invalid("confirmation", problem)) }
}
