//! The next 14 days, from the engine that customers ask.

use super::spoken;
use crate::view::availability::PreviewDay;
use crate::visit::AgentVisit;
use jiff::ToSpan;
use jiff::civil::Date;
use nameplate_app::slots::{Offer, Question, free};
use nameplate_app::{Error, meeting_types, meetings};
use nameplate_domain::time::availability::Availability;

const DAYS: i64 = 14;

/// The next start that can be booked, and what each day offers.
pub(super) async fn build(
    visit: &AgentVisit,
    availability: &Availability,
) -> Result<(Option<String>, Vec<PreviewDay>), Error> {
    let (app, clock, now) = (visit.visit.web.app(), visit.clock(), visit.visit.now);
    let today = clock.local(now).date();
    let next = match meeting_types::of(app, visit.agent.id).await?.into_iter().next() {
        Some(meeting_type) => {
            let to = today.saturating_add(i64::from(meeting_type.rules.horizon_days).days());
            let question = Question { from: today, to, zone: visit.agent.time_zone.clone(), moving: None };
            let offer = Offer { agent: visit.agent.clone(), meeting_type };
            free(app, now, &offer, &question).await?.first().map(|start| clock.short(*start))
        }
        None => None,
    };
    let booked = meetings::list::upcoming(app, &visit.ctx()).await?;
    let days = (0..DAYS).map(|n| {
        let date = today.saturating_add(n.days());
        let count = booked
            .iter()
            .filter(|meeting| meeting.changeable(now).is_ok() && clock.local(meeting.start).date() == date)
            .count();
        PreviewDay {
            day: clock.day_heading(date, now),
            free: spoken(visit, availability.hours(date)),
            note: note(visit, availability, date, count),
        }
    });
    Ok((next, days.collect()))
}

/// Why a day is as it is: an override, a trip, a clock change, meetings.
fn note(visit: &AgentVisit, availability: &Availability, date: Date, meetings: usize) -> String {
    let texts = visit.visit.texts();
    let account = &visit.agent.time_zone;
    let zone = availability.zone_of(date, account);
    let mut notes = Vec::new();
    if availability.overrides.contains_key(&date) {
        notes.push(texts.text("preview-override"));
    }
    if zone != account {
        notes.push(visit.visit.clock(zone).place());
    }
    let timezone = visit.visit.web.app().tzdb().zone(zone);
    let length = date.to_zoned(timezone).and_then(|start| {
        let next = start.checked_add(1.day())?;
        Ok(next.timestamp().duration_since(start.timestamp()).as_hours())
    });
    match length {
        Ok(hours) if hours < 24 => notes.push(texts.text("preview-clocks-forward")),
        Ok(hours) if hours > 24 => notes.push(texts.text("preview-clocks-back")),
        _ => {}
    }
    if meetings > 0 {
        notes.push(texts.format("preview-meetings", &[("count", &meetings.to_string())]));
    }
    notes.join(", ")
}
