//! The provider that signs in to an account: seeing it, and letting go of it.

use super::settings;
use crate::accounts::{own, sessions};
use crate::audit::{Change, Event};
use crate::{Actor, App, Ctx, Error, Refusal, outbox};
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_store::{OidcLinkRow, Tx};
use serde_json::json;

/// How the account of who asks is connected to this server's provider; none when it is not.
///
/// # Errors
/// `NotFound` where there is no provider; `NotSignedIn`.
pub async fn link(app: &App, ctx: &Ctx) -> Result<Option<OidcLinkRow>, Error> {
    let (agent, issuer) = (ctx.agent()?, settings(app)?.provider.issuer());
    let links = app.store().read(|tx| async move { tx.oidc_links_of(agent).await }).await?;
    Ok(links.into_iter().find(|link| link.issuer == issuer))
}

/// What people call the provider, where the account of who asks is connected with it.
///
/// # Errors
/// `NotSignedIn`.
pub async fn connected_name(app: &App, ctx: &Ctx) -> Result<Option<String>, Error> {
    let Some(name) = super::name(app) else { return Ok(None) };
    Ok(link(app, ctx).await?.map(|_| name.to_owned()))
}

/// Disconnects the account. Whoever else the provider may have let in is signed out: all other sessions end. A notice is
/// mailed.
///
/// # Errors
/// `ReauthenticationRequired` unless the agent was just asked who they are; `NotFound` when it is not connected;
/// `Refused(LastWayIn)` when nothing would be left to sign in with.
pub async fn disconnect(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let provider = settings(app)?.clone();
    link(app, ctx).await?.ok_or(Error::NotFound)?;
    sessions::reauthenticate(app, ctx, None).await?;
    let agent = own(app, ctx).await?;
    let (ctx, recorder) = (ctx.clone(), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            sessions::still_in(&tx, &ctx).await?;
            let has_password = tx.credentials(agent.id).await?.is_some_and(|one| one.password_hash.is_some());
            if !has_password && tx.passkeys_of(agent.id).await?.is_empty() {
                return Err(Refusal::LastWayIn.into());
            }
            if !tx.delete_oidc_link(agent.id, provider.provider.issuer()).await? {
                return Err(Error::NotFound);
            }
            let keep = match ctx.actor {
                Actor::Agent { session: Some(session), .. } => session.token_hash,
                _ => [0; 32],
            };
            tx.delete_other_sessions(agent.id, &keep).await?;
            // Whoever the provider let as far as to the code comes no further.
            tx.trim_pending_sign_ins(agent.id, 0).await?;
            tell_of_end(&tx, &agent, &provider.name, ctx.now).await?;
            let gone = Change::removed("provider", &provider.name);
            recorder.add(&tx, agent.id, Event::ProviderDisconnected, vec![gone]).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// Mails that a provider does not sign in any more.
pub(in crate::accounts) async fn tell_of_end(
    tx: &Tx,
    agent: &Agent,
    provider: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let mut notice = outbox::account_message("provider_disconnected", agent, agent.email.as_str(), now);
    notice.body = json!({ "provider": provider }).to_string();
    Ok(tx.enqueue(&notice).await?)
}
