//! Changing one's password.

use super::sessions::Proof;
use super::step_up::{self, Purpose};
use super::ways_in::{self, Ending};
use crate::audit::Event;
use crate::{Actor, App, Ctx, Error, Invalid, SignedIn, once, outbox};
use jiff::Timestamp;
use nameplate_domain::account::password::{self, Context, Password};
use nameplate_domain::account::{Agent, FullName, PhoneNumber, Problem};
use nameplate_domain::ids::AgentId;
use nameplate_store::{Credentials, Tx};

/// A password that was chosen, as it is kept.
pub(crate) struct NewPassword {
    /// Its hash, in PHC form.
    pub(crate) phc: String,
    /// Whether it is long enough to be the only factor.
    pub(crate) stands_alone: bool,
}

/// Sets a new password. All other sessions end, a pending email change dies, and a notice is mailed; API tokens and
/// passkeys end when `ending` says so.
///
/// # Errors
/// `Invalid` naming `current_password`, `code` or `new_password`; `ReauthenticationRequired` when a call by API token brings
/// less than the account asks for; `Limited`; `Stale` when the password was changed meanwhile.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    current: impl Into<Proof<'_>>,
    new: &str,
    ending: impl Into<Ending>,
) -> Result<(), Error> {
    let agent = super::own(app, ctx).await?;
    let checked = match step_up::check(app, ctx, Purpose::Password, current.into()).await {
        // Both are told at once: else the new password is refused only after the current one was right.
        Err(Error::Invalid(mut problems)) => {
            problems.extend(problem_of(app, &agent, new).await?);
            return Err(Error::Invalid(problems));
        }
        checked => checked?,
    };
    let organisation = super::set_up::organisation_name(app).await?;
    let minimum = minimum(app, agent.id).await?;
    let hash = hash_new(app, ("new_password", new), minimum, &agent, &organisation).await?;
    step_up::spend(app, ctx, &checked).await?;
    let checked = checked.credentials.credential_version;
    let kept = session(ctx).map(|session| session.token_hash);
    let (now, recorder, ending) = (ctx.now, app.recorder(ctx), ending.into());
    once::write(app, ctx, move |tx, ctx| async move {
        tx.lock_agent(agent.id).await?;
        super::sessions::still_in(&tx, &ctx).await?;
        let ended = ways_in::end(&tx, &agent, ending, now).await?;
        set_in(&tx, &agent, (&hash, checked), kept, now).await?;
        recorder.add(&tx, agent.id, Event::PasswordChanged, Vec::new()).await?;
        ended.record(&tx, &recorder, &agent).await
    })
    .await?;
    app.wake_outbox();
    Ok(())
}

/// What is wrong with a password that the agent who asks would have.
///
/// # Errors
/// `NotSignedIn`.
pub async fn problem(app: &App, ctx: &Ctx, new: &str) -> Result<Option<Invalid>, Error> {
    problem_of(app, &super::own(app, ctx).await?, new).await
}

async fn problem_of(app: &App, agent: &Agent, new: &str) -> Result<Option<Invalid>, Error> {
    let organisation = super::set_up::organisation_name(app).await?;
    let minimum = minimum(app, agent.id).await?;
    let problem = judged(new, minimum, agent, &organisation).err();
    Ok(problem.map(|problem| Invalid::new("new_password", problem)))
}

/// What was typed, when the policy lets this agent have it as a password.
fn judged(typed: &str, minimum: usize, agent: &Agent, organisation: &str) -> Result<Password, Problem> {
    let shown = agent.display_name.as_ref().map(FullName::as_str).unwrap_or_default();
    let context = Context {
        name: &format!("{} {shown}", agent.name),
        email: agent.email.as_str(),
        slug: agent.slug.as_str(),
        phone: agent.phone_number.as_ref().map(PhoneNumber::e164).unwrap_or_default(),
        organisation,
    };
    password::check(typed, minimum, &context)
}

/// Writes a new password and ends all that rested on the old one but the session `kept`; a notice is mailed.
pub(crate) async fn set_in(
    tx: &Tx,
    agent: &Agent,
    (new, checked_version): (&NewPassword, i64),
    kept: Option<[u8; 32]>,
    now: Timestamp,
) -> Result<(), Error> {
    // It was measured for an account with a second factor, and that went meanwhile.
    if !new.stands_alone && tx.authenticator(agent.id).await?.is_none() {
        return Err(Error::Stale);
    }
    if !tx.set_password(agent.id, (&new.phc, new.stands_alone), checked_version, now).await? {
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

/// Whether the password of the agent who asks is long enough to be the only factor.
///
/// # Errors
/// `NotSignedIn`.
pub async fn stands_alone(app: &App, ctx: &Ctx) -> Result<bool, Error> {
    let id = ctx.agent()?;
    let credentials = app.store().read(|tx| async move { tx.credentials(id).await }).await?;
    Ok(credentials.is_some_and(|credentials| credentials.password_stands_alone))
}

/// The fewest characters that a password of this account may have: fewer with a second factor (`security.md` A1).
///
/// # Errors
/// The database's.
pub async fn minimum(app: &App, id: AgentId) -> Result<usize, Error> {
    let second = app.store().read(|tx| async move { tx.authenticator(id).await }).await?;
    Ok(app.settings().password_policy.minimum(second.is_some()))
}

/// The hash of a password that somebody chose for this account.
///
/// # Errors
/// `Invalid` naming `field` when the policy refuses it; `Busy`.
pub(crate) async fn hash_new(
    app: &App,
    (field, typed): (&'static str, &str),
    minimum: usize,
    agent: &Agent,
    organisation: &str,
) -> Result<NewPassword, Error> {
    let password =
        judged(typed, minimum, agent, organisation).map_err(|problem| Error::invalid(field, problem))?;
    let stands_alone = password.length() >= app.settings().password_policy.minimum(false);
    Ok(NewPassword { phc: app.passwords().hash(password).await?, stands_alone })
}

/// Keeps a stronger hash of a password that was just found right, when the one that is kept is weaker than hashes are made
/// now (`security.md` A3). Signing in does not depend on it.
pub(super) async fn strengthen(app: &App, checked: &Credentials, password: Password) {
    let Some(weaker) = checked.password_hash.clone().filter(|phc| app.passwords().is_weak(phc)) else {
        return;
    };
    let id = checked.agent_id;
    let strengthened = async {
        let stronger = app.passwords().hash(password).await?;
        let kept =
            app.store().write(move |tx| async move { tx.strengthen_password(id, &weaker, &stronger).await });
        Ok::<_, Error>(kept.await?)
    };
    if let Err(error) = strengthened.await {
        tracing::warn!(?error, "a password's hash could not be made stronger: the next sign-in tries again");
    }
}

fn session(ctx: &Ctx) -> Option<SignedIn> {
    match ctx.actor {
        Actor::Agent { session, .. } => session,
        Actor::Nobody | Actor::Link { .. } => None,
    }
}
