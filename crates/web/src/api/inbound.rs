//! `/api/v1/inbound/mail`: what a mail server hands over that came to our return addresses.

use super::body::Raw;
use super::call::RelayCall;
use super::problem::ApiError;
use axum::http::StatusCode;
use nameplate_app::inbound;

/// Where it is, which has its own limit on bodies.
pub const PATH: &str = "/api/v1/inbound/mail";

/// `POST /api/v1/inbound/mail`: a mail as it came, headers first. Whatever is in it, the answer is the same.
pub async fn mail(call: RelayCall, body: Raw) -> Result<StatusCode, ApiError> {
    inbound::mail(call.web.app(), call.web.now(), &body.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
