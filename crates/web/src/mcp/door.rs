//! The way from a tool to the operation behind it.

use super::PATH;
use crate::layers::Peer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, FORWARDED, HOST, HeaderName, USER_AGENT,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::Response;
use serde_json::Value;
use tower::ServiceExt as _;

/// What says who asks, in which language and through which proxies.
const KEPT: [HeaderName; 7] = [
    AUTHORIZATION,
    ACCEPT_LANGUAGE,
    USER_AGENT,
    HOST,
    FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-proto"),
];

/// The largest answer that an assistant is given, in bytes.
const MOST: usize = 4 * 1024 * 1024;

/// The server as callers find it: all routes within all layers.
#[derive(Clone)]
pub(super) struct Door(Router);

/// A request that a tool makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Errand {
    pub(super) method: Method,
    pub(super) uri: Uri,
    /// In the place of, or besides, what the caller sent.
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Value>,
}

/// Gives requests to [`PATH`] the way back into the router with all its layers.
pub(crate) fn layer(router: Router) -> Router {
    let door = Door(router.clone());
    router.layer(middleware::from_fn_with_state(door, open))
}

async fn open(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    if request.uri().path() == PATH {
        request.extensions_mut().insert(door);
    }
    next.run(request).await
}

impl Door {
    /// Does an errand for the caller of `parts`: the status, and the JSON of the answer.
    pub(super) async fn send(&self, parts: &Parts, errand: Errand) -> Option<(StatusCode, Value)> {
        let body = errand.body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let mut request = Request::new(body);
        *request.method_mut() = errand.method;
        *request.uri_mut() = errand.uri;
        let headers = request.headers_mut();
        for name in KEPT {
            for value in parts.headers.get_all(&name) {
                headers.append(&name, value.clone());
            }
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.extend(errand.headers);
        if let Some(peer) = parts.extensions.get::<Peer>() {
            request.extensions_mut().insert(*peer);
        }
        let Ok(response) = self.0.clone().oneshot(request).await;
        let status = response.status();
        let text = to_bytes(response.into_body(), MOST).await.ok()?;
        let json = if text.is_empty() {
            Value::Object(serde_json::Map::new())
        } else {
            serde_json::from_slice(&text).ok()?
        };
        Some((status, json))
    }
}
