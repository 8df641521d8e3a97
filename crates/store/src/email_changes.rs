//! Pending changes of an email address: one an agent. The link and the code are not stored, but derived from the row.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::{AgentId, EmailChangeId};

/// A change that waits for its confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailChangeRow {
    /// Its id, which the link carries.
    pub id: EmailChangeId,
    /// Whose address changes.
    pub agent_id: AgentId,
    /// The address to be confirmed.
    pub new_email: EmailAddress,
    /// The credentials for which it was asked; void for later ones.
    pub credential_version: i64,
    /// Which code is valid: each one sent has the next number.
    pub code_issue: i64,
    /// When that code was sent.
    pub code_sent_at: Timestamp,
    /// How often a wrong code was typed.
    pub wrong_codes: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
}

macro_rules! columns {
    () => {
        "id, agent_id, new_email, credential_version, code_issue, code_sent_at, wrong_codes, created_at"
    };
}

impl Tx {
    /// The agent's pending change.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn email_change_of(&self, agent: AgentId) -> Result<Option<EmailChangeRow>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM email_changes WHERE agent_id = $1");
        self.query_opt(sql, params![agent]).await?.map(read).transpose()
    }

    /// The pending change with this id.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn email_change(&self, id: EmailChangeId) -> Result<Option<EmailChangeRow>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM email_changes WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// Keeps a change in place of any older one of the agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_email_change(&self, change: &EmailChangeRow) -> Result<(), Error> {
        self.delete_email_change(change.agent_id).await?;
        let sql =
            concat!("INSERT INTO email_changes (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        let params = params![
            change.id,
            change.agent_id,
            change.new_email.as_str(),
            change.credential_version,
            change.code_issue,
            change.code_sent_at,
            change.wrong_codes,
            change.created_at,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Ends the agent's pending change; false when there was none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_email_change(&self, agent: AgentId) -> Result<bool, Error> {
        Ok(self.execute("DELETE FROM email_changes WHERE agent_id = $1", params![agent]).await? > 0)
    }
}

fn read(mut row: Row) -> Result<EmailChangeRow, Error> {
    Ok(EmailChangeRow {
        id: row.parse()?,
        agent_id: row.parse()?,
        new_email: EmailAddress::stored(row.text()?),
        credential_version: row.int()?,
        code_issue: row.int()?,
        code_sent_at: row.instant()?,
        wrong_codes: row.int()?,
        created_at: row.instant()?,
    })
}
