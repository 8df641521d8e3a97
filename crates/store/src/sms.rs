//! Text messages: what their providers tell, and who wants none.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::ids::OutboxId;

impl Tx {
    /// Notes what is known of a text message; false when it is not there. News come in any order and more than once: what has
    /// ended stays as it ended.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note_delivery(&self, id: OutboxId, delivery: &str, answer: &str) -> Result<bool, Error> {
        let sql = "UPDATE outbox SET delivery = $2, last_answer = $3
                   WHERE id = $1 AND channel = 'sms' AND (delivery IS NULL OR delivery = 'underway')";
        if self.execute(sql, params![id, delivery, answer]).await? > 0 {
            return Ok(true);
        }
        let sql = "SELECT 1 FROM outbox WHERE id = $1 AND channel = 'sms'";
        Ok(self.query_opt(sql, params![id]).await?.is_some())
    }

    /// The number of a text message.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn number_of(&self, id: OutboxId) -> Result<Option<String>, Error> {
        let sql = "SELECT recipient FROM outbox WHERE id = $1 AND channel = 'sms'";
        self.query_opt(sql, params![id]).await?.map(|mut row| row.text()).transpose()
    }

    /// From now on nothing goes from this sender to this number. The pair is a keyed hash of both.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn stop_sms(&self, pair: &str, now: Timestamp) -> Result<(), Error> {
        let sql = "INSERT INTO sms_stops (pair, stopped_at) VALUES ($1, $2) ON CONFLICT (pair) DO NOTHING";
        self.execute(sql, params![pair, now]).await.map(drop)
    }

    /// Lifts it again.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn allow_sms(&self, pair: &str) -> Result<(), Error> {
        self.execute("DELETE FROM sms_stops WHERE pair = $1", params![pair]).await.map(drop)
    }

    /// Since when nothing goes from this sender to this number.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn sms_stopped(&self, pair: &str) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT stopped_at FROM sms_stops WHERE pair = $1";
        self.query_opt(sql, params![pair]).await?.map(|mut row| row.instant()).transpose()
    }
}
