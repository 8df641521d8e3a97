//! Bodies of requests.

use super::fields::Fields;
use super::json;
use super::problem::ApiError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

/// A JSON body. A DELETE may come without one, which counts as `{}`.
pub struct Body(pub Value);

impl Body {
    /// The body as an object whose fields are taken out one by one.
    pub fn fields(self) -> Fields {
        Fields::root(self.0)
    }
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (method, typed) = (request.method().clone(), is_json(request.headers(), request.method()));
        let bytes = Raw::from_request(request, state).await?.0;
        if bytes.is_empty() && method == Method::DELETE {
            return Ok(Self(Value::Object(serde_json::Map::new())));
        }
        if !typed {
            return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
        }
        json::parse(&bytes).map(Self).map_err(|malformed| {
            let place = vec![("line", malformed.line.to_string()), ("column", malformed.column.to_string())];
            ApiError::new(StatusCode::BAD_REQUEST, malformed.code).with_args(place)
        })
    }
}

/// A body as it came. Its size is limited by a layer.
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state).await;
        bytes.map(Self).map_err(|_| ApiError::new(StatusCode::BAD_REQUEST, "body_unreadable"))
    }
}

fn is_json(headers: &HeaderMap, method: &Method) -> bool {
    has_type(headers, &["application/json"])
        || (*method == Method::PATCH && has_type(headers, &["application/merge-patch+json"]))
}

/// Whether a body says that it is of one of these types, in UTF-8.
pub fn has_type(headers: &HeaderMap, accepted: &[&str]) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (types.next(), types.next()) else { return false };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let fits = accepted.iter().any(|accepted| kind.eq_ignore_ascii_case(accepted));
    let utf_8 = |parameter: &str| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    };
    fits && parts.all(utf_8)
}
