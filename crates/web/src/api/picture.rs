//! `/api/v1/me/picture`: the raw bytes of a JPEG, PNG or WebP.

use super::body::Raw;
use super::call::AgentCall;
use super::etag::IfMatch;
use super::me;
use super::problem::ApiError;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::accounts::picture;

/// `PUT /api/v1/me/picture`
pub async fn put(call: AgentCall, if_match: IfMatch, body: Raw) -> Result<Response, ApiError> {
    if_match.check(call.agent.version)?;
    let agent = picture::set(call.web.app(), &call.ctx, body.0.to_vec()).await?;
    Ok(me::answer(&call.web, &agent))
}

/// `DELETE /api/v1/me/picture`: initials take its place.
pub async fn delete(call: AgentCall, if_match: IfMatch) -> Result<StatusCode, ApiError> {
    if_match.check(call.agent.version)?;
    picture::remove(call.web.app(), &call.ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}
