//! Webhooks: where they lead, what they want to hear, and how calling them goes.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::WebhookId;
use nameplate_domain::webhooks::{HookEvent, HookUrl};
use std::fmt;

/// Whether a webhook is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookState {
    /// It is.
    On,
    /// An admin turned it off.
    Off,
    /// The server turned it off: nothing had arrived for long.
    Failed,
}

impl WebhookState {
    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Failed => "failed",
        }
    }
}

/// A webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookRow {
    /// Which.
    pub id: WebhookId,
    /// Where it leads.
    pub url: HookUrl,
    /// What it wants to hear.
    pub events: Vec<HookEvent>,
    /// Whether it is called.
    pub state: WebhookState,
    /// Since when.
    pub state_since: Timestamp,
    /// What signs, sealed.
    pub secret: Vec<u8>,
    /// What signed before and still does, sealed, and until when.
    pub previous: Option<(Vec<u8>, Timestamp)>,
    /// With which key both are sealed.
    pub key_version: u32,
    /// The number of the last event that left.
    pub sequence: i64,
    /// How many tries in a row came to nothing.
    pub failures: i64,
    /// Since when.
    pub failing_since: Option<Timestamp>,
    /// When the next try may be made.
    pub not_before: Timestamp,
    /// Until when somebody makes one.
    pub lease_until: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Rises whenever an admin changes it, and when the server turns it off.
    pub version: i64,
}

/// Without what signs, sealed as it is.
impl fmt::Debug for WebhookRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("WebhookRow");
        shown
            .field("id", &self.id)
            .field("url", &self.url)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    () => {
        "w.id, w.url, w.events, w.state, w.state_since, w.secret, w.previous_secret, w.previous_until, w.key_version, \
         w.sequence, w.failures, w.failing_since, w.not_before, w.lease_until, w.created_at, w.version"
    };
}
pub(crate) use columns;

impl Tx {
    /// All webhooks in the order of their making.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn webhooks(&self) -> Result<Vec<WebhookRow>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM webhooks w ORDER BY w.id");
        self.query(sql, &[]).await?.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// The webhook with this id.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn webhook(&self, id: WebhookId) -> Result<Option<WebhookRow>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM webhooks w WHERE w.id = $1");
        self.query_opt(sql, params![id]).await?.map(|mut row| read(&mut row)).transpose()
    }

    /// Those that are called and want to hear of an event.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn webhooks_for(&self, event: HookEvent) -> Result<Vec<WebhookId>, Error> {
        let sql = "SELECT id FROM webhooks WHERE state = 'on' AND ' ' || events || ' ' LIKE $1 ORDER BY id";
        let rows = self.query(sql, params![format!("% {event} %")]).await?;
        rows.into_iter().map(|mut row| row.parse()).collect()
    }

    /// Keeps a new webhook.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn insert_webhook(&self, row: &WebhookRow) -> Result<(), Error> {
        let sql = "INSERT INTO webhooks (id, url, events, state, state_since, secret, previous_secret, previous_until,
                     key_version, sequence, failures, failing_since, not_before, lease_until, created_at, version)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, NULL, 0, 0, $10, $11)";
        let (previous, until) = row.previous.clone().unzip();
        let params = params![
            row.id,
            row.url.as_str(),
            words(&row.events),
            row.state.as_str(),
            row.state_since,
            row.secret.as_slice(),
            previous.as_deref(),
            until,
            row.key_version,
            row.created_at,
            row.version,
        ];
        self.execute(sql, params).await.map(drop)
    }

    /// Saves what an admin decides of a webhook and raises its version, if it still has the version that `row` was read with; false when it has
    /// another. What failed so far counts no more, and the next try may be made at once.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn save_webhook(&self, row: &WebhookRow) -> Result<bool, Error> {
        let sql = "UPDATE webhooks SET url = $2, events = $3, state = $4, state_since = $5, secret = $6,
                     previous_secret = $7, previous_until = $8, key_version = $9, failures = 0, failing_since = NULL,
                     not_before = 0, version = version + 1
                   WHERE id = $1 AND version = $10";
        let (previous, until) = row.previous.clone().unzip();
        let params = params![
            row.id,
            row.url.as_str(),
            words(&row.events),
            row.state.as_str(),
            row.state_since,
            row.secret.as_slice(),
            previous.as_deref(),
            until,
            row.key_version,
            row.version,
        ];
        Ok(self.execute(sql, params).await? > 0)
    }

    /// Forgets a webhook and what it was told.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete_webhook(&self, id: WebhookId) -> Result<(), Error> {
        // The webhook first, as whoever settles a call locks them.
        for sql in
            ["DELETE FROM webhooks WHERE id = $1", "DELETE FROM webhook_deliveries WHERE webhook_id = $1"]
        {
            self.execute(sql, params![id]).await?;
        }
        Ok(())
    }

    /// When the next try may be made for a webhook that has something to be told; none when nothing waits.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn next_webhook_due(&self) -> Result<Option<Timestamp>, Error> {
        let sql =
            "SELECT MIN(CASE WHEN w.lease_until > w.not_before THEN w.lease_until ELSE w.not_before END)
                   FROM webhooks w WHERE w.state = 'on' AND EXISTS (SELECT 1 FROM webhook_deliveries d
                     WHERE d.webhook_id = w.id AND d.state = 'waiting')";
        self.query_opt(sql, &[]).await?.map_or(Ok(None), |mut row| row.opt_instant())
    }

    /// Ends all leases: for the only caller there is, at its start, when whoever held them is gone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn release_webhook_leases(&self) -> Result<(), Error> {
        self.execute("UPDATE webhooks SET lease_until = 0 WHERE lease_until > 0", &[]).await.map(drop)
    }
}

fn words(events: &[HookEvent]) -> String {
    events.iter().map(|event| event.as_str()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn read(row: &mut Row) -> Result<WebhookRow, Error> {
    Ok(WebhookRow {
        id: row.parse()?,
        url: HookUrl::parse(&row.text()?).map_err(|_| Error::Corrupt("the address of a webhook".into()))?,
        // One of a newer release is not told here.
        events: row.text()?.split_whitespace().filter_map(|word| HookEvent::parse(word).ok()).collect(),
        state: state(&row.text()?)?,
        state_since: row.instant()?,
        secret: row.bytes()?,
        previous: row.opt_bytes()?.zip(row.opt_instant()?),
        key_version: row.small()?,
        sequence: row.int()?,
        failures: row.int()?,
        failing_since: row.opt_instant()?,
        not_before: row.instant()?,
        lease_until: row.instant()?,
        created_at: row.instant()?,
        version: row.int()?,
    })
}

fn state(word: &str) -> Result<WebhookState, Error> {
    [WebhookState::On, WebhookState::Off, WebhookState::Failed]
        .into_iter()
        .find(|state| state.as_str() == word)
        .ok_or_else(|| Error::Corrupt(format!("a webhook is {word:?}")))
}
