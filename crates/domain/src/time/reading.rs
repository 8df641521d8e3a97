//! What a wall clock reads at an instant.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use std::ops::Range;

use super::availability::Availability;
use super::{Tzdb, ZoneId};

/// The reading of one wall clock at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Civil date and time.
    pub local: DateTime,
    /// Seconds east of UTC.
    pub offset_seconds: i32,
    /// The abbreviation of the data, which may be numeric (`+0545`): such a one is never shown to people.
    pub abbreviation: String,
    /// The same local time occurs twice (a fold): the offset must be shown beside it.
    pub ambiguous: bool,
}

/// What the clock of `zone` reads at `at`.
#[must_use]
pub fn read(at: Timestamp, zone: &TimeZone) -> Reading {
    let info = zone.to_offset_info(at);
    let local = info.offset().to_datetime(at);
    Reading {
        local,
        offset_seconds: info.offset().seconds(),
        abbreviation: info.abbreviation().to_owned(),
        ambiguous: matches!(
            zone.to_ambiguous_timestamp(local).offset(),
            jiff::tz::AmbiguousOffset::Fold { .. }
        ),
    }
}

/// Instants with the offset of a zone at each. Between two changes of the clock it is looked up once: a month of slots has
/// hundreds of instants and hardly a change.
pub fn with_offsets(zone: &TimeZone, instants: &[Timestamp]) -> impl Iterator<Item = (Timestamp, Offset)> {
    let mut known: Option<(Range<Timestamp>, Offset)> = None;
    instants.iter().map(move |at| {
        let offset = match &known {
            Some((stretch, offset)) if stretch.contains(at) => *offset,
            _ => {
                let offset = zone.to_offset(*at);
                let end = zone.following(*at).next().map_or(Timestamp::MAX, |change| change.timestamp());
                known = Some((*at..end, offset));
                offset
            }
        };
        (*at, offset)
    })
}

/// The zone in which the agent reads an instant: that of the first trip for which the clock of the trip shows one of its
/// dates, else the account's (design section 4).
#[must_use]
pub fn agent_zone<'a>(
    tzdb: &Tzdb,
    account: &'a ZoneId,
    availability: &'a Availability,
    at: Timestamp,
) -> &'a ZoneId {
    let mut trips = availability.zone_overrides.iter().map(|trip| &trip.zone);
    let shows =
        |zone: &&ZoneId| availability.zone_of(tzdb.zone(zone).to_datetime(at).date(), account) == *zone;
    trips.find(shows).unwrap_or(account)
}

/// How a clock is put on one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// Some local times are skipped.
    Forward,
    /// Some local times occur twice.
    Back,
}

/// The change of the clock that touches a date (V-09); the first one should there be more.
#[must_use]
pub fn clock_change(date: Date, zone: &TimeZone) -> Option<ClockChange> {
    let before = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()? - jiff::SignedDuration::from_hours(30);
    let mut offset = zone.to_offset(before);
    for change in zone.following(before).take(8) {
        let at = change.timestamp();
        let (old, new) = (offset.to_datetime(at), change.offset().to_datetime(at));
        offset = change.offset();
        // The skipped or repeated local times are those from `first` up to, not including, `last`.
        let (first, last) = if old < new { (old, new) } else { (new, old) };
        let last = last.saturating_sub(jiff::SignedDuration::from_nanos(1));
        if old != new && (first.date()..=last.date()).contains(&date) {
            return Some(if old < new { ClockChange::Forward } else { ClockChange::Back });
        }
    }
    None
}
