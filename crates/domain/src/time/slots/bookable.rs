//! What a customer may book: slots with notice, horizon, daily limit and buffers.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};

use super::windows::{Clocks, Windows};
use super::{Busy, Meeting, Rules, finish, merged};
use crate::time::availability::Availability;
use crate::time::segments::{DAY, MINUTE, Segments, Span, civil_micros, day_number, instant};
use crate::time::{Tzdb, ZoneId, reading};

/// Dates of the agent that can touch a date of the reader: clocks differ by at most 26 hours, and a zone may
/// skip a date.
const REACH_DAYS: i64 = 2;

/// One question for slots: whose, of which kind, when asked, and for which dates of the reader.
#[derive(Clone, Copy, Debug)]
pub struct BookableQuery<'a> {
    /// The time-zone data.
    pub tzdb: &'a Tzdb,
    /// The agent's account zone.
    pub zone: &'a ZoneId,
    /// The agent's hours, closures included.
    pub availability: &'a Availability,
    /// The rules of the meeting type.
    pub rules: &'a Rules,
    /// What the agent is taken by, in any order.
    pub busy: &'a [Busy],
    /// Starts of the agent's active meetings that count for the daily limit.
    pub booked_starts: &'a [Timestamp],
    /// The instant of the request.
    pub now: Timestamp,
    /// The first date asked for, in the reader's zone.
    pub from: Date,
    /// The last date asked for, in the reader's zone.
    pub to: Date,
    /// The zone of the person who looks.
    pub reader_zone: &'a ZoneId,
}

/// Why a start cannot be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    /// The start is no start of the agent's hours, or the meeting does not fit into them.
    #[error("outside the agent's hours")]
    OutsideHours,
    /// The start has passed.
    #[error("in the past")]
    InThePast,
    /// The notice is shorter than the meeting type asks for.
    #[error("too soon")]
    TooSoon,
    /// The date lies beyond the horizon.
    #[error("beyond the horizon")]
    BeyondHorizon,
    /// The agent is taken then, buffers included.
    #[error("taken")]
    Taken,
    /// The agent's date has as many meetings as the meeting type allows.
    #[error("the date is full")]
    DailyLimit,
}

/// The starts that a customer may take now, ascending: on the reader's dates `from..=to`, whatever the agent's.
#[must_use]
pub fn bookable(query: &BookableQuery<'_>) -> Vec<Timestamp> {
    let margin = REACH_DAYS.days();
    let (Ok(first), Ok(last)) = (query.from.checked_sub(margin), query.to.checked_add(margin)) else {
        return Vec::new();
    };
    let Some(windows) = Windows::compute(query.tzdb, query.zone, query.availability, first, last) else {
        return Vec::new();
    };
    let limits = Limits::of(query, first, last);
    let (from, to) = (day_number(query.from), day_number(query.to));
    let reader = Segments::read(&query.tzdb.zone(query.reader_zone), from, to);
    let mut starts = Vec::new();
    windows.slots(&meeting(query.rules), &merged(query.busy), |start| {
        if (from..=to).contains(&reader.date_at(start)) && limits.check(start).is_ok() {
            starts.push(start);
        }
    });
    finish(starts)
}

/// Whether one wanted start may be booked; agrees with [`bookable`]. The dates and the zone of the reader in the query
/// are not looked at.
///
/// # Errors
/// The first of the refusals that applies.
pub fn check(query: &BookableQuery<'_>, start: Timestamp) -> Result<(), SlotRefusal> {
    let wanted = start.as_microsecond();
    if start < query.now {
        return Err(SlotRefusal::InThePast);
    }
    let margin = REACH_DAYS.days();
    let utc_date = jiff::tz::Offset::UTC.to_datetime(start).date();
    let range = utc_date.checked_sub(margin).ok().zip(utc_date.checked_add(margin).ok());
    let (first, last) = range.ok_or(SlotRefusal::OutsideHours)?;
    let windows = Windows::compute(query.tzdb, query.zone, query.availability, first, last)
        .ok_or(SlotRefusal::OutsideHours)?;
    let offered = |busy: &[Span]| {
        let mut offered = false;
        windows.slots(&meeting(query.rules), busy, |slot| offered |= slot == wanted);
        offered
    };
    if !offered(&[]) {
        return Err(SlotRefusal::OutsideHours);
    }
    Limits::of(query, first, last).check(wanted)?;
    if offered(&merged(query.busy)) { Ok(()) } else { Err(SlotRefusal::Taken) }
}

/// Whether a meeting lies inside the agent's hours, on the grid or not: for meetings that are not booked through the form,
/// and for those whose hours change around them.
#[must_use]
pub fn inside_hours(
    tzdb: &Tzdb,
    zone: &ZoneId,
    availability: &Availability,
    start: Timestamp,
    end: Timestamp,
) -> bool {
    let margin = REACH_DAYS.days();
    let date = |at| jiff::tz::Offset::UTC.to_datetime(at).date();
    let (first, last) = (date(start).saturating_sub(margin), date(end).saturating_add(margin));
    let windows = Windows::compute(tzdb, zone, availability, first, last);
    windows.is_some_and(|windows| windows.hold(start.as_microsecond(), end.as_microsecond()))
}

/// The date that the agent reads at an instant: on a trip that of the trip's zone (design section 4).
#[must_use]
pub fn date_of(tzdb: &Tzdb, zone: &ZoneId, availability: &Availability, at: Timestamp) -> Date {
    let id = reading::agent_zone(tzdb, zone, availability, at);
    tzdb.zone(id).to_datetime(at).date()
}

/// The instants at which the agent's wall clock reads `[start, end)`: what blocked time takes. On a date of a trip the
/// clock is that of the trip.
#[must_use]
pub fn blocked(
    tzdb: &Tzdb,
    zone: &ZoneId,
    availability: &Availability,
    start: DateTime,
    end: DateTime,
) -> Vec<Busy> {
    if end <= start {
        return Vec::new();
    }
    let clocks = Clocks::read(tzdb, zone, availability, start.date(), end.date());
    let (from, until) = (civil_micros(start), civil_micros(end));
    let mut spans = Vec::new();
    let mut date = start.date();
    while date <= end.date() {
        let number = day_number(date);
        let wall = Span { start: from.max(number * DAY), end: until.min((number + 1) * DAY) };
        if wall.start < wall.end {
            clocks.of(date).members(wall, |span| spans.push(span));
        }
        let Ok(tomorrow) = date.tomorrow() else { break };
        date = tomorrow;
    }
    super::join(&mut spans);
    spans.into_iter().map(|span| Busy { from: instant(span.start), until: instant(span.end) }).collect()
}

fn meeting(rules: &Rules) -> Meeting {
    let Rules { duration_minutes, interval_minutes, buffer_before_minutes, buffer_after_minutes, .. } =
        *rules;
    Meeting::new(duration_minutes, interval_minutes, buffer_before_minutes, buffer_after_minutes)
}

/// Notice, horizon and daily limit, ready to be asked for each start.
struct Limits {
    now: i64,
    earliest: i64,
    last_date: i64,
    full: Vec<i64>,
    clocks: Clocks,
}

impl Limits {
    fn of(query: &BookableQuery<'_>, first: Date, last: Date) -> Self {
        // A trip that begins just outside the range can claim its last hours.
        let margin = REACH_DAYS.days();
        let near = (first.saturating_sub(margin), last.saturating_add(margin));
        let clocks = Clocks::read(query.tzdb, query.zone, query.availability, near.0, near.1);
        let now = query.now.as_microsecond();
        let today = day_number(date_of(query.tzdb, query.zone, query.availability, query.now));
        let full = match query.rules.daily_limit {
            None => Vec::new(),
            Some(limit) => full_dates(query.booked_starts, limit, &clocks, first, last),
        };
        Self {
            now,
            earliest: now + i64::from(query.rules.notice_minutes) * MINUTE,
            last_date: today + i64::from(query.rules.horizon_days),
            full,
            clocks,
        }
    }

    fn check(&self, start: i64) -> Result<(), SlotRefusal> {
        if start < self.now {
            return Err(SlotRefusal::InThePast);
        }
        if start < self.earliest {
            return Err(SlotRefusal::TooSoon);
        }
        let date = self.clocks.date_at(start);
        if date > self.last_date {
            return Err(SlotRefusal::BeyondHorizon);
        }
        if self.full.binary_search(&date).is_ok() { Err(SlotRefusal::DailyLimit) } else { Ok(()) }
    }
}

/// The dates of the agent that have reached the limit, sorted. A limit of none closes every date.
fn full_dates(booked: &[Timestamp], limit: u32, clocks: &Clocks, first: Date, last: Date) -> Vec<i64> {
    let (first, last) = (day_number(first), day_number(last));
    if limit == 0 {
        return (first - 1..=last + 1).collect();
    }
    let near = |at: &i64| ((first - 2) * DAY..(last + 3) * DAY).contains(at);
    let starts = booked.iter().map(|start| start.as_microsecond()).filter(near);
    let mut dates: Vec<i64> = starts.map(|start| clocks.date_at(start)).collect();
    dates.sort_unstable();
    dates
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() as u64 >= u64::from(limit))
        .filter_map(<[i64]>::first)
        .copied()
        .collect()
}
