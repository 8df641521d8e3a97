//! Slugs, present and past: one row for ever, never given to another agent.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;

/// A slug that an agent has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlugRow {
    /// The slug.
    pub slug: String,
    /// How often it led here since it was replaced.
    pub hits: i64,
    /// When it did so last.
    pub last_hit_at: Option<Timestamp>,
}

impl Tx {
    /// Whom `slug` leads to, as a present or former slug.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn slug_owner(&self, slug: &str) -> Result<Option<AgentId>, Error> {
        let row = self.query_opt("SELECT agent_id FROM slugs WHERE slug = $1", params![slug]).await?;
        row.map(|mut row| row.parse()).transpose()
    }

    /// Makes `slug` one of the agent's for ever; nothing happens when it is already.
    ///
    /// # Errors
    /// `Conflict(Slug)` when it is or was another agent's.
    pub async fn claim_slug(&self, slug: &str, agent: AgentId, now: Timestamp) -> Result<(), Error> {
        let own = "SELECT 1 FROM slugs WHERE slug = $1 AND agent_id = $2";
        if self.query_opt(own, params![slug, agent]).await?.is_some() {
            return Ok(());
        }
        let sql = "INSERT INTO slugs (slug, agent_id, created_at) VALUES ($1, $2, $3)";
        self.execute(sql, params![slug, agent, now]).await.map(drop)
    }

    /// The agent's slugs, newest first, the present one among them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn slugs_of(&self, agent: AgentId) -> Result<Vec<SlugRow>, Error> {
        let sql =
            "SELECT slug, hits, last_hit_at FROM slugs WHERE agent_id = $1 ORDER BY created_at DESC, slug";
        let read = |mut row: Row| {
            Ok(SlugRow { slug: row.text()?, hits: row.int()?, last_hit_at: row.opt_instant()? })
        };
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// Counts visits of a former slug, the last of them at `last`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_slug_hits(&self, slug: &str, hits: i64, last: Timestamp) -> Result<(), Error> {
        let sql = "UPDATE slugs SET hits = hits + $2,
                     last_hit_at = CASE WHEN last_hit_at > $3 THEN last_hit_at ELSE $3 END
                   WHERE slug = $1";
        self.execute(sql, params![slug, hits, last]).await.map(drop)
    }
}
