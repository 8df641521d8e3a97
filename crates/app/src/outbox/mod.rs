//! Messages: written in the transaction of the fact they tell, sent by the sender loop.

mod compose;
mod reminders;
mod sender;

pub(crate) use compose::{archived, facts};
pub use compose::{calendar_file, calendar_links};
pub use sender::{Delivery, Transport, run, send_due};

use crate::fresh;
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_domain::ids::OutboxId;
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_notify::meeting::Kind;
use nameplate_store::{Error as StoreError, OutboxRow, Tx};

const PASSWORD_RESET: &str = "password_reset";

/// Tells both sides what became of a meeting, and plans its reminders anew.
///
/// # Errors
/// The database's.
pub(crate) async fn tell(tx: &Tx, kind: Kind, meeting: &Meeting, agent: &Agent) -> Result<(), StoreError> {
    if kind != Kind::Scheduled {
        tx.supersede(meeting.id, &reminders::KINDS, i64::from(meeting.sequence)).await?;
    }
    let mut rows: Vec<_> =
        [Party::Customer, Party::Agent].map(|party| row(kind.as_str(), party, meeting, agent)).into();
    if kind != Kind::Cancelled {
        rows.extend(reminders::of(meeting, agent));
    }
    tx.enqueue_all(&rows).await
}

/// A message about a meeting as it stands now, that leaves at once.
fn row(kind: &str, to: Party, meeting: &Meeting, agent: &Agent) -> OutboxRow {
    let recipient = if to == Party::Agent { &agent.email } else { &meeting.customer.email };
    OutboxRow {
        id: OutboxId::new(fresh::uuid()),
        kind: kind.to_owned(),
        uid: meeting.uid.clone(),
        recipient: recipient.to_string(),
        role: to.as_str().to_owned(),
        meeting_id: Some(meeting.id),
        meeting_version: i64::from(meeting.sequence),
        body: "{}".to_owned(),
        attempts: 0,
        created_at: meeting.changed_at,
        due_at: meeting.changed_at,
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
        role: Party::Agent.as_str().to_owned(),
        meeting_id: None,
        meeting_version: 0,
        body: "{}".to_owned(),
        attempts: 0,
        created_at: now,
        due_at: now,
    }
}
