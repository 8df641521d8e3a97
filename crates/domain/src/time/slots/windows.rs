//! The windows of a range of dates and the slots in them.

use jiff::civil::Date;
use jiff::{Span as Days, ToSpan};

use super::{Meeting, join};
use crate::time::availability::{Availability, Interval};
use crate::time::segments::{DAY, MINUTE, Segments, Span, day_number};
use crate::time::{Tzdb, ZoneId};

/// A meeting may run past midnight, and the seam of a trip may fold dates: windows this far outside the range
/// take part in the fit test.
const MARGIN_DAYS: i64 = 2;

pub(super) struct Windows {
    /// Windows of dates in range, by start.
    offered: Vec<Span>,
    /// All windows; those that touch are one.
    open: Vec<Span>,
}

impl Windows {
    /// `None` when the dates are in the wrong order or at the end of the calendar.
    pub(super) fn compute(
        tzdb: &Tzdb,
        zone: &ZoneId,
        availability: &Availability,
        from: Date,
        to: Date,
    ) -> Option<Self> {
        if to < from {
            return None;
        }
        let margin: Days = MARGIN_DAYS.days();
        let (first, last) = (from.checked_sub(margin).ok()?, to.checked_add(margin).ok()?);
        let clocks = Clocks::read(tzdb, zone, availability, first, last);
        let mut offered = Vec::new();
        let mut open = Vec::new();
        let (mut date, mut number) = (first, day_number(first));
        while date <= last {
            let in_range = (from..=to).contains(&date);
            for interval in availability.hours(date) {
                clocks.of(date).members(wall(number, *interval), |window| {
                    open.push(window);
                    if in_range {
                        offered.push(window);
                    }
                });
            }
            date = date.tomorrow().ok()?;
            number += 1;
        }
        offered.sort_unstable();
        join(&mut open);
        Some(Self { offered, open })
    }

    /// Whether the hours hold all of `[start, end)`.
    pub(super) fn hold(&self, start: i64, end: i64) -> bool {
        let open = self.open.get(self.open.partition_point(|open| open.end <= start));
        open.is_some_and(|open| open.start <= start && end <= open.end)
    }

    /// Calls `found` with each slot; one that two windows offer comes twice.
    pub(super) fn slots(&self, meeting: &Meeting, busy: &[Span], mut found: impl FnMut(i64)) {
        for window in &self.offered {
            let Some(open) = self.open.get(self.open.partition_point(|open| open.end <= window.start)) else {
                continue;
            };
            let earliest = window.start - meeting.before;
            let mut next = busy.partition_point(|busy| busy.end <= earliest);
            let mut start = window.start;
            // The first start that does not fit ends the window: later ones end later.
            while start < window.end && start + meeting.duration <= open.end {
                while busy.get(next).is_some_and(|busy| busy.end <= start - meeting.before) {
                    next += 1;
                }
                let until = start + meeting.duration + meeting.after;
                if busy.get(next).is_none_or(|busy| until <= busy.start) {
                    found(start);
                }
                start += meeting.interval;
            }
        }
    }
}

/// The civil span of an interval on the date with this number.
fn wall(number: i64, interval: Interval) -> Span {
    let at = |minutes: u16| number * DAY + i64::from(minutes) * MINUTE;
    Span { start: at(interval.start().minutes()), end: at(interval.end().minutes()) }
}

/// The offsets of the account's zone and of each trip that touches the range.
pub(super) struct Clocks {
    account: Segments,
    trips: Vec<Trip>,
}

struct Trip {
    from: Date,
    to: Date,
    days: (i64, i64),
    clock: Segments,
}

impl Clocks {
    pub(super) fn read(
        tzdb: &Tzdb,
        zone: &ZoneId,
        availability: &Availability,
        first: Date,
        last: Date,
    ) -> Self {
        let (begin, end) = (day_number(first), day_number(last));
        let read = |zone: &ZoneId| Segments::read(&tzdb.zone(zone), begin, end);
        let touching =
            availability.zone_overrides.iter().filter(|trip| trip.from <= last && first <= trip.to);
        let trips = touching.map(|trip| Trip {
            from: trip.from,
            to: trip.to,
            days: (day_number(trip.from), day_number(trip.to)),
            clock: read(&trip.zone),
        });
        Self { account: read(zone), trips: trips.collect() }
    }

    /// The clock that is in force on a date.
    pub(super) fn of(&self, date: Date) -> &Segments {
        let trip = self.trips.iter().find(|trip| (trip.from..=trip.to).contains(&date));
        trip.map_or(&self.account, |trip| &trip.clock)
    }

    /// The number of the date that the agent reads at an instant (design section 4): that of the first trip whose own
    /// clock shows a date of that trip, else that of the account's clock.
    pub(super) fn date_at(&self, at: i64) -> i64 {
        let shown = self.trips.iter().find_map(|trip| {
            let date = trip.clock.date_at(at);
            (trip.days.0..=trip.days.1).contains(&date).then_some(date)
        });
        shown.unwrap_or_else(|| self.account.date_at(at))
    }
}
