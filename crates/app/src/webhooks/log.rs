//! What a webhook was told, and telling it once more.

use super::{Delivery, DeliveryState, WebhookState, events, hold};
use crate::{App, Ctx, Error, Refusal, once};
use nameplate_domain::ids::{DeliveryId, WebhookId};
use nameplate_domain::webhooks::TEST;

/// Tells a webhook a test, behind what it has not heard yet, and at once.
///
/// # Errors
/// `Refused(WebhookOff)`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn test(app: &App, ctx: &Ctx, id: WebhookId) -> Result<Delivery, Error> {
    ctx.admin()?;
    let written = once::write(app, ctx, move |tx, ctx| async move {
        hold(&tx, &ctx).await?;
        let row = tx.webhook(id).await?.ok_or(Error::NotFound)?;
        if row.state != WebhookState::On {
            return Err(Error::from(Refusal::WebhookOff));
        }
        let delivery = events::delivery(id, None, TEST, "{}".to_owned(), ctx.now);
        tx.add_delivery(&delivery).await?;
        tx.try_webhook_now(id).await?;
        Ok(delivery)
    });
    let written = written.await?;
    app.wake_webhooks();
    Ok(written)
}

/// A page of what a webhook was told, the newest first, and whether there is more.
///
/// # Errors
/// `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn deliveries(
    app: &App,
    ctx: &Ctx,
    id: WebhookId,
    before: Option<DeliveryId>,
    limit: usize,
) -> Result<(Vec<Delivery>, bool), Error> {
    ctx.admin()?;
    app.store()
        .read(move |tx| async move {
            tx.webhook(id).await?.ok_or(Error::NotFound)?;
            let mut rows = tx.deliveries_of(id, before, limit + 1).await?;
            let more = rows.len() > limit;
            rows.truncate(limit);
            Ok((rows, more))
        })
        .await
}

/// Lets a delivery leave once more, with the id and the number that it had, or at once where it waits still.
///
/// # Errors
/// `Refused(WebhookOff)`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn replay(app: &App, ctx: &Ctx, id: WebhookId, delivery: DeliveryId) -> Result<Delivery, Error> {
    ctx.admin()?;
    let replayed = once::write(app, ctx, move |tx, ctx| async move {
        hold(&tx, &ctx).await?;
        let row = tx.webhook(id).await?.ok_or(Error::NotFound)?;
        let found = tx.delivery(delivery).await?.filter(|found| found.webhook_id == id);
        let found = found.ok_or(Error::NotFound)?;
        if row.state != WebhookState::On {
            return Err(Error::from(Refusal::WebhookOff));
        }
        tx.replay_delivery(id, delivery).await?;
        Ok(Delivery { state: DeliveryState::Waiting, ..found })
    });
    let replayed = replayed.await?;
    app.wake_webhooks();
    Ok(replayed)
}
