//! Bodies: `application/scim+json`, or plain JSON, as RFC 7644 section 3.1 lets clients send.

use super::error::{MEDIA_TYPE, refused};
use crate::api::body::{Raw, has_type};
use crate::api::json;
use crate::api::problem::ApiError;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde_json::Value;

/// A JSON object.
pub struct Body(pub Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !has_type(request.headers(), &[MEDIA_TYPE, "application/json"]) {
            return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "scim_media_type"));
        }
        let bytes = Raw::from_request(request, state).await?.0;
        let value = json::parse(&bytes).map_err(|malformed| {
            let place = vec![("line", malformed.line.to_string()), ("column", malformed.column.to_string())];
            refused(malformed.code).with_args(place)
        })?;
        if value.is_object() { Ok(Self(value)) } else { Err(refused("scim_not_an_object")) }
    }
}
