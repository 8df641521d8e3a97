//! `/api/v1/webhooks`: which programs are told of what, for admins.

use super::body::Body;
use super::call::{AdminCall, Named, NamedTwo};
use super::etag::{IfMatch, json, versioned};
use super::problem::ApiError;
use super::query::{self, Query};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use nameplate_app::webhooks::{self, Delivery, Draft, Webhook, WebhookState};
use nameplate_domain::account::Problem;
use nameplate_domain::ids::WebhookId;
use nameplate_domain::webhooks::{HookEvent, HookUrl};
use serde::Serialize;

/// As many events as there are.
const EVENTS: (usize, &Problem) =
    (HookEvent::ALL.len(), &Problem::TooManyLines { max: HookEvent::ALL.len() });

#[derive(Serialize)]
struct WebhookShape {
    id: String,
    url: String,
    events: Vec<HookEvent>,
    enabled: bool,
    /// Why the server turned it off.
    disabled_reason: Option<&'static str>,
    failing_since: Option<Timestamp>,
    waiting: i64,
    previous_secret_until: Option<Timestamp>,
    created_at: Timestamp,
    /// Said once.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl WebhookShape {
    fn of(webhook: &Webhook, secret: Option<String>) -> Self {
        Self {
            id: webhook.id.to_string(),
            url: webhook.url.as_str().to_owned(),
            events: webhook.events.clone(),
            enabled: webhook.state == WebhookState::On,
            disabled_reason: (webhook.state == WebhookState::Failed).then_some("failures"),
            failing_since: webhook.failing_since,
            waiting: webhook.waiting,
            previous_secret_until: webhook.previous_until,
            created_at: webhook.created_at,
            secret,
        }
    }
}

#[derive(Serialize)]
struct DeliveryShape {
    id: String,
    r#type: String,
    sequence: Option<i64>,
    state: &'static str,
    attempts: i64,
    tried_at: Option<Timestamp>,
    response_status: Option<u32>,
    problem: Option<String>,
    created_at: Timestamp,
}

impl From<&Delivery> for DeliveryShape {
    fn from(one: &Delivery) -> Self {
        Self {
            id: one.id.to_string(),
            r#type: one.kind.clone(),
            sequence: one.sequence,
            state: one.state.as_str(),
            attempts: one.attempts,
            tried_at: one.tried_at,
            response_status: one.status,
            problem: one.problem.clone(),
            created_at: one.created_at,
        }
    }
}

#[derive(Serialize)]
struct Webhooks {
    webhooks: Vec<WebhookShape>,
}

#[derive(Serialize)]
struct Deliveries {
    deliveries: Vec<DeliveryShape>,
    next_cursor: Option<String>,
}

fn answer(status: StatusCode, webhook: &Webhook, secret: Option<String>) -> Response {
    versioned(status, webhook.version, &WebhookShape::of(webhook, secret))
}

fn id(name: &str) -> Result<WebhookId, ApiError> {
    name.parse().map_err(|_| ApiError::not_found())
}

/// `GET /api/v1/webhooks`
pub async fn list(call: AdminCall) -> Result<Response, ApiError> {
    let all = webhooks::list(call.web.app(), &call.ctx).await?;
    let all = all.iter().map(|one| WebhookShape::of(one, None)).collect();
    Ok(json(StatusCode::OK, &Webhooks { webhooks: all }))
}

/// `POST /api/v1/webhooks`: the answer alone says what signs.
pub async fn create(call: AdminCall, body: Body) -> Result<Response, ApiError> {
    let mut fields = body.fields();
    let url = fields.required("url", HookUrl::parse);
    if !fields.has("events") {
        fields.fault("events", "missing");
    }
    let events = fields.texts("events", EVENTS, HookEvent::parse);
    fields.finish()?;
    let (Some(url), Some(events)) = (url, events) else { return Err(ApiError::internal()) };
    let (made, secret) = webhooks::create(call.web.app(), &call.ctx, url, events).await?;
    let mut response = answer(StatusCode::CREATED, &made, Some(secret));
    if let Ok(place) = HeaderValue::from_str(&call.web.app().url(&format!("/api/v1/webhooks/{}", made.id))) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// `GET /api/v1/webhooks/{id}`
pub async fn get(call: AdminCall, Named(name): Named) -> Result<Response, ApiError> {
    let found = webhooks::find(call.web.app(), &call.ctx, id(&name)?).await?;
    Ok(answer(StatusCode::OK, &found, None))
}

/// `PATCH /api/v1/webhooks/{id}` (RFC 7396): `url`, `events`, `enabled`.
pub async fn change(
    call: AdminCall,
    Named(name): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let found = webhooks::find(call.web.app(), &call.ctx, id(&name)?).await?;
    if_match.check(found.version)?;
    let mut fields = body.fields();
    let url = fields.given("url", HookUrl::parse);
    let events = fields.texts("events", EVENTS, HookEvent::parse);
    let enabled = fields.flag("enabled");
    fields.finish()?;
    let draft = Draft {
        url: url.unwrap_or(found.url),
        events: events.unwrap_or(found.events),
        on: enabled.unwrap_or(found.state == WebhookState::On),
    };
    // Without If-Match too: the draft is made of what was just read.
    let changed = webhooks::change(call.web.app(), &call.ctx, found.id, found.version, draft).await?;
    Ok(answer(StatusCode::OK, &changed, None))
}

/// `DELETE /api/v1/webhooks/{id}`
pub async fn delete(call: AdminCall, Named(name): Named, if_match: IfMatch) -> Result<StatusCode, ApiError> {
    let found = webhooks::find(call.web.app(), &call.ctx, id(&name)?).await?;
    if_match.check(found.version)?;
    webhooks::delete(call.web.app(), &call.ctx, found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/webhooks/{id}/rotate-secret`: the answer alone says what signs from now on.
pub async fn rotate(call: AdminCall, Named(name): Named) -> Result<Response, ApiError> {
    let (rotated, secret) = webhooks::rotate(call.web.app(), &call.ctx, id(&name)?, None).await?;
    Ok(answer(StatusCode::OK, &rotated, Some(secret)))
}

/// `POST /api/v1/webhooks/{id}/test`
pub async fn test(call: AdminCall, Named(name): Named) -> Result<Response, ApiError> {
    let written = webhooks::test(call.web.app(), &call.ctx, id(&name)?).await?;
    Ok(json(StatusCode::ACCEPTED, &DeliveryShape::from(&written)))
}

/// `GET /api/v1/webhooks/{id}/deliveries?limit=&cursor=`
pub async fn deliveries(
    call: AdminCall,
    Named(name): Named,
    Query(mut query): Query,
) -> Result<Response, ApiError> {
    let limit = query::limit(&mut query);
    let before = query.given("cursor", |text| text.parse().map_err(|_| Problem::NotAChoice));
    query.finish()?;
    let (rows, more) = webhooks::deliveries(call.web.app(), &call.ctx, id(&name)?, before, limit).await?;
    let next_cursor = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let deliveries = rows.iter().map(DeliveryShape::from).collect();
    Ok(json(StatusCode::OK, &Deliveries { deliveries, next_cursor }))
}

/// `POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay`
pub async fn replay(call: AdminCall, NamedTwo(name, delivery): NamedTwo) -> Result<Response, ApiError> {
    let delivery = delivery.parse().map_err(|_| ApiError::not_found())?;
    let replayed = webhooks::replay(call.web.app(), &call.ctx, id(&name)?, delivery).await?;
    Ok(json(StatusCode::ACCEPTED, &DeliveryShape::from(&replayed)))
}
