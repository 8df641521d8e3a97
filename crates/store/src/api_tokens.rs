//! Personal API tokens. Only their hashes are kept.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, ApiTokenId};

/// A token that acts for an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// Its id.
    pub id: ApiTokenId,
    /// For whom it acts.
    pub agent_id: AgentId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; never, when absent.
    pub expires_at: Option<Timestamp>,
    /// Last use, written every five minutes.
    pub last_used_at: Option<Timestamp>,
}

impl Tx {
    /// The token with this hash.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn api_token(&self, token_hash: &[u8; 32]) -> Result<Option<ApiTokenRow>, Error> {
        let sql = "SELECT id, agent_id, name, created_at, expires_at, last_used_at FROM api_tokens
                   WHERE token_hash = $1";
        self.query_opt(sql, params![token_hash]).await?.map(read).transpose()
    }

    /// The agent's tokens, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn api_tokens_of(&self, agent: AgentId) -> Result<Vec<ApiTokenRow>, Error> {
        let sql = "SELECT id, agent_id, name, created_at, expires_at, last_used_at FROM api_tokens
                   WHERE agent_id = $1 ORDER BY created_at DESC, id DESC";
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// Keeps a new token under its hash; one with this id that was never used is replaced. False when the id
    /// is another agent's or that token was used.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_api_token(&self, token: &ApiTokenRow, token_hash: &[u8; 32]) -> Result<bool, Error> {
        let sql = "INSERT INTO api_tokens (id, token_hash, agent_id, name, created_at, expires_at)
                   VALUES ($1, $2, $3, $4, $5, $6)
                   ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, name = excluded.name,
                     created_at = excluded.created_at, expires_at = excluded.expires_at
                   WHERE api_tokens.agent_id = excluded.agent_id AND api_tokens.last_used_at IS NULL";
        let params = params![
            token.id,
            token_hash,
            token.agent_id,
            token.name.as_str(),
            token.created_at,
            token.expires_at
        ];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Revokes a token of an agent; what it was, or none when there was none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_api_token(
        &self,
        agent: AgentId,
        id: ApiTokenId,
    ) -> Result<Option<ApiTokenRow>, Error> {
        let sql = "DELETE FROM api_tokens WHERE agent_id = $1 AND id = $2
                   RETURNING id, agent_id, name, created_at, expires_at, last_used_at";
        self.query_opt(sql, params![agent, id]).await?.map(read).transpose()
    }

    /// Forgets the tokens that ended before `before`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expire_api_tokens(&self, before: Timestamp) -> Result<(), Error> {
        self.execute("DELETE FROM api_tokens WHERE expires_at < $1", params![before]).await.map(drop)
    }

    /// Revokes all tokens of an agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_api_tokens(&self, agent: AgentId) -> Result<(), Error> {
        self.execute("DELETE FROM api_tokens WHERE agent_id = $1", params![agent]).await.map(drop)
    }

    /// Notes that the token was used.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn touch_api_token(&self, id: ApiTokenId, now: Timestamp) -> Result<(), Error> {
        self.execute("UPDATE api_tokens SET last_used_at = $1 WHERE id = $2", params![now, id])
            .await
            .map(drop)
    }
}

fn read(mut row: Row) -> Result<ApiTokenRow, Error> {
    Ok(ApiTokenRow {
        id: row.parse()?,
        agent_id: row.parse()?,
        name: row.text()?,
        created_at: row.instant()?,
        expires_at: row.opt_instant()?,
        last_used_at: row.opt_instant()?,
    })
}
