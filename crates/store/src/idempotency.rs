//! Idempotency keys: the same request sent again finds what it did.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;

/// What a key was used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRow {
    /// Hash of what the request said.
    pub fingerprint: String,
    /// The id of what it made, where it made something.
    pub resource: Option<String>,
}

impl Tx {
    /// What `key` was used for within `scope`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn idempotency_key(&self, scope: &str, key: &str) -> Result<Option<IdempotencyRow>, Error> {
        let sql = "SELECT fingerprint, resource FROM idempotency_keys WHERE scope = $1 AND key = $2";
        let row = self.query_opt(sql, params![scope, key]).await?;
        row.map(|mut row| Ok(IdempotencyRow { fingerprint: row.text()?, resource: row.opt_text()? }))
            .transpose()
    }

    /// Takes `key` for what this transaction does.
    ///
    /// # Errors
    /// `Conflict(IdempotencyKey)` when another request was faster.
    pub async fn insert_idempotency_key(
        &self,
        (scope, key): (&str, &str),
        row: &IdempotencyRow,
        now: Timestamp,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO idempotency_keys (scope, key, fingerprint, resource, created_at)
                   VALUES ($1, $2, $3, $4, $5)";
        self.execute(sql, params![scope, key, row.fingerprint.as_str(), row.resource.as_deref(), now])
            .await
            .map(drop)
    }

    /// Notes the id of what the transaction that has taken `key` made.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_idempotency_resource(&self, (scope, key): (&str, &str), id: &str) -> Result<(), Error> {
        let sql = "UPDATE idempotency_keys SET resource = $3 WHERE scope = $1 AND key = $2";
        self.execute(sql, params![scope, key, id]).await.map(drop)
    }
}
