//! What an identity provider said of agents that their accounts have no place for.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::FullName;
use nameplate_domain::ids::AgentId;

/// What was said of one agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScimUserRow {
    /// Of whom.
    pub agent_id: AgentId,
    /// The name that the parts are of: with another one they are outdated.
    pub full_name: FullName,
    /// The given name.
    pub given_name: Option<FullName>,
    /// The family name.
    pub family_name: Option<FullName>,
    /// When the provider took the agent out of its list.
    pub deleted_at: Option<Timestamp>,
}

impl Tx {
    /// What was said of an agent.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn scim_user(&self, agent: AgentId) -> Result<Option<ScimUserRow>, Error> {
        let sql = "SELECT agent_id, full_name, given_name, family_name, deleted_at FROM scim_users
                   WHERE agent_id = $1";
        self.query_opt(sql, params![agent]).await?.map(read).transpose()
    }

    /// What was said of anybody.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn all_scim_users(&self) -> Result<Vec<ScimUserRow>, Error> {
        let sql = "SELECT agent_id, full_name, given_name, family_name, deleted_at FROM scim_users";
        self.query(sql, &[]).await?.into_iter().map(read).collect()
    }

    /// Keeps what was said of an agent in place of what was said before.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_scim_user(&self, row: &ScimUserRow) -> Result<(), Error> {
        let sql = "INSERT INTO scim_users (agent_id, full_name, given_name, family_name, deleted_at)
                   VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (agent_id) DO UPDATE SET full_name = excluded.full_name,
                     given_name = excluded.given_name, family_name = excluded.family_name,
                     deleted_at = excluded.deleted_at";
        let params = params![
            row.agent_id,
            row.full_name.as_str(),
            row.given_name.as_ref().map(FullName::as_str),
            row.family_name.as_ref().map(FullName::as_str),
            row.deleted_at
        ];
        self.execute(sql, params).await.map(drop)
    }
}

fn read(mut row: Row) -> Result<ScimUserRow, Error> {
    Ok(ScimUserRow {
        agent_id: row.parse()?,
        full_name: FullName::stored(row.text()?),
        given_name: row.opt_text()?.map(FullName::stored),
        family_name: row.opt_text()?.map(FullName::stored),
        deleted_at: row.opt_instant()?,
    })
}
