//! `/api/v1/me/availability`: weekly hours, date overrides and travel.

use super::body::Body;
use super::call::AgentCall;
use super::etag::{IfMatch, versioned};
use super::problem::ApiError;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::availability;

/// `GET /api/v1/me/availability`
pub async fn get(call: AgentCall) -> Result<Response, ApiError> {
    let row = availability::own(call.web.app(), &call.ctx).await?;
    Ok(versioned(StatusCode::OK, row.version, &row.availability))
}

/// `PUT /api/v1/me/availability` replaces all of it; booked meetings stay.
pub async fn put(call: AgentCall, if_match: IfMatch, body: Body) -> Result<Response, ApiError> {
    let read = availability::own(call.web.app(), &call.ctx).await?.version;
    if_match.check(read)?;
    let row = availability::save(call.web.app(), &call.ctx, body.0, if_match.version(read)).await?;
    Ok(versioned(StatusCode::OK, row.version, &row.availability))
}
