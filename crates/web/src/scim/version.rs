//! `If-Match` and `If-None-Match` (RFC 7644 section 3.14). Tags are compared without regard to their weakness: they stand for all that is shown.

use crate::api::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

/// What the caller saw before.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    matching: Option<Vec<String>>,
    other_than: Option<Vec<String>>,
}

impl Seen {
    /// Refuses a change of another state than the caller saw.
    ///
    /// # Errors
    /// 412.
    pub fn check(&self, version: &str) -> Result<(), ApiError> {
        let is_seen = |tags: &Vec<String>| tags.iter().any(|tag| tag == "*" || tag == bare(version));
        let fits =
            self.matching.as_ref().is_none_or(is_seen) && !self.other_than.as_ref().is_some_and(is_seen);
        if fits { Ok(()) } else { Err(ApiError::new(StatusCode::PRECONDITION_FAILED, "stale")) }
    }

    /// Whether the caller has this state already.
    pub fn has(&self, version: &str) -> bool {
        self.other_than.as_ref().is_some_and(|tags| tags.iter().any(|tag| tag == "*" || tag == bare(version)))
    }
}

fn bare(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

fn tags(headers: &HeaderMap, name: HeaderName) -> Option<Vec<String>> {
    let lines: Vec<_> = headers.get_all(name).iter().collect();
    let tags = lines.iter().flat_map(|line| line.to_str().unwrap_or_default().split(','));
    (!lines.is_empty()).then(|| tags.map(|tag| bare(tag.trim()).to_owned()).collect())
}

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        Ok(Self { matching: tags(headers, IF_MATCH), other_than: tags(headers, IF_NONE_MATCH) })
    }
}
