//! Changing one's password.

use super::sessions;
use crate::audit::Event;
use crate::limits::{self, wanted};
use crate::secrets::url_safe;
use crate::{Actor, App, Ctx, Error, SignedIn, outbox};
use jiff::Timestamp;
use nameplate_domain::account::password::{self, Context, Password};
use nameplate_domain::account::{Agent, FullName, PhoneNumber, Problem};
use nameplate_domain::ids::AgentId;
use nameplate_store::{Credentials, Tx};

/// Sets a new password. All other sessions end, a pending email change dies, and a notice is mailed; API tokens end when
/// `revoke_tokens` says so.
///
/// # Errors
/// `Invalid` naming `current_password` or `new_password`; `Limited`; `Stale` when the password was changed meanwhile.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    current: &str,
    new: &str,
    revoke_tokens: bool,
) -> Result<(), Error> {
    let agent = super::own(app, ctx).await?;
    let checked = verify_current(app, ctx, agent.id, current).await?;
    let organisation = super::set_up::organisation_name(app).await?;
    let hash = hash_new(app, "new_password", new, &agent, &organisation).await?;
    let kept = session(ctx).map(|session| session.token_hash);
    let (now, recorder) = (ctx.now, app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            if revoke_tokens {
                tx.delete_api_tokens(agent.id).await?;
            }
            set_in(&tx, &agent, (&hash, checked.credential_version), kept, now).await?;
            recorder.add(&tx, agent.id, Event::PasswordChanged, Vec::new()).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// Writes a new password and ends all that rested on the old one but the session `kept`; a notice is mailed.
pub(crate) async fn set_in(
    tx: &Tx,
    agent: &Agent,
    (hash, checked_version): (&str, i64),
    kept: Option<[u8; 32]>,
    now: Timestamp,
) -> Result<(), Error> {
    if !tx.set_password(agent.id, hash, checked_version, now).await? {
        return Err(Error::Stale);
    }
    tx.delete_other_sessions(agent.id, &kept.unwrap_or_default()).await?;
    tx.delete_email_change(agent.id).await?;
    tx.enqueue(&outbox::account_message("password_changed", agent, agent.email.as_str(), now)).await?;
    Ok(())
}

/// When the password of the agent who asks was last set.
///
/// # Errors
/// `NotSignedIn`.
pub async fn changed_at(app: &App, ctx: &Ctx) -> Result<Option<Timestamp>, Error> {
    let id = ctx.agent()?;
    let credentials = app.store().read(|tx| async move { tx.credentials(id).await }).await?;
    Ok(credentials.and_then(|credentials| credentials.password_changed_at))
}

/// The hash of a password that somebody chose for this account.
///
/// # Errors
/// `Invalid` naming `field` when the policy refuses it; `Busy`.
pub(crate) async fn hash_new(
    app: &App,
    field: &'static str,
    typed: &str,
    agent: &Agent,
    organisation: &str,
) -> Result<String, Error> {
    let shown = agent.display_name.as_ref().map(FullName::as_str).unwrap_or_default();
    let context = Context {
        name: &format!("{} {shown}", agent.name),
        email: agent.email.as_str(),
        slug: agent.slug.as_str(),
        phone: agent.phone_number.as_ref().map(PhoneNumber::e164).unwrap_or_default(),
        organisation,
    };
    let minimum = app.settings().password_policy.minimum(false);
    let password =
        password::check(typed, minimum, &context).map_err(|problem| Error::invalid(field, problem))?;
    app.passwords().hash(password).await
}

/// Checks the password that the account has now. Too many wrong ones in a session end it: it may be a stolen one.
///
/// # Errors
/// `Invalid` naming `current_password`; `NotSignedIn` when the session was ended; `Limited`.
pub(crate) async fn verify_current(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    typed: &str,
) -> Result<Credentials, Error> {
    let credentials = app.store().read(|tx| async move { tx.credentials(id).await }).await?;
    let credentials = credentials.ok_or(Error::NotSignedIn)?;
    if typed.is_empty() {
        return Err(Error::invalid("current_password", Problem::Empty));
    }
    let (account, session) = (id.to_string(), session(ctx));
    let subject = session.map_or_else(|| account.clone(), |session| url_safe(&session.token_hash));
    let tries = vec![wanted(app, "reauth", &app.settings().limits.reauth, &subject)];
    match (limits::take(app, ctx, tries.clone()).await, session) {
        (Err(Error::Limited(_)), Some(session)) => {
            sessions::end(app, ctx, session.token_hash, Event::SessionEnded).await?;
            return Err(Error::NotSignedIn);
        }
        (taken, _) => taken?,
    }
    let checking = async {
        let stored = credentials.password_hash.clone();
        let fits = match Password::typed(typed) {
            Ok(password) => app.passwords().verify(password, stored).await?,
            Err(_) => false,
        };
        if fits { Ok(credentials) } else { Err(Error::WrongCredentials) }
    };
    let wrong = |error: &Error| matches!(error, Error::WrongCredentials);
    // They count as tries at sign-in too, or this form would be the way around that limit.
    let checked = limits::spend(app, ctx, vec![sessions::pair(app, ctx, &account)], wrong, checking).await;
    if let Err(Error::WrongCredentials) = checked {
        let recorder = app.recorder(ctx);
        app.store()
            .write(move |tx| async move {
                recorder.add(&tx, id, Event::ReauthenticationRefused, Vec::new()).await
            })
            .await?;
        return Err(Error::invalid("current_password", Problem::PasswordWrong));
    }
    limits::give_back(app, tries).await;
    checked
}

fn session(ctx: &Ctx) -> Option<SignedIn> {
    match ctx.actor {
        Actor::Agent { session, .. } => session,
        Actor::Nobody | Actor::Link { .. } => None,
    }
}
