//! Versions: `ETag` on answers, `If-Match` on changes (RFC 9110 section 13.1.1).

use super::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// JSON as the answer, printed in one piece: `axum::Json` grows its buffer a few bytes at a time.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let printed = serde_json::to_vec(body);
    debug_assert!(printed.is_ok(), "shapes have text keys and print always");
    let kind = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, kind)], printed.unwrap_or_default()).into_response()
}

/// A resource with its version.
pub fn versioned(status: StatusCode, version: i64, body: &impl Serialize) -> Response {
    let mut response = json(status, body);
    if let Ok(value) = HeaderValue::from_str(&format!("\"v{version}\"")) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// What the caller last saw: `None` when the caller does not say, or takes any version.
pub struct IfMatch(Option<Vec<String>>);

impl IfMatch {
    /// Refuses a change of another version than the caller saw.
    ///
    /// # Errors
    /// 412.
    pub fn check(&self, version: i64) -> Result<(), ApiError> {
        let tag = format!("\"v{version}\"");
        match &self.0 {
            Some(seen) if !seen.contains(&tag) => {
                Err(ApiError::new(StatusCode::PRECONDITION_FAILED, "stale"))
            }
            _ => Ok(()),
        }
    }

    /// The version that must still hold when the change is written.
    pub fn version<V>(&self, checked: V) -> Option<V> {
        self.0.is_some().then_some(checked)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let lines: Vec<_> = parts.headers.get_all(IF_MATCH).iter().collect();
        let tags: Vec<String> = lines
            .iter()
            .flat_map(|line| line.to_str().unwrap_or_default().split(','))
            .map(|tag| tag.trim().to_owned())
            .collect();
        let any = lines.is_empty() || tags.iter().any(|tag| tag == "*");
        Ok(Self((!any).then_some(tags)))
    }
}
