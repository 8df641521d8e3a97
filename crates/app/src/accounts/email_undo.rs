//! Bringing back the address that an account had, from the mailbox of that address (`security.md` A13): the answer to an
//! account that was taken over. It outlives every later change of password or address.

use super::ways_in::{self, Ending};
use crate::audit::{Change, Event};
use crate::outbox;
use crate::{App, Ctx, Error, Refusal, fresh, webhooks};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::{AgentId, EmailUndoId};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{EmailUndoRow, Tx};

/// Life of the link (P6). As long nobody else can have the address.
pub const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Keeps the address that is replaced now.
pub(super) async fn keep(
    tx: &Tx,
    agent_id: AgentId,
    old_email: EmailAddress,
    created_at: Timestamp,
) -> Result<EmailUndoId, Error> {
    let id = EmailUndoId::new(fresh::uuid());
    tx.insert_email_undo(&EmailUndoRow { id, agent_id, old_email, created_at }).await?;
    Ok(id)
}

/// Whether the address is kept for another account that may bring it back.
pub(crate) async fn is_held(
    tx: &Tx,
    address: &EmailAddress,
    agent: AgentId,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(tx.is_email_held(address, agent, now - LIFE).await?)
}

/// The link, and until when it works; none once it is used up.
pub(crate) async fn link(app: &App, id: EmailUndoId) -> Result<Option<(String, Timestamp)>, Error> {
    let undo = app.store().read(|tx| async move { tx.email_undo(id).await }).await?;
    Ok(undo.map(|undo| {
        let url = app.url(&format!("/undo/email/{}", app.secrets().undo_link(id)));
        (url, undo.created_at + LIFE)
    }))
}

/// The address that a link would bring back, for the page that asks before it acts.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn look_up(app: &App, ctx: &Ctx, token: &str) -> Result<EmailAddress, Error> {
    let id = app.secrets().read_undo_link(token).ok_or(Refusal::LinkDead)?;
    let now = ctx.now;
    let undo = app.store().read(|tx| async move { alive(&tx, id, now).await }).await?;
    Ok(undo.old_email)
}

async fn alive(tx: &Tx, id: EmailUndoId, now: Timestamp) -> Result<EmailUndoRow, Error> {
    let undo = tx.email_undo(id).await?;
    let young = undo.filter(|undo| now.duration_since(undo.created_at) < LIFE);
    young.ok_or_else(|| Refusal::LinkDead.into())
}

/// Brings the address back. Whoever replaced it may know the password, have sessions, tokens and passkeys: all of that
/// ends, and a link for a new password goes to the address. Two-step sign-in stays: a mailbox alone must never get past it
/// (A16), and whoever runs the server can turn it off.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn undo(app: &App, ctx: &Ctx, token: &str) -> Result<EmailAddress, Error> {
    let id = app.secrets().read_undo_link(token).ok_or(Refusal::LinkDead)?;
    let (inner, now, recorder) = (app.clone(), ctx.now, app.recorder(ctx));
    let address = app
        .store()
        .write(move |tx| async move {
            let agent = alive(&tx, id, now).await?.agent_id;
            tx.lock_agent(agent).await?;
            let undo = alive(&tx, id, now).await?;
            let mut agent = tx.agent(agent).await?.ok_or(Refusal::LinkDead)?;
            let replaced = std::mem::replace(&mut agent.email, undo.old_email.clone());
            if replaced != agent.email {
                if !tx.save_agent(&agent, now).await.map_err(super::add::taken)? {
                    return Err(Error::Stale);
                }
                tx.readdress(agent.id, agent.email.as_str()).await?;
                let mut notice = outbox::account_message("email_restored", &agent, replaced.as_str(), now);
                notice.body = serde_json::json!({ "new": agent.email.as_str() }).to_string();
                tx.enqueue(&notice).await?;
            }
            tx.delete_email_undos(agent.id, undo.created_at).await?;
            tx.delete_email_change(agent.id).await?;
            tx.delete_sessions(agent.id).await?;
            let all = Ending { tokens: true, passkeys: true };
            let ended = ways_in::end(&tx, &agent, all, now).await?;
            tx.forget_password(agent.id).await?;
            // Whoever replaced the address may have had the account deleted.
            let kept = super::data::keep_in(&tx, &recorder, agent.id, now).await?;
            if replaced != agent.email || kept.is_some() {
                webhooks::of_agent(&inner, &tx, HookEvent::AgentUpdated, agent.id, now).await?;
            }
            tx.enqueue(&outbox::reset_message(&agent.email.canonical(), now)).await?;
            let back = Change::new("email", Some(&replaced), Some(&undo.old_email));
            recorder.add(&tx, agent.id, Event::EmailChangeUndone, vec![back]).await?;
            ended.record(&tx, &recorder, &agent).await?;
            Ok(undo.old_email)
        })
        .await?;
    app.wake_outbox();
    Ok(address)
}
