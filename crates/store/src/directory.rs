//! What all accounts hold, read at once: for whoever looks at thousands of them together.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::Row;
use crate::value::params;
use jiff::Timestamp;
use nameplate_domain::account::{ExternalId, FieldKey, FieldKind, FieldValue};
use nameplate_domain::ids::AgentId;

impl Tx {
    /// All slugs, present and former, each with whom it leads to.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn all_slugs(&self) -> Result<Vec<(String, AgentId)>, Error> {
        let rows = self.query("SELECT slug, agent_id FROM slugs", &[]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.parse()?))).collect()
    }

    /// The hashes of the slugs of erased accounts.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn all_erased_slugs(&self) -> Result<Vec<String>, Error> {
        let rows = self.query("SELECT slug_hash FROM erased_slugs", &[]).await?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// When each account was made, and when it last changed.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn all_agent_times(&self) -> Result<Vec<(AgentId, Timestamp, Timestamp)>, Error> {
        let rows = self.query("SELECT id, created_at, updated_at FROM agents ORDER BY id", &[]).await?;
        rows.into_iter().map(|mut row| Ok((row.parse()?, row.instant()?, row.instant()?))).collect()
    }

    /// When one account was made, and when it last changed.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn agent_times(&self, id: AgentId) -> Result<Option<(Timestamp, Timestamp)>, Error> {
        let sql = "SELECT created_at, updated_at FROM agents WHERE id = $1";
        let row = self.query_opt(sql, params![id]).await?;
        row.map(|mut row| Ok((row.instant()?, row.instant()?))).transpose()
    }

    /// The addresses, in canonical form, that were replaced after `since`, each with who may bring it back.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn all_held_emails(&self, since: Timestamp) -> Result<Vec<(String, AgentId)>, Error> {
        let sql = "SELECT old_email_canonical, agent_id FROM email_undos WHERE created_at > $1";
        let rows = self.query(sql, params![since]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.parse()?))).collect()
    }

    /// All ids by which other systems know somebody: whose, in which system, which.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn all_external_ids(&self) -> Result<Vec<(AgentId, FieldKey, ExternalId)>, Error> {
        let sql = "SELECT agent_id, system, value FROM agent_external_ids";
        let read =
            |mut row: Row| Ok((row.parse()?, FieldKey::stored(row.text()?), ExternalId::stored(row.text()?)));
        self.query(sql, &[]).await?.into_iter().map(read).collect()
    }

    /// What all profiles hold of the profile fields: whose, which field, what.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn all_agent_fields(&self) -> Result<Vec<(AgentId, FieldKey, FieldValue)>, Error> {
        let sql = "SELECT v.agent_id, f.key, f.kind, v.value FROM agent_fields v
                   JOIN profile_fields f ON f.key = v.key";
        let read = |mut row: Row| {
            let (agent, key) = (row.parse()?, FieldKey::stored(row.text()?));
            let kind = FieldKind::parse(&row.text()?)
                .map_err(|_| Error::Corrupt("a profile field is of no known kind".into()))?;
            Ok(FieldValue::stored(kind, row.text()?).map(|value| (agent, key, value)))
        };
        self.query(sql, &[]).await?.into_iter().filter_map(|row| read(row).transpose()).collect()
    }
}
