//! `Idempotency-Key` on every write (`security.md` B5): a request that comes again does nothing again, and is answered with what the first
//! one made or changed, as that is now.

use super::body::Raw;
use super::call;
use super::json;
use super::openapi::Operation;
use super::problem::{self, ApiError};
use crate::state::Web;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nameplate_app::once::{self, IdempotencyKey};
use nameplate_app::{Actor, Ctx};
use serde_json::Value;
use sha2::{Digest, Sha256};

const HEADER: &str = "idempotency-key";

/// Stands around the router, so that it can ask it for what a repeated request is answered with.
pub async fn layer(State(web): State<Web>, request: Request, next: Next) -> Response {
    let operation = Operation::of(request.method().as_str(), request.uri().path());
    match operation.filter(|one| one.takes_key() && request.headers().contains_key(HEADER)) {
        Some(operation) => {
            keyed(&web, operation, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        None => next.run(request).await,
    }
}

async fn keyed(web: &Web, operation: &Operation, request: Request, next: Next) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let body = Raw::from_request(Request::from_parts(parts.clone(), body), web).await?.0;
    let ctx = call::caller(&parts, web).await?.ctx;
    let key = key(&parts, &ctx, &body)?;
    // Who books without a token may not read the meeting by its id: a booking answers for itself.
    let answers_itself = operation.is_booking();
    if let Some(made) = once::found(web.app(), &key).await?
        && !answers_itself
    {
        return again(web, operation, made, parts, next).await;
    }
    parts.extensions.insert(key.clone());
    let response = next.clone().run(Request::from_parts(parts.clone(), Body::from(body))).await;
    if problem::code(&response) != Some("already_done") {
        return Ok(response);
    }
    // The other one of two at once was faster.
    let made = once::found(web.app(), &key).await?.flatten();
    again(web, operation, made, parts, next).await
}

/// What the first request made or changed, as it is now; where nothing can be read, that it was done.
async fn again(
    web: &Web,
    operation: &Operation,
    made: Option<String>,
    mut parts: Parts,
    next: Next,
) -> Result<Response, ApiError> {
    let (status, schema) = operation.answer();
    let status = StatusCode::from_u16(status).map_err(|_| ApiError::internal())?;
    if schema.is_none() {
        return Ok(status.into_response());
    }
    let done = || ApiError::new(StatusCode::CONFLICT, "already_done");
    let path = operation.read_at(parts.uri.path(), made.as_deref()).ok_or_else(done)?;
    parts.method = Method::GET;
    parts.uri = path.parse::<Uri>().map_err(|_| done())?;
    for name in [CONTENT_TYPE, CONTENT_LENGTH, IF_MATCH] {
        parts.headers.remove(name);
    }
    parts.extensions.remove::<IdempotencyKey>();
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    if response.status() != StatusCode::OK {
        return Err(done());
    }
    *response.status_mut() = status;
    if status == StatusCode::CREATED
        && let Ok(place) = HeaderValue::from_str(&web.app().url(&path))
    {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// The key, bound to who asks for what and to what the request says.
fn key(parts: &Parts, ctx: &Ctx, body: &[u8]) -> Result<IdempotencyKey, ApiError> {
    let caller = match &ctx.actor {
        Actor::Agent { id, .. } => id.to_string(),
        Actor::Link { meeting, .. } => meeting.to_string(),
        Actor::Nobody => format!("net {}", ctx.net),
    };
    // JSON that says the same in another order or with other spaces is the same.
    let said = json::parse(body).map_or_else(|_| body.to_vec(), |value| canonical(&value).into_bytes());
    let hash = Sha256::new()
        .chain_update(parts.uri.query().unwrap_or_default())
        .chain_update([0])
        .chain_update(said);
    Ok(IdempotencyKey {
        scope: format!("{} {} {caller}", parts.method, parts.uri.path()),
        key: given(&parts.headers)?.to_owned(),
        fingerprint: URL_SAFE_NO_PAD.encode(hash.finalize()),
    })
}

/// The one header, 1 to 255 visible ASCII characters.
fn given(headers: &HeaderMap) -> Result<&str, ApiError> {
    let mut given = headers.get_all(HEADER).iter();
    let key = given
        .next()
        .and_then(|key| key.to_str().ok())
        .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    let alone = given.next().is_none();
    key.filter(|_| alone).ok_or_else(|| ApiError::new(StatusCode::BAD_REQUEST, "idempotency_key_invalid"))
}

/// The JSON without spaces and with sorted keys.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}
