//! The sender loop: claims what is due, composes it, hands it over, notes the outcome.

use super::compose::{self, Composition};
use super::{texts, undelivered};
use crate::{App, Error, fresh};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::ids::OutboxId;
use nameplate_notify::Composed;
use nameplate_notify::report::NOT_MADE;
use nameplate_store::{Engine, OutboxRow, OutboxState};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{self, JoinSet};

/// `security.md` P3.
const BATCH: usize = 20;
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
/// How long messages in the middle of being sent may take once the server stops.
const LAST: Duration = Duration::from_secs(3);
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
    let mut sending = Sending::new(app.clone(), transport, clock);
    loop {
        let pause = match sending.begin().await {
            Ok(_) => sending.pause().await,
            Err(error) => {
                tracing::error!(error = %chain(&error), "the outbox could not be read");
                Duration::from_secs(2)
            }
        };
        tokio::select! {
            () = &mut stop => break,
            () = app.outbox_woken() => {}
            () = sending.some_end(), if !sending.tries.is_empty() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    // Who is in the middle of a message may end it; a server that hangs must not hold up the stop. What is cut off is
    // sent again with the same Message-ID.
    if tokio::time::timeout(LAST, sending.all_end()).await.is_err() {
        tracing::warn!(
            messages = sending.tries.len(),
            "messages were cut off by the stop and are sent again"
        );
    }
}

/// Sends what is due now and waits for it; true when there was any.
///
/// # Errors
/// When the outbox cannot be read.
pub async fn send_due(
    app: &App,
    transport: &Arc<dyn Transport>,
    clock: fn() -> Timestamp,
) -> Result<bool, Error> {
    let mut sending = Sending::new(app.clone(), Arc::clone(transport), clock);
    let any = sending.begin().await?;
    sending.all_end().await;
    Ok(any)
}

/// The messages that are on their way, each in a task of its own: a slow recipient holds up nobody else.
struct Sending {
    app: App,
    transport: Arc<dyn Transport>,
    clock: fn() -> Timestamp,
    tries: JoinSet<()>,
    rows: HashMap<task::Id, (OutboxId, i64)>,
}

impl Sending {
    fn new(app: App, transport: Arc<dyn Transport>, clock: fn() -> Timestamp) -> Self {
        Self { app, transport, clock, tries: JoinSet::new(), rows: HashMap::new() }
    }

    fn has_room(&self) -> bool {
        self.tries.len() * 2 <= BATCH
    }

    /// Claims and starts what is due, several at once; true when there was any.
    async fn begin(&mut self) -> Result<bool, Error> {
        if !self.has_room() {
            return Ok(false);
        }
        let (now, room) = ((self.clock)(), BATCH - self.tries.len());
        let claimed = self
            .app
            .store()
            .write(move |tx| async move { tx.claim(room, now, now + LEASE).await.map_err(Error::from) })
            .await?;
        let any = !claimed.is_empty();
        for row in claimed {
            let (app, transport, clock) = (self.app.clone(), Arc::clone(&self.transport), self.clock);
            let try_of = (row.id, row.attempts + 1);
            let task = self.tries.spawn(async move { send(&app, transport.as_ref(), row, clock).await });
            self.rows.insert(task.id(), try_of);
        }
        Ok(any)
    }

    /// How long nothing more can be started, unless a message is written or ends.
    async fn pause(&self) -> Duration {
        if !self.has_room() {
            return LOOK;
        }
        let now = (self.clock)();
        let next =
            self.app.store().read(move |tx| async move { tx.next_due(now).await.map_err(Error::from) });
        let wait = next.await.ok().flatten().map(|at| at.duration_since(now));
        let wait = wait.and_then(|wait| Duration::try_from(wait).ok()).unwrap_or(LOOK);
        wait.clamp(Duration::from_millis(200), LOOK)
    }

    /// Waits for the end of a message and of those that end with it.
    async fn some_end(&mut self) {
        let mut ended = self.tries.join_next_with_id().await;
        while let Some(end) = ended {
            match end {
                Ok((task, ())) => drop(self.rows.remove(&task)),
                Err(failed) => {
                    let row = self.rows.remove(&failed.id());
                    self.give_up(row).await;
                }
            }
            ended = self.tries.try_join_next_with_id();
        }
    }

    async fn all_end(&mut self) {
        while !self.tries.is_empty() {
            self.some_end().await;
        }
    }

    /// A message that cannot even be made would hold back all later ones of its meeting.
    async fn give_up(&self, row: Option<(OutboxId, i64)>) {
        if let Some((id, attempt)) = row {
            settle(&self.app, id, attempt, OutboxState::Dead, NOT_MADE, (self.clock)()).await;
        }
    }
}

async fn send(app: &App, transport: &dyn Transport, row: OutboxRow, clock: fn() -> Timestamp) {
    let (id, attempt) = (row.id, row.attempts + 1);
    let (state, answer) = match compose::compose(app, &row, clock()).await {
        Ok(Composition::Told(answer)) => (OutboxState::Sent, answer),
        Ok(Composition::Message(message, use_until)) => {
            let message = message.returning_to(&app.secrets().bounce_token(id));
            match transport.deliver(&row, &message).await {
                Delivery::Sent { answer } => (OutboxState::Sent, answer),
                Delivery::Permanent { answer } => (OutboxState::Dead, answer),
                Delivery::Temporary { answer } => (retry(&row, clock(), use_until), answer),
            }
        }
        Ok(Composition::Text(text, use_until)) => match texts::deliver(app, &row, &text, clock()).await {
            Ok(Ok(Delivery::Sent { answer })) => (OutboxState::Sent, answer),
            Ok(Ok(Delivery::Permanent { answer })) => (OutboxState::Dead, answer),
            Ok(Ok(Delivery::Temporary { answer })) => (retry(&row, clock(), use_until), answer),
            Ok(Err(texts::Unsent::OptedOut)) => {
                return unsent(app, id, attempt, OutboxState::Superseded, "opted_out", clock()).await;
            }
            Ok(Err(texts::Unsent::OverLimit)) => {
                return unsent(app, id, attempt, OutboxState::Dead, "over_limit", clock()).await;
            }
            Err(error) => (retry(&row, clock(), use_until), chain(&error)),
        },
        Ok(Composition::OptedOut) => {
            return unsent(app, id, attempt, OutboxState::Superseded, "opted_out", clock()).await;
        }
        Ok(Composition::Superseded) => (OutboxState::Superseded, String::new()),
        Ok(Composition::Expired) => (OutboxState::Expired, String::new()),
        Err(error @ (Error::Unavailable(_) | Error::Busy)) => (retry(&row, clock(), None), chain(&error)),
        Err(error) => (OutboxState::Dead, format!("{NOT_MADE}: {}", chain(&error))),
    };
    settle(app, id, attempt, state, &answer, clock()).await;
}

/// A text message that is not sent, with the reason that its agent sees.
async fn unsent(
    app: &App,
    id: OutboxId,
    attempt: i64,
    state: OutboxState,
    why: &'static str,
    now: Timestamp,
) {
    settle(app, id, attempt, state, why, now).await;
    let noted =
        app.store().write(move |tx| async move { tx.note_delivery(id, why, why).await.map_err(Error::from) });
    if let Err(error) = noted.await {
        tracing::error!(message = %id, error = %chain(&error), "why a text message was not sent could not be noted");
    }
}

async fn settle(app: &App, id: OutboxId, attempt: i64, state: OutboxState, answer: &str, now: Timestamp) {
    if state == OutboxState::Dead {
        tracing::error!(message = %id, answer, "a message was given up");
    }
    let answer = answer.to_owned();
    let settled = app.store().write(move |tx| async move {
        let dead = tx.settle(id, attempt, state, &answer).await? && state == OutboxState::Dead;
        if dead {
            undelivered::tell_agent(&tx, id, now).await?;
        }
        Ok::<_, Error>(dead)
    });
    match settled.await {
        Ok(true) => app.wake_outbox(),
        Ok(false) => {}
        // The lease runs out and the message is tried again, with the same Message-ID.
        Err(error) => {
            tracing::error!(message = %id, error = %chain(&error), "the outcome of a message could not be noted");
        }
    }
}

/// 30 s, 2 min, 10 min, 30 min, 1 h, then every 2 h, for a day (`security.md` P3). What has no use after an instant is looked at
/// again then: it ends, and what waits behind it leaves.
fn retry(row: &OutboxRow, now: Timestamp, use_until: Option<Timestamp>) -> OutboxState {
    const STEPS: [f64; 5] = [30.0, 120.0, 600.0, 1800.0, 3600.0];
    if now.duration_since(row.due_at) > GIVE_UP {
        return OutboxState::Dead;
    }
    let step = usize::try_from(row.attempts).ok().and_then(|n| STEPS.get(n)).copied().unwrap_or(7200.0);
    let wait = Duration::from_secs_f64(step * fresh::jitter());
    let at = SignedDuration::try_from(wait).map_or(now, |wait| now + wait);
    OutboxState::Retry(use_until.map_or(at, |end| at.min(end)))
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
