//! Passkeys, and the questions that they answer.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::PasskeyName;
use nameplate_domain::ids::{AgentId, PasskeyChallengeId, PasskeyId};

/// A passkey of an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its id.
    pub id: PasskeyId,
    /// Whom it signs in.
    pub agent_id: AgentId,
    /// How the passkey names itself.
    pub credential_id: Vec<u8>,
    /// Its public key and the counter of its uses.
    pub credential: String,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// The make of what keeps it; zeros when it does not say.
    pub aaguid: [u8; 16],
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// What a passkey is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyPurpose {
    /// To be added to an account.
    Add,
    /// To sign in; whom, only its answer tells.
    SignIn,
    /// To show that the one who is signed in is there.
    Confirm,
}

impl PasskeyPurpose {
    const ALL: [(Self, &str); 3] =
        [(Self::Add, "add"), (Self::SignIn, "sign_in"), (Self::Confirm, "confirm")];

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(purpose, _)| *purpose == self).map_or("", |(_, name)| name)
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.iter().find(|(_, name)| *name == text).map(|(purpose, _)| *purpose);
        found.ok_or_else(|| Error::Corrupt("a passkey was asked for what does not exist".into()))
    }
}

/// A question to a passkey that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyChallengeRow {
    /// Its id, which the answer names.
    pub id: PasskeyChallengeId,
    /// What it asks for.
    pub purpose: PasskeyPurpose,
    /// Who is signed in, unless it asks for a sign-in.
    pub agent_id: Option<AgentId>,
    /// What the answer is checked against.
    pub state: String,
    /// When it was asked.
    pub created_at: Timestamp,
}

macro_rules! columns {
    () => {
        "p.id, p.agent_id, p.credential_id, p.credential, p.name, p.aaguid, p.created_at, p.last_used_at"
    };
}

impl Tx {
    /// How passkeys name this agent: `fresh` from now on, unless there is such a name already.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn passkey_user(&self, agent: AgentId, fresh: &[u8; 16]) -> Result<[u8; 16], Error> {
        let sql = "INSERT INTO passkey_users (agent_id, user_handle) VALUES ($1, $2)
                   ON CONFLICT (agent_id) DO NOTHING";
        self.execute(sql, params![agent, fresh]).await?;
        let sql = "SELECT user_handle FROM passkey_users WHERE agent_id = $1";
        let row = self.query_opt(sql, params![agent]).await?;
        row.map_or(Ok(*fresh), |mut row| sixteen(&mut row))
    }

    /// The agent's passkeys, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn passkeys_of(&self, agent: AgentId) -> Result<Vec<PasskeyRow>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM passkeys p WHERE p.agent_id = $1 ORDER BY p.created_at, p.id"
        );
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// The passkey that names itself and its account like this.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn passkey_by_credential(
        &self,
        credential_id: &[u8],
        user_handle: &[u8; 16],
    ) -> Result<Option<PasskeyRow>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM passkeys p JOIN passkey_users u ON u.agent_id = p.agent_id
             WHERE p.credential_id = $1 AND u.user_handle = $2"
        );
        self.query_opt(sql, params![credential_id, user_handle]).await?.map(read).transpose()
    }

    /// Keeps a new passkey.
    ///
    /// # Errors
    /// `Conflict(Passkey)` when somebody has it.
    pub async fn insert_passkey(&self, passkey: &PasskeyRow) -> Result<(), Error> {
        let sql = "INSERT INTO passkeys
                     (id, agent_id, credential_id, credential, name, aaguid, created_at, last_used_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let params = params![
            passkey.id,
            passkey.agent_id,
            passkey.credential_id.as_slice(),
            passkey.credential.as_str(),
            passkey.name.as_str(),
            &passkey.aaguid,
            passkey.created_at,
            passkey.last_used_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Notes that the passkey was used, if it is still as it was when its answer was checked; false when it was used or
    /// removed meanwhile.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn use_passkey(
        &self,
        checked: &PasskeyRow,
        credential: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "UPDATE passkeys SET credential = $2, last_used_at = $3 WHERE id = $1 AND credential = $4";
        let params = params![checked.id, credential, now, checked.credential.as_str()];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Gives one of the agent's passkeys another name; false when it is not there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn rename_passkey(
        &self,
        agent: AgentId,
        id: PasskeyId,
        name: &PasskeyName,
    ) -> Result<bool, Error> {
        let sql = "UPDATE passkeys SET name = $3 WHERE agent_id = $1 AND id = $2";
        Ok(self.execute(sql, params![agent, id, name.as_str()]).await? > 0)
    }

    /// Removes one of the agent's passkeys; false when it is not there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_passkey(&self, agent: AgentId, id: PasskeyId) -> Result<bool, Error> {
        self.forget_passkey_use(agent).await?;
        let sql = "DELETE FROM passkeys WHERE agent_id = $1 AND id = $2";
        Ok(self.execute(sql, params![agent, id]).await? > 0)
    }

    /// What was confirmed by a passkey that goes is confirmed no more.
    async fn forget_passkey_use(&self, agent: AgentId) -> Result<(), Error> {
        let sql = "UPDATE sessions SET passkey_at = NULL WHERE agent_id = $1";
        self.execute(sql, params![agent]).await.map(drop)
    }

    /// Removes all passkeys of an agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_passkeys(&self, agent: AgentId) -> Result<(), Error> {
        self.forget_passkey_use(agent).await?;
        self.execute("DELETE FROM passkeys WHERE agent_id = $1", params![agent]).await.map(drop)
    }

    /// Forgets the questions that nobody answered in time.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn expire_passkey_challenges(&self, before: Timestamp) -> Result<(), Error> {
        let sql = "DELETE FROM passkey_challenges WHERE created_at < $1";
        self.execute(sql, params![before]).await.map(drop)
    }

    /// Keeps a question until its answer comes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_passkey_challenge(&self, challenge: &PasskeyChallengeRow) -> Result<(), Error> {
        let sql = "INSERT INTO passkey_challenges (id, purpose, agent_id, state, created_at)
                   VALUES ($1, $2, $3, $4, $5)";
        let params = params![
            challenge.id,
            challenge.purpose.as_str(),
            challenge.agent_id,
            challenge.state.as_str(),
            challenge.created_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Takes a question away: of several answers at once only one finds it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_passkey_challenge(
        &self,
        id: PasskeyChallengeId,
    ) -> Result<Option<PasskeyChallengeRow>, Error> {
        let sql = "DELETE FROM passkey_challenges WHERE id = $1
                   RETURNING id, purpose, agent_id, state, created_at";
        let row = self.query_opt(sql, params![id]).await?;
        row.map(|mut row| {
            Ok(PasskeyChallengeRow {
                id: row.parse()?,
                purpose: PasskeyPurpose::parse(&row.text()?)?,
                agent_id: row
                    .opt_text()?
                    .map(|id| id.parse())
                    .transpose()
                    .map_err(|_| Error::Corrupt("a passkey was asked of nobody".into()))?,
                state: row.text()?,
                created_at: row.instant()?,
            })
        })
        .transpose()
    }

    /// Notes with which passkey a session was signed in.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_session_passkey(&self, token_hash: &[u8; 32], id: PasskeyId) -> Result<(), Error> {
        let sql = "UPDATE sessions SET passkey_id = $2 WHERE token_hash = $1";
        self.execute(sql, params![token_hash, id]).await.map(drop)
    }

    /// Notes that a passkey was asked for in a session just now.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_session_passkey_at(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), Error> {
        let sql = "UPDATE sessions SET passkey_at = $2 WHERE token_hash = $1";
        self.execute(sql, params![token_hash, at]).await.map(drop)
    }

    /// When a passkey was last asked for in a session.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn session_passkey_at(&self, token_hash: &[u8; 32]) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT passkey_at FROM sessions WHERE token_hash = $1 AND passkey_at IS NOT NULL";
        self.query_opt(sql, params![token_hash]).await?.map(|mut row| row.instant()).transpose()
    }

    /// When the agent was last asked in a session who they are; the sign-in is no such time.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn session_confirmed_at(&self, token_hash: &[u8; 32]) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT confirmed_at FROM sessions WHERE token_hash = $1 AND confirmed_at IS NOT NULL";
        self.query_opt(sql, params![token_hash]).await?.map(|mut row| row.instant()).transpose()
    }

    /// With which passkey a session was signed in.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn session_passkey(&self, token_hash: &[u8; 32]) -> Result<Option<PasskeyId>, Error> {
        let sql = "SELECT passkey_id FROM sessions WHERE token_hash = $1 AND passkey_id IS NOT NULL";
        self.query_opt(sql, params![token_hash]).await?.map(|mut row| row.parse()).transpose()
    }

    /// Ends the sessions that were signed in with a passkey, but for one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_passkey_sessions(
        &self,
        agent: AgentId,
        id: PasskeyId,
        keep: &[u8; 32],
    ) -> Result<u64, Error> {
        let sql = "DELETE FROM sessions WHERE agent_id = $1 AND passkey_id = $2 AND token_hash <> $3";
        self.execute(sql, params![agent, id, keep]).await
    }

    /// Gives a session another token, because the one who is signed in was just asked who they are; false when it has
    /// ended.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn renew_session(
        &self,
        old: &[u8; 32],
        new: &[u8; 32],
        authenticated_at: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "UPDATE sessions SET token_hash = $2, authenticated_at = $3, confirmed_at = $3
                   WHERE token_hash = $1";
        Ok(self.execute(sql, params![old, new, authenticated_at]).await? > 0)
    }
}

fn read(mut row: Row) -> Result<PasskeyRow, Error> {
    Ok(PasskeyRow {
        id: row.parse()?,
        agent_id: row.parse()?,
        credential_id: row.bytes()?,
        credential: row.text()?,
        name: PasskeyName::stored(row.text()?),
        aaguid: sixteen(&mut row)?,
        created_at: row.instant()?,
        last_used_at: row.opt_instant()?,
    })
}

fn sixteen(row: &mut Row) -> Result<[u8; 16], Error> {
    row.bytes()?.try_into().map_err(|_| Error::Corrupt("it has 16 bytes".into()))
}
