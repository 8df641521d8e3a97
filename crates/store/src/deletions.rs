//! Accounts that are closed and will be erased, and what is left of those that were.

use crate::error::Error;
use crate::tx::{Session, Tx};
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, DeletionId};

/// An account that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletionRow {
    /// Its id; the link that keeps the account is derived from it.
    pub id: DeletionId,
    /// Whose account.
    pub agent_id: AgentId,
    /// When it was closed.
    pub asked_at: Timestamp,
    /// When it is erased.
    pub erase_at: Timestamp,
}

impl Tx {
    /// Closes an account; a second time is a mistake of the caller.
    ///
    /// # Errors
    /// `Conflict` when it is closed already.
    pub async fn insert_deletion(&self, row: &DeletionRow) -> Result<(), Error> {
        let sql = "INSERT INTO account_deletions (id, agent_id, asked_at, erase_at) VALUES ($1, $2, $3, $4)";
        self.execute(sql, params![row.id, row.agent_id, row.asked_at, row.erase_at]).await.map(drop)
    }

    /// The closed account with this id.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn deletion(&self, id: DeletionId) -> Result<Option<DeletionRow>, Error> {
        let sql = "SELECT id, agent_id, asked_at, erase_at FROM account_deletions WHERE id = $1";
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// The same by its agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn deletion_of(&self, agent: AgentId) -> Result<Option<DeletionRow>, Error> {
        let sql = "SELECT id, agent_id, asked_at, erase_at FROM account_deletions WHERE agent_id = $1";
        self.query_opt(sql, params![agent]).await?.map(read).transpose()
    }

    /// The closed accounts whose time has come, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn deletions_due(&self, now: Timestamp) -> Result<Vec<DeletionRow>, Error> {
        let sql = "SELECT id, agent_id, asked_at, erase_at FROM account_deletions
                   WHERE erase_at <= $1 ORDER BY erase_at, id";
        self.query(sql, params![now]).await?.into_iter().map(read).collect()
    }

    /// Keeps the account after all; false when it was not closed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_deletion(&self, agent: AgentId) -> Result<bool, Error> {
        Ok(self.execute("DELETE FROM account_deletions WHERE agent_id = $1", params![agent]).await? > 0)
    }

    /// Ends every way into an account that a sign-in or an earlier proof opened: sessions, API tokens, the calendar address, what waits for a
    /// confirmation, a code or a passkey. Passwords and passkeys stay.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_ways_in(&self, agent: AgentId) -> Result<(), Error> {
        for sql in [
            "DELETE FROM sessions WHERE agent_id = $1",
            "DELETE FROM api_tokens WHERE agent_id = $1",
            "DELETE FROM calendar_feeds WHERE agent_id = $1",
            "DELETE FROM email_changes WHERE agent_id = $1",
            "DELETE FROM password_resets WHERE agent_id = $1",
            "DELETE FROM invitations WHERE agent_id = $1",
            "DELETE FROM passkey_challenges WHERE agent_id = $1",
            "DELETE FROM pending_sign_ins WHERE agent_id = $1",
        ] {
            self.execute(sql, params![agent]).await?;
        }
        self.raise_credential_version(agent).await
    }

    /// Locks all admins and one agent until the end of the transaction, so that two admins cannot each leave the other behind: in
    /// the order of their ids, as whoever takes several agents does, so that nobody waits in a circle.
    ///
    /// # Errors
    /// `Unavailable` when they were not free in time.
    pub async fn lock_admins_and(&self, agent: AgentId) -> Result<(), Error> {
        match self.session {
            // The writer is alone.
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(_) => {
                let sql =
                    "SELECT id FROM agents WHERE role = 'admin' OR id = $1 ORDER BY id FOR NO KEY UPDATE";
                self.query(sql, params![agent]).await.map(drop)
            }
        }
    }

    /// Whether a slug with this keyed hash was an erased account's.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_slug_erased(&self, slug_hash: &str) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM erased_slugs WHERE slug_hash = $1";
        Ok(self.query_opt(sql, params![slug_hash]).await?.is_some())
    }
}

fn read(mut row: Row) -> Result<DeletionRow, Error> {
    Ok(DeletionRow {
        id: row.parse()?,
        agent_id: row.parse()?,
        asked_at: row.instant()?,
        erase_at: row.instant()?,
    })
}
