//! Rate limits that must hold on every node (`security.md` P1): token buckets in the database.

use crate::{App, Ctx, Error};
use jiff::SignedDuration;
use nameplate_store::Tx;
use std::future::Future;

/// So many permits in so long a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Permits in a full bucket.
    pub burst: u32,
    /// How long one permit takes to grow.
    pub refill: SignedDuration,
}

impl Rate {
    /// `count` permits in `minutes`, all at once if need be.
    #[must_use]
    pub const fn new(count: u32, minutes: i64) -> Self {
        Self { burst: count, refill: SignedDuration::from_millis(minutes * 60_000 / count as i64) }
    }

    /// The same with a smaller bucket.
    #[must_use]
    pub const fn burst(self, burst: u32) -> Self {
        Self { burst, ..self }
    }
}

/// The limits that use cases apply themselves; each key may have several rates, and all must allow.
#[derive(Debug, Clone)]
pub struct Limits {
    /// False in the demo and the benchmark only.
    pub enabled: bool,
    /// Failed sign-ins, per account and network.
    pub login_pair: Vec<Rate>,
    /// Failed sign-ins, per account.
    pub login_account: Vec<Rate>,
    /// Failed sign-ins, per network.
    pub login_net: Vec<Rate>,
    /// Wrong tries of one emailed code.
    pub code_try: u32,
    /// Codes sent, per account.
    pub code_issue: Vec<Rate>,
    /// Wrong current passwords, per session.
    pub reauth: Vec<Rate>,
    /// Wrong codes of an app and wrong recovery codes, per account, after the right password.
    pub totp_try: Vec<Rate>,
    /// Requests for a new password, per address.
    pub reset_address: Vec<Rate>,
    /// Requests for a new password, per network.
    pub reset_net: Vec<Rate>,
    /// Bookings, per network.
    pub book_net: Vec<Rate>,
    /// Bookings, per customer address.
    pub book_address: Vec<Rate>,
    /// Bookings, per agent.
    pub book_agent: Vec<Rate>,
    /// Reschedules, per meeting.
    pub manage_change: Vec<Rate>,
    /// Pictures, per agent.
    pub picture: Vec<Rate>,
    /// Downloads of all data, per agent.
    pub export: Vec<Rate>,
    /// Test messages of templates, per admin.
    pub template_test: Vec<Rate>,
    /// Invitations, per admin.
    pub invite: Vec<Rate>,
    /// Invitations, per address.
    pub invite_address: Vec<Rate>,
    /// Guests of one meeting.
    pub guest_meeting: Vec<Rate>,
    /// Guests invited by customers per client.
    pub guest_net: Vec<Rate>,
    /// Text messages, per number.
    pub sms_number: Vec<Rate>,
    /// Text messages, per block of numbers: those with the same first seven digits.
    pub sms_block: Vec<Rate>,
    /// Text messages, all together.
    pub sms_all: Vec<Rate>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            enabled: true,
            login_pair: vec![Rate::new(10, 15)],
            login_account: vec![Rate::new(100, 60)],
            login_net: vec![Rate::new(50, 15)],
            code_try: 5,
            code_issue: vec![Rate::new(5, 60), Rate::new(20, 24 * 60)],
            reauth: vec![Rate::new(5, 15)],
            totp_try: vec![Rate::new(5, 15), Rate::new(30, 24 * 60)],
            reset_address: vec![Rate::new(1, 60).burst(3)],
            reset_net: vec![Rate::new(10, 60)],
            book_net: vec![Rate::new(10, 60).burst(5)],
            book_address: vec![Rate::new(3, 60), Rate::new(10, 24 * 60)],
            book_agent: vec![Rate::new(60, 60)],
            manage_change: vec![Rate::new(10, 24 * 60)],
            picture: vec![Rate::new(10, 60)],
            export: vec![Rate::new(2, 24 * 60)],
            template_test: vec![Rate::new(5, 60)],
            invite: vec![Rate::new(1_000, 60)],
            invite_address: vec![Rate::new(3, 24 * 60)],
            guest_meeting: vec![Rate::new(20, 24 * 60)],
            guest_net: vec![Rate::new(20, 60)],
            sms_number: vec![Rate::new(5, 24 * 60)],
            sms_block: vec![Rate::new(50, 24 * 60)],
            sms_all: vec![Rate::new(500, 24 * 60)],
        }
    }
}

/// One permit wanted: the name of the limit, its rates, and whom it counts for.
pub(crate) type Wanted = (String, Vec<Rate>);

/// Names a permit. `subject` may be personal: it is kept as a keyed hash only.
pub(crate) fn wanted(app: &App, name: &str, rates: &[Rate], subject: &str) -> Wanted {
    (format!("{name}:{}", app.secrets().pseudonym("limit", subject)), rates.to_vec())
}

/// Takes all permits within a transaction.
pub(crate) async fn take_in(tx: &Tx, ctx: &Ctx, permits: &[Wanted]) -> Result<(), Error> {
    for (key, rates) in permits {
        for (n, rate) in rates.iter().enumerate() {
            let wait = tx.take_permit(&format!("{key}:{n}"), rate.burst, rate.refill, ctx.now).await?;
            if let Some(wait) = wait {
                return Err(Error::Limited(wait));
            }
        }
    }
    Ok(())
}

/// Takes all permits, or none and says how long to wait.
pub(crate) async fn take(app: &App, ctx: &Ctx, permits: Vec<Wanted>) -> Result<(), Error> {
    if !app.settings().limits.enabled {
        return Ok(());
    }
    let ctx = ctx.clone();
    app.store().write(move |tx| async move { take_in(&tx, &ctx, &permits).await }).await
}

/// Does work of which only failures cost: the permits are taken before, so that tries at once share them, and given back
/// unless it fails in a way that `counts`.
pub(crate) async fn spend<T>(
    app: &App,
    ctx: &Ctx,
    permits: Vec<Wanted>,
    counts: fn(&Error) -> bool,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    take(app, ctx, permits.clone()).await?;
    let result = work.await;
    if !matches!(&result, Err(error) if counts(error)) {
        give_back(app, permits).await;
    }
    result
}

/// Gives permits back that only failures should have cost. When that fails, what was done stands all the same.
pub(crate) async fn give_back(app: &App, permits: Vec<Wanted>) {
    if !app.settings().limits.enabled {
        return;
    }
    let given = app.store().write(move |tx| async move {
        for (key, rates) in permits {
            for (n, rate) in rates.iter().enumerate() {
                tx.give_back_permit(&format!("{key}:{n}"), rate.refill).await?;
            }
        }
        Ok::<_, Error>(())
    });
    if let Err(error) = given.await {
        tracing::warn!(%error, "permits could not be given back");
    }
}
