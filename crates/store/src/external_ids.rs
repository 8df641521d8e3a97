//! By which ids other systems know an agent.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use nameplate_domain::account::{ExternalId, FieldKey};
use nameplate_domain::ids::AgentId;
use std::collections::BTreeMap;

impl Tx {
    /// The ids of an agent, by system.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn external_ids(&self, agent: AgentId) -> Result<BTreeMap<FieldKey, ExternalId>, Error> {
        let sql = "SELECT system, value FROM agent_external_ids WHERE agent_id = $1";
        let read = |mut row: Row| Ok((FieldKey::stored(row.text()?), ExternalId::stored(row.text()?)));
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// Keeps an id in place of the agent's earlier one in that system; none takes it away.
    ///
    /// # Errors
    /// `Conflict(ExternalId)` where it is another agent's.
    pub async fn put_external_id(
        &self,
        agent: AgentId,
        system: &FieldKey,
        id: Option<&ExternalId>,
    ) -> Result<(), Error> {
        let Some(id) = id else {
            let sql = "DELETE FROM agent_external_ids WHERE agent_id = $1 AND system = $2";
            return self.execute(sql, params![agent, system.as_str()]).await.map(drop);
        };
        let sql = "INSERT INTO agent_external_ids (agent_id, system, value) VALUES ($1, $2, $3)
                   ON CONFLICT (agent_id, system) DO UPDATE SET value = excluded.value";
        self.execute(sql, params![agent, system.as_str(), id.as_str()]).await.map(drop)
    }
}
