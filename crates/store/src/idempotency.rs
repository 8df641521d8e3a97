//! Idempotency keys: the same request sent again finds the meeting that it made.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::ids::MeetingId;

/// What a key was used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRow {
    /// Hash of the request's body.
    pub fingerprint: String,
    /// The meeting that it made.
    pub meeting_id: MeetingId,
}

impl Tx {
    /// What `key` was used for within `scope`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn idempotency_key(&self, scope: &str, key: &str) -> Result<Option<IdempotencyRow>, Error> {
        let sql = "SELECT fingerprint, meeting_id FROM idempotency_keys WHERE scope = $1 AND key = $2";
        let row = self.query_opt(sql, params![scope, key]).await?;
        row.map(|mut row| Ok(IdempotencyRow { fingerprint: row.text()?, meeting_id: row.parse()? }))
            .transpose()
    }

    /// Binds `key` to the meeting made in this transaction.
    ///
    /// # Errors
    /// `Conflict(IdempotencyKey)` when another request was faster.
    pub async fn insert_idempotency_key(
        &self,
        (scope, key): (&str, &str),
        row: &IdempotencyRow,
        now: Timestamp,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO idempotency_keys (scope, key, fingerprint, meeting_id, created_at)
                   VALUES ($1, $2, $3, $4, $5)";
        self.execute(sql, params![scope, key, row.fingerprint.as_str(), row.meeting_id, now]).await.map(drop)
    }
}
