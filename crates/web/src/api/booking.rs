//! `POST /api/v1/meetings`: a customer, or a program for one, books.

use super::agents::normalise;
use super::body::Body;
use super::call::Call;
use super::etag::versioned;
use super::fields::Fields;
use super::problem::ApiError;
use super::shapes::{MeetingShape, Slot};
use super::start;
use crate::state::Web;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nameplate_app::meetings::book::{self, BookingRequest, IdempotencyKey};
use nameplate_app::meetings::{reschedule, review};
use nameplate_app::{Actor, Ctx, Error, Refusal, accounts, meeting_types, sms};
use nameplate_domain::account::{Agent, CustomerName, EmailAddress, Note, PhoneNumber};
use nameplate_domain::meetings::{Customer, Meeting, Party};
use nameplate_domain::time::ZoneId;
use nameplate_i18n::{Locale, Texts};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Books, and answers the meeting with the customer's personal link.
pub async fn create(call: Call, headers: HeaderMap, body: Body) -> Result<Response, ApiError> {
    let Call { web, ctx } = call;
    let key = idempotency_key(&headers, &ctx, &body.0)?;
    let mut fields = body.fields();
    let agent = fields.required("agent", |text| Ok(text.to_owned()));
    let meeting_type = fields.required("meeting_type", |text| Ok(text.to_owned()));
    let start = start_of(&mut fields, &web);
    let known = known(&web, &mut fields, agent, meeting_type).await?;
    let customer = customer(&mut fields, &web, known.as_ref().map(|(agent, _)| agent));
    let note = fields.removable("note", Note::parse).flatten();
    let sms_consent = sms_consent(&mut fields, &web, customer.as_ref().map(|(customer, _)| customer));
    no_answers(&mut fields);
    let refusals = ["agent_unknown", "meeting_type_unknown"];
    fields.finish().map_err(|error| error.or_refused_as(&refusals))?;
    let (Some((agent, meeting_type)), Some(start), Some((customer, customer_zone))) =
        (known, start, customer)
    else {
        return Err(ApiError::internal());
    };
    let zone = customer_zone.clone().unwrap_or_else(|| agent.time_zone.clone());
    let agent = agent.id.to_string();
    let request =
        BookingRequest { agent, meeting_type, start, customer, customer_zone, note, sms_consent, key };
    let booked = book::book(web.app(), &ctx, request).await;
    let meeting = booked.map_err(|error| refused(&web, &zone, error))?.meeting;
    let mut response = answer(&web, &ctx, StatusCode::CREATED, &meeting, Party::Customer).await?;
    if let Ok(place) = HeaderValue::from_str(&web.app().url(&format!("/api/v1/meetings/{}", meeting.id))) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// The `start` of a body.
pub fn start_of(fields: &mut Fields, web: &Web) -> Option<jiff::Timestamp> {
    let text = fields.required("start", |text| Ok(text.to_owned()))?;
    start::parse(&text, web.app().tzdb()).map_err(|code| fields.fault("start", code)).ok()
}

/// The agent and the meeting type that a body names by slug or id.
async fn known(
    web: &Web,
    fields: &mut Fields,
    agent: Option<String>,
    meeting_type: Option<String>,
) -> Result<Option<(Agent, String)>, ApiError> {
    let Some(agent) = agent else { return Ok(None) };
    let agent = match accounts::find(web.app(), &agent).await {
        Err(Error::NotFound) => {
            fields.fault("agent", "agent_unknown");
            return Ok(None);
        }
        found => found?,
    };
    let Some(meeting_type) = meeting_type else { return Ok(None) };
    match meeting_types::find(web.app(), agent.id, &meeting_type).await {
        Err(Error::NotFound) => {
            fields.fault("meeting_type", "meeting_type_unknown");
            Ok(None)
        }
        found => Ok(Some((agent, found?.id.to_string()))),
    }
}

/// The customer, and their zone if they gave one. A national phone number is read as one of the agent's country.
fn customer(fields: &mut Fields, web: &Web, agent: Option<&Agent>) -> Option<(Customer, Option<ZoneId>)> {
    let Some(mut nested) = fields.nested("customer") else {
        fields.fault("customer", "missing");
        return None;
    };
    let name = nested.required("name", CustomerName::parse);
    let email = nested.required("email", EmailAddress::parse);
    let country = agent.and_then(|agent| agent.location.country);
    let phone_number = nested.removable("phone_number", |text| PhoneNumber::parse(text, country)).flatten();
    let zone = nested.removable("time_zone", |text| normalise(web, text)).flatten();
    let locale = nested.removable("locale", |text| Ok(text.to_owned())).flatten();
    fields.join(nested);
    // A language without a catalogue is answered in the organisation's.
    let locale = locale.and_then(|tag| Locale::parse(&tag)).unwrap_or_default().tag().to_owned();
    Some((Customer { name: name?, email: email?, phone_number, locale }, zone))
}

/// The words by which the customer agreed to text messages, where they did: those of the booking form in their language.
fn sms_consent(fields: &mut Fields, web: &Web, customer: Option<&Customer>) -> Option<String> {
    // What is not offered is no field.
    web.app().settings().sms.as_ref()?;
    let wanted = match fields.take("sms_consent") {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(_) => {
            fields.fault("sms_consent", "wrong_type");
            false
        }
    };
    let customer = customer.filter(|_| wanted)?;
    if let Err(problem) = sms::check_wish(web.app(), customer.phone_number.as_ref()) {
        fields.problem("sms_consent", &problem);
    }
    let locale = Locale::parse(&customer.locale).unwrap_or_default();
    Some(Texts::of(locale).text("sms-consent"))
}

/// No meeting type asks questions yet, so there is nothing to answer.
fn no_answers(fields: &mut Fields) {
    match fields.take("answers") {
        None | Some(Value::Null) => {}
        Some(Value::Object(answers)) => {
            for question in answers.keys() {
                fields.fault_in("answers", question, "unknown_field");
            }
        }
        Some(_) => fields.fault("answers", "wrong_type"),
    }
}

/// The key of a request that may be repeated (`security.md` B5): bound to who asks and to what the body says.
fn idempotency_key(headers: &HeaderMap, ctx: &Ctx, body: &Value) -> Result<Option<IdempotencyKey>, ApiError> {
    let mut given = headers.get_all("idempotency-key").iter();
    let Some(key) = given.next() else { return Ok(None) };
    let bytes = key.as_bytes();
    let fits = (1..=255).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
    let key = key.to_str().ok().filter(|_| fits && given.next().is_none());
    let key = key.ok_or_else(|| ApiError::new(StatusCode::BAD_REQUEST, "idempotency_key_invalid"))?;
    let caller = match &ctx.actor {
        Actor::Agent { id, .. } => id.to_string(),
        Actor::Link { meeting, .. } => meeting.to_string(),
        Actor::Nobody => format!("net {}", ctx.net),
    };
    let scope = format!("POST /api/v1/meetings {caller}");
    let hash = Sha256::digest(canonical(body).as_bytes());
    let fingerprint = URL_SAFE_NO_PAD.encode(hash);
    Ok(Some(IdempotencyKey { scope, key: key.to_owned(), fingerprint }))
}

/// The JSON without spaces and with sorted keys.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// An error of booking or moving; nearby starts are also read in the caller's zone.
pub fn refused(web: &Web, zone: &ZoneId, error: Error) -> ApiError {
    let nearby = match &error {
        Error::Refused(Refusal::SlotTaken(starts)) => Some(Slot::all(web.app().tzdb(), zone, starts)),
        _ => None,
    };
    let answer = ApiError::from(error);
    match nearby {
        Some(slots) => answer.with_nearby(slots),
        None => answer,
    }
}

/// A meeting as the answer to a party.
pub async fn answer(
    web: &Web,
    ctx: &Ctx,
    status: StatusCode,
    meeting: &Meeting,
    party: Party,
) -> Result<Response, ApiError> {
    let offer = reschedule::offer(web.app(), meeting.id).await?;
    let review = review::of(web.app(), meeting, ctx.now).await?;
    let shape = MeetingShape::of(
        web.app(),
        ctx.now,
        (meeting, review.as_ref()),
        party,
        (&offer.agent, &offer.meeting_type),
    );
    Ok(versioned(status, i64::from(meeting.sequence), &shape))
}
