//! What webhooks are told: written in the transaction of the fact, kept after it has left.

use crate::error::Error;
use crate::tx::{Session, Tx};
use crate::value::{Row, params};
use crate::webhooks::{WebhookRow, columns as webhook_columns, read as read_webhook};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, DeliveryId, WebhookId};

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It has not arrived yet.
    Waiting,
    /// Its receiver has it.
    Delivered,
    /// Given up.
    Failed,
}

impl DeliveryState {
    /// The word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

/// What a webhook is told of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Which; also the `webhook-id` of every try.
    pub id: DeliveryId,
    /// To whom.
    pub webhook_id: WebhookId,
    /// The agent whom it is about, or whose meeting; none for a test.
    pub agent_id: Option<AgentId>,
    /// Of what: `meeting.scheduled`.
    pub kind: String,
    /// What the API said of it at that moment, as JSON.
    pub data: String,
    /// How far it is.
    pub state: DeliveryState,
    /// Which one of its webhook it is, from 1; none before the first try.
    pub sequence: Option<i64>,
    /// Tries so far.
    pub attempts: i64,
    /// When the last one was made.
    pub tried_at: Option<Timestamp>,
    /// What the receiver answered to the last one.
    pub status: Option<u32>,
    /// Why the last one came to nothing, as a code.
    pub problem: Option<String>,
    /// The instant of the event.
    pub created_at: Timestamp,
}

/// What a try came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The receiver has it.
    Delivered,
    /// It is tried again at this instant.
    Retry(Timestamp),
    /// Nothing had arrived for too long: it is given up, and the webhook turned off.
    GiveUp,
}

macro_rules! columns {
    () => {
        "id, webhook_id, agent_id, type, data, state, sequence, attempts, tried_at, status, problem, created_at"
    };
}

macro_rules! due {
    () => {
        concat!(
            "SELECT ",
            webhook_columns!(),
            " FROM webhooks w WHERE w.state = 'on' AND w.not_before <= $1 AND w.lease_until <= $2
                AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'waiting')
              ORDER BY w.not_before, w.id LIMIT $3"
        )
    };
}

impl Tx {
    /// Writes what a webhook is to be told.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_delivery(&self, row: &DeliveryRow) -> Result<(), Error> {
        let sql = "INSERT INTO webhook_deliveries (id, webhook_id, agent_id, type, data, state, attempts, created_at)
                   VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6)";
        let params = params![
            row.id,
            row.webhook_id,
            row.agent_id,
            row.kind.as_str(),
            row.data.as_str(),
            row.created_at
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Leases up to `limit` webhooks for which a try may be made, each with the oldest that it has not heard, which gets its number.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn claim_webhooks(
        &self,
        limit: usize,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<(WebhookRow, DeliveryRow)>, Error> {
        // Their keys stay free: whoever writes what one is told waits for nobody.
        let sql = match self.session {
            Session::Sqlite(_) => due!(),
            Session::Postgres(_) => concat!(due!(), " FOR NO KEY UPDATE OF w SKIP LOCKED"),
        };
        let rows = self.query(sql, params![now, now, i64::try_from(limit).unwrap_or(i64::MAX)]).await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for mut row in rows {
            let mut webhook = read_webhook(&mut row)?;
            let oldest = concat!(
                "SELECT ",
                columns!(),
                " FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'waiting' ORDER BY position LIMIT 1"
            );
            // Another node may have told it between the two statements.
            let Some(row) = self.query_opt(oldest, params![webhook.id]).await? else { continue };
            let mut delivery = read(row)?;
            let number = delivery.sequence.unwrap_or(webhook.sequence + 1);
            (webhook.sequence, webhook.lease_until) = (webhook.sequence.max(number), lease_until);
            let sql = "UPDATE webhooks SET lease_until = $2, sequence = $3 WHERE id = $1";
            self.execute(sql, params![webhook.id, lease_until, webhook.sequence]).await?;
            let sql = "UPDATE webhook_deliveries SET sequence = $2, attempts = attempts + 1, tried_at = $3
                       WHERE id = $1";
            self.execute(sql, params![delivery.id, number, now]).await?;
            delivery.sequence = Some(number);
            (delivery.attempts, delivery.tried_at) = (delivery.attempts + 1, Some(now));
            claimed.push((webhook, delivery));
        }
        Ok(claimed)
    }

    /// Notes what a try came to, if the lease is still the one under which it was made; false when it was taken over, or the webhook is gone. A
    /// failure of settings that are others by now (`version`) counts for nothing: the delivery is tried again with the new ones.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn settle_delivery(
        &self,
        (webhook, lease, version): (WebhookId, Timestamp, i64),
        delivery: DeliveryId,
        outcome: DeliveryOutcome,
        (status, problem): (Option<u32>, Option<&str>),
        now: Timestamp,
    ) -> Result<bool, Error> {
        let is_meant = "SELECT 1 FROM webhooks WHERE id = $1 AND version = $2";
        let is_meant = self.query_opt(is_meant, params![webhook, version]).await?.is_some();
        let held = match outcome {
            DeliveryOutcome::Retry(_) | DeliveryOutcome::GiveUp if !is_meant => {
                let sql = "UPDATE webhooks SET lease_until = 0 WHERE id = $1 AND lease_until = $2";
                self.execute(sql, params![webhook, lease]).await?;
                0
            }
            DeliveryOutcome::Delivered => {
                let sql =
                    "UPDATE webhooks SET lease_until = 0, failures = 0, failing_since = NULL, not_before = 0
                           WHERE id = $1 AND lease_until = $2";
                self.execute(sql, params![webhook, lease]).await?
            }
            DeliveryOutcome::Retry(at) => {
                let sql = "UPDATE webhooks SET lease_until = 0, failures = failures + 1,
                             failing_since = COALESCE(failing_since, $3), not_before = $4
                           WHERE id = $1 AND lease_until = $2";
                self.execute(sql, params![webhook, lease, now, at]).await?
            }
            DeliveryOutcome::GiveUp => {
                let sql = "UPDATE webhooks SET lease_until = 0, failures = failures + 1,
                             failing_since = COALESCE(failing_since, $3), state = 'failed', state_since = $4,
                             version = version + 1
                           WHERE id = $1 AND lease_until = $2 AND state = 'on'";
                self.execute(sql, params![webhook, lease, now, now]).await?
            }
        };
        let state = match outcome {
            DeliveryOutcome::Delivered => DeliveryState::Delivered,
            DeliveryOutcome::Retry(_) => DeliveryState::Waiting,
            DeliveryOutcome::GiveUp => DeliveryState::Failed,
        };
        if held == 0 {
            return Ok(false);
        }
        let sql = "UPDATE webhook_deliveries SET state = $2, status = $3, problem = $4 WHERE id = $1";
        self.execute(sql, params![delivery, state.as_str(), status, problem]).await?;
        Ok(true)
    }

    /// Up to `limit` deliveries of a webhook, the newest first; those before one of them where it is named.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn deliveries_of(
        &self,
        webhook: WebhookId,
        before: Option<DeliveryId>,
        limit: usize,
    ) -> Result<Vec<DeliveryRow>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM webhook_deliveries WHERE webhook_id = $1 AND position <
                COALESCE((SELECT position FROM webhook_deliveries WHERE id = $2), $3)
              ORDER BY position DESC LIMIT $4"
        );
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.query(sql, params![webhook, before, i64::MAX, limit]).await?;
        rows.into_iter().map(read).collect()
    }

    /// One delivery.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn delivery(&self, id: DeliveryId) -> Result<Option<DeliveryRow>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM webhook_deliveries WHERE id = $1");
        self.query_opt(sql, params![id]).await?.map(read).transpose()
    }

    /// How many of a webhook's deliveries wait.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_waiting(&self, webhook: WebhookId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'waiting'";
        self.query_opt(sql, params![webhook]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// How many about an agent wait for webhooks that are called.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_untold_of(&self, agent: AgentId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
                   WHERE d.agent_id = $1 AND d.state = 'waiting' AND w.state = 'on'";
        self.query_opt(sql, params![agent]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Forgets all that webhooks were told of an agent, and what they were not told.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_deliveries(&self, agent: AgentId) -> Result<(), Error> {
        self.execute("DELETE FROM webhook_deliveries WHERE agent_id = $1", params![agent]).await.map(drop)
    }

    /// Lets a delivery leave once more, before all that were written after it, and at once.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn replay_delivery(&self, webhook: WebhookId, id: DeliveryId) -> Result<(), Error> {
        // The webhook first, as whoever settles a call locks them.
        self.try_webhook_now(webhook).await?;
        let sql = "UPDATE webhook_deliveries SET state = 'waiting' WHERE id = $1 AND webhook_id = $2";
        self.execute(sql, params![id, webhook]).await.map(drop)
    }

    /// Lets the next try of a webhook be made at once.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn try_webhook_now(&self, webhook: WebhookId) -> Result<(), Error> {
        self.execute("UPDATE webhooks SET not_before = 0 WHERE id = $1", params![webhook]).await.map(drop)
    }

    /// Forgets what is older, but for what waits for a webhook that is called, and what was written for a webhook that was deleted at that moment.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn prune_deliveries(&self, before: Timestamp) -> Result<u64, Error> {
        let sql = "DELETE FROM webhook_deliveries
                   WHERE (created_at < $1 AND NOT (state = 'waiting'
                          AND webhook_id IN (SELECT id FROM webhooks WHERE state = 'on')))
                     OR webhook_id NOT IN (SELECT id FROM webhooks)";
        self.execute(sql, params![before]).await
    }
}

fn read(mut row: Row) -> Result<DeliveryRow, Error> {
    Ok(DeliveryRow {
        id: row.parse()?,
        webhook_id: row.parse()?,
        agent_id: row
            .opt_text()?
            .map(|id| id.parse())
            .transpose()
            .map_err(|_| Error::Corrupt("agent id".into()))?,
        kind: row.text()?,
        data: row.text()?,
        state: match row.text()?.as_str() {
            "waiting" => DeliveryState::Waiting,
            "delivered" => DeliveryState::Delivered,
            "failed" => DeliveryState::Failed,
            other => return Err(Error::Corrupt(format!("a delivery is {other:?}"))),
        },
        sequence: row.opt_int()?,
        attempts: row.int()?,
        tried_at: row.opt_instant()?,
        status: row.opt_int()?.and_then(|status| u32::try_from(status).ok()),
        problem: row.opt_text()?,
        created_at: row.instant()?,
    })
}
