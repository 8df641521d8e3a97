//! Keeping an account after all: by the link that was mailed when it was closed, or by whoever runs the server.

use crate::audit::{Event, Own, Recorder};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, Refusal, outbox, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress};
use nameplate_domain::ids::{AgentId, DeletionId};
use nameplate_domain::time::ZoneId;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{DeletionRow, OutboxRow, Tx};

/// The message that tells of the closing, with the link.
pub(super) fn notice(agent: &Agent, deletion: DeletionId, now: Timestamp) -> OutboxRow {
    let mut notice = outbox::account_message("account_closed", agent, agent.email.as_str(), now);
    notice.body = serde_json::json!({ "deletion": deletion.to_string() }).to_string();
    notice
}

/// The link, and until when it works; none once the account was kept.
pub(crate) async fn link(app: &App, id: DeletionId) -> Result<Option<(String, Timestamp)>, Error> {
    let row = app.store().read(|tx| async move { tx.deletion(id).await }).await?;
    Ok(row.map(|row| (app.url(&format!("/undo/deletion/{}", app.secrets().deletion_link(id))), row.erase_at)))
}

/// The closed account that a link would keep, and when it is erased, for the page that asks before it acts.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn look_up(app: &App, ctx: &Ctx, token: &str) -> Result<(Agent, Timestamp), Error> {
    let id = app.secrets().read_deletion_link(token).ok_or(Refusal::LinkDead)?;
    let now = ctx.now;
    app.store()
        .read(|tx| async move {
            let row = alive(&tx, id, now).await?;
            let agent = tx.agent(row.agent_id).await?.ok_or(Refusal::LinkDead)?;
            Ok((agent, row.erase_at))
        })
        .await
}

async fn alive(tx: &Tx, id: DeletionId, now: Timestamp) -> Result<DeletionRow, Error> {
    let row = tx.deletion(id).await?.filter(|row| now < row.erase_at);
    row.ok_or_else(|| Refusal::LinkDead.into())
}

/// Opens a closed account again: its password, passkeys, hours, meetings that were not cancelled and all else are as they
/// were. Sessions and API tokens do not come back.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn keep(app: &App, ctx: &Ctx, token: &str) -> Result<Agent, Error> {
    let id = app.secrets().read_deletion_link(token).ok_or(Refusal::LinkDead)?;
    let (inner, now, recorder) = (app.clone(), ctx.now, app.recorder(ctx));
    let kept = app
        .store()
        .write(move |tx| async move {
            let agent = alive(&tx, id, now).await?.agent_id;
            tx.lock_agent(agent).await?;
            alive(&tx, id, now).await?;
            let kept = keep_in(&tx, &recorder, agent, now).await?.ok_or(Refusal::LinkDead)?;
            tell(&inner, &tx, &kept, now).await?;
            Ok::<_, Error>(kept)
        })
        .await?;
    app.wake_outbox();
    Ok(kept)
}

/// Keeps the account with this address, for whoever runs the server; false when no account with it is closed.
///
/// # Errors
/// The database's.
pub async fn keep_for(app: &App, now: Timestamp, email: EmailAddress) -> Result<bool, Error> {
    let (inner, recorder) = (app.clone(), app.own_recorder(now, Own::CommandLine));
    let kept = app.store().write(move |tx| async move {
        let Some(agent) = tx.agent_by_email(&email).await? else { return Ok::<_, Error>(None) };
        tx.lock_agent(agent.id).await?;
        let kept = keep_in(&tx, &recorder, agent.id, now).await?;
        if let Some(agent) = &kept {
            tell(&inner, &tx, agent, now).await?;
        }
        Ok(kept)
    });
    Ok(kept.await?.is_some())
}

/// The message that the account is open again, with everything as it was; and webhooks.
async fn tell(app: &App, tx: &Tx, agent: &Agent, now: Timestamp) -> Result<(), Error> {
    tx.enqueue(&outbox::account_message("account_kept", agent, agent.email.as_str(), now)).await?;
    webhooks::of_agent(app, tx, HookEvent::AgentUpdated, agent.id, now).await
}

/// Opens the account within a transaction that holds the agent's lock; none when it is not closed. Tells nobody: what else
/// the transaction changes is the caller's to tell.
pub(crate) async fn keep_in(
    tx: &Tx,
    recorder: &Recorder,
    id: AgentId,
    now: Timestamp,
) -> Result<Option<Agent>, Error> {
    if !tx.delete_deletion(id).await? {
        return Ok(None);
    }
    let mut agent = tx.agent(id).await?.ok_or(Error::NotFound)?;
    agent.status = AgentStatus::Active;
    if !tx.save_agent(&agent, now).await? {
        return Err(Error::Stale);
    }
    agent.version += 1;
    recorder.add(tx, id, Event::DeletionUndone, Vec::new()).await?;
    Ok(Some(agent))
}

/// Mails the link again to the address of a closed account: somebody gave its right password. Says when it is erased, and the zone to tell it in; too
/// many wishes are answered alike, and nothing is sent.
pub(crate) async fn remind(app: &App, ctx: &Ctx, id: AgentId) -> Result<Option<(Timestamp, ZoneId)>, Error> {
    let limits = &app.settings().limits;
    let permit = limits.enabled.then(|| wanted(app, "code_issue", &limits.code_issue, &id.to_string()));
    let ctx = ctx.clone();
    let found = app.store().write(move |tx| async move {
        let Some(row) = tx.deletion_of(id).await?.filter(|row| ctx.now < row.erase_at) else {
            return Ok(None);
        };
        let agent = tx.agent(id).await?.ok_or(Error::NotFound)?;
        let permit = permit.into_iter().collect::<Vec<_>>();
        match limits::take_in(&tx, &ctx, &permit).await {
            Ok(()) => tx.enqueue(&notice(&agent, row.id, ctx.now)).await?,
            Err(Error::Limited(_)) => {}
            Err(error) => return Err(error),
        }
        Ok(Some((row.erase_at, agent.time_zone)))
    });
    found.await.inspect(|_| app.wake_outbox())
}
