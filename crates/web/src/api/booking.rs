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
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use nameplate_app::meetings::book::{self, BookingRequest};
use nameplate_app::meetings::{reschedule, review};
use nameplate_app::{Ctx, Error, Refusal, accounts, meeting_types, sms};
use nameplate_domain::account::{Agent, CustomerName, EmailAddress, Note, PhoneNumber};
use nameplate_domain::meetings::{Customer, Meeting, Party};
use nameplate_domain::time::ZoneId;
use nameplate_i18n::{Locale, Texts};
use serde_json::Value;

/// Books, and answers the meeting with the customer's personal link.
pub async fn create(call: Call, body: Body) -> Result<Response, ApiError> {
    let Call { web, ctx } = call;
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
    let request = BookingRequest { agent, meeting_type, start, customer, customer_zone, note, sms_consent };
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
    let wanted = match fields.take("sms_consent") {
        None | Some(Value::Null | Value::Bool(false)) => false,
        // What is not offered is no field.
        Some(Value::Bool(true)) if web.app().settings().sms.is_none() => {
            fields.fault("sms_consent", "unknown_field");
            false
        }
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
