//! Whom an identity provider signs in, and who was sent there.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;

/// An account that an identity provider signs in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcLinkRow {
    /// The provider.
    pub issuer: String,
    /// How it names the person.
    pub subject: String,
    /// Whose account.
    pub agent_id: AgentId,
    /// What people called the provider when the account was connected.
    pub name: String,
    /// The address that it told when the account was connected.
    pub email: Option<String>,
    /// When the account was connected.
    pub created_at: Timestamp,
    /// When it last signed in this way.
    pub last_used_at: Option<Timestamp>,
}

/// Somebody who was sent to the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcRequestRow {
    /// SHA-256 of what comes back with the answer.
    pub state_hash: [u8; 32],
    /// SHA-256 of the browser's cookie.
    pub browser_hash: [u8; 32],
    /// Whose account is to be connected; nobody's for a sign-in.
    pub agent_id: Option<AgentId>,
    /// The path to go to afterwards.
    pub return_to: String,
    /// When.
    pub created_at: Timestamp,
}

impl Tx {
    /// The account that this provider's subject signs in to.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn oidc_link(&self, issuer: &str, subject: &str) -> Result<Option<OidcLinkRow>, Error> {
        let sql = "SELECT issuer, subject, agent_id, name, email, created_at, last_used_at FROM oidc_links
                   WHERE issuer = $1 AND subject = $2";
        self.query_opt(sql, params![issuer, subject]).await?.map(read).transpose()
    }

    /// The providers that sign in to an account, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn oidc_links_of(&self, agent: AgentId) -> Result<Vec<OidcLinkRow>, Error> {
        let sql = "SELECT issuer, subject, agent_id, name, email, created_at, last_used_at FROM oidc_links
                   WHERE agent_id = $1 ORDER BY created_at, issuer";
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// Connects an account.
    ///
    /// # Errors
    /// `Conflict(OidcLink)` when the subject signs in to an account already, or the account has one of this provider.
    pub async fn insert_oidc_link(&self, link: &OidcLinkRow) -> Result<(), Error> {
        let sql = "INSERT INTO oidc_links (issuer, subject, agent_id, name, email, created_at, last_used_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let params = params![
            link.issuer.as_str(),
            link.subject.as_str(),
            link.agent_id,
            link.name.as_str(),
            link.email.as_deref(),
            link.created_at,
            link.last_used_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Notes a sign-in; false when the account is not connected to this subject any more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_oidc_link(&self, link: &OidcLinkRow, now: Timestamp) -> Result<bool, Error> {
        let sql =
            "UPDATE oidc_links SET last_used_at = $4 WHERE issuer = $1 AND subject = $2 AND agent_id = $3";
        let params = params![link.issuer.as_str(), link.subject.as_str(), link.agent_id, now];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Disconnects an account from one provider; false when it was not connected.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_oidc_link(&self, agent: AgentId, issuer: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM oidc_links WHERE agent_id = $1 AND issuer = $2";
        Ok(self.execute(sql, params![agent, issuer]).await? > 0)
    }

    /// Disconnects an account from all.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_oidc_links(&self, agent: AgentId) -> Result<(), Error> {
        self.execute("DELETE FROM oidc_links WHERE agent_id = $1", params![agent]).await.map(drop)
    }

    /// Keeps who was sent to the provider until they come back.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_oidc_request(&self, request: &OidcRequestRow) -> Result<(), Error> {
        let sql = "INSERT INTO oidc_requests (state_hash, browser_hash, agent_id, return_to, created_at)
                   VALUES ($1, $2, $3, $4, $5)";
        let params = params![
            &request.state_hash,
            &request.browser_hash,
            request.agent_id,
            request.return_to.as_str(),
            request.created_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Takes away who was sent with this state in this browser: of several answers at once only one finds it, and what
    /// somebody else brings changes nothing.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn take_oidc_request(
        &self,
        state_hash: &[u8; 32],
        browser_hash: &[u8; 32],
    ) -> Result<Option<OidcRequestRow>, Error> {
        let sql = "DELETE FROM oidc_requests WHERE state_hash = $1 AND browser_hash = $2
                   RETURNING state_hash, browser_hash, agent_id, return_to, created_at";
        let row = self.query_opt(sql, params![state_hash, browser_hash]).await?;
        row.map(|mut row| {
            Ok(OidcRequestRow {
                state_hash: hash(&mut row)?,
                browser_hash: hash(&mut row)?,
                agent_id: row
                    .opt_text()?
                    .map(|id| id.parse())
                    .transpose()
                    .map_err(|_| Error::Corrupt("nobody is to be connected".into()))?,
                return_to: row.text()?,
                created_at: row.instant()?,
            })
        })
        .transpose()
    }

    /// Forgets who did not come back in time.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expire_oidc_requests(&self, before: Timestamp) -> Result<(), Error> {
        let sql = "DELETE FROM oidc_requests WHERE created_at < $1";
        self.execute(sql, params![before]).await.map(drop)
    }
}

fn read(mut row: Row) -> Result<OidcLinkRow, Error> {
    Ok(OidcLinkRow {
        issuer: row.text()?,
        subject: row.text()?,
        agent_id: row.parse()?,
        name: row.text()?,
        email: row.opt_text()?,
        created_at: row.instant()?,
        last_used_at: row.opt_instant()?,
    })
}

fn hash(row: &mut Row) -> Result<[u8; 32], Error> {
    row.bytes()?.try_into().map_err(|_| Error::Corrupt("a hash has 32 bytes".into()))
}
