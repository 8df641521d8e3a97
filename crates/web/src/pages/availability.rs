//! When the agent can be booked.

mod change;
mod preview;

use crate::failure::{Failure, Page, html};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::availability::{
    AvailabilityPage, DateOverride, HoursRange, NewOverride, NewTrip, TravelOverride, WeekdayHours,
};
use crate::view::zones::ZoneChoice;
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use jiff::civil::Weekday;
use nameplate_app::Error;
use nameplate_app::availability;
use nameplate_domain::time::availability::{Availability, Interval, Shift, TimeOfDay};
use nameplate_i18n::time::{time_of_day, weekday};

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .get("/account/availability", agent, show)
        .post("/account/availability/hours", agent, change::hours)
        .post("/account/availability/standard", agent, change::standard)
        .post("/account/availability/overrides", agent, change::add_override)
        .post("/account/availability/overrides/remove", agent, change::remove_override)
        .post("/account/availability/travel", agent, change::add_trip)
        .post("/account/availability/travel/remove", agent, change::remove_trip)
}

/// Weekdays with the keys of the API.
const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

async fn show(visit: AgentVisit) -> Page {
    Ok(html(&stored(&visit).await?))
}

async fn stored(visit: &AgentVisit) -> Result<AvailabilityPage, Failure> {
    or_page(&visit.visit, build(visit).await).await
}

async fn again(
    visit: &AgentVisit,
    errors: Vec<FieldError>,
    fill: impl FnOnce(&mut AvailabilityPage),
) -> Page {
    let mut page = stored(visit).await?;
    page.shell.errors = errors;
    page.shell.saved = None;
    fill(&mut page);
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn build(visit: &AgentVisit) -> Result<AvailabilityPage, Error> {
    let app = visit.visit.web.app();
    let row = availability::own(app, &visit.ctx()).await?;
    let (clock, now, locale) = (visit.clock(), visit.visit.now, visit.visit.locale());
    let today = clock.local(now).date();
    let availability = &row.availability;
    let preview = preview::build(visit, availability).await?;
    let texts = visit.visit.texts();
    Ok(AvailabilityPage {
        version: row.version.to_string(),
        zone_place: clock.place(),
        zone_offset: clock.offset(now),
        zone_now: clock.bare(now),
        nobody_can_book: is_empty(availability),
        days: DAYS
            .iter()
            .cycle()
            .skip_while(|(day, _)| *day != visit.visit.first_weekday())
            .take(DAYS.len())
            .map(|(day, key)| WeekdayHours {
                key: (*key).to_owned(),
                label: weekday(locale, *day),
                ranges: availability.weekly.shifts(*day).into_iter().map(range).collect(),
            })
            .collect(),
        overrides: availability
            .overrides
            .range(today..)
            .map(|(date, hours)| DateOverride {
                date: date.to_string(),
                label: clock.date_full(*date),
                hours: if hours.is_empty() { texts.text("override-closed") } else { spoken(visit, hours) },
            })
            .collect(),
        new_override: NewOverride::default(),
        travel: availability
            .zone_overrides
            .iter()
            .filter(|trip| trip.to >= today)
            .map(|trip| TravelOverride {
                key: trip.from.to_string(),
                dates: texts.format(
                    "dates-range",
                    &[("from", &clock.date_full(trip.from)), ("to", &clock.date_full(trip.to))],
                ),
                place: visit.visit.clock(&trip.zone).zone_label(now),
            })
            .collect(),
        new_trip: NewTrip {
            from: String::new(),
            until: String::new(),
            zone: ZoneChoice { chosen: visit.agent.time_zone.to_string(), options: visit.visit.zones() },
        },
        preview_of: preview.of,
        next_bookable: preview.next,
        preview: preview.days,
        shell: visit.shell(Section::Availability, "/account/availability").await?,
    })
}

fn is_empty(availability: &Availability) -> bool {
    DAYS.iter().all(|(day, _)| availability.weekly.day(*day).is_empty())
        && availability.overrides.values().all(Vec::is_empty)
}

/// Hours as the fields show them. A field for a time knows no 24:00.
fn range(shift: Shift) -> HoursRange {
    let end = if shift.end == TimeOfDay::END { TimeOfDay::START } else { shift.end };
    HoursRange { from: shift.start.to_string(), until: end.to_string(), next_day: shift.ends_next_day }
}

/// "09:00-12:00, 13:00-17:00"
pub(super) fn spoken(visit: &AgentVisit, hours: &[Interval]) -> String {
    let (locale, cycle) = (visit.visit.locale(), visit.visit.hours());
    let one = |range: &Interval| {
        format!("{}-{}", time_of_day(locale, range.start(), cycle), time_of_day(locale, range.end(), cycle))
    };
    hours.iter().map(one).collect::<Vec<_>>().join(", ")
}
