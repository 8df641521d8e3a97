//! Single values that belong to the database as a whole.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::Timestamp;

impl Tx {
    /// The value kept under `key`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn meta(&self, key: &str) -> Result<Option<String>, Error> {
        let row = self.query_opt("SELECT value FROM meta WHERE key = $1", params![key]).await?;
        row.map(|mut row| row.text()).transpose()
    }

    /// Keeps `value` under `key`, in place of what was there.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_meta(&self, key: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO meta (key, value) VALUES ($1, $2)
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.execute(sql, params![key, value]).await.map(drop)
    }

    /// Forgets what was kept under `key`; false when there was nothing.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_meta(&self, key: &str) -> Result<bool, Error> {
        Ok(self.execute("DELETE FROM meta WHERE key = $1", params![key]).await? > 0)
    }

    /// Deletes what has outlived its time: old idempotency keys, emptied rate limits, dead email changes and password
    /// resets, and the settled messages about these, which hold an address as somebody typed it,
    /// those to a phone that asked who we are, and tests of templates.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn sweep(&self, now: Timestamp, day_ago: Timestamp) -> Result<(), Error> {
        self.execute("DELETE FROM idempotency_keys WHERE created_at < $1", params![day_ago]).await?;
        self.execute("DELETE FROM email_changes WHERE created_at < $1", params![day_ago]).await?;
        self.execute("DELETE FROM password_resets WHERE created_at < $1", params![day_ago]).await?;
        let kept = "DELETE FROM mailbox WHERE id IN (SELECT id FROM outbox
                      WHERE kind IN ('password_reset', 'sms_help', 'template_test') AND state NOT IN ('queued', 'sending') AND created_at < $1)";
        self.execute(kept, params![day_ago]).await?;
        let settled = "DELETE FROM outbox
                         WHERE kind IN ('password_reset', 'sms_help', 'template_test') AND state NOT IN ('queued', 'sending') AND created_at < $1";
        self.execute(settled, params![day_ago]).await?;
        self.execute("DELETE FROM limits WHERE full_at < $1", params![now]).await.map(drop)
    }
}
