//! A webhook that the server turned off: every admin is told.

use super::WebhookState;
use crate::{App, Error, outbox};
use jiff::Timestamp;
use nameplate_domain::account::{AgentStatus, Role};
use nameplate_domain::ids::{DeliveryId, WebhookId};
use nameplate_notify::account::AccountEvent;
use nameplate_store::{OutboxRow, Tx};

/// The kind of message that tells of one that the server turned off.
pub(crate) const OFF: &str = "webhook_off";

/// Tells every admin that a webhook was turned off: somebody has to look.
pub(super) async fn given_up(
    tx: &Tx,
    (id, last): (WebhookId, DeliveryId),
    now: Timestamp,
) -> Result<(), Error> {
    let body = serde_json::json!({ "webhook": id.to_string(), "delivery": last.to_string() }).to_string();
    for agent in tx.agents().await? {
        if agent.role == Role::Admin && agent.status == AgentStatus::Active {
            let notice = outbox::account_message(OFF, &agent, agent.email.as_str(), now);
            tx.enqueue(&OutboxRow { body: body.clone(), ..notice }).await?;
        }
    }
    Ok(())
}

/// What admins are told of it: the receiver, what the last try came to, and where to look. None when it was turned on again, or deleted,
/// meanwhile.
pub(crate) async fn off_event(
    app: &App,
    id: WebhookId,
    last: DeliveryId,
) -> Result<Option<AccountEvent>, Error> {
    let found = app.store().read(|tx| async move {
        let Some(row) = tx.webhook(id).await?.filter(|row| row.state == WebhookState::Failed) else {
            return Ok::<_, Error>(None);
        };
        Ok(Some((row, tx.delivery(last).await?)))
    });
    Ok(found.await?.map(|(row, failed)| AccountEvent::WebhookOff {
        host: row.url.host(),
        problem: failed.as_ref().and_then(|one| one.problem.clone()).unwrap_or_default(),
        status: failed.and_then(|one| one.status).map(|status| status.to_string()).unwrap_or_default(),
        link: app.url(&format!("/admin/webhooks/{id}")),
    }))
}
