//! Rate limits that hold on every node: one number a key.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::params;
use jiff::{SignedDuration, Timestamp};

impl Tx {
    /// Takes one permit of a token bucket that holds `burst` permits and gains one every `refill`
    /// (the generic cell rate algorithm: `full_at` is when the bucket will be full again).
    ///
    /// `Ok(None)`: taken. `Ok(Some(wait))`: nothing was taken; the next permit comes after `wait`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_permit(
        &self,
        key: &str,
        burst: u32,
        refill: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<SignedDuration>, Error> {
        let now = now.as_microsecond();
        let refill = i64::try_from(refill.as_micros()).unwrap_or(i64::MAX / 1024);
        // What has to be empty again before one more permit fits.
        let slack = refill.saturating_mul(i64::from(burst.saturating_sub(1)));
        let sql = "INSERT INTO limits AS l (key, full_at) VALUES ($1, $2)
                   ON CONFLICT (key) DO UPDATE
                     SET full_at = CASE WHEN l.full_at < $3 THEN $4 ELSE l.full_at + $5 END
                     WHERE l.full_at <= $6";
        let first = now.saturating_add(refill);
        let params = params![key, first, now, first, refill, now.saturating_add(slack)];
        if self.execute(sql, params).await? > 0 {
            return Ok(None);
        }
        let row = self.query_opt("SELECT full_at FROM limits WHERE key = $1", params![key]).await?;
        let full_at = row.map_or(Ok(now), |mut row| row.int())?;
        Ok(Some(SignedDuration::from_micros((full_at - slack - now).max(1))))
    }

    /// Gives one permit back: only failures count in this bucket and this was none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn give_back_permit(&self, key: &str, refill: SignedDuration) -> Result<(), Error> {
        let refill = i64::try_from(refill.as_micros()).unwrap_or(i64::MAX / 1024);
        self.execute("UPDATE limits SET full_at = full_at - $1 WHERE key = $2", params![refill, key])
            .await
            .map(drop)
    }
}
