//! Time of one month of slots (performance goal PF1), for `cargo xtask bench`.
//!
//! Prints `N floor_ns slots_ns starts` for 0, 100 and 1,000 busy periods: the medians of a floor, which copies and sorts
//! the same busy periods, and of the whole question as the booking page asks it.

use std::hint::black_box;
use std::time::Instant;

use jiff::{Timestamp, ToSpan, civil::date};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::slots::{BookableQuery, Busy, Rules, bookable};
use nameplate_domain::time::{Tzdb, ZoneId};

const ROUNDS: usize = 2001;

fn main() {
    let tzdb = Tzdb::bundled();
    let nine_to_five = serde_json::json!([["09:00", "17:00"]]);
    let days = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), nine_to_five.clone()));
    let hours = serde_json::json!({"weekly": serde_json::Map::from_iter(days)});
    let Ok(availability) = Availability::parse(hours, &tzdb) else { return };
    let rules = Rules {
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 5,
        buffer_after_minutes: 10,
        notice_minutes: 120,
        horizon_days: 60,
        daily_limit: Some(100),
    };
    let (berlin, new_york) = (ZoneId::stored("Europe/Berlin"), ZoneId::stored("America/New_York"));
    let first = date(2026, 10, 1);
    let Ok(midnight) = first.to_zoned(jiff::tz::TimeZone::UTC) else { return };
    for periods in [0_i64, 100, 1000] {
        let busy: Vec<Busy> = (0..periods).map(|k| spread(midnight.timestamp(), k, periods)).collect();
        let booked: Vec<Timestamp> = busy.iter().map(|busy| busy.from).collect();
        let query = BookableQuery {
            tzdb: &tzdb,
            zone: &berlin,
            availability: &availability,
            rules: &rules,
            busy: &busy,
            booked_starts: &booked,
            now: midnight.timestamp(),
            from: first,
            to: first.last_of_month(),
            reader_zone: &new_york,
        };
        let slots = median(|| drop(black_box(bookable(black_box(&query)))));
        let floor = median(|| {
            let mut copy = black_box(&busy).clone();
            copy.sort_unstable();
            drop(black_box(copy));
        });
        println!("{periods} {floor} {slots} {}", bookable(&query).len());
    }
}

/// Periods of 10 minutes at odd places over 30 days, in no order.
fn spread(begin: Timestamp, k: i64, periods: i64) -> Busy {
    let minute = (k * 7919) % periods * (30 * 24 * 60) / periods;
    let from = begin + minute.minutes();
    Busy { from, until: from + 10.minutes() }
}

fn median(mut run: impl FnMut()) -> u128 {
    let mut times: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            run();
            begin.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}
