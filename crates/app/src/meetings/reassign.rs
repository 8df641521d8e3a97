//! Giving a meeting to another agent, at its time.

use super::{party, see};
use crate::limits::{self, wanted};
use crate::{Actor, App, Ctx, Error, Refusal, accounts, fresh, once, outbox, slots, webhooks};
use nameplate_domain::account::{Agent, AgentStatus, Note};
use nameplate_domain::ids::{AgentId, MeetingId, MeetingTypeId};
use nameplate_domain::meetings::{Meeting, MeetingType, Party};
use nameplate_domain::time::reading;
use nameplate_domain::time::slots::inside_hours;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{Constraint, Error as StoreError, Tx};

/// To whom a meeting shall go.
#[derive(Debug, Clone)]
pub struct Handover {
    /// The agent, by slug or id.
    pub to: String,
    /// Why.
    pub reason: Option<Note>,
    /// The sequence of the meeting that was seen, when it must still be the one.
    pub seen: Option<u32>,
}

/// A meeting after the wish to reassign it.
#[derive(Debug, Clone)]
pub struct Reassigned {
    /// As it stands now.
    pub meeting: Meeting,
    /// As whom the one who asked may act on it now: an agent who gave it away sees it no more.
    pub party: Option<Party>,
}

/// Somebody who could take a meeting over.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Who.
    pub agent: Agent,
    /// Why they cannot, as things stand.
    pub refusal: Option<Refusal>,
}

/// All active agents but the one who holds the meeting, in the order of their names.
///
/// # Errors
/// `NotFound` for whoever may not reassign it.
pub async fn colleagues(app: &App, ctx: &Ctx, id: MeetingId) -> Result<Vec<Colleague>, Error> {
    let (inner, ctx) = (app.clone(), ctx.clone());
    app.store()
        .read(move |tx| async move {
            let meeting = tx.meeting(id).await?.ok_or(Error::NotFound)?;
            may(&ctx, &meeting)?;
            let mut found = Vec::new();
            for agent in tx.agents().await? {
                if agent.status == AgentStatus::Active && agent.id != meeting.agent_id {
                    let refusal = is_free(&inner, &tx, &agent, &meeting).await?.err();
                    found.push(Colleague { agent, refusal });
                }
            }
            found.sort_by_cached_key(|one| one.agent.name.as_str().to_lowercase());
            Ok(found)
        })
        .await
}

/// Reassigns. The meeting keeps its time, length, place, UID and the customer's links; both sides and the agent who held it
/// are told.
///
/// # Errors
/// `NotFound`, also when nobody is called so; `Refused` with the reason; `Stale`; `Limited`.
pub async fn reassign(app: &App, ctx: &Ctx, id: MeetingId, wish: Handover) -> Result<Reassigned, Error> {
    see(app, ctx, id).await?;
    let inner = app.clone();
    let reassigned =
        once::write(app, ctx, move |tx, ctx| async move { reassign_in(&inner, &tx, &ctx, id, wish).await })
            .await;
    let meeting = match reassigned {
        Err(Error::Store(StoreError::Conflict(Constraint::MeetingOverlap))) => {
            tracing::error!("the overlap backstop was hit: a lock was missed");
            return Err(Refusal::AgentTaken.into());
        }
        other => other?,
    };
    app.wake_outbox();
    Ok(Reassigned { party: party(ctx, &meeting), meeting })
}

/// Only who is signed in, or has a token of their account, may: a link to one meeting tells nothing of other agents.
fn may(ctx: &Ctx, meeting: &Meeting) -> Result<(), Error> {
    let allowed = matches!(ctx.actor, Actor::Agent { .. }) && party(ctx, meeting).is_some();
    if allowed { Ok(()) } else { Err(Error::NotFound) }
}

async fn reassign_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    id: MeetingId,
    Handover { to, reason, seen }: Handover,
) -> Result<Meeting, Error> {
    let to = accounts::id_in(tx, &to).await?.ok_or(Error::NotFound)?;
    let meeting = locked_with(tx, id, to).await?;
    may(ctx, &meeting)?;
    meeting.changeable(ctx.now).map_err(Refusal::from)?;
    if meeting.agent_id == to {
        // The second click: nothing to do and nothing to tell.
        return Ok(meeting);
    }
    if seen.is_some_and(|seen| seen != meeting.sequence) {
        return Err(Error::Stale);
    }
    if app.settings().limits.enabled {
        let permit = [wanted(app, "manage_change", &app.settings().limits.manage_change, &id.to_string())];
        limits::take_in(tx, ctx, &permit).await?;
    }
    let previous = tx.agent(meeting.agent_id).await?.ok_or(Error::NotFound)?;
    let agent = tx.agent(to).await?.ok_or(Error::NotFound)?;
    if agent.status != AgentStatus::Active {
        return Err(Refusal::AgentAway.into());
    }
    is_free(app, tx, &agent, &meeting).await??;
    let availability = tx.availability(agent.id).await?.availability;
    let zone = reading::agent_zone(app.tzdb(), &agent.time_zone, &availability, meeting.start).clone();
    let meeting_type = unlisted(tx, &meeting, agent.id, ctx).await?;
    let read = meeting.sequence;
    let meeting = meeting
        .reassign((agent.id, &zone), meeting_type, reason, app.tzdb(), ctx.now)
        .map_err(Refusal::from)?;
    if !tx.save_meeting(&meeting, read).await? {
        return Err(Error::Stale);
    }
    outbox::tell_reassigned(app, tx, &meeting, (&previous, &agent)).await?;
    webhooks::of_meeting(app, tx, HookEvent::MeetingReassigned, &meeting, &agent).await?;
    Ok(meeting)
}

/// The meeting, read under the locks of the agent who holds it and of the next one. Whoever takes two takes them in the order
/// of their ids, so that nobody waits in a circle.
async fn locked_with(tx: &Tx, id: MeetingId, to: AgentId) -> Result<Meeting, Error> {
    let unlocked = tx.meeting(id).await?.ok_or(Error::NotFound)?;
    let (first, second) = (unlocked.agent_id.min(to), unlocked.agent_id.max(to));
    for agent in [first, second] {
        tx.lock_agent(agent).await?;
    }
    let meeting = tx.meeting(id).await?.ok_or(Error::NotFound)?;
    if meeting.agent_id == unlocked.agent_id { Ok(meeting) } else { Err(Error::Stale) }
}

/// Whether an agent could hold a meeting at its time: inside the hours, and apart from all others, buffers included. Notice,
/// horizon and daily limit are promises to agents about what customers may book; here a colleague asks.
async fn is_free(
    app: &App,
    tx: &Tx,
    agent: &Agent,
    meeting: &Meeting,
) -> Result<Result<(), Refusal>, StoreError> {
    let availability = tx.availability(agent.id).await?.availability;
    if !inside_hours(app.tzdb(), &agent.time_zone, &availability, meeting.start, meeting.end) {
        return Ok(Err(Refusal::AgentOffHours));
    }
    let (from, until) = (meeting.busy.from, meeting.busy.until);
    let taken = slots::taken_in(tx, agent.id, meeting.start, Some(meeting.id)).await?;
    let overlaps = taken.iter().any(|other| other.busy.until > from && other.busy.from < until);
    Ok(if overlaps { Err(Refusal::AgentTaken) } else { Ok(()) })
}

/// The meeting type for the next agent: the rules of the booking, as one of their own that is on nobody's page. The former
/// agent's account can then change or go without the meeting.
async fn unlisted(tx: &Tx, meeting: &Meeting, agent: AgentId, ctx: &Ctx) -> Result<MeetingTypeId, Error> {
    let booked = tx.meeting_type(meeting.meeting_type_id).await?.ok_or(Error::NotFound)?;
    let id = MeetingTypeId::new(fresh::uuid());
    let copy = MeetingType { id, agent_id: agent, place: None, version: 1, ..booked };
    tx.insert_unlisted_meeting_type(&copy, ctx.now).await?;
    Ok(id)
}
