//! What webhooks are told, written in the transaction of the fact. Where nobody wants to hear of it, nothing more than that is asked.

use crate::fields::filled_in;
use crate::shapes::{Account, MeetingShape};
use crate::{App, Error, fresh};
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_domain::ids::{AgentId, DeliveryId, WebhookId};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{DeliveryRow, DeliveryState, Tx};
use serde::Serialize;

pub(super) fn delivery(
    webhook_id: WebhookId,
    agent_id: Option<AgentId>,
    kind: &str,
    data: String,
    now: Timestamp,
) -> DeliveryRow {
    DeliveryRow {
        id: DeliveryId::new(fresh::uuid()),
        webhook_id,
        agent_id,
        kind: kind.to_owned(),
        data,
        state: DeliveryState::Waiting,
        sequence: None,
        attempts: 0,
        tried_at: None,
        status: None,
        problem: None,
        created_at: now,
    }
}

async fn write(
    tx: &Tx,
    event: HookEvent,
    (webhooks, agent): (Vec<WebhookId>, AgentId),
    data: &impl Serialize,
    now: Timestamp,
) -> Result<(), Error> {
    let data = serde_json::to_string(data).map_err(|_| Error::Internal("an event could not be written"))?;
    for webhook in webhooks {
        tx.add_delivery(&delivery(webhook, Some(agent), event.as_str(), data.clone(), now)).await?;
    }
    Ok(())
}

/// Tells of an account as this transaction leaves it: to be called behind all that it writes of it.
pub(crate) async fn of_agent(
    app: &App,
    tx: &Tx,
    event: HookEvent,
    agent: AgentId,
    now: Timestamp,
) -> Result<(), Error> {
    let webhooks = tx.webhooks_for(event).await?;
    if webhooks.is_empty() {
        return Ok(());
    }
    let agent = tx.agent(agent).await?.ok_or(Error::NotFound)?;
    let (filled, ids) = (filled_in(tx, agent.id).await?, tx.external_ids(agent.id).await?);
    let data = Account::of(app, &agent, &filled, &ids);
    write(tx, event, (webhooks, agent.id), &data, now).await
}

/// Tells of a meeting as the organisation sees it: nobody's personal link is in it.
pub(crate) async fn of_meeting(
    app: &App,
    tx: &Tx,
    event: HookEvent,
    meeting: &Meeting,
    agent: &Agent,
) -> Result<(), Error> {
    let webhooks = tx.webhooks_for(event).await?;
    if webhooks.is_empty() {
        return Ok(());
    }
    let now = meeting.changed_at;
    let kind = tx.meeting_type(meeting.meeting_type_id).await?.ok_or(Error::NotFound)?;
    // Of what has not taken place nobody has said how it was.
    let data = MeetingShape::of(app, now, (meeting, None), Party::Organisation, (agent, &kind));
    write(tx, event, (webhooks, agent.id), &data, now).await
}
