//! The second step itself: a code is used up in the transaction that acts on it.

use super::authenticator::Authenticator;
use super::codes::Typed;
use crate::accounts::sessions::{self, SignIn};
use crate::audit::{Event, Recorder};
use crate::limits::{self, Rate, wanted};
use crate::secrets::hash;
use crate::{App, Ctx, Error, Refusal, Secrets, fresh, outbox};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{AgentStatus, Problem};
use nameplate_domain::ids::AgentId;
use nameplate_store::{Credentials, Tx};
use std::future::Future;

/// How long a first step (a right password, or the identity provider's word) waits for its code.
pub const SIGN_IN_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// Mails about wrong codes: the first of a day says it all.
const TOLD: Rate = Rate::new(1, 24 * 60);

/// Signs in: the first step was right before, for which `pending` stands, and now the code is.
///
/// # Errors
/// `Refused(LinkDead)` when the first step is too old or void; `Invalid` naming `code`; `Limited`.
pub async fn finish_sign_in(
    app: &App,
    ctx: &Ctx,
    pending: &str,
    code: &str,
    user_agent: &str,
) -> Result<SignIn, Error> {
    // An empty field is a slip and no guess.
    if code.trim().is_empty() {
        return Err(Error::invalid("code", Problem::Empty));
    }
    let pending_hash = hash(pending);
    let now = ctx.now;
    let (known, provider) =
        app.store().read(|tx| async move { alive(&tx, &pending_hash, now).await }).await?;
    let (account, token) = (known.agent_id, fresh::token());
    let session = sessions::row(ctx, account, &token, user_agent);
    let recorder = sessions::signed_in_recorder(app, ctx, &known, &session);
    let (secrets, typed, keep) =
        (app.secrets().clone(), code.to_owned(), app.settings().sessions.per_account);
    let work = app.store().write(move |tx| async move {
        tx.lock_agent(account).await?;
        alive(&tx, &pending_hash, now).await?;
        let used = use_code(&tx, &secrets, account, &typed, now).await?;
        tx.delete_pending_sign_in(&pending_hash).await?;
        sessions::insert_in(&tx, &session, known.credential_version, keep).await?;
        note(&tx, &recorder, account, used).await?;
        recorder.add(&tx, account, Event::SignIn, sessions::by_provider(provider)).await
    });
    limited(app, ctx, account, Place::SignIn(pending_hash), work).await?;
    app.wake_outbox();
    Ok(sessions::keepsake(app, ctx, &known, token))
}

/// Whether a first step still waits for its code.
///
/// # Errors
/// The database's.
pub async fn waits(app: &App, ctx: &Ctx, pending: &str) -> Result<bool, Error> {
    let (pending, now) = (hash(pending), ctx.now);
    match app.store().read(|tx| async move { alive(&tx, &pending, now).await }).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(Refusal::LinkDead)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Uses a code up where somebody must prove anew who they are.
///
/// # Errors
/// `Invalid` naming `code`; `Limited`.
pub(crate) async fn prove(app: &App, ctx: &Ctx, account: AgentId, code: &str) -> Result<(), Error> {
    let (secrets, typed, now) = (app.secrets().clone(), code.to_owned(), ctx.now);
    let recorder = app.recorder(ctx);
    let work = app.store().write(move |tx| async move {
        let used = use_code(&tx, &secrets, account, &typed, now).await?;
        note(&tx, &recorder, account, used).await
    });
    limited(app, ctx, account, Place::StepUp, work).await?;
    app.wake_outbox();
    Ok(())
}

/// Whose first step waits here for its code, if it still does, and the identity provider that took it.
async fn alive(tx: &Tx, pending: &[u8; 32], now: Timestamp) -> Result<(Credentials, Option<String>), Error> {
    let pending = tx.pending_sign_in(pending).await?.ok_or(Refusal::LinkDead)?;
    let credentials = tx.credentials(pending.agent_id).await?.ok_or(Refusal::LinkDead)?;
    let young = now.duration_since(pending.created_at) < SIGN_IN_LIFE;
    let same = credentials.credential_version == pending.credential_version;
    let active = credentials.status == AgentStatus::Active;
    if young && same && active { Ok((credentials, pending.provider)) } else { Err(Refusal::LinkDead.into()) }
}

/// What stood for the second factor.
#[derive(Clone, Copy)]
enum Used {
    App,
    RecoveryCode,
}

/// Uses a code of the app or a recovery code up; the agent is told of the latter.
async fn use_code(
    tx: &Tx,
    secrets: &Secrets,
    account: AgentId,
    typed: &str,
    now: Timestamp,
) -> Result<Used, Error> {
    let used = match Typed::read(typed) {
        Some(Typed::Digits(digits)) => {
            let row = tx.authenticator(account).await?.ok_or(Refusal::LinkDead)?;
            match Authenticator::open(secrets, &row)?.step(&digits, now) {
                Some(step) => tx.use_time_step(account, step).await?.then_some(Used::App),
                None => None,
            }
        }
        Some(Typed::Recovery(hash)) => {
            let used = tx.use_recovery_code(account, &hash).await?;
            if used {
                tell_of_recovery(tx, account, now).await?;
            }
            used.then_some(Used::RecoveryCode)
        }
        None => None,
    };
    let problem = if typed.trim().is_empty() { Problem::Empty } else { Problem::CodeWrong };
    used.ok_or_else(|| Error::invalid("code", problem))
}

/// Records that a recovery code was used.
async fn note(tx: &Tx, recorder: &Recorder, account: AgentId, used: Used) -> Result<(), Error> {
    match used {
        Used::App => Ok(()),
        Used::RecoveryCode => recorder.add(tx, account, Event::RecoveryCodeUsed, Vec::new()).await,
    }
}

async fn tell_of_recovery(tx: &Tx, account: AgentId, now: Timestamp) -> Result<(), Error> {
    let agent = tx.agent(account).await?.ok_or(Error::NotSignedIn)?;
    let mut notice = outbox::account_message("recovery_code_used", &agent, agent.email.as_str(), now);
    notice.body = serde_json::json!({ "left": tx.count_recovery_codes(account).await? }).to_string();
    Ok(tx.enqueue(&notice).await?)
}

/// Where a code is asked for.
#[derive(Clone, Copy)]
enum Place {
    /// In the second step of the sign-in whose token has this hash.
    SignIn([u8; 32]),
    /// Where somebody is signed in, or a program calls.
    StepUp,
}

/// Tries a code: only wrong ones cost a try, and when there is none left the owner learns that somebody got past the first step.
async fn limited<T>(
    app: &App,
    ctx: &Ctx,
    account: AgentId,
    place: Place,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let permits = vec![wanted(app, "totp_try", &app.settings().limits.totp_try, &account.to_string())];
    let wrong = |error: &Error| matches!(error, Error::Invalid(_));
    let done = limits::spend(app, ctx, permits, wrong, work).await;
    match &done {
        Err(Error::Invalid(_)) => {
            let recorder = app.recorder(ctx);
            let refused = app.store().write(move |tx| async move {
                let event = match place {
                    Place::SignIn(pending) => {
                        tx.tell_pending_sign_in(&pending).await?;
                        Event::SecondFactorRefused
                    }
                    Place::StepUp => Event::ReauthenticationCodeRefused,
                };
                recorder.add_refusal(&tx, account, event).await
            });
            refused.await?;
        }
        Err(Error::Limited(_)) => tell_of_tries(app, ctx, account).await?,
        _ => {}
    }
    done
}

async fn tell_of_tries(app: &App, ctx: &Ctx, account: AgentId) -> Result<(), Error> {
    let (told, ctx) = (wanted(app, "totp_told", &[TOLD], &account.to_string()), ctx.clone());
    let written = app.store().write(move |tx| async move {
        limits::take_in(&tx, &ctx, &[told]).await?;
        let agent = tx.agent(account).await?.ok_or(Error::NotSignedIn)?;
        super::tell(&tx, "two_step_tries", &agent, ctx.now).await
    });
    match written.await {
        Err(Error::Limited(_)) => Ok(()),
        other => other.inspect(|()| app.wake_outbox()),
    }
}
