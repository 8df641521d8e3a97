//! Two-step sign-in: the authenticator app, the recovery codes, and sign-ins that wait for their code.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;

/// The authenticator app of an agent. While there is one, a password alone signs nobody in.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticatorRow {
    /// Whose.
    pub agent_id: AgentId,
    /// With which key the secret is sealed.
    pub key_version: u32,
    /// The sealed secret.
    pub sealed: Vec<u8>,
    /// The time step of the last code that was accepted: no code of this step or an earlier one is, ever again.
    pub last_step: i64,
    /// When it was set up.
    pub created_at: Timestamp,
}

/// A right password that waits for its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignInRow {
    /// SHA-256 of the token in the cookie.
    pub token_hash: [u8; 32],
    /// Whose password it was.
    pub agent_id: AgentId,
    /// The credentials that were checked; void for later ones.
    pub credential_version: i64,
    /// When.
    pub created_at: Timestamp,
    /// Where from: an IPv4 address or an IPv6 /64.
    pub client_net: String,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// The identity provider that stood for the password, as people call it.
    pub provider: Option<String>,
    /// Whether the activity of the account tells of it already.
    pub told: bool,
}

macro_rules! pending_columns {
    () => {
        "token_hash, agent_id, credential_version, created_at, client_net, user_agent, provider, told"
    };
}

impl Tx {
    /// The authenticator app of an agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn authenticator(&self, agent: AgentId) -> Result<Option<AuthenticatorRow>, Error> {
        let sql = "SELECT agent_id, key_version, sealed, last_step, created_at
                   FROM authenticator_apps WHERE agent_id = $1";
        let row = self.query_opt(sql, params![agent]).await?;
        row.map(|mut row| {
            Ok(AuthenticatorRow {
                agent_id: row.parse()?,
                key_version: row.small()?,
                sealed: row.bytes()?,
                last_step: row.int()?,
                created_at: row.instant()?,
            })
        })
        .transpose()
    }

    /// Keeps a new authenticator app; false when the agent has one already.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_authenticator(&self, app: &AuthenticatorRow) -> Result<bool, Error> {
        let sql = "INSERT INTO authenticator_apps (agent_id, key_version, sealed, last_step, created_at)
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (agent_id) DO NOTHING";
        let params =
            params![app.agent_id, app.key_version, app.sealed.as_slice(), app.last_step, app.created_at];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Uses a time step up; false when it or a later one was used before.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_time_step(&self, agent: AgentId, step: i64) -> Result<bool, Error> {
        let sql = "UPDATE authenticator_apps SET last_step = $2 WHERE agent_id = $1 AND last_step < $3";
        Ok(self.execute(sql, params![agent, step, step]).await? > 0)
    }

    /// Forgets the authenticator app, the recovery codes and the sign-ins that wait; false when there was no app.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_authenticator(&self, agent: AgentId) -> Result<bool, Error> {
        self.execute("DELETE FROM recovery_codes WHERE agent_id = $1", params![agent]).await?;
        self.execute("DELETE FROM pending_sign_ins WHERE agent_id = $1", params![agent]).await?;
        let sql = "DELETE FROM authenticator_apps WHERE agent_id = $1";
        Ok(self.execute(sql, params![agent]).await? > 0)
    }

    /// Keeps the hashes of new recovery codes in place of all older ones.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn replace_recovery_codes(&self, agent: AgentId, hashes: &[[u8; 32]]) -> Result<(), Error> {
        self.execute("DELETE FROM recovery_codes WHERE agent_id = $1", params![agent]).await?;
        for hash in hashes {
            let sql = "INSERT INTO recovery_codes (agent_id, code_hash) VALUES ($1, $2)";
            self.execute(sql, params![agent, hash]).await?;
        }
        Ok(())
    }

    /// Uses a recovery code up; false when the agent has no such code, or has used it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_recovery_code(&self, agent: AgentId, hash: &[u8; 32]) -> Result<bool, Error> {
        let sql = "DELETE FROM recovery_codes WHERE agent_id = $1 AND code_hash = $2";
        Ok(self.execute(sql, params![agent, hash]).await? > 0)
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_recovery_codes(&self, agent: AgentId) -> Result<u32, Error> {
        let sql = "SELECT COUNT(*) FROM recovery_codes WHERE agent_id = $1";
        self.query_opt(sql, params![agent]).await?.map_or(Ok(0), |mut row| row.small())
    }

    /// Keeps a sign-in that waits for its code.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_pending_sign_in(&self, pending: &PendingSignInRow) -> Result<(), Error> {
        let sql =
            "INSERT INTO pending_sign_ins (token_hash, agent_id, credential_version, created_at, client_net,
                     user_agent, provider, told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let params = params![
            &pending.token_hash,
            pending.agent_id,
            pending.credential_version,
            pending.created_at,
            pending.client_net.as_str(),
            pending.user_agent.as_str(),
            pending.provider.as_deref(),
            i64::from(pending.told),
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// The sign-in with this token that waits for its code.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn pending_sign_in(&self, token_hash: &[u8; 32]) -> Result<Option<PendingSignInRow>, Error> {
        let sql = concat!("SELECT ", pending_columns!(), " FROM pending_sign_ins WHERE token_hash = $1");
        self.query_opt(sql, params![token_hash]).await?.map(read_pending).transpose()
    }

    /// Notes that the activity of the account tells of a sign-in that waits.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn tell_pending_sign_in(&self, token_hash: &[u8; 32]) -> Result<(), Error> {
        let sql = "UPDATE pending_sign_ins SET told = 1 WHERE token_hash = $1";
        self.execute(sql, params![token_hash]).await.map(drop)
    }

    /// Forgets the oldest of an agent's sign-ins that wait, so that at most `keep` stay.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn trim_pending_sign_ins(&self, agent: AgentId, keep: u32) -> Result<(), Error> {
        let sql = "DELETE FROM pending_sign_ins WHERE agent_id = $1 AND token_hash NOT IN (
                     SELECT token_hash FROM pending_sign_ins WHERE agent_id = $2
                     ORDER BY created_at DESC, token_hash LIMIT $3)";
        self.execute(sql, params![agent, agent, keep]).await.map(drop)
    }

    /// The sign-ins that waited since before `before`, oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn old_pending_sign_ins(&self, before: Timestamp) -> Result<Vec<PendingSignInRow>, Error> {
        let sql = concat!(
            "SELECT ",
            pending_columns!(),
            " FROM pending_sign_ins WHERE created_at < $1 ORDER BY created_at, token_hash"
        );
        self.query(sql, params![before]).await?.into_iter().map(read_pending).collect()
    }

    /// Ends a sign-in that waits; false when it had ended before.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_pending_sign_in(&self, token_hash: &[u8; 32]) -> Result<bool, Error> {
        let sql = "DELETE FROM pending_sign_ins WHERE token_hash = $1";
        Ok(self.execute(sql, params![token_hash]).await? > 0)
    }
}

fn read_pending(mut row: Row) -> Result<PendingSignInRow, Error> {
    Ok(PendingSignInRow {
        token_hash: row
            .bytes()?
            .try_into()
            .map_err(|_| Error::Corrupt("a token hash has 32 bytes".into()))?,
        agent_id: row.parse()?,
        credential_version: row.int()?,
        created_at: row.instant()?,
        client_net: row.text()?,
        user_agent: row.text()?,
        provider: row.opt_text()?,
        told: row.int()? != 0,
    })
}
