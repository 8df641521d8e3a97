//! Changing one's password.

use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, outbox};
use jiff::Timestamp;
use nameplate_domain::account::Problem;
use nameplate_domain::account::password::{self, Context, Password};
use nameplate_domain::ids::AgentId;
use nameplate_store::Credentials;

/// Sets a new password. All other sessions end, a pending email change dies, and a notice is mailed.
///
/// # Errors
/// `Invalid` naming `current_password` or `new_password`; `Limited`; `Stale` when the password was changed meanwhile.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    current: &str,
    new: &str,
    session: Option<[u8; 32]>,
) -> Result<(), Error> {
    let agent = super::own(app, ctx).await?;
    let checked = verify_current(app, ctx, agent.id, current).await?;
    let minimum = app.settings().password_policy.minimum(false);
    let phone = agent.phone_number.as_ref().map(|number| number.e164().to_owned()).unwrap_or_default();
    let organisation = super::set_up::organisation_name(app).await?;
    let context = Context {
        name: agent.name.as_str(),
        email: agent.email.as_str(),
        slug: agent.slug.as_str(),
        phone: &phone,
        organisation: &organisation,
    };
    let password =
        password::check(new, minimum, &context).map_err(|problem| Error::invalid("new_password", problem))?;
    let hash = app.passwords().hash(password).await?;
    let notice = outbox::account_message("password_changed", &agent, agent.email.as_str(), ctx.now);
    app.store()
        .write({
            let now = ctx.now;
            move |tx| async move {
                if !tx.set_password(agent.id, &hash, checked.credential_version, now).await? {
                    return Err(Error::Stale);
                }
                tx.delete_other_sessions(agent.id, &session.unwrap_or_default()).await?;
                tx.delete_email_change(agent.id).await?;
                tx.enqueue(&notice).await?;
                Ok(())
            }
        })
        .await?;
    app.wake_outbox();
    tracing::info!(target: "security", event = "password_changed", account = %agent.id);
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

/// Checks the password that the account has now.
pub(crate) async fn verify_current(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    typed: &str,
) -> Result<Credentials, Error> {
    let wrong = || Error::invalid("current_password", Problem::PasswordWrong);
    let credentials = app.store().read(|tx| async move { tx.credentials(id).await }).await?;
    let credentials = credentials.ok_or(Error::NotSignedIn)?;
    if typed.is_empty() {
        return Err(Error::invalid("current_password", Problem::Empty));
    }
    let permit = vec![wanted(app, "reauth", &app.settings().limits.reauth, &id.to_string())];
    limits::take(app, ctx, permit.clone()).await?;
    let password = Password::typed(typed).map_err(|_| wrong())?;
    if !app.passwords().verify(password, credentials.password_hash.clone()).await? {
        tracing::info!(target: "security", event = "reauthentication_refused", account = %id);
        return Err(wrong());
    }
    limits::give_back(app, permit).await?;
    Ok(credentials)
}
