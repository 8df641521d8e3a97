//! `Idempotency-Key` on every write (`security.md` B5): a request that comes again does nothing again, and is answered with what the first
//! one made or changed, as that is now.

use super::body::Raw;
use super::call;
use super::json;
use super::openapi::Operation;
use super::problem::ApiError;
use crate::layers::ClientNet;
use crate::routes::Access;
use crate::state::Web;
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nameplate_app::once::{self, IdempotencyKey};
use nameplate_app::{Actor, Ctx};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

const HEADER: &str = "idempotency-key";

/// What the layer needs.
#[derive(Clone)]
pub struct Keys {
    web: Web,
    /// Reads what a repeated request is answered with.
    router: Router,
    /// The requests that are in work on this node.
    at_work: Arc<Mutex<HashSet<(String, String)>>>,
}

impl Keys {
    /// For the routes of this router, which knows nothing of the layer.
    pub fn new(web: Web, router: Router) -> Self {
        Self { web, router, at_work: Arc::default() }
    }

    /// Holds a key until its request is answered; none while another request holds it.
    fn begin(&self, key: &IdempotencyKey) -> Option<AtWork> {
        let name = (key.scope.clone(), key.key.clone());
        let is_free = self.at_work.lock().is_ok_and(|mut names| names.insert(name.clone()));
        is_free.then(|| AtWork { names: Arc::clone(&self.at_work), name })
    }
}

struct AtWork {
    names: Arc<Mutex<HashSet<(String, String)>>>,
    name: (String, String),
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if let Ok(mut names) = self.names.lock() {
            names.remove(&self.name);
        }
    }
}

/// Stands around the routes of the API.
pub async fn layer(State(keys): State<Keys>, request: Request, next: Next) -> Response {
    let operation = Operation::of(request.method().as_str(), request.uri().path());
    match operation.filter(|one| one.takes_key() && request.headers().contains_key(HEADER)) {
        Some(operation) => {
            keys.keyed(operation, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        None => next.run(request).await,
    }
}

impl Keys {
    async fn keyed(&self, operation: &Operation, request: Request, next: Next) -> Result<Response, ApiError> {
        let (mut parts, body) = request.into_parts();
        let ctx = call::caller(&parts, &self.web).await?.ctx;
        // Who books without a token may not read the meeting by its id: a booking answers for itself.
        let answers_itself = operation.is_booking();
        let may_ask = match operation.access() {
            Some(Access::AdminToken) => ctx.admin().is_ok(),
            _ => ctx.actor != Actor::Nobody || answers_itself,
        };
        if !may_ask {
            // Refused before the body is read or anything is said of the key.
            return Ok(next.run(Request::from_parts(parts, body)).await);
        }
        let key = given(&parts.headers)?.to_owned();
        let body = Raw::from_request(Request::from_parts(parts.clone(), body), &self.web).await?.0;
        let key = self.bound(key, &parts, &ctx, &body);
        let in_flight = || ApiError::new(StatusCode::CONFLICT, "in_flight").with_retry_after(1);
        let _at_work = self.begin(&key).ok_or_else(in_flight)?;
        let app = self.web.app();
        if let Some(made) = once::found(app, &key).await?
            && !answers_itself
        {
            return self.again(operation, made, parts).await;
        }
        parts.extensions.insert(key.clone());
        let response = next.run(Request::from_parts(parts.clone(), Body::from(body))).await;
        if response.status().is_success() || answers_itself {
            return Ok(response);
        }
        // Another node was faster: what it did is why this one was refused.
        match once::found(app, &key).await? {
            Some(made) => self.again(operation, made, parts).await,
            None => Ok(response),
        }
    }

    /// What the first request made or changed, as it is now; where nothing can be read, that it was done.
    async fn again(
        &self,
        operation: &Operation,
        made: Option<String>,
        parts: Parts,
    ) -> Result<Response, ApiError> {
        let (status, schema) = operation.answer();
        let status = StatusCode::from_u16(status).map_err(|_| ApiError::internal())?;
        if schema.is_none() {
            return Ok(status.into_response());
        }
        let done = || ApiError::new(StatusCode::CONFLICT, "already_done");
        let path = operation.read_at(parts.uri.path(), made.as_deref()).ok_or_else(done)?;
        let mut question = Request::new(Body::empty());
        *question.uri_mut() = path.parse().map_err(|_| done())?;
        *question.headers_mut() = parts.headers;
        for name in [CONTENT_TYPE, CONTENT_LENGTH, IF_MATCH] {
            question.headers_mut().remove(name);
        }
        if let Some(net) = parts.extensions.get::<ClientNet>() {
            question.extensions_mut().insert(*net);
        }
        let Ok(mut response) = self.router.clone().oneshot(question).await;
        if response.status() != StatusCode::OK {
            return Err(done());
        }
        *response.status_mut() = status;
        if status == StatusCode::CREATED
            && let Ok(place) = HeaderValue::from_str(&self.web.app().url(&path))
        {
            response.headers_mut().insert(LOCATION, place);
        }
        Ok(response)
    }

    /// A key, bound to who asks for what and to what the request says.
    fn bound(&self, key: String, parts: &Parts, ctx: &Ctx, body: &[u8]) -> IdempotencyKey {
        let caller = match &ctx.actor {
            Actor::Agent { id, .. } => id.to_string(),
            Actor::Link { meeting, .. } => meeting.to_string(),
            Actor::Nobody => format!("net {}", ctx.net),
        };
        // JSON that says the same in another order or with other spaces is the same.
        let json = json::parse(body).map(|value| canonical(&value)).ok();
        let said = json.as_ref().map_or(body, String::as_bytes);
        let query = parts.uri.query().unwrap_or_default();
        IdempotencyKey {
            scope: format!("{} {} {caller}", parts.method, parts.uri.path()),
            key,
            fingerprint: self.web.app().secrets().request_fingerprint(query, said),
        }
    }
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
