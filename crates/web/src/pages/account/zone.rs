//! The time zone: what a change would do is shown before it is saved.

use super::fields::save;
use super::page::{again, version};
use crate::failure::{Page, html, see_other};
use crate::forms::{Asked, Check, Form};
use crate::pages::or_page;
use crate::picker::query;
use crate::view::Section;
use crate::view::account::{DeviceZone, Effect, ZoneChange};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::civil::Weekday;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::accounts::time_zone;
use nameplate_app::availability;
use nameplate_domain::account::Problem;
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::availability::Availability;
use nameplate_i18n::time::{full_date, weekday};
use serde::Deserialize;

/// More rows tell nobody more.
const SHOWN: usize = 20;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    time_zone: String,
}

fn parse(visit: &AgentVisit, typed: &str) -> Result<ZoneId, Problem> {
    visit.visit.web.app().tzdb().normalise(typed).map_err(|_| Problem::TimeZoneUnknown)
}

/// What the zone asked for would change.
pub(super) async fn preview(visit: AgentVisit, Asked(wanted): Asked<Wanted>) -> Page {
    let mut check = Check::default();
    let texts = visit.visit.texts();
    let Some(zone) = check.take("time_zone", parse(&visit, &wanted.time_zone)) else {
        return again(&visit, check.errors(texts), |_| {}).await;
    };
    if zone == visit.agent.time_zone {
        return Ok(see_other("/account#time-zone"));
    }
    let app = visit.visit.web.app();
    let effects = or_page(&visit.visit, time_zone::preview(app, &visit.ctx(), &zone).await).await?;
    let hours = or_page(&visit.visit, availability::own(app, &visit.ctx()).await).await?;
    let (from, to) = (visit.clock(), visit.visit.clock(&zone));
    let meetings = effects.iter().take(SHOWN).map(|effect| {
        let (meeting, clock) = (&effect.meeting, |zone| visit.visit.clock(zone).short(effect.meeting.start));
        Effect {
            what: format!("{}, {}", meeting.customer.name, meeting.title),
            before: clock(&meeting.agent_side.zone),
            after: clock(&effect.after.zone),
        }
    });
    let meetings = meetings.collect();
    let more = effects.len().checked_sub(SHOWN).filter(|more| *more > 0);
    let path = format!("/account/time-zone{}", query(&[("time_zone", zone.as_str())]));
    Ok(html(&ZoneChange {
        shell: or_page(&visit.visit, visit.shell(Section::Account, &path).await).await?,
        version: version(&visit.agent),
        from: from.city(),
        to: to.city(),
        time_zone: zone.to_string(),
        meetings,
        more: more.map(|count| texts.format("zone-meetings-more", &[("count", &count.to_string())])),
        hours: numbers(&visit, &hours.availability, &from.place(), &to.place()),
    }))
}

/// The weekly hours, and the dates that differ: the same numbers, in another place.
fn numbers(visit: &AgentVisit, availability: &Availability, from: &str, to: &str) -> Vec<Effect> {
    let (locale, texts) = (visit.visit.locale(), visit.visit.texts());
    let row = |what: String, hours: String| {
        let read = |place: &str| texts.format("zone-hours-in", &[("hours", &hours), ("place", place)]);
        Effect { before: read(from), after: read(to), what }
    };
    let week = Weekday::Monday.cycle_forward().take(7).map(|day| (day, availability.weekly.day(day)));
    let week = week.filter(|(_, hours)| !hours.is_empty());
    let week =
        week.map(|(day, hours)| row(weekday(locale, day), super::super::availability::spoken(visit, hours)));
    let today = visit.clock().local(visit.visit.now).date();
    // On a trip they mean the trip's zone, before and after.
    let account = &visit.agent.time_zone;
    let at_home = |date| availability.zone_of(date, account) == account;
    let dates = availability.overrides.range(today..);
    let dates = dates.filter(|(date, hours)| !hours.is_empty() && at_home(**date));
    let dates = dates
        .map(|(date, hours)| row(full_date(locale, *date), super::super::availability::spoken(visit, hours)));
    week.chain(dates.take(SHOWN)).collect()
}

/// The line about the device's zone when it is another one than the account's; nothing when it is the same by another
/// name.
pub(super) async fn device(visit: AgentVisit, Asked(wanted): Asked<Wanted>) -> Page {
    let own = availability::own(visit.visit.web.app(), &visit.ctx()).await;
    let availability = or_page(&visit.visit, own).await?.availability;
    let today = visit.clock().local(visit.visit.now).date();
    // Who has said that they travel is where they said.
    let here = availability.zone_of(today, &visit.agent.time_zone);
    let Some(zone) = parse(&visit, &wanted.time_zone).ok().filter(|zone| zone != here) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let (texts, device) = (visit.visit.texts(), visit.visit.clock(&zone));
    Ok(html(&DeviceZone {
        text: texts.format("device-zone", &[("zone", &device.zone_label(visit.visit.now))]),
        switch: texts.text("device-zone-switch"),
        href: format!("/account/time-zone{}", query(&[("time_zone", zone.as_str())])),
        keep: texts.format("zone-keep", &[("city", &visit.clock().city())]),
    }))
}

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let Some(zone) = check.take("time_zone", parse(&visit, form.get("time_zone"))) else {
        return again(&visit, check.errors(visit.visit.texts()), |_| {}).await;
    };
    let chosen = zone.to_string();
    let wanted = ProfileChange { time_zone: Some(zone), ..ProfileChange::default() };
    save(&visit, &form, wanted, "time_zone", |page| page.time_zone.chosen = chosen).await
}
