//! Messages that reached nobody.

use crate::error::Error;
use crate::outbox::{OutboxRow, columns, read_front};
use crate::tx::Tx;
use crate::value::{Row, params};
use nameplate_domain::ids::{MeetingId, OutboxId};

/// A message that reached nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndeliveredRow {
    /// The message.
    pub message: OutboxRow,
    /// What the last try came to, or what was said when it came back.
    pub answer: String,
    /// Whether it was sent once more since.
    pub sent_again: bool,
}

impl Tx {
    /// Ends a message that was handed over and came back; false when there is none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn bounce(&self, id: OutboxId, answer: &str) -> Result<bool, Error> {
        let sql = "UPDATE outbox SET state = 'bounced', last_answer = $2
                   WHERE id = $1 AND state IN ('sending', 'sent')";
        Ok(self.execute(sql, params![id, answer]).await? > 0)
    }

    /// A message, if it reached nobody.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn undelivered(&self, id: OutboxId) -> Result<Option<UndeliveredRow>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            ", o.last_answer, o.sent_again_as FROM outbox o
             WHERE o.id = $1 AND o.channel = 'email' AND o.state IN ('dead', 'bounced')"
        );
        self.query_opt(sql, params![id]).await?.map(undelivered).transpose()
    }

    /// The messages that reached nobody and were not sent again, the latest first, from before a message on.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn all_undelivered(
        &self,
        before: Option<OutboxId>,
        limit: usize,
    ) -> Result<Vec<UndeliveredRow>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            ", o.last_answer, o.sent_again_as FROM outbox o
             WHERE o.channel = 'email' AND o.state IN ('dead', 'bounced') AND o.sent_again_as IS NULL
               AND o.kind <> 'template_test'
               AND ($1 = '' OR o.id < $2)
             ORDER BY o.id DESC LIMIT $3"
        );
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.query(sql, params![before.as_str(), before.as_str(), limit]).await?;
        rows.into_iter().map(undelivered).collect()
    }

    /// Whether another message about a meeting has not reached this address, and was not sent again.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_unreached(
        &self,
        meeting: MeetingId,
        recipient: &str,
        but: OutboxId,
    ) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM outbox WHERE meeting_id = $1 AND recipient = $2 AND id <> $3
                     AND state IN ('dead', 'bounced') AND sent_again_as IS NULL LIMIT 1";
        Ok(self.query_opt(sql, params![meeting, recipient, but]).await?.is_some())
    }

    /// Notes as what a message is sent once more; false when it was before.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note_sent_again(&self, id: OutboxId, again: OutboxId) -> Result<bool, Error> {
        let sql = "UPDATE outbox SET sent_again_as = $2
                   WHERE id = $1 AND state IN ('dead', 'bounced') AND sent_again_as IS NULL";
        Ok(self.execute(sql, params![id, again]).await? > 0)
    }
}

fn undelivered(mut row: Row) -> Result<UndeliveredRow, Error> {
    Ok(UndeliveredRow {
        message: read_front(&mut row)?,
        answer: row.opt_text()?.unwrap_or_default(),
        sent_again: row.opt_text()?.is_some(),
    })
}
