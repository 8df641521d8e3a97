//! Who comes back from the provider.

use super::start::unavailable;
use super::{LIFE, derived, settings};
use crate::accounts::sessions::{self, SignIn};
use crate::accounts::{data, own};
use crate::audit::{Change, Event};
use crate::secrets::hash;
use crate::{Actor, App, Ctx, Error, fresh, outbox};
use jiff::Timestamp;
use nameplate_domain::account::AgentStatus;
use nameplate_domain::time::ZoneId;
use nameplate_oidc::{Answer, Failure, Identity, Request};
use nameplate_store::{Constraint, Error as StoreError, OidcLinkRow, OidcRequestRow};
use serde_json::json;

/// What the browser brings back in the address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Brought<'a> {
    /// Names the way out.
    pub state: &'a str,
    /// The one-time code.
    pub code: &'a str,
    /// The provider's reason to send nobody.
    pub error: &'a str,
    /// Who answers (RFC 9207).
    pub issuer: Option<&'a str>,
    /// The cookie that was set on the way out.
    pub browser: &'a str,
}

/// Somebody who came back.
pub struct Came {
    /// Whether they went to connect an account, not to sign in.
    pub connects: bool,
    /// Where they wanted to go.
    pub return_to: String,
    /// How far they came.
    pub end: End,
}

/// How far somebody came.
pub enum End {
    /// Into a new session.
    Session(SignIn),
    /// To the second step, as after a right password.
    CodeAsked(String),
    /// The account is closed; the link that keeps it was mailed again.
    Closed(Timestamp, ZoneId),
    /// The account is connected.
    Connected,
    /// Nowhere.
    Nowhere(Why),
}

/// Why somebody came nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Too late, a second time, or in another browser.
    Late,
    /// They, or the provider, said no.
    Denied,
    /// What came back proves nothing, or the account may not sign in.
    Refused,
    /// The provider does not answer.
    Unavailable,
    /// The provider knows them, and no account is connected.
    Unconnected,
    /// It signs in to another account already.
    Taken,
}

impl Why {
    /// The name, as texts have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Denied => "denied",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
            Self::Unconnected => "unconnected",
            Self::Taken => "taken",
        }
    }
}

/// Takes up who comes back.
///
/// # Errors
/// `NotFound` where there is no provider; the database's.
pub async fn finish(app: &App, ctx: &Ctx, brought: Brought<'_>) -> Result<Came, Error> {
    settings(app)?;
    let late = Came { connects: false, return_to: String::new(), end: End::Nowhere(Why::Late) };
    // Programs that look at every address bring no cookie: theirs changes nothing.
    if brought.state.is_empty() || brought.browser.is_empty() {
        return Ok(late);
    }
    let (state, browser) = (hash(brought.state), hash(brought.browser));
    // Whatever comes of it: an answer is good once.
    let taken = app.store().write(move |tx| async move { tx.take_oidc_request(&state, &browser).await });
    let Some(request) = taken.await? else { return Ok(late) };
    let (connects, return_to) = (request.agent_id.is_some(), request.return_to.clone());
    let end = match arrive(app, ctx, &request, brought).await {
        Ok(identity) if connects => connect(app, ctx, identity).await?,
        Ok(identity) => sign_in(app, ctx, identity).await?,
        Err(why) => End::Nowhere(why),
    };
    Ok(Came { connects, return_to, end })
}

/// Who the provider says it is, if they went there just now.
async fn arrive(app: &App, ctx: &Ctx, sent: &OidcRequestRow, brought: Brought<'_>) -> Result<Identity, Why> {
    let young = ctx.now.duration_since(sent.created_at) < LIFE;
    let same_agent = match (sent.agent_id, &ctx.actor) {
        (None, _) => true,
        (Some(agent), Actor::Agent { id, session: Some(_), .. }) => agent == *id,
        (Some(_), _) => false,
    };
    if !young || !same_agent {
        return Err(Why::Late);
    }
    if !brought.error.is_empty() || brought.code.is_empty() {
        refused(ctx, &nameplate_oidc::error_code(brought.error));
        return Err(if brought.error == "access_denied" { Why::Denied } else { Why::Refused });
    }
    let derived = derived(app, brought.browser);
    let request = Request { state: brought.state, nonce: &derived.nonce, verifier: &derived.verifier };
    let answer = Answer { code: brought.code, issuer: brought.issuer };
    let provider = &settings(app).map_err(|_| Why::Refused)?.provider;
    provider.identify(request, answer, ctx.now).await.map_err(|failure| match &failure {
        Failure::Unavailable(_) => {
            unavailable(&failure);
            Why::Unavailable
        }
        Failure::Refused(reason) => {
            refused(ctx, reason);
            Why::Refused
        }
    })
}

fn refused(ctx: &Ctx, reason: &str) {
    tracing::info!(target: "security", event = "sign_in_refused", way = "oidc", net = ctx.net, reason);
}

async fn sign_in(app: &App, ctx: &Ctx, identity: Identity) -> Result<End, Error> {
    let found = app.store().read(|tx| async move {
        let Some(link) = tx.oidc_link(&identity.issuer, &identity.subject).await? else { return Ok(None) };
        let credentials = tx.credentials(link.agent_id).await?;
        Ok::<_, Error>(credentials.map(|credentials| (link, credentials)))
    });
    let Some((link, credentials)) = found.await? else {
        refused(ctx, "unconnected");
        return Ok(End::Nowhere(Why::Unconnected));
    };
    if credentials.status == AgentStatus::Closed
        && let Some((at, zone)) = data::remind(app, ctx, credentials.agent_id).await?
    {
        return Ok(End::Closed(at, zone));
    }
    if credentials.status != AgentStatus::Active {
        sessions::record_refusal(app, ctx, credentials.agent_id, Event::ProviderRefused).await?;
        return Ok(End::Nowhere(Why::Refused));
    }
    let token = fresh::token();
    let by = (link, settings(app)?.name.clone());
    match sessions::start(app, ctx, &credentials, &token, Some(by)).await {
        Ok(true) => Ok(End::Session(sessions::keepsake(app, ctx, &credentials, token))),
        Ok(false) => Ok(End::CodeAsked(token)),
        // It was disconnected, or may sign in no more, since it was read.
        Err(Error::WrongCredentials) => Ok(End::Nowhere(Why::Refused)),
        Err(error) => Err(error),
    }
}

/// Connects the account of who asks. A notice is mailed.
async fn connect(app: &App, ctx: &Ctx, identity: Identity) -> Result<End, Error> {
    let agent = own(app, ctx).await?;
    let name = settings(app)?.name.clone();
    let Identity { issuer, subject, email } = identity;
    // It is shown to its owner alone, and judged by nobody.
    let email = email.map(|email| email.chars().filter(|c| !c.is_control()).take(254).collect());
    let (agent_id, created_at) = (agent.id, ctx.now);
    let link = OidcLinkRow { issuer, subject, agent_id, name, email, created_at, last_used_at: None };
    let (recorder, inner) = (app.recorder(ctx), ctx.clone());
    let connected = app.store().write(move |tx| async move {
        tx.lock_agent(agent.id).await?;
        sessions::still_in(&tx, &inner).await?;
        tx.insert_oidc_link(&link).await?;
        let mut notice =
            outbox::account_message("provider_connected", &agent, agent.email.as_str(), inner.now);
        notice.body = json!({ "provider": link.name }).to_string();
        tx.enqueue(&notice).await?;
        let new = Change::added("provider", &link.name);
        recorder.add(&tx, agent.id, Event::ProviderConnected, vec![new]).await
    });
    match connected.await {
        Ok(()) => {
            app.wake_outbox();
            Ok(End::Connected)
        }
        Err(Error::Store(StoreError::Conflict(Constraint::OidcLink))) => Ok(End::Nowhere(Why::Taken)),
        Err(error) => Err(error),
    }
}
