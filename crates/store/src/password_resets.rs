//! Requests for a new password. The link is not stored, but derived from the row.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, PasswordResetId};

/// A request whose link was mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordResetRow {
    /// Its id, which the link carries.
    pub id: PasswordResetId,
    /// Whose password it may set.
    pub agent_id: AgentId,
    /// The credentials for which it was asked; void for later ones, so it works once.
    pub credential_version: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
}

impl Tx {
    /// Keeps a request; one that is there stays as it was, so that a mail sent twice revives nothing. False when it was there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_password_reset(&self, reset: &PasswordResetRow) -> Result<bool, Error> {
        let sql = "INSERT INTO password_resets (id, agent_id, credential_version, created_at)
                   VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
        let params = params![reset.id, reset.agent_id, reset.credential_version, reset.created_at];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// The request with this id, unless its agent has a newer one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn password_reset(&self, id: PasswordResetId) -> Result<Option<PasswordResetRow>, Error> {
        let sql = "SELECT r.id, r.agent_id, r.credential_version, r.created_at FROM password_resets r
                   WHERE r.id = $1 AND NOT EXISTS (SELECT 1 FROM password_resets newer
                     WHERE newer.agent_id = r.agent_id AND newer.created_at > r.created_at)";
        let row = self.query_opt(sql, params![id]).await?;
        row.map(|mut row| {
            Ok(PasswordResetRow {
                id: row.parse()?,
                agent_id: row.parse()?,
                credential_version: row.int()?,
                created_at: row.instant()?,
            })
        })
        .transpose()
    }
}
