//! The loop that calls webhooks: one call at a time for each and in the order of the facts, all of them at once.

use super::off::given_up;
use super::{MOST, PURPOSE};
use crate::{App, Error, fresh};
use jiff::{SignedDuration, Timestamp};
use nameplate_notify::webhook::{Answer, Call, Courier, Secret};
use nameplate_store::{DeliveryOutcome, DeliveryRow, Engine, WebhookRow};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::task::JoinSet;

/// Longer than a call takes.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// A webhook is turned off when nothing arrived for so long, and this often: a clock that jumps turns nothing off.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
const FEWEST_TRIES: i64 = 10;
/// Even when nothing woke it, the loop looks this often: another node may have written something.
const LOOK: Duration = Duration::from_secs(15);
/// How long calls under way may take once the server stops.
const LAST: Duration = Duration::from_secs(3);

/// Calls webhooks until `stop` ends.
pub async fn run(app: App, courier: Courier, clock: fn() -> Timestamp, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    if app.store().engine() == Engine::Sqlite {
        // Nobody else calls from this file, so who was being called when the process ended is nobody's now.
        let released =
            app.store().write(|tx| async move { tx.release_webhook_leases().await.map_err(Error::from) });
        if let Err(error) = released.await {
            tracing::error!(?error, "the webhooks of the last process are called again in a minute");
        }
    }
    let mut calls = JoinSet::new();
    loop {
        let pause = match begin(&app, &courier, clock, &mut calls).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(?error, "the webhooks could not be read");
                Duration::from_secs(2)
            }
        };
        tokio::select! {
            () = &mut stop => break,
            () = app.webhooks_woken() => {}
            _ = calls.join_next(), if !calls.is_empty() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    // A receiver that hangs must not hold up the stop. What is cut off is sent again with the same webhook-id.
    let all = async { while calls.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST, all).await.is_err() {
        tracing::warn!("calls of webhooks were cut off by the stop and are made again");
    }
}

/// Calls whom something is due for now, and waits for it; true when there was anybody.
///
/// # Errors
/// When the webhooks cannot be read.
pub async fn call_due(app: &App, courier: &Courier, clock: fn() -> Timestamp) -> Result<bool, Error> {
    let mut calls = JoinSet::new();
    begin(app, courier, clock, &mut calls).await?;
    let any = !calls.is_empty();
    while calls.join_next().await.is_some() {}
    Ok(any)
}

/// Starts a call for each webhook that is due, and says how long nothing more can be started, unless something is written or ends.
async fn begin(
    app: &App,
    courier: &Courier,
    clock: fn() -> Timestamp,
    calls: &mut JoinSet<()>,
) -> Result<Duration, Error> {
    let due = |app: App| async move {
        app.store().read(|tx| async move { tx.next_webhook_due().await.map_err(Error::from) }).await
    };
    let now = clock();
    // Reading costs nothing, and mostly nothing is due.
    if due(app.clone()).await?.is_some_and(|at| at <= now) {
        let claimed = app.store().write(move |tx| async move {
            tx.claim_webhooks(MOST, now, now + LEASE).await.map_err(Error::from)
        });
        for (webhook, delivery) in claimed.await? {
            let (app, courier) = (app.clone(), courier.clone());
            calls.spawn(async move { call(&app, &courier, clock, &webhook, &delivery).await });
        }
    }
    let next = due(app.clone()).await?.map(|at| at.duration_since(clock()));
    let wait = next.map_or(LOOK, |wait| Duration::try_from(wait).unwrap_or(Duration::ZERO));
    Ok(wait.clamp(Duration::from_millis(200), LOOK))
}

async fn call(
    app: &App,
    courier: &Courier,
    clock: fn() -> Timestamp,
    webhook: &WebhookRow,
    delivery: &DeliveryRow,
) {
    let (secrets, body) = (secrets(app, webhook, clock()), body(delivery));
    let answer = if let (Some(secrets), Some(body)) = (secrets, body) {
        let call = Call { url: &webhook.url, id: delivery.id, now: clock(), body: &body, secrets: &secrets };
        courier.call(&call).await
    } else {
        // A copy of the database under another key, or a row that somebody changed: nothing leaves unsigned.
        tracing::error!(webhook = %webhook.id, delivery = %delivery.id, "a delivery could not be signed");
        Answer { status: None, failure: Some(super::Failure::NotMade) }
    };
    let now = clock();
    let outcome = outcome(webhook, answer, now);
    let (lease, id) = ((webhook.id, webhook.lease_until, webhook.version), delivery.id);
    let told = (answer.status.map(u32::from), answer.failure.map(super::Failure::code));
    let settled = app.store().write(move |tx| async move {
        let settled = tx.settle_delivery(lease, id, outcome, told, now).await?;
        if settled && outcome == DeliveryOutcome::GiveUp {
            given_up(&tx, (lease.0, id), now).await?;
        }
        Ok::<_, Error>(settled)
    });
    match settled.await {
        Ok(true) if outcome == DeliveryOutcome::GiveUp => {
            tracing::error!(webhook = %webhook.id, "a webhook was turned off: nothing had arrived for a day");
            app.wake_outbox();
        }
        Ok(_) => {}
        // The lease runs out and the call is made again, with the same webhook-id.
        Err(error) => {
            tracing::error!(webhook = %webhook.id, ?error, "the outcome of a call could not be noted");
        }
    }
}

/// What signs, the newest first.
fn secrets(app: &App, webhook: &WebhookRow, now: Timestamp) -> Option<Vec<Secret>> {
    let owner = webhook.id.to_string();
    let open = |sealed: &[u8]| {
        let bytes = app.secrets().unseal(PURPOSE, &owner, webhook.key_version, sealed)?;
        bytes.try_into().ok().map(Secret::new)
    };
    let previous = webhook.previous.as_ref().filter(|(_, until)| now < *until).map(|(sealed, _)| sealed);
    // Under another key the former one cannot be opened any more: the new one, made because of that, signs alone.
    let former = previous.and_then(|sealed| open(sealed));
    Some(std::iter::once(open(&webhook.secret)?).chain(former).collect())
}

/// The same bytes for every try.
fn body(delivery: &DeliveryRow) -> Option<String> {
    let data: Value = serde_json::from_str(&delivery.data).ok()?;
    let envelope = json!({
        "type": delivery.kind,
        "timestamp": delivery.created_at,
        "sequence": delivery.sequence,
        "data": data,
    });
    Some(envelope.to_string())
}

/// 30 s, 2 min, 10 min, 30 min, 1 h, then every 2 h (`security.md` P3).
fn outcome(webhook: &WebhookRow, answer: Answer, now: Timestamp) -> DeliveryOutcome {
    const STEPS: [f64; 5] = [30.0, 120.0, 600.0, 1800.0, 3600.0];
    if answer.failure.is_none() {
        return DeliveryOutcome::Delivered;
    }
    let is_long = webhook.failing_since.is_some_and(|since| now.duration_since(since) >= GIVE_UP);
    if is_long && webhook.failures + 1 >= FEWEST_TRIES {
        return DeliveryOutcome::GiveUp;
    }
    let step = usize::try_from(webhook.failures).ok().and_then(|n| STEPS.get(n)).copied().unwrap_or(7200.0);
    let wait = SignedDuration::try_from(Duration::from_secs_f64(step * fresh::jitter()));
    DeliveryOutcome::Retry(wait.map_or(now, |wait| now + wait))
}
