//! The membership rule as design section 1 states it, minute by minute, without a thought for speed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use nameplate_domain::time::{Tzdb, ZoneId};

use crate::cases::Case;

pub fn starts(tzdb: &Tzdb, case: &Case) -> Vec<Timestamp> {
    let availability = case.availability();
    let account = ZoneId::stored(&case.zone);
    let zones: BTreeSet<&ZoneId> =
        availability.zone_overrides.iter().map(|trip| &trip.zone).chain([&account]).collect();
    let (first, last) = (case.from.checked_sub(2.days()).unwrap(), case.to.checked_add(2.days()).unwrap());
    let begin = number(first) - 30 * 60;
    let end = number(last) + (24 + 30) * 60;

    // Which minutes each interval of each date owns.
    let mut members: BTreeMap<(Date, usize), Vec<i64>> = BTreeMap::new();
    for zone in zones {
        let clock = tzdb.zone(zone);
        for minute in begin..end {
            let local = clock.to_datetime(Timestamp::from_second(minute * 60).unwrap());
            let date = local.date();
            if !(first..=last).contains(&date) || availability.zone_of(date, &account) != zone {
                continue;
            }
            let shown =
                u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
            for (index, interval) in availability.hours(date).iter().enumerate() {
                if (interval.start().minutes()..interval.end().minutes()).contains(&shown) {
                    members.entry((date, index)).or_default().push(minute);
                }
            }
        }
    }
    let open: BTreeSet<i64> = members.values().flatten().copied().collect();
    let (duration, interval) = (i64::from(case.duration_min), i64::from(case.interval_min));
    let busy: Vec<[i64; 2]> = case.busy.iter().map(|pair| pair.map(|at| at.as_second() / 60)).collect();
    let mut found = BTreeSet::new();
    for ((date, _), minutes) in &members {
        if !(case.from..=case.to).contains(date) {
            continue;
        }
        for window in minutes.chunk_by(|a, b| a + 1 == *b) {
            let mut start = *window.first().unwrap();
            while start <= *window.last().unwrap() {
                let fits = (start..start + duration).all(|minute| open.contains(&minute));
                let free = busy.iter().all(|[from, until]| start + duration <= *from || *until <= start);
                if fits && free {
                    found.insert(Timestamp::from_second(start * 60).unwrap());
                }
                start += interval;
            }
        }
    }
    found.into_iter().collect()
}

/// Minutes from 1970 to the start of the date in UTC.
fn number(date: Date) -> i64 {
    date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second() / 60
}
