//! Signed-in browsers. Only the hash of a session's token is kept.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of the token in the cookie.
    pub token_hash: [u8; 32],
    /// Who signed in.
    pub agent_id: AgentId,
    /// When.
    pub created_at: Timestamp,
    /// Last request, written every five minutes.
    pub last_seen_at: Timestamp,
    /// When a password was last given in this session.
    pub authenticated_at: Timestamp,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// Where from: an IPv4 address or an IPv6 /64.
    pub client_net: String,
}

impl Tx {
    /// The session with this token hash.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, Error> {
        let sql =
            "SELECT token_hash, agent_id, created_at, last_seen_at, authenticated_at, user_agent, client_net
                   FROM sessions WHERE token_hash = $1";
        self.query_opt(sql, params![token_hash]).await?.map(read).transpose()
    }

    /// The agent's sessions, the one used last first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn sessions_of(&self, agent: AgentId) -> Result<Vec<SessionRow>, Error> {
        let sql =
            "SELECT token_hash, agent_id, created_at, last_seen_at, authenticated_at, user_agent, client_net
                   FROM sessions WHERE agent_id = $1 ORDER BY last_seen_at DESC, token_hash";
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// Keeps a new session.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_session(&self, session: &SessionRow) -> Result<(), Error> {
        let sql = "INSERT INTO sessions (token_hash, agent_id, created_at, last_seen_at, authenticated_at,
                     user_agent, client_net) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let params = params![
            &session.token_hash,
            session.agent_id,
            session.created_at,
            session.last_seen_at,
            session.authenticated_at,
            session.user_agent.as_str(),
            session.client_net.as_str(),
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Notes that the session was used.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn touch_session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<(), Error> {
        let sql = "UPDATE sessions SET last_seen_at = $1 WHERE token_hash = $2";
        self.execute(sql, params![now, token_hash]).await.map(drop)
    }

    /// Ends one session.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_session(&self, token_hash: &[u8; 32]) -> Result<(), Error> {
        self.execute("DELETE FROM sessions WHERE token_hash = $1", params![token_hash]).await.map(drop)
    }

    /// Ends all sessions of an agent but one; how many ended.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_other_sessions(&self, agent: AgentId, keep: &[u8; 32]) -> Result<u64, Error> {
        self.execute("DELETE FROM sessions WHERE agent_id = $1 AND token_hash <> $2", params![agent, keep])
            .await
    }

    /// Ends all sessions of an agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_sessions(&self, agent: AgentId) -> Result<(), Error> {
        self.execute("DELETE FROM sessions WHERE agent_id = $1", params![agent]).await.map(drop)
    }

    /// Ends the sessions of an agent that were idle longest, so that at most `keep` stay.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn trim_sessions(&self, agent: AgentId, keep: u32) -> Result<(), Error> {
        let sql = "DELETE FROM sessions WHERE agent_id = $1 AND token_hash NOT IN (
                     SELECT token_hash FROM sessions WHERE agent_id = $2 ORDER BY last_seen_at DESC LIMIT $3)";
        self.execute(sql, params![agent, agent, keep]).await.map(drop)
    }

    /// Deletes the sessions that ended by age.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expire_sessions(
        &self,
        idle_before: Timestamp,
        created_before: Timestamp,
    ) -> Result<(), Error> {
        let sql = "DELETE FROM sessions WHERE last_seen_at < $1 OR created_at < $2";
        self.execute(sql, params![idle_before, created_before]).await.map(drop)
    }
}

fn read(mut row: Row) -> Result<SessionRow, Error> {
    Ok(SessionRow {
        token_hash: row
            .bytes()?
            .try_into()
            .map_err(|_| Error::Corrupt("a token hash has 32 bytes".into()))?,
        agent_id: row.parse()?,
        created_at: row.instant()?,
        last_seen_at: row.instant()?,
        authenticated_at: row.instant()?,
        user_agent: row.text()?,
        client_net: row.text()?,
    })
}
