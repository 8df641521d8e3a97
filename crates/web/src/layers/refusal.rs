//! Answers that a layer gives instead of the handler, as a page or as problem+json by the path.

use super::identity::RequestId;
use crate::language;
use crate::scim::error;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nameplate_i18n::Locale;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Why the handler was not asked, or its answer not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The form was sent from another site, or its token is missing (A17).
    CrossOrigin,
    /// The body is larger than its kind may be (P4).
    BodyTooLarge,
    /// The body did not arrive in time (P3).
    BodyTooSlow,
    /// The address is longer than 8 KiB or has over 50 parameters (P4).
    AddressTooLong,
    /// TRACE and CONNECT are not served.
    MethodNotAllowed,
    /// Over a rate of P1; try again after so many seconds.
    TooManyRequests(u64),
    /// Too many requests are in work.
    Busy,
    /// The handler took longer than P3 allows.
    TimedOut,
    /// The handler panicked (D3).
    Crashed,
}

/// Put into the extensions of a response by a layer; whatever the response says is then replaced.
#[derive(Debug, Clone, Copy)]
pub struct Refused(pub Refusal);

/// Makes the HTML of a refusal; the request id stands on the page of a crash.
pub type PageText = Arc<dyn Fn(Refusal, &RequestId, Locale) -> String + Send + Sync>;

impl Refusal {
    /// The status of the answer.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::CrossOrigin => StatusCode::FORBIDDEN,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Crashed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code of problem+json.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CrossOrigin => "cross_origin",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyTooSlow => "body_too_slow",
            Self::AddressTooLong => "address_too_long",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooManyRequests(_) => "too_many_requests",
            Self::Busy => "busy",
            Self::TimedOut => "timed_out",
            Self::Crashed => "internal_error",
        }
    }

    const fn retry_after(self) -> Option<u64> {
        match self {
            Self::TooManyRequests(seconds) => Some(seconds),
            Self::Busy | Self::TimedOut => Some(2),
            _ => None,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Refused(self));
        response
    }
}

/// Whether an answer to this path is problem+json: programs call these, people the rest.
#[must_use]
pub fn is_api(path: &str) -> bool {
    let is_below =
        |root| path.strip_prefix(root).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with('/'));
    path != crate::pages::api_docs::PATH && ["/api", "/scim", "/mcp"].into_iter().any(is_below)
}

/// Writes the page or the problem of a [`Refused`] answer.
pub async fn layer(State(page): State<PageText>, request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let scim = error::is_scim(request.uri().path());
    let id = request.extensions().get::<RequestId>().cloned();
    let locale = language::of(request.headers());
    let mut response = next.run(request).await;
    let (Some(Refused(refusal)), Some(id)) = (response.extensions_mut().remove::<Refused>(), id) else {
        return response;
    };
    let (kind, body) = if scim {
        let status = refusal.status();
        let detail = status.canonical_reason().unwrap_or_default();
        (error::MEDIA_TYPE, error::document(status, None, detail).to_string())
    } else if api {
        ("application/problem+json", problem(refusal, &id))
    } else {
        ("text/html; charset=utf-8", page(refusal, &id, locale))
    };
    let mut written = Response::new(Body::from(body));
    *written.status_mut() = refusal.status();
    std::mem::swap(written.headers_mut(), response.headers_mut());
    let headers = written.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    written
}

/// A problem (RFC 9457 section 3.1) with its extensions: what every error of the API looks like.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    /// In a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    /// The fields that are to blame.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<Value>,
    /// Free slots near the one that is taken.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(crate) nearby_slots: Value,
}

impl<'a> Document<'a> {
    pub(crate) fn new(status: StatusCode, code: &'static str, request_id: Option<&'a str>) -> Self {
        Self {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            code,
            detail: None,
            request_id,
            errors: Vec::new(),
            nearby_slots: Value::Null,
        }
    }
}

fn problem(refusal: Refusal, id: &RequestId) -> String {
    json!(Document::new(refusal.status(), refusal.code(), Some(id.as_str()))).to_string()
}
