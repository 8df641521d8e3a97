//! Who calls: the bearer token, and nothing else. Cookies are not read.

use super::problem::ApiError;
use crate::layers::ClientNet;
use crate::state::Web;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use axum::http::request::Parts;
use nameplate_app::accounts::api_tokens;
use nameplate_app::once::IdempotencyKey;
use nameplate_app::{Actor, Ctx, Error, Refusal, meetings};
use nameplate_domain::account::{Agent, Role};

/// A call by anybody; a token that is sent must be alive.
pub struct Call {
    /// The router's state.
    pub web: Web,
    /// The context of use cases.
    pub ctx: Ctx,
}

/// A call with an agent's token or a customer's personal one.
pub struct KnownCall {
    /// The router's state.
    pub web: Web,
    /// The context of use cases.
    pub ctx: Ctx,
}

/// A call with an agent's token.
pub struct AgentCall {
    /// The router's state.
    pub web: Web,
    /// The context of use cases.
    pub ctx: Ctx,
    /// The agent, as read for this call.
    pub agent: Agent,
}

/// A call with an admin's token.
pub struct AdminCall {
    /// The router's state.
    pub web: Web,
    /// The context of use cases.
    pub ctx: Ctx,
}

/// A mail server that hands mail over.
pub struct RelayCall {
    /// The router's state.
    pub web: Web,
}

/// Whose token it is.
pub(super) struct Caller {
    pub(super) ctx: Ctx,
    agent: Option<Agent>,
}

/// The token of the one `Authorization: Bearer` header.
fn token(parts: &Parts) -> Result<Option<&str>, ApiError> {
    let mut headers = parts.headers.get_all(AUTHORIZATION).iter();
    let Some(header) = headers.next() else { return Ok(None) };
    let invalid = || ApiError::unauthorized("token_invalid");
    if headers.next().is_some() {
        return Err(invalid());
    }
    let (scheme, token) = header.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(invalid)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(Some(token.trim())) } else { Err(invalid()) }
}

pub(super) async fn caller(parts: &Parts, web: &Web) -> Result<Caller, ApiError> {
    let net = parts.extensions.get::<ClientNet>().map(ToString::to_string).unwrap_or_default();
    let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = parts.extensions.get::<IdempotencyKey>().cloned();
    let ctx = |actor| Ctx { now: web.now(), actor, net, user_agent: user_agent.to_owned(), key };
    let Some(token) = token(parts)? else { return Ok(Caller { ctx: ctx(Actor::Nobody), agent: None }) };
    if token.starts_with(api_tokens::PREFIX) {
        let found = api_tokens::recognise(web.app(), web.now(), token).await?;
        let (actor, agent) = found.ok_or_else(|| ApiError::unauthorized("token_invalid"))?;
        return Ok(Caller { ctx: ctx(actor), agent: Some(agent) });
    }
    match meetings::link_actor(web.app(), web.now(), token).await {
        Ok(actor) => Ok(Caller { ctx: ctx(actor), agent: None }),
        Err(Error::NotFound | Error::Refused(Refusal::LinkDead | Refusal::MeetingReassigned)) => {
            Err(ApiError::unauthorized("token_invalid"))
        }
        Err(error) => Err(error.into()),
    }
}

impl FromRequestParts<Web> for Call {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        Ok(Self { web: web.clone(), ctx: caller(parts, web).await?.ctx })
    }
}

impl FromRequestParts<Web> for KnownCall {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        let ctx = caller(parts, web).await?.ctx;
        if ctx.actor == Actor::Nobody {
            return Err(ApiError::unauthorized("token_missing"));
        }
        Ok(Self { web: web.clone(), ctx })
    }
}

impl FromRequestParts<Web> for AgentCall {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        let Caller { ctx, agent } = caller(parts, web).await?;
        match (agent, &ctx.actor) {
            (Some(agent), _) => Ok(Self { web: web.clone(), ctx, agent }),
            (None, Actor::Link { .. }) => Err(ApiError::new(StatusCode::FORBIDDEN, "token_not_for_this")),
            (None, _) => Err(ApiError::unauthorized("token_missing")),
        }
    }
}

impl FromRequestParts<Web> for AdminCall {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        let AgentCall { web, ctx, agent } = AgentCall::from_request_parts(parts, web).await?;
        match agent.role {
            Role::Admin => Ok(Self { web, ctx }),
            _ => Err(ApiError::new(StatusCode::FORBIDDEN, "admin_token_needed")),
        }
    }
}

impl FromRequestParts<Web> for RelayCall {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiError> {
        let said = token(parts)?.ok_or_else(|| ApiError::unauthorized("token_missing"))?;
        match &web.app().settings().relay_secret {
            Some(secret) if secret.is(said) => Ok(Self { web: web.clone() }),
            _ => Err(ApiError::unauthorized("token_invalid")),
        }
    }
}

/// The variable segment of a path; one that is no text names nothing.
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(name)| Self(name)).map_err(|_| ApiError::not_found())
    }
}

/// The two variable segments of a path.
pub struct NamedTwo(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for NamedTwo {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        path.map(|Path((one, other))| Self(one, other)).map_err(|_| ApiError::not_found())
    }
}
