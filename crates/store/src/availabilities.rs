//! An agent's availability: one document, read and replaced as a whole.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::availability::Availability;

/// What is stored of an agent's availability.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AvailabilityRow {
    /// Hours, overrides and travel; empty when the agent never set any.
    pub availability: Availability,
    /// Rises with every change; 0 when nothing is stored.
    pub version: i64,
}

impl Tx {
    /// The agent's availability; empty when never set.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn availability(&self, agent: AgentId) -> Result<AvailabilityRow, Error> {
        let sql = "SELECT body, version FROM availabilities WHERE agent_id = $1";
        let Some(mut row) = self.query_opt(sql, params![agent]).await? else {
            return Ok(AvailabilityRow::default());
        };
        let body = row.text()?;
        let availability =
            serde_json::from_str(&body).map_err(|e| Error::Corrupt(format!("availability: {e}")))?;
        Ok(AvailabilityRow { availability, version: row.int()? })
    }

    /// Replaces the agent's availability if it still has the version that was read; false when it has another.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_availability(
        &self,
        agent: AgentId,
        availability: &Availability,
        read_version: i64,
    ) -> Result<bool, Error> {
        let body = serde_json::to_string(availability).map_err(|e| Error::Corrupt(e.to_string()))?;
        let sql = "INSERT INTO availabilities AS v (agent_id, body, version) VALUES ($1, $2, 1)
                   ON CONFLICT (agent_id) DO UPDATE SET body = excluded.body, version = v.version + 1
                     WHERE v.version = $3";
        Ok(self.execute(sql, params![agent, body, read_version]).await? > 0)
    }
}
