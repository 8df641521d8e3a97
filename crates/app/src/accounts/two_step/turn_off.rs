//! Turning two-step sign-in off: by its owner, who then needs a password that is enough alone (`security.md` A1), or by
//! whoever runs the server.

use crate::accounts::sessions::Proof;
use crate::accounts::step_up::{self, Purpose};
use crate::accounts::{own, password, set_up};
use crate::audit::{Event, Own};
use crate::{Actor, App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::account::EmailAddress;

/// Turns it off, by both factors or a passkey that was used just now. `new_password` is needed, and taken, only when the
/// present one is too short to be the only factor.
///
/// # Errors
/// `Invalid` naming `current_password`, `code` or `new_password`; `ReauthenticationRequired`; `Limited`; `Stale` when it is off already or the password was
/// changed meanwhile.
pub async fn turn_off(
    app: &App,
    ctx: &Ctx,
    proof: impl Into<Proof<'_>>,
    new_password: &str,
) -> Result<(), Error> {
    let agent = own(app, ctx).await?;
    let Actor::Agent { session: Some(session), .. } = ctx.actor else { return Err(Error::NotSignedIn) };
    let proved = step_up::check(app, ctx, Purpose::SecondFactor, proof.into()).await?;
    let checked = &proved.credentials;
    let new = if checked.password_stands_alone {
        None
    } else {
        let organisation = set_up::organisation_name(app).await?;
        let minimum = app.settings().password_policy.minimum(false);
        Some(password::hash_new(app, ("new_password", new_password), minimum, &agent, &organisation).await?)
    };
    step_up::spend(app, ctx, &proved).await?;
    let (now, recorder, checked) = (ctx.now, app.recorder(ctx), checked.credential_version);
    let ctx = ctx.clone();
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            crate::accounts::sessions::still_in(&tx, &ctx).await?;
            let credentials = tx.credentials(agent.id).await?.ok_or(Error::NotSignedIn)?;
            if credentials.credential_version != checked {
                return Err(Error::Stale);
            }
            if let Some(new) = &new {
                password::set_in(&tx, &agent, (new, checked), Some(session.token_hash), now).await?;
            }
            if !tx.delete_authenticator(agent.id).await? {
                return Err(Error::Stale);
            }
            super::tell(&tx, "two_step_off", &agent, now).await?;
            if new.is_some() {
                recorder.add(&tx, agent.id, Event::PasswordChanged, Vec::new()).await?;
            }
            recorder.add(&tx, agent.id, Event::TwoStepOff, Vec::new()).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// What the one who runs the server did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// Nobody has this address, or their two-step sign-in was off.
    Nothing,
    /// It is off; the password is the one of before.
    Off,
    /// It is off, and the password is gone: it was too short to be the only factor.
    OffWithoutPassword,
}

/// Turns it off for whoever lost app and recovery codes. Every session ends and the owner is told.
///
/// # Errors
/// The database's.
pub async fn remove_for(app: &App, now: Timestamp, email: EmailAddress) -> Result<Removed, Error> {
    let recorder = app.own_recorder(now, Own::CommandLine);
    let removed = app
        .store()
        .write(move |tx| async move {
            let Some(agent) = tx.agent_by_email(&email).await? else { return Ok(Removed::Nothing) };
            tx.lock_agent(agent.id).await?;
            if !tx.delete_authenticator(agent.id).await? {
                return Ok(Removed::Nothing);
            }
            let credentials = tx.credentials(agent.id).await?.ok_or(Error::NotFound)?;
            let outcome = if credentials.password_stands_alone {
                tx.raise_credential_version(agent.id).await?;
                Removed::Off
            } else {
                tx.forget_password(agent.id).await?;
                Removed::OffWithoutPassword
            };
            tx.delete_sessions(agent.id).await?;
            super::tell(&tx, "two_step_off", &agent, now).await?;
            recorder.add(&tx, agent.id, Event::TwoStepOff, Vec::new()).await?;
            Ok::<_, Error>(outcome)
        })
        .await?;
    app.wake_outbox();
    Ok(removed)
}
