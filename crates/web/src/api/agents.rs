//! What anybody may read of an agent: the public card and the free times.

use super::call::Named;
use super::etag::json;
use super::fields::Fields;
use super::problem::ApiError;
use super::query::Query;
use super::shapes::{PublicCard, Slot, Slots};
use crate::state::Web;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use nameplate_app::slots::{self, Question};
use nameplate_app::{Error, accounts, fields, meeting_types};
use nameplate_domain::account::{Agent, AgentStatus, Place, Problem};
use nameplate_domain::time::ZoneId;

/// The most dates that one question may ask for.
const MAX_DATES: i32 = 62;

/// The agent of a slug of today or of former times, or of an id; a disabled one is shown nowhere.
async fn active(web: &Web, name: &str) -> Result<Agent, ApiError> {
    let agent = accounts::find(web.app(), name).await?;
    if agent.status == AgentStatus::Active { Ok(agent) } else { Err(Error::NotFound.into()) }
}

/// `GET /api/v1/agents/{slug}/public`
pub async fn public(State(web): State<Web>, Named(slug): Named) -> Result<Response, ApiError> {
    let agent = active(&web, &slug).await?;
    let meeting_types = meeting_types::of(web.app(), agent.id).await?;
    let fields = fields::shown(web.app(), agent.id, Place::BookingPage).await?;
    Ok(json(StatusCode::OK, &PublicCard::of(&web, &agent, &fields, &meeting_types)))
}

/// `GET /api/v1/agents/{slug}/slots?meeting_type=&from=&to=&time_zone=`
pub async fn slots(
    State(web): State<Web>,
    Named(slug): Named,
    Query(mut query): Query,
) -> Result<Response, ApiError> {
    let agent = active(&web, &slug).await?;
    let meeting_type = query.required("meeting_type", |text| Ok(text.to_owned()));
    let from = date(&mut query, "from");
    let to = date(&mut query, "to");
    let zone = query.given("time_zone", |text| normalise(&web, text));
    if let (Some(from), Some(to)) = (from, to) {
        if to < from {
            query.fault("to", "end_before_start");
        } else if (to - from).get_days() >= MAX_DATES {
            query.fault("to", "range_too_long");
        }
    }
    query.finish()?;
    let (Some(meeting_type), Some(from), Some(to)) = (meeting_type, from, to) else {
        return Err(ApiError::internal());
    };
    let zone = zone.unwrap_or_else(|| agent.time_zone.clone());
    let offer = slots::offer_of(web.app(), agent, &meeting_type).await?;
    let question = Question { from, to, zone, moving: None };
    let starts = slots::free(web.app(), web.now(), &offer, &question).await?;
    let slots = Slot::all(web.app().tzdb(), &question.zone, &starts);
    Ok(json(StatusCode::OK, &Slots { time_zone: question.zone, slots }))
}

/// `YYYY-MM-DD`; jiff alone would also take a date with a time behind it.
fn date(query: &mut Fields, name: &str) -> Option<Date> {
    let text = query.required(name, |text| Ok(text.to_owned()))?;
    let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    if date.is_none() {
        query.fault(name, "date_format");
    }
    date
}

/// A time zone by any of its names.
///
/// # Errors
/// `TimeZoneUnknown`.
pub fn normalise(web: &Web, text: &str) -> Result<ZoneId, Problem> {
    web.app().tzdb().normalise(text).map_err(|_| Problem::TimeZoneUnknown)
}
