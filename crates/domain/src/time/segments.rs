//! Stretches of the UTC line with one offset, and the instants at which a wall clock reads an interval.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

/// Microseconds in a second, minute and day: the engine computes in microseconds since 1970, as the store keeps them.
pub(super) const SECOND: i64 = 1_000_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;

/// No offset is as large as this: wall clocks read a date within it of the date's UTC day.
const REACH: i64 = 30 * 60 * MINUTE;

/// `[start, end)` in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub start: i64,
    pub end: i64,
}

#[derive(Clone, Copy)]
struct Segment {
    span: Span,
    offset: i64,
}

/// The offsets of a zone over a range of dates, read once.
pub(super) struct Segments(Vec<Segment>);

impl Segments {
    /// What the wall clock of `zone` needs for the dates whose numbers are `first..=last`.
    pub(super) fn read(zone: &TimeZone, first: i64, last: i64) -> Self {
        let (from, until) = (first * DAY - REACH, (last + 1) * DAY + REACH);
        let begin = instant(from);
        let mut offset = micros_of(zone.to_offset(begin));
        let mut segments = Vec::with_capacity(4);
        let mut start = from;
        for transition in zone.following(begin) {
            let at = transition.timestamp().as_microsecond();
            if at >= until {
                break;
            }
            segments.push(Segment { span: Span { start, end: at }, offset });
            (start, offset) = (at, micros_of(transition.offset()));
        }
        segments.push(Segment { span: Span { start, end: until }, offset });
        Self(segments)
    }

    /// The number of the date that the wall clock shows at an instant of the range.
    pub(super) fn date_at(&self, at: i64) -> i64 {
        let index = self.0.partition_point(|segment| segment.span.end <= at);
        let segment = self.0.get(index).or(self.0.last());
        (at + segment.map_or(0, |segment| segment.offset)).div_euclid(DAY)
    }

    /// Calls `found` with each maximal run of instants at which the wall clock reads the civil span `wall`, given
    /// in microseconds as if the zone were UTC: none in a gap, two around a fold.
    pub(super) fn members(&self, wall: Span, mut found: impl FnMut(Span)) {
        let skip = self.0.partition_point(|segment| segment.span.end <= wall.start - REACH);
        let mut open: Option<Span> = None;
        for Segment { span, offset } in self.0.iter().skip(skip) {
            if span.start >= wall.end + REACH {
                break;
            }
            let piece =
                Span { start: span.start.max(wall.start - offset), end: span.end.min(wall.end - offset) };
            if piece.start >= piece.end {
                continue;
            }
            match &mut open {
                Some(run) if run.end == piece.start => run.end = piece.end,
                _ => {
                    if let Some(run) = open.replace(piece) {
                        found(run);
                    }
                }
            }
        }
        if let Some(run) = open {
            found(run);
        }
    }
}

fn micros_of(offset: Offset) -> i64 {
    i64::from(offset.seconds()) * SECOND
}

/// The instant, or the nearest one that jiff can hold.
pub(super) fn instant(micros: i64) -> Timestamp {
    let limit = if micros < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(micros).unwrap_or(limit)
}

/// Civil microseconds as if the zone were UTC.
pub(super) fn civil_micros(local: civil::DateTime) -> i64 {
    let limit = if local.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Offset::UTC.to_timestamp(local).unwrap_or(limit).as_microsecond()
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    civil_micros(date.at(0, 0, 0, 0)).div_euclid(DAY)
}
