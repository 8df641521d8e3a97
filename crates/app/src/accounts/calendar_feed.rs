//! The private address under which an agent's calendar reads the meetings. An agent has one; a new one ends it. It shows
//! only what it was made to show: one for busy times alone never comes to tell names.

use super::devices::asker;
use super::sessions::Proof;
use crate::audit::{Change, Event};
use crate::meetings::list::ALL;
use crate::secrets::{hash, url_safe};
use crate::{App, Ctx, Error, fresh, outbox};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::AgentStatus;
use nameplate_domain::ids::CalendarFeedId;
use nameplate_notify::feed::{self, Shows};
pub use nameplate_store::CalendarFeedRow;

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How far back a feed goes.
const BACK: i32 = 30;
/// How far ahead: twelve months, the longest ones.
const AHEAD: i32 = 366;
const READ_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// An address that an agent wants.
#[derive(Debug, Clone, Copy)]
pub struct NewFeed {
    /// Made with the form: the same form sent again does not end an address that is in use.
    pub id: CalendarFeedId,
    /// Whether it shows times alone.
    pub is_busy_only: bool,
}

/// The id of an address to be made.
#[must_use]
pub fn new_id() -> CalendarFeedId {
    CalendarFeedId::new(fresh::uuid())
}

/// The feed of the agent who asks; its address is not known here.
///
/// # Errors
/// `NotSignedIn`, for API tokens too.
pub async fn own(app: &App, ctx: &Ctx) -> Result<Option<CalendarFeedRow>, Error> {
    let (agent, _, _) = asker(ctx)?;
    Ok(app.store().read(|tx| async move { tx.calendar_feed_of(agent).await }).await?)
}

/// Makes an address for the agent who asks and returns it; it is never shown again. The one before ends. The same form sent
/// again replaces an address that nothing has read: the first answer may have been lost.
///
/// # Errors
/// `ReauthenticationRequired` or `Invalid` for the current password; `NotSignedIn` for API tokens; `Stale` when the form's
/// address is in use.
pub async fn make(app: &App, ctx: &Ctx, new: NewFeed, proof: impl Into<Proof<'_>>) -> Result<String, Error> {
    let (agent, _, _) = asker(ctx)?;
    super::sessions::reauthenticate(app, ctx, proof).await?;
    let token = fresh::token();
    let row = CalendarFeedRow {
        id: new.id,
        agent_id: agent,
        is_busy_only: new.is_busy_only,
        created_at: ctx.now,
        last_read_at: None,
    };
    let token_hash = hash(&token);
    let (recorder, ctx) = (app.recorder(ctx), ctx.clone());
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent).await?;
            super::sessions::still_in(&tx, &ctx).await?;
            let before = tx.calendar_feed_of(agent).await?;
            if before.as_ref().is_some_and(|one| one.id == row.id && one.last_read_at.is_some()) {
                return Err(Error::Stale);
            }
            tx.put_calendar_feed(&row, &token_hash).await?;
            let event = if before.is_some() { Event::CalendarFeedReplaced } else { Event::CalendarFeedMade };
            recorder.add(&tx, agent, event, vec![Change::added(FIELD, shown(&row))]).await
        })
        .await?;
    Ok(address(app, &token))
}

/// Ends the address of the agent who asks; false when there was none.
///
/// # Errors
/// `NotSignedIn`, for API tokens too.
pub async fn end(app: &App, ctx: &Ctx) -> Result<bool, Error> {
    let (agent, _, _) = asker(ctx)?;
    let recorder = app.recorder(ctx);
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent).await?;
            let Some(row) = tx.calendar_feed_of(agent).await? else { return Ok(false) };
            tx.delete_calendar_feed(agent).await?;
            recorder.add(&tx, agent, Event::CalendarFeedEnded, vec![removed(&row)]).await?;
            Ok(true)
        })
        .await
}

fn address(app: &App, token: &str) -> String {
    app.url(&format!("/feed/{token}.ics"))
}

const FIELD: &str = "calendar_feed";

const fn shown(row: &CalendarFeedRow) -> &'static str {
    if row.is_busy_only { "busy" } else { "details" }
}

/// What the audit log keeps of an address that ended.
pub(super) fn removed(row: &CalendarFeedRow) -> Change {
    Change::removed(FIELD, shown(row))
}

/// What a calendar reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The calendar file.
    pub text: String,
    /// The same for files that tell the same.
    pub tag: String,
}

/// The file behind an address. One that is unknown, has ended, or is of an account that is not active: `NotFound`.
///
/// # Errors
/// `NotFound`.
pub async fn read(app: &App, now: Timestamp, token: &str) -> Result<Feed, Error> {
    let token_hash = hash(token);
    let range = (now - DAY * BACK, now + DAY * AHEAD);
    let found = app
        .store()
        .read(|tx| async move {
            let Some(row) = tx.calendar_feed(&token_hash).await? else { return Ok::<_, Error>(None) };
            let Some(agent) = tx.agent(row.agent_id).await? else { return Ok(None) };
            let meetings = tx.meetings_within(agent.id, range, ALL).await?;
            Ok(Some((row, agent, meetings)))
        })
        .await?;
    let (row, agent, meetings) =
        found.filter(|(_, agent, _)| agent.status == AgentStatus::Active).ok_or(Error::NotFound)?;
    if row.last_read_at.is_none_or(|at| now.duration_since(at) > READ_EVERY) {
        let touched = app.store().write(move |tx| async move { tx.touch_calendar_feed(row.id, now).await });
        if let Err(error) = touched.await {
            tracing::warn!(?error, "the last reading of a calendar feed could not be noted");
        }
    }
    // Whatever keeps a copy of the file must not get keys to the meetings with it: its links ask for a sign-in.
    let facts = outbox::archived(app, &agent, meetings, now).await?;
    let shows = if row.is_busy_only { Shows::Busy(super::language::of(&agent)) } else { Shows::Everything };
    let organisation = super::set_up::organisation_name(app).await?;
    let name = format!("{} ({organisation})", agent.visible_name());
    let app = app.clone();
    let made = tokio::task::spawn_blocking(move || {
        let text = feed::feed(&facts, shows, &name, app.tzdb(), now);
        let tag = url_safe(&hash(&feed::unstamped(&text)));
        Feed { text, tag }
    });
    made.await.map_err(|_| Error::Internal("a calendar feed could not be made"))
}
