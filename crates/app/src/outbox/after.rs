//! What leaves when a meeting is over: the question how it was, or the word that the customer was missed.

use super::tell::row;
use crate::meetings::list::ALL;
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, Notification, RecipientRole};
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::{Attendance, MISSED_WITHIN, Meeting, Status};
use nameplate_store::{Error, OutboxRow, Tx};

/// So long after its end (`messages.md` section 7).
pub(super) const AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Until when a message of this kind is worth sending.
pub(super) fn use_until(kind: Notification, meeting: &Meeting, agent: &Agent) -> Option<Timestamp> {
    match kind {
        Notification::ReviewRequest | Notification::Missed => Some(meeting.end + MISSED_WITHIN),
        _ => agent.notifications.useless_before(kind).map(|before| meeting.start - before),
    }
}

/// The meetings of which something may still leave by itself: those ahead, those that are on, and those that ended just now.
///
/// # Errors
/// The database's.
pub(crate) async fn with_plans(tx: &Tx, agent: AgentId, now: Timestamp) -> Result<Vec<Meeting>, Error> {
    let mut meetings = tx.meetings_after(agent, now - AFTER, ALL).await?;
    meetings.retain(|meeting| meeting.status == Status::Scheduled);
    Ok(meetings)
}

/// Whether a message of this kind tells nothing true of a meeting any more, or asks what was answered.
pub(super) async fn is_moot(tx: &Tx, kind: Notification, meeting: &Meeting) -> Result<bool, Error> {
    Ok(match kind {
        Notification::ReviewRequest => meeting.missed_at.is_some() || tx.review(meeting.id).await?.is_some(),
        Notification::Missed => meeting.missed_at.is_none(),
        _ => false,
    })
}

/// Lets leave what is true of a meeting that is over, and takes back what is not: with a review, or without the customer, nobody
/// is asked for one. Nothing leaves twice.
///
/// # Errors
/// The database's.
pub(crate) async fn tell_over(
    tx: &Tx,
    (meeting, agent): (&Meeting, &Agent),
    attendance: Attendance,
    now: Timestamp,
) -> Result<(), Error> {
    let (told, taken_back) = match attendance {
        Attendance::Missed => (Notification::Missed, Notification::ReviewRequest),
        Attendance::Came => (Notification::ReviewRequest, Notification::Missed),
    };
    tx.supersede_kind(meeting.id, taken_back.as_str()).await?;
    let is_reviewed = tx.review(meeting.id).await?.is_some();
    let stood = tx.reminders_since(meeting.id, told.as_str(), meeting.timed_at).await?;
    if !stood.is_empty() || (told == Notification::ReviewRequest && is_reviewed) {
        return Ok(());
    }
    let due_at = now.max(meeting.end + AFTER);
    let to = [(RecipientRole::Customer, &meeting.customer.email), (RecipientRole::Agent, &agent.email)];
    let wanted = to.into_iter().filter(|to| told.goes_to(to.0) && agent.notifications.is_on(told, to.0));
    let rows: Vec<_> =
        wanted.map(|to| OutboxRow { created_at: now, due_at, ..row(told, to, meeting) }).collect();
    tx.enqueue_all(&rows).await
}
