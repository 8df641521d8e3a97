//! Webhooks: admins name addresses of other programs, which are told of agents and meetings as they change.
//!
//! What a webhook is told is written in the transaction of the fact (`events.rs`), in the words in which the API would have answered at that
//! moment: an event says how things were then, whatever came after. Only its number is given when it leaves. It is sent by a loop of its own
//! (`worker.rs`), so that a receiver that hangs delays no mail.

mod events;
mod log;
mod off;
mod worker;

pub(crate) use events::{of_agent, of_meeting};
pub use log::{deliveries, replay, test};
pub use nameplate_notify::webhook::{Courier, Failure, Guard};
pub use nameplate_store::{DeliveryRow as Delivery, DeliveryState, WebhookState};
pub(crate) use off::{OFF, off_event};
pub use worker::{call_due, run};

use crate::audit::{Change, Event, Recorder};
use crate::people::still_admin;
use crate::{App, Ctx, Error, fresh, once, sealed};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::Problem;
use nameplate_domain::ids::{AgentId, WebhookId};
use nameplate_domain::webhooks::{HookEvent, HookUrl};
use nameplate_notify::webhook::Secret;
use nameplate_store::{Tx, WebhookRow};

/// The most webhooks that there can be: each may hang for ten seconds, and none waits for another.
pub const MOST: usize = 20;
/// How long a secret still signs beside the one that took its place.
pub const OVERLAP: SignedDuration = SignedDuration::from_hours(24);
/// How long it is kept what a webhook was told.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What secrets are sealed for.
const PURPOSE: &str = "webhook";

/// A webhook, without what signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
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
    /// Since when every try came to nothing; none while it goes well.
    pub failing_since: Option<Timestamp>,
    /// Until when the secret of before still signs.
    pub previous_until: Option<Timestamp>,
    /// What has not arrived yet.
    pub waiting: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub version: i64,
}

/// What an admin says of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where it leads.
    pub url: HookUrl,
    /// What it wants to hear.
    pub events: Vec<HookEvent>,
    /// Whether it is called.
    pub on: bool,
}

async fn seen(tx: &Tx, row: WebhookRow, now: Timestamp) -> Result<Webhook, Error> {
    Ok(Webhook {
        waiting: tx.count_waiting(row.id).await?,
        id: row.id,
        url: row.url,
        events: row.events,
        state: row.state,
        state_since: row.state_since,
        failing_since: row.failing_since,
        previous_until: row.previous.map(|(_, until)| until).filter(|until| now < *until),
        created_at: row.created_at,
        version: row.version,
    })
}

/// All webhooks in the order of their making.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn list(app: &App, ctx: &Ctx) -> Result<Vec<Webhook>, Error> {
    ctx.admin()?;
    let now = ctx.now;
    app.store()
        .read(move |tx| async move {
            let mut all = Vec::new();
            for row in tx.webhooks().await? {
                all.push(seen(&tx, row, now).await?);
            }
            Ok(all)
        })
        .await
}

/// The webhook with this id.
///
/// # Errors
/// `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn find(app: &App, ctx: &Ctx, id: WebhookId) -> Result<Webhook, Error> {
    ctx.admin()?;
    let now = ctx.now;
    app.store()
        .read(move |tx| async move {
            let row = tx.webhook(id).await?.ok_or(Error::NotFound)?;
            seen(&tx, row, now).await
        })
        .await
}

/// Whoever asks is an admin still, and nobody else changes a webhook meanwhile.
async fn hold(tx: &Tx, ctx: &Ctx) -> Result<AgentId, Error> {
    let admin = ctx.admin()?;
    tx.lock_admins_and(admin).await?;
    still_admin(tx, ctx).await?;
    Ok(admin)
}

fn check(app: &App, url: &HookUrl, events: &[HookEvent]) -> Result<(), Error> {
    app.settings().webhooks.judge(url).map_err(|problem| Error::invalid("url", problem))?;
    if events.is_empty() { Err(Error::invalid("events", Problem::Empty)) } else { Ok(()) }
}

/// A fresh secret, and the same sealed for one webhook.
fn secret(app: &App, id: WebhookId) -> Result<(Secret, Vec<u8>), Error> {
    let secret = Secret::new(fresh::bytes());
    let sealed = app.secrets().seal(PURPOSE, &id.to_string(), secret.bytes())?;
    Ok((secret, sealed))
}

/// Makes a webhook, and says what signs: `whsec_…`. That is said once.
///
/// # Errors
/// `Invalid` naming `url` for what may not be called, and where there are enough; `events` where there are none; `NotSignedIn` for anybody but
/// an admin.
pub async fn create(
    app: &App,
    ctx: &Ctx,
    url: HookUrl,
    events: Vec<HookEvent>,
) -> Result<(Webhook, String), Error> {
    create_as(app, ctx, new_id(), url, events).await
}

/// The id of a webhook that a form will make: the second click on it makes none.
#[must_use]
pub fn new_id() -> WebhookId {
    WebhookId::new(fresh::uuid())
}

/// The same under an id that was chosen before.
///
/// # Errors
/// `Stale` where there is one already; else as [`create`].
pub async fn create_as(
    app: &App,
    ctx: &Ctx,
    id: WebhookId,
    url: HookUrl,
    events: Vec<HookEvent>,
) -> Result<(Webhook, String), Error> {
    ctx.admin()?;
    check(app, &url, &events)?;
    let (secret, sealed) = secret(app, id)?;
    let row = WebhookRow {
        id,
        url,
        events,
        state: WebhookState::On,
        state_since: ctx.now,
        secret: sealed,
        previous: None,
        key_version: sealed::KEY_VERSION,
        sequence: 0,
        failures: 0,
        failing_since: None,
        not_before: Timestamp::UNIX_EPOCH,
        lease_until: Timestamp::UNIX_EPOCH,
        created_at: ctx.now,
        version: 1,
    };
    let recorder = app.recorder(ctx);
    let made = once::write(app, ctx, move |tx, ctx| async move {
        let admin = hold(&tx, &ctx).await?;
        if tx.webhook(id).await?.is_some() {
            return Err(Error::Stale);
        }
        if tx.webhooks().await?.len() >= MOST {
            return Err(Error::invalid("url", Problem::TooManyWebhooks { max: MOST }));
        }
        tx.insert_webhook(&row).await?;
        record(&tx, &recorder, admin, Event::WebhookAdded, &row.url, Vec::new()).await?;
        once::made(&tx, &ctx, &id).await?;
        seen(&tx, row, ctx.now).await
    });
    Ok((made.await?, secret.reveal()))
}

/// Says something else of a webhook. `version` is the one that was before the admin's eyes. While it is off, nothing new is written for it; what
/// waits leaves when it is on again.
///
/// # Errors
/// `Invalid` naming `url` or `events`; `Stale`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    id: WebhookId,
    version: i64,
    draft: Draft,
) -> Result<Webhook, Error> {
    ctx.admin()?;
    check(app, &draft.url, &draft.events)?;
    let recorder = app.recorder(ctx);
    let changed = once::write(app, ctx, move |tx, ctx| async move {
        let admin = hold(&tx, &ctx).await?;
        let before = tx.webhook(id).await?.ok_or(Error::NotFound)?;
        let after = drafted(&before, draft, ctx.now);
        // The second click finds what the first one kept.
        if after == before {
            return seen(&tx, before, ctx.now).await;
        }
        if before.version != version || !tx.save_webhook(&after).await? {
            return Err(Error::Stale);
        }
        let changes = changes(&before, &after);
        record(&tx, &recorder, admin, Event::WebhookChanged, &after.url, changes).await?;
        let after = tx.webhook(id).await?.ok_or(Error::NotFound)?;
        seen(&tx, after, ctx.now).await
    });
    let changed = changed.await?;
    app.wake_webhooks();
    Ok(changed)
}

fn drafted(before: &WebhookRow, draft: Draft, now: Timestamp) -> WebhookRow {
    let state = match (draft.on, before.state) {
        (true, _) => WebhookState::On,
        (false, WebhookState::On) => WebhookState::Off,
        (false, off) => off,
    };
    let state_since = if state == before.state { before.state_since } else { now };
    WebhookRow { url: draft.url, events: draft.events, state, state_since, ..before.clone() }
}

fn changes(before: &WebhookRow, after: &WebhookRow) -> Vec<Change> {
    let words = |row: &WebhookRow| row.events.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
    // A path or a query may hold what is known to the receiver only.
    let host = |row: &WebhookRow| row.url.host();
    let is_on = |row: &WebhookRow| row.state == WebhookState::On;
    [
        Change::between("webhook_host", Some(&host(before)), Some(&host(after))),
        Change::between("webhook_events", Some(&words(before)), Some(&words(after))),
        Change::between("webhook_on", Some(&is_on(before)), Some(&is_on(after))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Puts a fresh secret in the place of the one that signs, and says it, once. The one of before signs for a day more beside it; one that did so
/// already signs no more. `seen` is the version that was before the admin's eyes, when it must still be the one.
///
/// # Errors
/// `Stale`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn rotate(
    app: &App,
    ctx: &Ctx,
    id: WebhookId,
    seen: Option<i64>,
) -> Result<(Webhook, String), Error> {
    ctx.admin()?;
    let (secret, sealed) = secret(app, id)?;
    let recorder = app.recorder(ctx);
    let rotated = once::write(app, ctx, move |tx, ctx| async move {
        let admin = hold(&tx, &ctx).await?;
        let mut row = tx.webhook(id).await?.ok_or(Error::NotFound)?;
        if seen.is_some_and(|seen| seen != row.version) {
            return Err(Error::Stale);
        }
        row.previous = Some((std::mem::replace(&mut row.secret, sealed), ctx.now + OVERLAP));
        if !tx.save_webhook(&row).await? {
            return Err(Error::Stale);
        }
        row.version += 1;
        record(&tx, &recorder, admin, Event::WebhookSecretReplaced, &row.url, Vec::new()).await?;
        self::seen(&tx, row, ctx.now).await
    });
    Ok((rotated.await?, secret.reveal()))
}

/// Forgets a webhook, with all that it was told and what it has not heard yet.
///
/// # Errors
/// `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn delete(app: &App, ctx: &Ctx, id: WebhookId) -> Result<(), Error> {
    ctx.admin()?;
    let recorder = app.recorder(ctx);
    once::write(app, ctx, move |tx, ctx| async move {
        let admin = hold(&tx, &ctx).await?;
        let row = tx.webhook(id).await?.ok_or(Error::NotFound)?;
        tx.delete_webhook(id).await?;
        record(&tx, &recorder, admin, Event::WebhookDeleted, &row.url, Vec::new()).await
    })
    .await
}

/// What is done to a webhook stands in the log of the admin who did it.
async fn record(
    tx: &Tx,
    recorder: &Recorder,
    admin: AgentId,
    event: Event,
    url: &HookUrl,
    changes: Vec<Change>,
) -> Result<(), Error> {
    let which = Change::added("webhook", url.host());
    recorder.add(tx, admin, event, std::iter::once(which).chain(changes).collect()).await
}
