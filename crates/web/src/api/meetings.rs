//! `/api/v1/meetings/{id}`: for its agent, an admin, and whoever holds the customer's personal token.

use super::body::Body;
use super::booking::{answer, refused, refused_field, start_of};
use super::call::{KnownCall, Named};
use super::etag::IfMatch;
use super::problem::ApiError;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::meetings::{self, Seen, cancel as cancelling, reschedule};
use nameplate_domain::account::Note;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Party;

async fn seen(call: &KnownCall, id: &str) -> Result<Seen, ApiError> {
    let id: MeetingId = id.parse().map_err(|_| ApiError::not_found())?;
    Ok(meetings::see(call.web.app(), &call.ctx, id).await?)
}

/// `GET /api/v1/meetings/{id}`
pub async fn get(call: KnownCall, Named(id): Named) -> Result<Response, ApiError> {
    let Seen { meeting, party, .. } = seen(&call, &id).await?;
    answer(&call.web, &call.ctx, StatusCode::OK, &meeting, party).await
}

/// `PATCH /api/v1/meetings/{id}`: another `start` moves it; `reason` goes to the other side.
pub async fn change(
    call: KnownCall,
    Named(id): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let Seen { meeting, party, agent } = seen(&call, &id).await?;
    if_match.check(i64::from(meeting.sequence))?;
    let mut fields = body.fields();
    let wanted_agent = fields.given("agent", |text| Ok(text.to_owned()));
    let has_start = fields.has("start");
    let start = if has_start || fields.has("reason") { start_of(&mut fields, &call.web) } else { None };
    let reason = fields.removable("reason", Note::parse).flatten();
    fields.finish()?;
    if wanted_agent.is_some_and(|wanted| wanted != agent.slug.as_str() && wanted != agent.id.to_string()) {
        return Err(refused_field("reassign_not_supported", "/agent"));
    }
    let Some(start) = start else {
        return answer(&call.web, &call.ctx, StatusCode::OK, &meeting, party).await;
    };
    let zone = if party == Party::Customer { &meeting.customer_side.zone } else { &meeting.agent_side.zone };
    let moved = reschedule::reschedule(
        call.web.app(),
        &call.ctx,
        meeting.id,
        reschedule::Move { start, customer_zone: None, reason, seen: if_match.version(meeting.sequence) },
    )
    .await;
    let moved = moved.map_err(|error| refused(&call.web, zone, error))?;
    answer(&call.web, &call.ctx, StatusCode::OK, &moved.meeting, party).await
}

/// `DELETE /api/v1/meetings/{id}`: calls it off; the answer is the cancelled meeting.
pub async fn cancel(
    call: KnownCall,
    Named(id): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let Seen { meeting, party, .. } = seen(&call, &id).await?;
    if_match.check(i64::from(meeting.sequence))?;
    let mut fields = body.fields();
    let reason = fields.removable("reason", Note::parse).flatten();
    fields.finish()?;
    let seen = if_match.version(meeting.sequence);
    let cancelled = cancelling::cancel(call.web.app(), &call.ctx, meeting.id, reason, seen).await?;
    answer(&call.web, &call.ctx, StatusCode::OK, &cancelled, party).await
}
