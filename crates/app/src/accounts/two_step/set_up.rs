//! Turning two-step sign-in on. Until a right code came back nothing is stored: the secret goes to the page and comes back
//! from it, sealed.

use super::authenticator::{Authenticator, SECRET};
use super::codes;
use crate::accounts::{own, sessions, set_up};
use crate::audit::Event;
use crate::secrets::url_safe;
use crate::{Actor, App, Ctx, Error, Refusal, sealed};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, Problem};
use nameplate_domain::ids::AgentId;
use nameplate_store::AuthenticatorRow;

const PURPOSE: &str = "authenticator set-up";

/// How long a secret that was shown can be confirmed.
const LIFE: SignedDuration = SignedDuration::from_hours(1);

/// What the page shows and the app takes.
pub struct SetUp {
    /// The secret as people type it.
    pub secret: String,
    /// `otpauth://…`
    pub address: String,
    /// Secret and time, which come back with the code.
    pub sealed: String,
}

/// A new secret for the agent who asks.
///
/// # Errors
/// `NotSignedIn`; `Stale` when two-step sign-in is on.
pub async fn begin(app: &App, ctx: &Ctx) -> Result<SetUp, Error> {
    let agent = own(app, ctx).await?;
    if super::status(app, ctx).await?.is_some() {
        return Err(Error::Stale);
    }
    let secret = Authenticator::fresh();
    let text = [&ctx.now.as_microsecond().to_be_bytes()[..], &secret].concat();
    let sealed = app.secrets().seal(PURPOSE, &agent.id.to_string(), &text)?;
    shown(app, &agent, secret, url_safe(&sealed)).await
}

/// The same secret again, for the page that came back with something wrong.
///
/// # Errors
/// `Refused(LinkDead)` when it is too old, or was not made for this agent.
pub async fn resume(app: &App, ctx: &Ctx, sealed: &str) -> Result<SetUp, Error> {
    let agent = own(app, ctx).await?;
    let secret = unseal(app, agent.id, ctx.now, sealed).ok_or(Refusal::LinkDead)?;
    shown(app, &agent, secret, sealed.to_owned()).await
}

async fn shown(app: &App, agent: &Agent, secret: [u8; SECRET], sealed: String) -> Result<SetUp, Error> {
    let issuer = set_up::organisation_name(app).await?;
    let authenticator = Authenticator::of(secret, &issuer, agent.email.as_str())?;
    Ok(SetUp { secret: authenticator.text(), address: authenticator.address()?, sealed })
}

fn unseal(app: &App, owner: AgentId, now: Timestamp, sealed: &str) -> Option<[u8; SECRET]> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let text = app.secrets().unseal(PURPOSE, &owner.to_string(), sealed::KEY_VERSION, &bytes)?;
    let (at, secret) = text.split_first_chunk::<8>()?;
    let at = Timestamp::from_microsecond(i64::from_be_bytes(*at)).ok()?;
    (now.duration_since(at) < LIFE).then(|| secret.try_into().ok())?
}

/// Turns it on, once the app shows the right code. All other sessions end, for they gave one factor only; the recovery codes
/// are shown this once.
///
/// # Errors
/// As `sessions::reauthenticate`; `Invalid` naming `code`; `Refused(LinkDead)` as [`resume`]; `Stale` when it is on already.
pub async fn turn_on(
    app: &App,
    ctx: &Ctx,
    sealed: &str,
    code: &str,
    current_password: Option<&str>,
) -> Result<Vec<String>, Error> {
    let agent = own(app, ctx).await?;
    let Actor::Agent { session: Some(session), .. } = ctx.actor else { return Err(Error::NotSignedIn) };
    let secret = unseal(app, agent.id, ctx.now, sealed).ok_or(Refusal::LinkDead)?;
    // The second of two clicks brings no code that would show it anew.
    if super::status(app, ctx).await?.is_some() {
        return Err(Error::Stale);
    }
    sessions::reauthenticate(app, ctx, current_password).await?;
    let digits = match codes::Typed::read(code) {
        Some(codes::Typed::Digits(digits)) => Some(digits),
        _ => None,
    };
    let authenticator = Authenticator::of(secret, "", agent.email.as_str())?;
    let step = digits.and_then(|digits| authenticator.step(&digits, ctx.now));
    let step = step.ok_or_else(|| {
        let problem = if code.trim().is_empty() { Problem::Empty } else { Problem::CodeWrong };
        Error::invalid("code", problem)
    })?;
    let row = AuthenticatorRow {
        agent_id: agent.id,
        key_version: sealed::KEY_VERSION,
        sealed: Authenticator::seal(app.secrets(), agent.id, &secret)?,
        last_step: step,
        created_at: ctx.now,
    };
    let fresh = codes::fresh();
    let hashes = codes::hashes(&fresh);
    let (recorder, ctx) = (app.recorder(ctx), ctx.clone());
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            sessions::still_in(&tx, &ctx).await?;
            if !tx.insert_authenticator(&row).await? {
                return Err(Error::Stale);
            }
            tx.replace_recovery_codes(agent.id, &hashes).await?;
            tx.delete_other_sessions(agent.id, &session.token_hash).await?;
            super::tell(&tx, "two_step_on", &agent, ctx.now).await?;
            recorder.add(&tx, agent.id, Event::TwoStepOn, Vec::new()).await
        })
        .await?;
    app.wake_outbox();
    Ok(fresh)
}
