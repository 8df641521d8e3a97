//! Moving a meeting to another start.

use super::{locked, party, see};
use crate::limits::{self, wanted};
use crate::slots::{self, Offer};
use crate::{App, Ctx, Error, Refusal, once, outbox, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{AgentStatus, Note, Notification};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_domain::time::{ZoneId, reading};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{Constraint, Error as StoreError, Tx};

/// Where a meeting shall go.
#[derive(Debug, Clone)]
pub struct Move {
    /// The new start.
    pub start: Timestamp,
    /// The zone in which the customer read it; only the customer's own choice counts.
    pub customer_zone: Option<ZoneId>,
    /// Why.
    pub reason: Option<Note>,
    /// The sequence of the meeting that was seen, when it must still be the one.
    pub seen: Option<u32>,
}

/// A meeting after the wish to move it.
#[derive(Debug, Clone)]
pub struct Moved {
    /// As it stands now.
    pub meeting: Meeting,
    /// Whether it stands at another time than the one who wished it had seen.
    pub is_new: bool,
}

/// Moves. Its own time counts as free; everything else as for a booking.
///
/// # Errors
/// `NotFound`; `Refused` with the reason, `SlotTaken` with the nearest free starts; `Stale`; `Limited`.
pub async fn reschedule(app: &App, ctx: &Ctx, id: MeetingId, wish: Move) -> Result<Moved, Error> {
    let start = wish.start;
    see(app, ctx, id).await?;
    let inner = app.clone();
    let moved =
        once::write(app, ctx, move |tx, ctx| async move { move_in(&inner, &tx, &ctx, id, wish).await }).await;
    match moved {
        Ok(moved) => {
            app.wake_outbox();
            Ok(moved)
        }
        Err(
            Error::Refused(Refusal::SlotTaken(_))
            | Error::Store(StoreError::Conflict(Constraint::MeetingOverlap)),
        ) => {
            let nearby = slots::nearest(app, ctx.now, &offer(app, id).await?, start, Some(id)).await?;
            Err(Refusal::SlotTaken(nearby).into())
        }
        Err(other) => Err(other),
    }
}

/// The agent and the meeting type of a meeting, the type also when it was taken off the page.
///
/// # Errors
/// `NotFound`.
pub async fn offer(app: &App, id: MeetingId) -> Result<Offer, Error> {
    app.store()
        .read(|tx| async move {
            let meeting = tx.meeting(id).await?.ok_or(Error::NotFound)?;
            offer_in(&tx, &meeting).await
        })
        .await
}

async fn offer_in(tx: &Tx, meeting: &Meeting) -> Result<Offer, Error> {
    let agent = tx.agent(meeting.agent_id).await?.ok_or(Error::NotFound)?;
    let meeting_type = tx.meeting_type(meeting.meeting_type_id).await?.ok_or(Error::NotFound)?;
    Ok(Offer { agent, meeting_type })
}

async fn move_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    id: MeetingId,
    Move { start, customer_zone, reason, seen }: Move,
) -> Result<Moved, Error> {
    let meeting = locked(tx, id).await?;
    let by = party(ctx, &meeting).ok_or(Error::NotFound)?;
    meeting.changeable(ctx.now).map_err(Refusal::from)?;
    if meeting.start == start {
        // The second click, or the same time chosen again: nothing to do and nothing to tell.
        let is_new = seen.is_some_and(|seen| seen != meeting.sequence);
        return Ok(Moved { meeting, is_new });
    }
    if seen.is_some_and(|seen| seen != meeting.sequence) {
        return Err(Error::Stale);
    }
    if app.settings().limits.enabled {
        let permit = [wanted(app, "manage_change", &app.settings().limits.manage_change, &id.to_string())];
        limits::take_in(tx, ctx, &permit).await?;
    }
    let Offer { agent, meeting_type } = offer_in(tx, &meeting).await?;
    if agent.status != AgentStatus::Active {
        return Err(Refusal::AgentAway.into());
    }
    let availability = tx.availability(agent.id).await?.availability;
    let rules = &meeting_type.rules;
    let taken = slots::taken_in(tx, agent.id, start, Some(id)).await?;
    slots::check(app, (&agent, &availability), rules, &taken, start, ctx.now)?;
    let zone = reading::agent_zone(app.tzdb(), &agent.time_zone, &availability, start).clone();
    let chosen = customer_zone.filter(|_| by == Party::Customer);
    let read = meeting.sequence;
    let moved = meeting
        .reschedule(start, (&zone, chosen.as_ref()), rules, reason, app.tzdb(), ctx.now)
        .map_err(Refusal::from)?;
    if !tx.save_meeting(&moved, read).await? {
        return Err(Error::Stale);
    }
    outbox::tell(app, tx, Notification::Rescheduled, &moved, &agent).await?;
    webhooks::of_meeting(app, tx, HookEvent::MeetingRescheduled, &moved, &agent).await?;
    Ok(Moved { meeting: moved, is_new: true })
}
