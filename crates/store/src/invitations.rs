//! Invitations. The link is not stored, but derived from the row.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, InvitationId};

/// An invitation whose link was mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationRow {
    /// Its id, which the link carries.
    pub id: InvitationId,
    /// Whose first password it may set.
    pub agent_id: AgentId,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Tx {
    /// Keeps an invitation, in place of those that the agent had.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_invitation(&self, row: &InvitationRow) -> Result<(), Error> {
        self.delete_invitations(row.agent_id).await?;
        let sql = "INSERT INTO invitations (id, agent_id, created_at) VALUES ($1, $2, $3)";
        self.execute(sql, params![row.id, row.agent_id, row.created_at]).await.map(drop)
    }

    /// The invitation with this id.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn invitation(&self, id: InvitationId) -> Result<Option<InvitationRow>, Error> {
        let sql = "SELECT id, agent_id, created_at FROM invitations WHERE id = $1";
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// The invitation of an agent.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn invitation_of(&self, agent: AgentId) -> Result<Option<InvitationRow>, Error> {
        let sql = "SELECT id, agent_id, created_at FROM invitations WHERE agent_id = $1";
        self.query_opt(sql, params![agent]).await?.map(read).transpose()
    }

    /// Makes the links of an agent's invitations void.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_invitations(&self, agent: AgentId) -> Result<(), Error> {
        self.execute("DELETE FROM invitations WHERE agent_id = $1", params![agent]).await.map(drop)
    }
}

fn read(mut row: Row) -> Result<InvitationRow, Error> {
    Ok(InvitationRow { id: row.parse()?, agent_id: row.parse()?, created_at: row.instant()? })
}
