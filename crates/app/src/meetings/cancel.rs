//! Calling a meeting off.

use super::{locked, party, see};
use crate::{App, Ctx, Error, Refusal, once, outbox, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, Note, Notification};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::Tx;

/// Cancels; the time is free at once and the other side is told. `seen` is the sequence of the meeting that was seen, when
/// it must still be the one: nobody calls off a time that they did not know of.
///
/// # Errors
/// `NotFound`; `Refused` when it was cancelled before or has started; `Stale`.
pub async fn cancel(
    app: &App,
    ctx: &Ctx,
    id: MeetingId,
    reason: Option<Note>,
    seen: Option<u32>,
) -> Result<Meeting, Error> {
    see(app, ctx, id).await?;
    let inner = app.clone();
    let cancelled = once::write(app, ctx, move |tx, ctx| async move {
        let meeting = locked(&tx, id).await?;
        let agent = tx.agent(meeting.agent_id).await?.ok_or(Error::NotFound)?;
        let by = party(&ctx, &meeting).ok_or(Error::NotFound)?;
        meeting.changeable(ctx.now).map_err(Refusal::from)?;
        if seen.is_some_and(|seen| seen != meeting.sequence) {
            return Err(Error::Stale);
        }
        cancel_in(&inner, &tx, &agent, meeting, by, reason, ctx.now).await
    })
    .await?;
    app.wake_outbox();
    Ok(cancelled)
}

/// The same within a transaction that holds the agent's lock and read the meeting under it.
pub(crate) async fn cancel_in(
    app: &App,
    tx: &Tx,
    agent: &Agent,
    meeting: Meeting,
    by: Party,
    reason: Option<Note>,
    now: Timestamp,
) -> Result<Meeting, Error> {
    let read = meeting.sequence;
    let meeting = meeting.cancel(by, reason, now).map_err(Refusal::from)?;
    if !tx.save_meeting(&meeting, read).await? {
        return Err(Error::Stale);
    }
    outbox::tell(app, tx, Notification::Cancelled, &meeting, agent).await?;
    webhooks::of_meeting(app, tx, HookEvent::MeetingCancelled, &meeting, agent).await?;
    Ok(meeting)
}
