//! `/api/v1/me/picture`: the raw bytes of a JPEG, PNG or WebP.

use super::body::Raw;
use super::call::AgentCall;
use super::etag::IfMatch;
use super::me;
use super::problem::ApiError;
use crate::layers::TooLarge;
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::accounts::picture;

/// `PUT /api/v1/me/picture`
pub async fn put(
    call: AgentCall,
    if_match: IfMatch,
    too_large: Option<Extension<TooLarge>>,
    body: Raw,
) -> Result<Response, ApiError> {
    if_match.check(call.agent.version)?;
    if let Some(Extension(TooLarge(bytes))) = too_large {
        return Err(picture::too_large(bytes).into());
    }
    let agent = picture::set(call.web.app(), &call.ctx, body.0.to_vec()).await?;
    me::answer(&call.web, StatusCode::OK, &agent).await
}

/// `DELETE /api/v1/me/picture`: initials take its place.
pub async fn delete(call: AgentCall, if_match: IfMatch) -> Result<StatusCode, ApiError> {
    if_match.check(call.agent.version)?;
    picture::remove(call.web.app(), &call.ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}
