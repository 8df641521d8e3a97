//! What an agent writes in messages to customers.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use nameplate_domain::ids::AgentId;
use nameplate_domain::templates::OwnTexts;

impl Tx {
    /// What an agent has written; both texts are empty where nothing was.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn own_texts(&self, agent: AgentId) -> Result<OwnTexts, Error> {
        let row = self
            .query_opt("SELECT signature, note FROM own_texts WHERE agent_id = $1", params![agent])
            .await?;
        let read = row.map(|mut row| Ok(OwnTexts { signature: row.text()?, note: row.text()? }));
        read.transpose().map(Option::unwrap_or_default)
    }

    /// Keeps both texts in place of what was there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_own_texts(&self, agent: AgentId, texts: &OwnTexts) -> Result<(), Error> {
        let sql = "INSERT INTO own_texts (agent_id, signature, note) VALUES ($1, $2, $3)
                   ON CONFLICT (agent_id) DO UPDATE SET signature = excluded.signature, note = excluded.note";
        self.execute(sql, params![agent, texts.signature.as_str(), texts.note.as_str()]).await.map(drop)
    }
}
