//! `/api/v1/meeting_types`: what can be booked with the token's agent.

use super::body::Body;
use super::call::{AgentCall, Named};
use super::etag::{IfMatch, versioned};
use super::fields::Fields;
use super::problem::ApiError;
use super::shapes::OwnMeetingType;
use axum::Json;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use nameplate_app::meeting_types;
use nameplate_domain::account::{LocationName, MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug};
use nameplate_domain::meetings::{MeetingType, MeetingTypeDraft, check_rules};
use nameplate_domain::time::slots::Rules;
use serde_json::{Value, json};

/// `GET /api/v1/meeting_types`
pub async fn list(call: AgentCall) -> Result<Json<Value>, ApiError> {
    let all = meeting_types::of(call.web.app(), call.agent.id).await?;
    let all: Vec<OwnMeetingType> = all.iter().map(OwnMeetingType::from).collect();
    Ok(Json(json!({ "meeting_types": all })))
}

fn answer(status: StatusCode, one: &MeetingType) -> Response {
    versioned(status, one.version, &OwnMeetingType::from(one))
}

/// `GET /api/v1/meeting_types/{id}`, by slug or id.
pub async fn get(call: AgentCall, Named(id): Named) -> Result<Response, ApiError> {
    let found = meeting_types::find(call.web.app(), call.agent.id, &id).await?;
    Ok(answer(StatusCode::OK, &found))
}

/// `POST /api/v1/meeting_types`
pub async fn create(call: AgentCall, body: Body) -> Result<Response, ApiError> {
    let draft = read(body.fields(), None)?;
    let made = meeting_types::create(call.web.app(), &call.ctx, draft).await?;
    let mut response = answer(StatusCode::CREATED, &made);
    if let Ok(place) =
        HeaderValue::from_str(&call.web.app().url(&format!("/api/v1/meeting_types/{}", made.id)))
    {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// `PATCH /api/v1/meeting_types/{id}` (RFC 7396).
pub async fn change(
    call: AgentCall,
    Named(id): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let found = meeting_types::find(call.web.app(), call.agent.id, &id).await?;
    if_match.check(found.version)?;
    let draft = read(body.fields(), Some(&found))?;
    // Without If-Match too: the draft is made of what was just read.
    let version = Some(found.version);
    let changed =
        meeting_types::change(call.web.app(), &call.ctx, &found.id.to_string(), version, draft).await?;
    Ok(answer(StatusCode::OK, &changed))
}

/// `DELETE /api/v1/meeting_types/{id}`: off the page; its meetings stay.
pub async fn delete(call: AgentCall, Named(id): Named, if_match: IfMatch) -> Result<StatusCode, ApiError> {
    let found = meeting_types::find(call.web.app(), call.agent.id, &id).await?;
    if_match.check(found.version)?;
    meeting_types::delete(call.web.app(), &call.ctx, &found.id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A meeting type as the body wants it; what is absent stays as `today`, or is the usual for a new one.
fn read(mut fields: Fields, today: Option<&MeetingType>) -> Result<MeetingTypeDraft, ApiError> {
    if today.is_none() {
        for name in ["slug", "name", "duration_minutes"] {
            if !fields.has(name) {
                fields.fault(name, "missing");
            }
        }
    }
    let slug = fields.given("slug", MeetingTypeSlug::parse).or_else(|| today.map(|one| one.slug.clone()));
    let name = fields.given("name", MeetingTypeName::parse).or_else(|| today.map(|one| one.name.clone()));
    let description = fields.removable("description", MeetingTypeDescription::parse);
    let description = description.unwrap_or_else(|| today.and_then(|one| one.description.clone()));
    let place = fields.removable("place", LocationName::parse);
    let place = place.unwrap_or_else(|| today.and_then(|one| one.place.clone()));
    let rules = rules(&mut fields, today.map(|one| &one.rules));
    fields.finish()?;
    match (slug, name) {
        (Some(slug), Some(name)) => Ok(MeetingTypeDraft { slug, name, description, place, rules }),
        _ => Err(ApiError::internal()),
    }
}

fn rules(fields: &mut Fields, today: Option<&Rules>) -> Rules {
    let duration = fields.number("duration_minutes");
    let usual = Rules::usual(duration.filter(|minutes| (5..=24 * 60).contains(minutes)).unwrap_or(30));
    let from = today.cloned().unwrap_or(usual);
    let rules = Rules {
        duration_minutes: duration.unwrap_or(from.duration_minutes),
        interval_minutes: fields.number("interval_minutes").unwrap_or(from.interval_minutes),
        buffer_before_minutes: fields.number("buffer_before_minutes").unwrap_or(from.buffer_before_minutes),
        buffer_after_minutes: fields.number("buffer_after_minutes").unwrap_or(from.buffer_after_minutes),
        notice_minutes: fields.number("notice_minutes").unwrap_or(from.notice_minutes),
        horizon_days: fields.number("horizon_days").unwrap_or(from.horizon_days),
        daily_limit: fields.removable_number("daily_limit").unwrap_or(from.daily_limit),
    };
    for (field, problem) in check_rules(rules.clone()).err().unwrap_or_default() {
        fields.problem(field, &problem);
    }
    rules
}
