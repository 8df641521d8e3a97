//! Sending somebody to the provider.

use super::{derived, settings};
use crate::accounts::sessions;
use crate::limits::{self, Rate, wanted};
use crate::secrets::hash;
use crate::{App, Ctx, Error, fresh};
use nameplate_domain::ids::AgentId;
use nameplate_oidc::{Failure, Request};
use nameplate_store::OidcRequestRow;

/// For one network, which may be a whole office: each is a row until somebody comes back or it is too old.
const SENT: Rate = Rate::new(300, 15);

/// The way to the provider.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The provider's address, with all that it must know.
    pub url: String,
    /// For a cookie of this browser alone: who comes back must bring it.
    pub browser: String,
}

/// Sends somebody to sign in.
///
/// # Errors
/// `Busy` when the provider does not answer; `NotFound` where there is none; `Limited`.
pub async fn start_sign_in(app: &App, ctx: &Ctx, return_to: &str) -> Result<Sent, Error> {
    start(app, ctx, None, return_to).await
}

/// Sends the agent who asks, whose account is to be connected. A sign-in of just now is not enough, as for a passkey: the
/// provider will do in place of the password.
///
/// # Errors
/// `ReauthenticationRequired` unless the agent was just asked who they are, after the sign-in; and as [`start_sign_in`].
pub async fn start_connect(app: &App, ctx: &Ctx) -> Result<Sent, Error> {
    let agent = ctx.agent()?;
    if !sessions::is_confirmed(app, ctx).await? {
        return Err(Error::ReauthenticationRequired);
    }
    start(app, ctx, Some(agent), "").await
}

async fn start(app: &App, ctx: &Ctx, agent_id: Option<AgentId>, return_to: &str) -> Result<Sent, Error> {
    let provider = &settings(app)?.provider;
    limits::take(app, ctx, vec![wanted(app, "oidc", &[SENT], &ctx.net)]).await?;
    let (state, browser) = (fresh::token(), fresh::token());
    let derived = derived(app, &browser);
    let request = Request { state: &state, nonce: &derived.nonce, verifier: &derived.verifier };
    let url = provider.address(request, ctx.now).await.map_err(|failure| {
        unavailable(&failure);
        Error::Busy
    })?;
    let row = OidcRequestRow {
        state_hash: hash(&state),
        browser_hash: hash(&browser),
        agent_id,
        return_to: return_to.chars().take(2_000).collect(),
        created_at: ctx.now,
    };
    app.store().write(move |tx| async move { tx.insert_oidc_request(&row).await }).await?;
    Ok(Sent { url: url.into(), browser })
}

/// The provider that does not answer is the operator's to mend.
pub(super) fn unavailable(failure: &Failure) {
    tracing::warn!(%failure, "nobody can sign in by the identity provider");
}
