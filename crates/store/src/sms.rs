//! Text messages: what their providers tell, and who wants none.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::ids::OutboxId;

/// What is known of the earlier tries of a text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What its provider told of it: then the provider has it.
    pub delivery: Option<String>,
    /// How many of them may have reached the provider.
    pub doubts: i64,
    /// What was said last.
    pub answer: String,
}

impl Tx {
    /// What is known of the earlier tries of a text message.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn tried(&self, id: OutboxId) -> Result<Option<Tried>, Error> {
        let sql = "SELECT delivery, doubts, COALESCE(last_answer, '') FROM outbox WHERE id = $1 AND channel = 'sms'";
        let row = self.query_opt(sql, params![id]).await?;
        row.map(|mut row| Ok(Tried { delivery: row.opt_text()?, doubts: row.int()?, answer: row.text()? }))
            .transpose()
    }

    /// Notes a try before it begins: one that is cut off may have reached the provider.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn begin_try(&self, id: OutboxId) -> Result<(), Error> {
        self.execute("UPDATE outbox SET doubts = doubts + 1 WHERE id = $1", params![id]).await.map(drop)
    }

    /// Takes back the note of a try that surely did not reach the provider.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn unbegin_try(&self, id: OutboxId) -> Result<(), Error> {
        let sql = "UPDATE outbox SET doubts = doubts - 1 WHERE id = $1 AND doubts > 0";
        self.execute(sql, params![id]).await.map(drop)
    }

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
