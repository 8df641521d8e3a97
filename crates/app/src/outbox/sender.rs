//! The sender loop: claims what is due, composes it, hands it over, notes the outcome.

use super::compose::{self, Composition};
use crate::{App, Error, fresh};
use jiff::{SignedDuration, Timestamp};
use nameplate_notify::Composed;
use nameplate_store::{Engine, OutboxRow, OutboxState};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// `security.md` P3.
const BATCH: u32 = 20;
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
/// Even when nothing woke it, the loop looks this often: another node may have written a message.
const LOOK: Duration = Duration::from_secs(15);

/// What a try came to.
pub use nameplate_notify::Delivery;

/// Where composed messages go: SMTP, or the mailbox.
pub trait Transport: Send + Sync + 'static {
    /// Hands one message over.
    fn deliver<'a>(
        &'a self,
        row: &'a OutboxRow,
        message: &'a Composed,
    ) -> Pin<Box<dyn Future<Output = Delivery> + Send + 'a>>;
}

/// Sends until `stop` ends.
pub async fn run(
    app: App,
    transport: Arc<dyn Transport>,
    clock: fn() -> Timestamp,
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    if app.store().engine() == Engine::Sqlite {
        // Nobody else sends from this file, so what was being sent when the process ended is nobody's now.
        let released = app.store().write(|tx| async move { tx.release_leases().await.map_err(Error::from) });
        if let Err(error) = released.await {
            tracing::error!(error = %chain(&error), "the leases of the last process end by themselves in a minute");
        }
    }
    loop {
        let pause = match send_due(&app, &transport, clock).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => until_next(&app, clock()).await,
            Err(error) => {
                tracing::error!(error = %chain(&error), "the outbox could not be read");
                Duration::from_secs(2)
            }
        };
        tokio::select! {
            () = &mut stop => return,
            () = app.outbox_woken() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn until_next(app: &App, now: Timestamp) -> Duration {
    let next = app.store().read(|tx| async move { tx.next_due().await.map_err(Error::from) }).await;
    let wait = next.ok().flatten().map(|at| at.duration_since(now));
    let wait = wait.and_then(|wait| Duration::try_from(wait).ok()).unwrap_or(LOOK);
    wait.clamp(Duration::from_millis(200), LOOK)
}

/// Sends one batch of due messages, each to its own recipient; true when there was any.
///
/// # Errors
/// When the outbox cannot be read.
pub async fn send_due(
    app: &App,
    transport: &Arc<dyn Transport>,
    clock: fn() -> Timestamp,
) -> Result<bool, Error> {
    let now = clock();
    let claimed = app
        .store()
        .write(move |tx| async move { tx.claim(BATCH, now, now + LEASE).await.map_err(Error::from) })
        .await?;
    let any = !claimed.is_empty();
    let mut tries = JoinSet::new();
    for row in claimed {
        let (app, transport) = (app.clone(), Arc::clone(transport));
        tries.spawn(async move { send(&app, transport.as_ref(), row, clock).await });
    }
    // A message whose making panics is put back when its lease ends and given up after a day; the others go on.
    while tries.join_next().await.is_some() {}
    Ok(any)
}

async fn send(app: &App, transport: &dyn Transport, row: OutboxRow, clock: fn() -> Timestamp) {
    let (id, attempt) = (row.id, row.attempts + 1);
    let (state, answer) = match compose::compose(app, &row).await {
        Ok(Composition::Message(message)) => match transport.deliver(&row, &message).await {
            Delivery::Sent { answer } => (OutboxState::Sent, answer),
            Delivery::Permanent { answer } => (OutboxState::Dead, answer),
            Delivery::Temporary { answer } => (retry(&row, clock()), answer),
        },
        Ok(Composition::Superseded) => (OutboxState::Superseded, String::new()),
        Err(error @ (Error::Unavailable(_) | Error::Busy)) => (retry(&row, clock()), chain(&error)),
        Err(error) => (OutboxState::Dead, chain(&error)),
    };
    if state == OutboxState::Dead {
        tracing::error!(message = %id, kind = row.kind, answer, "a message was given up");
    }
    let settled = app
        .store()
        .write(move |tx| async move { tx.settle(id, attempt, state, &answer).await.map_err(Error::from) });
    if let Err(error) = settled.await {
        // The lease runs out and the message is tried again, with the same Message-ID.
        tracing::error!(message = %id, error = %chain(&error), "the outcome of a message could not be noted");
    }
}

/// 30 s, 2 min, 10 min, 30 min, 1 h, then every 2 h, for a day (`security.md` P3).
fn retry(row: &OutboxRow, now: Timestamp) -> OutboxState {
    const STEPS: [f64; 5] = [30.0, 120.0, 600.0, 1800.0, 3600.0];
    if now.duration_since(row.created_at) > GIVE_UP {
        return OutboxState::Dead;
    }
    let step = usize::try_from(row.attempts).ok().and_then(|n| STEPS.get(n)).copied().unwrap_or(7200.0);
    let wait = Duration::from_secs_f64(step * fresh::jitter());
    OutboxState::Retry(SignedDuration::try_from(wait).map_or(now, |wait| now + wait))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}
