//! Reminders in the outbox: what stands there, and what is taken back.

use crate::error::Error;
use crate::outbox::Channel;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, MeetingId};

/// A reminder that was planned or has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderRow {
    /// How it travels.
    pub channel: Channel,
    /// The address or the number it goes to.
    pub recipient: String,
    /// When it leaves or left, by plan.
    pub due_at: Timestamp,
    /// Whether nobody has begun to send it.
    pub is_queued: bool,
}

impl Tx {
    /// Takes back the messages of this kind about an agent's meetings that nobody has begun to send.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn supersede_of(&self, agent: AgentId, kind: &str) -> Result<(), Error> {
        self.supersede_planned(agent, kind, Timestamp::MIN).await
    }

    /// The same of those that are due after an instant: one that is tried again stays.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn supersede_planned(&self, agent: AgentId, kind: &str, after: Timestamp) -> Result<(), Error> {
        let sql =
            "UPDATE outbox SET state = 'superseded' WHERE state = 'queued' AND kind = $1 AND due_at > $2
                     AND meeting_id IN (SELECT id FROM meetings WHERE agent_id = $3)";
        self.execute(sql, params![kind, after, agent]).await.map(drop)
    }

    /// The messages of this kind about a meeting that were written at an instant or later, but for those that were taken back.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn reminders_since(
        &self,
        meeting: MeetingId,
        kind: &str,
        since: Timestamp,
    ) -> Result<Vec<ReminderRow>, Error> {
        let sql = "SELECT channel, recipient, due_at, state FROM outbox
                   WHERE meeting_id = $1 AND kind = $2 AND created_at >= $3 AND state <> 'superseded' ORDER BY id";
        let rows = self.query(sql, params![meeting, kind, since]).await?;
        let read = |mut row: Row| {
            Ok(ReminderRow {
                channel: Channel::read(&row.text()?),
                recipient: row.text()?,
                due_at: row.instant()?,
                is_queued: row.text()? == "queued",
            })
        };
        rows.into_iter().map(read).collect()
    }
}
