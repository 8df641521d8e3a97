//! Messages: written in the transaction of the fact they tell, sent by the sender loop.

mod compose;
mod sender;

pub(crate) use compose::{archived, facts};
pub use compose::{calendar_file, calendar_links};
pub use sender::{Delivery, Transport, run, send_due};

use crate::fresh;
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_domain::ids::OutboxId;
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_store::OutboxRow;

const PASSWORD_RESET: &str = "password_reset";

/// The two messages about a meeting: to its customer and to its agent.
pub(crate) fn meeting_messages(kind: &str, meeting: &Meeting, agent: &Agent) -> [OutboxRow; 2] {
    let row = |party: Party, recipient: &str| OutboxRow {
        id: OutboxId::new(fresh::uuid()),
        kind: kind.to_owned(),
        uid: meeting.uid.clone(),
        recipient: recipient.to_owned(),
        role: party.as_str().to_owned(),
        meeting_id: Some(meeting.id),
        meeting_version: i64::from(meeting.sequence),
        body: "{}".to_owned(),
        attempts: 0,
        created_at: meeting.changed_at,
    };
    [row(Party::Customer, meeting.customer.email.as_str()), row(Party::Agent, agent.email.as_str())]
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
        role: Party::Agent.as_str().to_owned(),
        meeting_id: None,
        meeting_version: 0,
        body: "{}".to_owned(),
        attempts: 0,
        created_at: now,
    }
}
