//! Messages that reached nobody.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use nameplate_domain::ids::OutboxId;

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
}
