//! A forgotten password: a link goes to the account's address, and whoever follows it sets a new one (`security.md` A5).
//!
//! A request for an address that nobody has costs and answers the same as any other: it goes into the outbox, and only
//! the sender looks whether there is an account.

use super::password;
use super::ways_in::{self, Ending};
use crate::audit::{Event, Own, Recorder};
use crate::beat::Beats;
use crate::limits::{self, wanted};
use crate::outbox;
use crate::{App, Ctx, Error, Refusal, fresh};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress};
use nameplate_domain::ids::{AgentId, PasswordResetId};
use nameplate_store::{OutboxRow, PasswordResetRow, Tx};

/// Life of the link (P6).
pub(crate) const LIFE: SignedDuration = SignedDuration::from_mins(30);

/// Asks for a link. Too many requests for one address are answered like the others, and nothing is sent.
///
/// # Errors
/// `Limited` for too many from one network.
pub async fn request(app: &App, ctx: &Ctx, typed: EmailAddress) -> Result<(), Error> {
    // What the sender does for an account is over when the answer leaves, so the next one does not tell of it either.
    let answer = Beats::start().second();
    let (app_in, ctx_in) = (app.clone(), ctx.clone());
    app.store()
        .write(move |tx| async move {
            let (limits, canonical) = (&app_in.settings().limits, typed.canonical());
            if limits.enabled {
                let net = wanted(&app_in, "reset_net", &limits.reset_net, &ctx_in.net);
                limits::take_in(&tx, &ctx_in, &[net]).await?;
                let address = wanted(&app_in, "reset_address", &limits.reset_address, &canonical);
                if let Err(Error::Limited(_)) = limits::take_in(&tx, &ctx_in, &[address]).await {
                    return Ok(());
                }
            }
            Ok::<_, Error>(tx.enqueue(&outbox::reset_message(&canonical, ctx_in.now)).await?)
        })
        .await?;
    app.wake_outbox();
    tracing::info!(target: "security", event = "password_reset_requested", net = ctx.net);
    answer.await;
    Ok(())
}

/// When the sender comes to the request: the account of the address, with the link's request kept. None when nobody has the
/// address, or when the link would be over by now.
pub(crate) async fn issue(
    app: &App,
    row: &OutboxRow,
    now: Timestamp,
) -> Result<Option<(Agent, PasswordResetId)>, Error> {
    let (typed, id, asked_at) =
        (EmailAddress::stored(row.recipient.clone()), PasswordResetId::new(row.id.uuid()), row.created_at);
    if now.duration_since(asked_at) >= LIFE {
        return Ok(None);
    }
    let recorder = app.own_recorder(now, Own::Visitor);
    app.store()
        .write(move |tx| async move {
            let Some(agent) = tx.agent_by_email(&typed).await? else { return Ok(None) };
            // A later try of the same mail finds what the first one kept, and that may be over.
            Ok::<_, Error>(keep(&tx, &recorder, &agent, id, asked_at).await?.then_some((agent, id)))
        })
        .await
}

/// A link for the account with this address, for whoever runs the server; none when there is no such account.
///
/// # Errors
/// The database's.
pub async fn link(app: &App, now: Timestamp, email: EmailAddress) -> Result<Option<String>, Error> {
    let id = PasswordResetId::new(fresh::uuid());
    let recorder = app.own_recorder(now, Own::CommandLine);
    let kept = app.store().write(move |tx| async move {
        let Some(agent) = tx.agent_by_email(&email).await? else { return Ok(false) };
        keep(&tx, &recorder, &agent, id, now).await
    });
    Ok(kept.await?.then(|| url(app, id)))
}

/// The address of the page on which the new password is chosen.
pub(crate) fn url(app: &App, id: PasswordResetId) -> String {
    app.url(&format!("/reset/{}", app.secrets().reset_link(id)))
}

/// Keeps a request for this account; false when it is no active one, or the request was kept before and is over.
pub(crate) async fn keep(
    tx: &Tx,
    recorder: &Recorder,
    agent: &Agent,
    id: PasswordResetId,
    created_at: Timestamp,
) -> Result<bool, Error> {
    let Some(credentials) = tx.credentials(agent.id).await? else { return Ok(false) };
    if agent.status != AgentStatus::Active {
        return Ok(false);
    }
    let credential_version = credentials.credential_version;
    let reset = PasswordResetRow { id, agent_id: agent.id, credential_version, created_at };
    if tx.put_password_reset(&reset).await? {
        recorder.add(tx, agent.id, Event::PasswordResetRequested, Vec::new()).await?;
    }
    let kept = tx.password_reset(id).await?;
    Ok(kept.is_some_and(|kept| kept.credential_version == reset.credential_version))
}

/// The account whose password a link would set, for the page that asks for the new one.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn look_up(app: &App, ctx: &Ctx, token: &str) -> Result<Agent, Error> {
    let id = app.secrets().read_reset_link(token).ok_or(Refusal::LinkDead)?;
    let now = ctx.now;
    let found = app.store().read(|tx| async move { alive(&tx, id, now).await }).await?;
    Ok(found.0)
}

async fn alive(tx: &Tx, id: PasswordResetId, now: Timestamp) -> Result<(Agent, i64), Error> {
    let reset = tx.password_reset(id).await?.ok_or(Refusal::LinkDead)?;
    let agent = tx.agent(reset.agent_id).await?.ok_or(Refusal::LinkDead)?;
    let credentials = tx.credentials(reset.agent_id).await?.ok_or(Refusal::LinkDead)?;
    let young = now.duration_since(reset.created_at) < LIFE;
    let same = credentials.credential_version == reset.credential_version;
    if young && same && agent.status == AgentStatus::Active {
        Ok((agent, reset.credential_version))
    } else {
        Err(Refusal::LinkDead.into())
    }
}

/// Whether the passkeys of the account may end with its password: with two-step sign-in on they stay.
///
/// # Errors
/// The database's.
pub async fn may_end_passkeys(app: &App, id: AgentId) -> Result<bool, Error> {
    Ok(app.store().read(|tx| async move { tx.authenticator(id).await }).await?.is_none())
}

/// Sets the new password. Every session ends, a pending email change dies and a notice is mailed; nobody is signed in. API
/// tokens end when `ending` says so, passkeys too unless two-step sign-in is on.
///
/// # Errors
/// `Refused(LinkDead)`; `Invalid` naming `new_password`.
pub async fn finish(
    app: &App,
    ctx: &Ctx,
    token: &str,
    new: &str,
    ending: impl Into<Ending>,
) -> Result<(), Error> {
    let agent = look_up(app, ctx, token).await?;
    let id = app.secrets().read_reset_link(token).ok_or(Refusal::LinkDead)?;
    let organisation = super::set_up::organisation_name(app).await?;
    let minimum = password::minimum(app, agent.id).await?;
    let hash = password::hash_new(app, ("new_password", new), minimum, &agent, &organisation).await?;
    let (now, account, recorder, ending) = (ctx.now, agent.id, app.recorder(ctx), ending.into());
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(account).await?;
            let (agent, version) = alive(&tx, id, now).await?;
            // Whoever has only the mailbox must not take the second ways in from the owner.
            let passkeys = ending.passkeys && tx.authenticator(account).await?.is_none();
            let ended = ways_in::end(&tx, &agent, Ending { passkeys, ..ending }, now).await?;
            password::set_in(&tx, &agent, (&hash, version), None, now).await?;
            recorder.add(&tx, account, Event::PasswordReset, Vec::new()).await?;
            ended.record(&tx, &recorder, &agent).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}
