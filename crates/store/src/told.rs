//! What whoever takes part in a meeting was told of it, and what still holds of the messages that have not left.

use crate::error::Error;
use crate::outbox::{self, OutboxRow, read};
use crate::tx::Tx;
use crate::value::params;
use nameplate_domain::ids::{MeetingId, OutboxId};

impl Tx {
    /// Takes back the messages about an older state of a meeting that are not being sent: what they would tell is no more. That
    /// it is nothing to somebody any more stays true.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn supersede(&self, meeting: MeetingId, version: i64) -> Result<(), Error> {
        let sql = "UPDATE outbox SET state = 'superseded'
                   WHERE meeting_id = $1 AND state = 'queued' AND meeting_version < $2
                     AND role <> 'previous_agent' AND kind <> 'guest_removed'";
        self.execute(sql, params![meeting, version]).await.map(drop)
    }

    /// The mails about a meeting that have not left, the latest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn untold(&self, meeting: MeetingId) -> Result<Vec<OutboxRow>, Error> {
        let sql = concat!(
            "SELECT ",
            outbox::columns!(),
            " FROM outbox o WHERE o.meeting_id = $1 AND o.state IN ('queued', 'sending') AND o.channel = 'email'
               AND o.role <> 'previous_agent' AND o.kind <> 'guest_removed' ORDER BY o.id DESC"
        );
        self.query(sql, params![meeting]).await?.into_iter().map(read).collect()
    }

    /// Lets what has not left yet to somebody tell of the meeting as it stands with this version: it is still true. To an agent
    /// or a customer also the text messages.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn carry_over(
        &self,
        meeting: MeetingId,
        version: i64,
        (role, recipient): (&str, &str),
    ) -> Result<(), Error> {
        let sql = "UPDATE outbox SET meeting_version = $1
                   WHERE meeting_id = $2 AND role = $3 AND (role <> 'guest' OR recipient = $4)
                     AND state IN ('queued', 'sending') AND kind <> 'guest_removed'";
        self.execute(sql, params![version, meeting, role, recipient]).await.map(drop)
    }

    /// The version of its meeting that a message tells of now.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn told_version(&self, id: OutboxId) -> Result<Option<i64>, Error> {
        let sql = "SELECT meeting_version FROM outbox WHERE id = $1";
        self.query_opt(sql, params![id]).await?.map(|mut row| row.int()).transpose()
    }

    /// Whether anything about a meeting may have reached somebody: it left, or was tried at least once.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn may_know(&self, uid: &str, recipient: &str) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM outbox WHERE uid = $1 AND recipient = $2 AND (state = 'sent' OR attempts > 0) LIMIT 1";
        Ok(self.query_opt(sql, params![uid, recipient]).await?.is_some())
    }

    /// The id of the first message of a meeting that left to a recipient: later ones are threaded behind it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn first_message(&self, uid: &str, recipient: &str) -> Result<Option<OutboxId>, Error> {
        let sql = "SELECT id FROM outbox WHERE uid = $1 AND recipient = $2 AND state IN ('sending', 'sent')
                   ORDER BY id LIMIT 1";
        self.query_opt(sql, params![uid, recipient]).await?.map(|mut row| row.parse()).transpose()
    }
}
