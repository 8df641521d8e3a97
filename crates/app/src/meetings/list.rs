//! The agent's own meetings.

use crate::{App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Meeting;
pub use nameplate_store::{ListPlace, ListWhich};
use uuid::Uuid;

/// Meetings of a page.
const PAGE: usize = 100;

/// More than anybody has ahead: where all count.
pub(crate) const ALL: u32 = 10_000;

/// A page of the list. Upcoming ones stand with the next first, past ones with the latest first.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The meetings.
    pub meetings: Vec<Meeting>,
    /// Where the page with earlier meetings ends, if there is one.
    pub earlier: Option<ListPlace>,
    /// Where the page with later meetings begins, if there is one.
    pub later: Option<ListPlace>,
}

/// All meetings that are not over, the next first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn upcoming(app: &App, ctx: &Ctx) -> Result<Vec<Meeting>, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    Ok(app.store().read(|tx| async move { tx.meetings_after(id, now, ALL).await }).await?)
}

/// The meetings of a page, from the place that another page named, else those nearest to now.
///
/// # Errors
/// `NotSignedIn`.
pub async fn page(app: &App, ctx: &Ctx, which: ListWhich, from: Option<ListPlace>) -> Result<Page, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    let any = MeetingId::new(Uuid::nil());
    let place = from.unwrap_or(match which {
        ListWhich::Upcoming => ListPlace::After(Timestamp::UNIX_EPOCH, any),
        ListWhich::Past => ListPlace::Before(now, any),
    });
    let limit = u32::try_from(PAGE + 1).unwrap_or(u32::MAX);
    let mut meetings =
        app.store().read(|tx| async move { tx.meetings_from(id, now, (which, &place), limit).await }).await?;
    if meetings.is_empty() && from.is_some() {
        // What stood here was moved or cancelled meanwhile: the list from its beginning.
        return Box::pin(page(app, ctx, which, None)).await;
    }
    let is_more = meetings.len() > PAGE;
    meetings.truncate(PAGE);
    // Where the reader came from, there are meetings too.
    let (is_earlier, is_later) = match place {
        ListPlace::After(..) => (from.is_some(), is_more),
        ListPlace::Before(..) => (is_more, from.is_some()),
    };
    if matches!(
        (which, place),
        (ListWhich::Upcoming, ListPlace::Before(..)) | (ListWhich::Past, ListPlace::After(..))
    ) {
        meetings.reverse();
    }
    let (first, last) = match which {
        ListWhich::Upcoming => (meetings.first(), meetings.last()),
        ListWhich::Past => (meetings.last(), meetings.first()),
    };
    let earlier = first.filter(|_| is_earlier).map(|first| ListPlace::Before(first.start, first.id));
    let later = last.filter(|_| is_later).map(|last| ListPlace::After(last.start, last.id));
    Ok(Page { meetings, earlier, later })
}
