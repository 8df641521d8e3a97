//! Messages: written in the transaction of the fact they tell, sent by the sender loop.

mod after;
mod compose;
mod declined;
mod facts;
mod handover;
mod reminders;
mod sender;
mod tell;
mod texts;
pub mod undelivered;

pub(crate) use after::{tell_over, with_plans};
pub(crate) use facts::{archived, facts};
pub use facts::{calendar_file, calendar_links};
pub(crate) use handover::{is_personal, previous_agent, without_links};
pub(crate) use reminders::{replan, take_back};
pub use sender::{Delivery, Transport, run, send_due};
pub(crate) use tell::{tell, tell_guests, tell_reassigned, tell_wrap_up};
pub(crate) use texts::help_row;
pub(crate) use undelivered::came_back;

use crate::{App, Error, fresh};
pub(crate) use declined::tell_declined;
use jiff::Timestamp;
use nameplate_domain::account::{Agent, RecipientRole};
use nameplate_domain::ids::{MeetingId, OutboxId};
pub use nameplate_store::Channel;
pub use nameplate_store::MessageRow as Told;
use nameplate_store::OutboxRow;

/// The answer to somebody who asked by text message who we are.
const SMS_HELP: &str = "sms_help";
const PASSWORD_RESET: &str = "password_reset";

/// What was sent about a meeting, and what will be.
///
/// # Errors
/// The database's.
pub async fn about(app: &App, meeting: MeetingId) -> Result<Vec<Told>, Error> {
    app.store().read(|tx| async move { Ok(tx.messages_of(meeting).await?) }).await
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
