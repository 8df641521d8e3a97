//! Slots: the wall-clock membership rule (design section 1).
//!
//! Nobody is offered a time that the agent's wall clock does not show inside the agent's hours. No option to
//! resolve a skipped or repeated time exists anywhere in this module.

mod bookable;
mod windows;

use jiff::Timestamp;
use jiff::civil::Date;

use super::availability::Availability;
use super::segments::{MINUTE, Span, instant};
use super::{Tzdb, ZoneId};
pub use bookable::{BookableQuery, SlotRefusal, blocked, bookable, check, date_of, inside_hours};
use windows::Windows;

/// A stretch of time in which the agent is taken, `[from, until)`; the buffers of the other meeting are part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    /// The first instant that is taken.
    pub from: Timestamp,
    /// The first instant that is free again.
    pub until: Timestamp,
}

/// The rules of a meeting type that decide about its slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Length of the meeting, elapsed.
    pub duration_minutes: u32,
    /// Distance of the starts within a window, elapsed.
    pub interval_minutes: u32,
    /// Free time needed before the meeting.
    pub buffer_before_minutes: u32,
    /// Free time needed after the meeting.
    pub buffer_after_minutes: u32,
    /// Shortest time from booking to start, elapsed.
    pub notice_minutes: u32,
    /// The last date that can be booked is this many dates after the agent's today.
    pub horizon_days: u32,
    /// Meetings on one of the agent's dates; `None` for no limit.
    pub daily_limit: Option<u32>,
}

impl Rules {
    /// What a meeting type begins with when nothing else is said: it starts where the previous one may end, needs no free
    /// time around it, four hours' notice, and is offered for 60 days.
    #[must_use]
    pub fn usual(duration_minutes: u32) -> Self {
        Self {
            duration_minutes,
            interval_minutes: duration_minutes,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            notice_minutes: 4 * 60,
            horizon_days: 60,
            daily_limit: None,
        }
    }
}

/// The starts on the agent's dates `from..=to`, ascending and distinct: meetings of `duration_minutes` that fit the
/// hours and overlap nothing in `busy`. Starts are `interval_minutes` apart in each window.
#[must_use]
#[expect(clippy::too_many_arguments, reason = "the inputs that section 1 lists")]
pub fn starts(
    tzdb: &Tzdb,
    zone: &ZoneId,
    availability: &Availability,
    duration_minutes: u32,
    interval_minutes: u32,
    busy: &[Busy],
    from: Date,
    to: Date,
) -> Vec<Timestamp> {
    let Some(windows) = Windows::compute(tzdb, zone, availability, from, to) else {
        return Vec::new();
    };
    let meeting = Meeting::new(duration_minutes, interval_minutes, 0, 0);
    let mut starts = Vec::new();
    windows.slots(&meeting, &merged(busy), |start| starts.push(start));
    finish(starts)
}

/// Lengths in microseconds.
struct Meeting {
    duration: i64,
    interval: i64,
    before: i64,
    after: i64,
}

impl Meeting {
    fn new(duration: u32, interval: u32, before: u32, after: u32) -> Self {
        // A grid without distance would never end.
        let [duration, interval] = [duration, interval].map(|minutes| minutes.max(1));
        let [duration, interval, before, after] =
            [duration, interval, before, after].map(|minutes| i64::from(minutes) * MINUTE);
        Self { duration, interval, before, after }
    }
}

/// Busy stretches as sorted, disjoint spans.
fn merged(busy: &[Busy]) -> Vec<Span> {
    let spans = busy.iter().map(|b| Span { start: b.from.as_microsecond(), end: b.until.as_microsecond() });
    let mut spans: Vec<Span> = spans.filter(|span| span.start < span.end).collect();
    join(&mut spans);
    spans
}

/// Sorts the spans and joins those that overlap or touch.
fn join(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let joined = next.start <= kept.end;
        if joined {
            kept.end = kept.end.max(next.end);
        }
        joined
    });
}

fn finish(mut starts: Vec<i64>) -> Vec<Timestamp> {
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().map(instant).collect()
}
