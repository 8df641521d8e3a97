//! Messages: written in the transaction of the fact they tell, sent by the sender loop.

mod compose;
mod handover;
mod reminders;
mod sender;
mod texts;
pub mod undelivered;

pub(crate) use compose::{archived, facts};
pub use compose::{calendar_file, calendar_links};
use handover::Handover;
pub(crate) use handover::previous_agent;
pub(crate) use reminders::{replan, take_back};
pub use sender::{Delivery, Transport, run, send_due};
pub(crate) use texts::help_row;
pub(crate) use undelivered::came_back;

use crate::{App, Error, fresh};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, Notification, RecipientRole};
use nameplate_domain::ids::{MeetingId, OutboxId};
use nameplate_domain::meetings::Meeting;
pub use nameplate_store::Channel;
pub use nameplate_store::MessageRow as Told;
use nameplate_store::{Error as StoreError, OutboxRow, Tx};

/// The answer to somebody who asked by text message who we are.
const SMS_HELP: &str = "sms_help";
const PASSWORD_RESET: &str = "password_reset";

/// Tells both sides what became of a meeting, and plans its reminders anew.
///
/// # Errors
/// The database's.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    kind: Notification,
    meeting: &Meeting,
    agent: &Agent,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for to in RecipientRole::SIDES {
        if agent.notifications.is_on(kind, *to) {
            rows.push(row(kind, *to, meeting, agent));
        } else if kind == Notification::Rescheduled && tx.is_untold(meeting.id, to.as_str()).await? {
            // Who does not want to hear of a move has not heard of the meeting either: its booking is told as it is now.
            rows.push(row(Notification::Scheduled, *to, meeting, agent));
        }
    }
    rows.extend(texts::row(app, kind, meeting, agent));
    if kind != Notification::Scheduled {
        tx.supersede(meeting.id, i64::from(meeting.sequence)).await?;
    }
    if kind != Notification::Cancelled {
        rows.extend(reminders::of(app, meeting, agent));
    }
    tx.enqueue_all(&rows).await
}

/// Tells everybody that a meeting is another agent's now: the customer and both agents. Its reminders are the new agent's.
///
/// # Errors
/// The database's.
pub(crate) async fn tell_reassigned(
    app: &App,
    tx: &Tx,
    meeting: &Meeting,
    (previous, agent): (&Agent, &Agent),
) -> Result<(), StoreError> {
    let kind = Notification::Reassigned;
    let body = Handover::of(meeting, previous).to_json();
    let told = |to, agent: &Agent| OutboxRow { body: body.clone(), ..row(kind, to, meeting, agent) };
    let mut rows = vec![told(RecipientRole::Customer, agent)];
    for (to, one) in [(RecipientRole::Agent, agent), (RecipientRole::PreviousAgent, previous)] {
        if one.notifications.is_on(kind, RecipientRole::Agent) {
            rows.push(told(to, one));
        }
    }
    rows.extend(reminders::of_next(app, tx, meeting, agent).await?);
    tx.supersede(meeting.id, i64::from(meeting.sequence)).await?;
    tx.enqueue_all(&rows).await
}

/// What was sent about a meeting, and what will be.
///
/// # Errors
/// The database's.
pub async fn about(app: &App, meeting: MeetingId) -> Result<Vec<Told>, Error> {
    app.store().read(|tx| async move { Ok(tx.messages_of(meeting).await?) }).await
}

/// A message about a meeting as it stands now, that leaves at once.
fn row(kind: Notification, to: RecipientRole, meeting: &Meeting, agent: &Agent) -> OutboxRow {
    let recipient = match to {
        RecipientRole::Customer => &meeting.customer.email,
        RecipientRole::Agent | RecipientRole::PreviousAgent => &agent.email,
    };
    OutboxRow {
        id: OutboxId::new(fresh::uuid()),
        kind: kind.to_string(),
        uid: meeting.uid.clone(),
        recipient: recipient.to_string(),
        role: to.to_string(),
        meeting_id: Some(meeting.id),
        meeting_version: i64::from(meeting.sequence),
        body: "{}".to_owned(),
        attempts: 0,
        created_at: meeting.changed_at,
        due_at: meeting.changed_at,
        channel: Channel::Email,
    }
}

/// A message to whoever has this address: whether anybody does is asked when it is made.
pub(crate) fn reset_message(address: &str, now: Timestamp) -> OutboxRow {
    let id = OutboxId::new(fresh::uuid());
    // One for itself: a newer request must not wait for an older one that cannot be sent.
    to_agent(id, PASSWORD_RESET, id.to_string(), address, now)
}

/// A message about an account.
pub(crate) fn account_message(kind: &str, agent: &Agent, recipient: &str, now: Timestamp) -> OutboxRow {
    to_agent(OutboxId::new(fresh::uuid()), kind, agent.id.to_string(), recipient, now)
}

fn to_agent(id: OutboxId, kind: &str, uid: String, recipient: &str, now: Timestamp) -> OutboxRow {
    OutboxRow {
        id,
        kind: kind.to_owned(),
        uid,
        recipient: recipient.to_owned(),
        role: RecipientRole::Agent.to_string(),
        meeting_id: None,
        meeting_version: 0,
        body: "{}".to_owned(),
        attempts: 0,
        created_at: now,
        due_at: now,
        channel: Channel::Email,
    }
}
