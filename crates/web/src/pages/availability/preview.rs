//! The next 14 days, from the engine that customers ask.

use crate::view::availability::PreviewDay;
use crate::visit::AgentVisit;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use nameplate_app::slots::{self, Offer, Question};
use nameplate_app::{Error, meeting_types, meetings};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::reading::{ClockChange, clock_change};
use nameplate_domain::time::slots::Rules;

const DAYS: i64 = 14;

/// What customers can book of the first meeting type.
#[derive(Default)]
pub(super) struct Preview {
    /// The meeting type's name.
    pub of: Option<String>,
    /// The next start that can be booked.
    pub next: Option<String>,
    /// What each day offers.
    pub days: Vec<PreviewDay>,
}

pub(super) async fn build(visit: &AgentVisit, availability: &Availability) -> Result<Preview, Error> {
    let (app, clock, now) = (visit.visit.web.app(), visit.clock(), visit.visit.now);
    let today = clock.local(now).date();
    let mut preview = Preview::default();
    let mut free = Vec::new();
    if let Some(meeting_type) = meeting_types::of(app, visit.agent.id).await?.into_iter().next() {
        let rules = meeting_type.rules.clone();
        preview.of = Some(meeting_type.name.to_string());
        let to = today.saturating_add(i64::from(rules.horizon_days).days());
        let question = Question { from: today, to, zone: visit.agent.time_zone.clone(), moving: None };
        let offer = Offer { agent: visit.agent.clone(), meeting_type };
        let starts = slots::free(app, now, &offer, &question).await?;
        preview.next = starts.first().map(|start| clock.short(*start));
        free = ranges(&starts, &rules);
    }
    let booked = meetings::list::upcoming(app, &visit.ctx()).await?;
    for n in 0..DAYS {
        let date = today.saturating_add(n.days());
        // On a trip the day is one of the place that the agent is in.
        let there = visit.visit.clock(availability.zone_of(date, &visit.agent.time_zone));
        let is_today = |start: Timestamp| there.local(start).date() == date;
        let text =
            |(from, until): &(Timestamp, Timestamp)| format!("{}-{}", there.bare(*from), there.bare(*until));
        let count = booked
            .iter()
            .filter(|meeting| meeting.changeable(now).is_ok() && is_today(meeting.start))
            .count();
        preview.days.push(PreviewDay {
            day: clock.day_heading(date, now),
            free: free.iter().filter(|(from, _)| is_today(*from)).map(text).collect::<Vec<_>>().join(", "),
            note: note(visit, availability, date, count),
        });
    }
    Ok(preview)
}

/// The starts as times that are free in one piece: one follows the other when no start between them is missing.
fn ranges(starts: &[Timestamp], rules: &Rules) -> Vec<(Timestamp, Timestamp)> {
    let minutes = |minutes| SignedDuration::from_mins(i64::from(minutes));
    let (duration, interval) = (minutes(rules.duration_minutes), minutes(rules.interval_minutes));
    let mut ranges: Vec<(Timestamp, Timestamp)> = Vec::new();
    for start in starts {
        match ranges.last_mut() {
            Some((_, until)) if *start <= *until - duration + duration.max(interval) => {
                *until = *start + duration;
            }
            _ => ranges.push((*start, *start + duration)),
        }
    }
    ranges
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
    match clock_change(date, &timezone) {
        Some(ClockChange::Forward) => notes.push(texts.text("preview-clocks-forward")),
        Some(ClockChange::Back) => notes.push(texts.text("preview-clocks-back")),
        None => {}
    }
    if meetings > 0 {
        notes.push(texts.format("preview-meetings", &[("count", &meetings.to_string())]));
    }
    notes.join(", ")
}
