//! When an agent can be booked: weekly hours, date overrides, travel.

use crate::{App, Ctx, Error, once};
use nameplate_domain::time::availability::Availability;
use nameplate_store::AvailabilityRow;

/// The availability of the agent who asks, with its version.
///
/// # Errors
/// `NotSignedIn`.
pub async fn own(app: &App, ctx: &Ctx) -> Result<AvailabilityRow, Error> {
    let id = ctx.agent()?;
    Ok(app.store().read(|tx| async move { tx.availability(id).await }).await?)
}

/// Replaces the availability of the agent who asks. Meetings that are booked stay as they are.
///
/// # Errors
/// `InvalidAvailability` with a pointer to each wrong value; `Stale` when `read_version` is not the latest.
pub async fn save(
    app: &App,
    ctx: &Ctx,
    body: serde_json::Value,
    read_version: Option<i64>,
) -> Result<AvailabilityRow, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    let availability = Availability::parse(body, app.tzdb()).map_err(Error::InvalidAvailability)?;
    let tzdb = app.tzdb().clone();
    once::write(app, ctx, move |tx, _| async move {
        // A booking that is being decided holds the same lock: it sees the hours before or after, not half.
        tx.lock_agent(id).await?;
        let stored = tx.availability(id).await?;
        let read_version = read_version.unwrap_or(stored.version);
        if stored.version != read_version || !tx.save_availability(id, &availability, read_version).await? {
            return Err(Error::Stale);
        }
        let agent = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
        crate::accounts::time_zone::reread(&tx, &tzdb, &agent, now).await?;
        Ok(AvailabilityRow { availability, version: read_version + 1 })
    })
    .await
}
