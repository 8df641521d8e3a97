//! Quiet hours: what can wait or come earlier does not ring at night (messages.md 5).

use crate::time::reading;
use crate::time::wall::{Instants, instants};
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

const FROM: Time = time(8, 0, 0, 0);
const UNTIL: Time = time(21, 0, 0, 0);
/// The last minute of the day in which a message may leave.
const LAST: Time = time(20, 59, 0, 0);

/// Whether the clock of `zone` reads a time before 08:00 or from 21:00 on.
#[must_use]
pub fn is_quiet(at: Timestamp, zone: &TimeZone) -> bool {
    let clock = reading::read(at, zone).local.time();
    !(FROM..UNTIL).contains(&clock)
}

/// When a message that is due at `at` leaves: then, or in quiet hours at the last 20:59 before them; never later.
#[must_use]
pub fn pulled(at: Timestamp, zone: &TimeZone) -> Timestamp {
    if !is_quiet(at, zone) {
        return at;
    }
    let today = reading::read(at, zone).local.date();
    // A clock that skips an evening is met by going back one more.
    let candidates = (0..=3).filter_map(|days| {
        let wall = today.checked_sub(days.days()).ok()?.to_datetime(LAST);
        match instants(wall, zone)? {
            Instants::Unique(found) => Some(found),
            Instants::Fold { earlier, later } => Some(if later <= at { later } else { earlier }),
            Instants::Gap { .. } => None,
        }
    });
    candidates.into_iter().find(|found| *found <= at).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Tzdb, ZoneId};

    fn zone(name: &str) -> TimeZone {
        Tzdb::bundled().zone(&ZoneId::stored(name))
    }

    fn moved(at: &str, name: &str) -> String {
        pulled(at.parse().unwrap(), &zone(name)).to_string()
    }

    #[test]
    fn what_is_due_at_night_leaves_the_evening_before() {
        for (at, expected) in [
            // 08:00 and 20:59:59 are day, 07:59:59 and 21:00 are not.
            ("2026-12-01T07:00:00Z", "2026-12-01T07:00:00Z"),
            ("2026-12-01T19:59:59Z", "2026-12-01T19:59:59Z"),
            ("2026-12-01T06:59:59Z", "2026-11-30T19:59:00Z"),
            ("2026-12-01T20:00:00Z", "2026-12-01T19:59:00Z"),
            ("2026-12-01T22:59:59Z", "2026-12-01T19:59:00Z"),
            ("2026-12-01T23:00:00Z", "2026-12-01T19:59:00Z"),
        ] {
            assert_eq!(moved(at, "Europe/Amsterdam"), expected, "{at}");
        }
    }

    #[test]
    fn the_clock_is_that_of_the_reader_also_when_it_changes() {
        // The clocks go back on the 25th at 03:00, and forward on 28 March at 02:00.
        assert_eq!(moved("2026-10-25T06:30:00Z", "Europe/Amsterdam"), "2026-10-24T18:59:00Z");
        assert_eq!(moved("2027-03-28T05:30:00Z", "Europe/Amsterdam"), "2027-03-27T19:59:00Z");
        assert_eq!(moved("2026-12-01T12:00:00Z", "America/New_York"), "2026-12-01T01:59:00Z");
        // Samoa had no 30 December 2011: the evening before the 31st is that of the 29th.
        assert_eq!(moved("2011-12-30T11:00:00Z", "Pacific/Apia"), "2011-12-30T06:59:00Z");
    }

    #[test]
    fn nothing_leaves_later_or_at_night() {
        let start: Timestamp = "2026-10-20T00:00:00Z".parse().unwrap();
        for name in [
            "Europe/Amsterdam",
            "America/New_York",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
        ] {
            let zone = zone(name);
            for step in 0..1_500 {
                let at = start + jiff::SignedDuration::from_mins(step * 7);
                let leaves = pulled(at, &zone);
                assert!(leaves <= at && !is_quiet(leaves, &zone), "{at} in {name}: {leaves}");
                assert!(
                    at.duration_since(leaves) < jiff::SignedDuration::from_hours(13),
                    "{at} in {name}: {leaves}"
                );
            }
        }
    }
}
