//! Changing one's email address: a link and a code go to the new address, a notice to the old one (`security.md` A13).

use super::email_undo;
use super::sessions::Proof;
use crate::audit::{Change, Event, Recorder};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, Refusal, fresh, once, outbox, webhooks};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, EmailAddress, Problem};
use nameplate_domain::ids::EmailChangeId;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{EmailChangeRow, Tx};

/// Life of the link and of a code (P6).
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// How long after a code another one may be asked for.
pub const RESEND_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// What became of a wish for another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requested {
    /// A link and a code went to the new address.
    Sent,
    /// It is the address of today: nothing was sent, and a change that waited is given up.
    Same,
}

/// The agent's change that waits for confirmation, if it is alive.
///
/// # Errors
/// The database's.
pub async fn pending(app: &App, ctx: &Ctx) -> Result<Option<EmailChangeRow>, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    app.store()
        .read(|tx| async move {
            let Some(change) = tx.email_change_of(id).await? else { return Ok(None) };
            Ok(is_alive(&tx, &change, now).await?.then_some(change))
        })
        .await
}

async fn is_alive(tx: &Tx, change: &EmailChangeRow, now: Timestamp) -> Result<bool, Error> {
    let credentials = tx.credentials(change.agent_id).await?;
    let same = credentials.is_some_and(|now| now.credential_version == change.credential_version);
    Ok(same && now.duration_since(change.created_at) < LINK_LIFE)
}

/// Asks for a change, in place of any older one.
///
/// The answer does not tell whether another account has the address: that is looked at when it is confirmed by
/// somebody who reads its mail.
///
/// # Errors
/// As `sessions::reauthenticate`; `Limited`.
pub async fn request(
    app: &App,
    ctx: &Ctx,
    new: EmailAddress,
    proof: impl Into<Proof<'_>>,
) -> Result<Requested, Error> {
    let agent = super::own(app, ctx).await?;
    super::sessions::reauthenticate(app, ctx, proof).await?;
    if new == agent.email {
        return cancel(app, ctx).await.map(|()| Requested::Same);
    }
    let (permit, recorder) = (issue_permit(app, &agent), app.recorder(ctx));
    let enabled = app.settings().limits.enabled;
    once::write(app, ctx, move |tx, ctx| async move {
        // The account before its limit, everywhere: two requests that lock them the other way round stop each other.
        tx.lock_agent(agent.id).await?;
        super::sessions::still_in(&tx, &ctx).await?;
        if enabled {
            limits::take_in(&tx, &ctx, &permit).await?;
        }
        let credentials = tx.credentials(agent.id).await?.ok_or(Error::NotSignedIn)?;
        let change = EmailChangeRow {
            id: EmailChangeId::new(fresh::uuid()),
            agent_id: agent.id,
            new_email: new,
            credential_version: credentials.credential_version,
            code_issue: 1,
            code_sent_at: ctx.now,
            wrong_codes: 0,
            created_at: ctx.now,
        };
        tx.put_email_change(&change).await?;
        tx.enqueue(&confirmation(&agent, &change, ctx.now)).await?;
        let wish = Change::new("email", Some(&agent.email), Some(&change.new_email));
        recorder.add(&tx, agent.id, Event::EmailChangeRequested, vec![wish]).await
    })
    .await?;
    app.wake_outbox();
    Ok(Requested::Sent)
}

/// Sends a new code, which voids the one before; the link stays the same.
///
/// # Errors
/// `Refused(LinkDead)` when nothing waits; `Limited`, also within a minute of the last code.
pub async fn resend(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let agent = super::own(app, ctx).await?;
    let permit = issue_permit(app, &agent);
    let (enabled, ctx) = (app.settings().limits.enabled, ctx.clone());
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            let mut change = tx.email_change_of(agent.id).await?.ok_or(Refusal::LinkDead)?;
            if !is_alive(&tx, &change, ctx.now).await? {
                return Err(Refusal::LinkDead.into());
            }
            let wait = RESEND_AFTER - ctx.now.duration_since(change.code_sent_at);
            if wait.is_positive() {
                return Err(Error::Limited(wait));
            }
            if enabled {
                limits::take_in(&tx, &ctx, &permit).await?;
            }
            change.code_issue += 1;
            change.code_sent_at = ctx.now;
            change.wrong_codes = 0;
            tx.put_email_change(&change).await?;
            Ok::<_, Error>(tx.enqueue(&confirmation(&agent, &change, ctx.now)).await?)
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// Gives the change up; the address stays as it is.
///
/// # Errors
/// The database's.
pub async fn cancel(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let (id, recorder) = (ctx.agent()?, app.recorder(ctx));
    once::write(app, ctx, move |tx, _| async move {
        if tx.delete_email_change(id).await? {
            recorder.add(&tx, id, Event::EmailChangeCancelled, Vec::new()).await?;
        }
        Ok(())
    })
    .await
}

/// The address that a link would confirm, for the page that asks before it acts.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn look_up(app: &App, ctx: &Ctx, token: &str) -> Result<EmailAddress, Error> {
    let id = app.secrets().read_email_link(token).ok_or(Refusal::LinkDead)?;
    let now = ctx.now;
    app.store()
        .read(|tx| async move {
            let change = tx.email_change(id).await?.ok_or(Refusal::LinkDead)?;
            if is_alive(&tx, &change, now).await? {
                Ok(change.new_email)
            } else {
                Err(Refusal::LinkDead.into())
            }
        })
        .await
}

/// Confirms by the link.
///
/// # Errors
/// `Refused(LinkDead)`; `Invalid` when another account took the address meanwhile.
pub async fn confirm_link(app: &App, ctx: &Ctx, token: &str) -> Result<EmailAddress, Error> {
    let id = app.secrets().read_email_link(token).ok_or(Refusal::LinkDead)?;
    let (inner, now, recorder) = (app.clone(), ctx.now, app.recorder(ctx));
    let done = app
        .store()
        .write(move |tx| async move {
            let agent = tx.email_change(id).await?.ok_or(Refusal::LinkDead)?.agent_id;
            tx.lock_agent(agent).await?;
            let change = tx.email_change(id).await?.ok_or(Refusal::LinkDead)?;
            apply(&inner, &tx, &recorder, change, now).await
        })
        .await?;
    app.wake_outbox();
    Ok(done)
}

/// Confirms by the code, typed on the signed-in page. Spaces in it do not matter.
///
/// # Errors
/// `Refused(WrongCode)` with the tries left, `Refused(LinkDead)` when the code is void or too old.
pub async fn confirm_code(app: &App, ctx: &Ctx, typed: &str) -> Result<EmailAddress, Error> {
    let (inner, agent, now, recorder) = (app.clone(), ctx.agent()?, ctx.now, app.recorder(ctx));
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (secrets, tries) = (app.secrets().clone(), i64::from(app.settings().limits.code_try));
    // A wrong try must be counted, so it is a result of the transaction, not an error that rolls it back.
    let outcome = app
        .store()
        .write(move |tx| async move {
            // One guess after the other: parallel ones must not share the count of tries.
            tx.lock_agent(agent).await?;
            let mut change = tx.email_change_of(agent).await?.ok_or(Refusal::LinkDead)?;
            if now.duration_since(change.code_sent_at) > CODE_LIFE || change.wrong_codes >= tries {
                return Err(Error::from(Refusal::LinkDead));
            }
            if !secrets.is_email_code(change.id, change.code_issue, &typed) {
                change.wrong_codes += 1;
                let left = tries - change.wrong_codes;
                tx.put_email_change(&change).await?;
                return Ok(Err(left));
            }
            apply(&inner, &tx, &recorder, change, now).await.map(Ok)
        })
        .await?;
    app.wake_outbox();
    outcome.map_err(|left| Refusal::WrongCode(left).into())
}

async fn apply(
    app: &App,
    tx: &Tx,
    recorder: &Recorder,
    change: EmailChangeRow,
    now: Timestamp,
) -> Result<EmailAddress, Error> {
    if !is_alive(tx, &change, now).await? {
        return Err(Refusal::LinkDead.into());
    }
    let mut agent = tx.agent(change.agent_id).await?.ok_or(Refusal::LinkDead)?;
    let taken = tx.agent_by_email(&change.new_email).await?.is_some_and(|other| other.id != agent.id);
    if taken || email_undo::is_held(tx, &change.new_email, agent.id, now).await? {
        return Err(Error::invalid("email", Problem::EmailTaken));
    }
    let old = std::mem::replace(&mut agent.email, change.new_email.clone());
    if !tx.save_agent(&agent, now).await.map_err(super::add::taken)? {
        return Err(Error::Stale);
    }
    tx.readdress(agent.id, agent.email.as_str()).await?;
    tx.raise_credential_version(agent.id).await?;
    tx.delete_email_change(agent.id).await?;
    let undo = email_undo::keep(tx, agent.id, old.clone(), now).await?;
    let mut notice = outbox::account_message("email_changed", &agent, old.as_str(), now);
    let body = serde_json::json!({ "new": change.new_email.as_str(), "undo": undo.to_string() });
    notice.body = body.to_string();
    tx.enqueue(&notice).await?;
    webhooks::of_agent(app, tx, HookEvent::AgentUpdated, agent.id, now).await?;
    let moved = Change::new("email", Some(&old), Some(&change.new_email));
    recorder.add(tx, agent.id, Event::EmailChanged, vec![moved]).await?;
    Ok(change.new_email)
}

fn issue_permit(app: &App, agent: &Agent) -> Vec<limits::Wanted> {
    vec![wanted(app, "code_issue", &app.settings().limits.code_issue, &agent.id.to_string())]
}

fn confirmation(agent: &Agent, change: &EmailChangeRow, now: Timestamp) -> nameplate_store::OutboxRow {
    let mut row = outbox::account_message("email_change", agent, change.new_email.as_str(), now);
    // Link and code are derived when the mail is made: the outbox holds no secret.
    row.body = serde_json::json!({ "change": change.id.to_string(), "issue": change.code_issue }).to_string();
    row
}
