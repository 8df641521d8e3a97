//! The agent's own meetings.

use crate::{App, Ctx, Error};
use nameplate_domain::meetings::Meeting;

/// At most this many of each.
const PAGE: u32 = 100;

/// Meetings that are not over, the next first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn upcoming(app: &App, ctx: &Ctx) -> Result<Vec<Meeting>, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    Ok(app.store().read(|tx| async move { tx.meetings_after(id, now, PAGE).await }).await?)
}

/// Meetings that are over, the latest first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn past(app: &App, ctx: &Ctx) -> Result<Vec<Meeting>, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    Ok(app.store().read(|tx| async move { tx.meetings_before(id, now, PAGE).await }).await?)
}
