//! Former email addresses that their mailboxes can bring back. The link is not stored, but derived from the row.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::{AgentId, EmailUndoId};

/// An address that an account had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailUndoRow {
    /// Its id, which the link carries.
    pub id: EmailUndoId,
    /// Whose address it was.
    pub agent_id: AgentId,
    /// The address.
    pub old_email: EmailAddress,
    /// When it was replaced.
    pub created_at: Timestamp,
}

impl Tx {
    /// Keeps an address that was replaced.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_email_undo(&self, undo: &EmailUndoRow) -> Result<(), Error> {
        let sql = "INSERT INTO email_undos (id, agent_id, old_email, old_email_canonical, created_at)
                   VALUES ($1, $2, $3, $4, $5)";
        let canonical = undo.old_email.canonical();
        let params = params![undo.id, undo.agent_id, undo.old_email.as_str(), canonical, undo.created_at];
        self.execute(sql, params).await.map(drop)
    }

    /// The former address with this id.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn email_undo(&self, id: EmailUndoId) -> Result<Option<EmailUndoRow>, Error> {
        let sql = "SELECT id, agent_id, old_email, created_at FROM email_undos WHERE id = $1";
        let row = self.query_opt(sql, params![id]).await?;
        row.map(|mut row| {
            Ok(EmailUndoRow {
                id: row.parse()?,
                agent_id: row.parse()?,
                old_email: EmailAddress::stored(row.text()?),
                created_at: row.instant()?,
            })
        })
        .transpose()
    }

    /// The addresses that an agent may still bring back, each with when it was replaced, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn former_emails_of(&self, agent: AgentId) -> Result<Vec<(EmailAddress, Timestamp)>, Error> {
        let sql =
            "SELECT old_email, created_at FROM email_undos WHERE agent_id = $1 ORDER BY created_at DESC";
        let rows = self.query(sql, params![agent]).await?.into_iter();
        rows.map(|mut row| Ok((EmailAddress::stored(row.text()?), row.instant()?))).collect()
    }

    /// Whether an account other than `agent` had this address after `since`, and may bring it back.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_email_held(
        &self,
        address: &EmailAddress,
        agent: AgentId,
        since: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM email_undos
                   WHERE old_email_canonical = $1 AND agent_id <> $2 AND created_at > $3 LIMIT 1";
        Ok(self.query_opt(sql, params![address.canonical(), agent, since]).await?.is_some())
    }

    /// Forgets the agent's addresses that were replaced at `from` or later: what brings back an address was used, and
    /// the mailboxes that came after it have no say.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_email_undos(&self, agent: AgentId, from: Timestamp) -> Result<(), Error> {
        let sql = "DELETE FROM email_undos WHERE agent_id = $1 AND created_at >= $2";
        self.execute(sql, params![agent, from]).await.map(drop)
    }

    /// Forgets all that were replaced before `before`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expire_email_undos(&self, before: Timestamp) -> Result<(), Error> {
        self.execute("DELETE FROM email_undos WHERE created_at < $1", params![before]).await.map(drop)
    }
}
