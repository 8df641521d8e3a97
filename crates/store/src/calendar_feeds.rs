//! Private calendar addresses: one for each agent. Only their hashes are kept.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, CalendarFeedId};

/// The address under which an agent's calendar reads the meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFeedRow {
    /// Made with the form that asked for it.
    pub id: CalendarFeedId,
    /// Whose meetings it shows.
    pub agent_id: AgentId,
    /// Whether it shows times alone.
    pub is_busy_only: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Last reading, written every five minutes.
    pub last_read_at: Option<Timestamp>,
}

impl Tx {
    /// The feed whose address has this hash.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn calendar_feed(&self, token_hash: &[u8; 32]) -> Result<Option<CalendarFeedRow>, Error> {
        let sql = "SELECT id, agent_id, is_busy_only, created_at, last_read_at FROM calendar_feeds
                   WHERE token_hash = $1";
        self.query_opt(sql, params![token_hash]).await?.map(read).transpose()
    }

    /// The feed of an agent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn calendar_feed_of(&self, agent: AgentId) -> Result<Option<CalendarFeedRow>, Error> {
        let sql = "SELECT id, agent_id, is_busy_only, created_at, last_read_at FROM calendar_feeds
                   WHERE agent_id = $1";
        self.query_opt(sql, params![agent]).await?.map(read).transpose()
    }

    /// Keeps a feed under the hash of its address, in place of the one that the agent had.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_calendar_feed(
        &self,
        feed: &CalendarFeedRow,
        token_hash: &[u8; 32],
    ) -> Result<(), Error> {
        let sql = "INSERT INTO calendar_feeds (agent_id, id, token_hash, is_busy_only, created_at)
                   VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (agent_id) DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash,
                     is_busy_only = excluded.is_busy_only, created_at = excluded.created_at, last_read_at = NULL";
        let is_busy_only = i64::from(feed.is_busy_only);
        let params = params![feed.agent_id, feed.id, token_hash, is_busy_only, feed.created_at];
        self.execute(sql, params).await.map(drop)
    }

    /// Ends the feed of an agent; false when there was none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_calendar_feed(&self, agent: AgentId) -> Result<bool, Error> {
        Ok(self.execute("DELETE FROM calendar_feeds WHERE agent_id = $1", params![agent]).await? > 0)
    }

    /// Notes that a feed was read.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn touch_calendar_feed(&self, id: CalendarFeedId, now: Timestamp) -> Result<(), Error> {
        self.execute("UPDATE calendar_feeds SET last_read_at = $1 WHERE id = $2", params![now, id])
            .await
            .map(drop)
    }
}

fn read(mut row: Row) -> Result<CalendarFeedRow, Error> {
    Ok(CalendarFeedRow {
        id: row.parse()?,
        agent_id: row.parse()?,
        is_busy_only: row.int()? != 0,
        created_at: row.instant()?,
        last_read_at: row.opt_instant()?,
    })
}
