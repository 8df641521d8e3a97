//! Times the slot engine alone, without server and database: one month of an agent in Berlin for a customer in New York, with 0, 100
//! and 1,000 busy times. Prints one JSON object: for each count the microseconds of one month, as many as there were runs.

use std::time::Instant;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::slots::{self, BookableQuery, Busy, Rules};
use nameplate_domain::time::{Tzdb, ZoneId};
use serde_json::{Value, json};

const RUNS: usize = 9;
const MONTHS_A_RUN: u32 = 400;

fn main() -> Result<()> {
    let tzdb = Tzdb::bundled();
    let zone = ZoneId::stored("Europe/Berlin");
    let reader_zone = ZoneId::stored("America/New_York");
    let day = json!([["09:00", "17:00"]]);
    let hours = json!({"weekly": {"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}});
    let availability = Availability::parse(hours, &tzdb)
        .map_err(|problems| anyhow::anyhow!("{problems:?}"))
        .context("the hours")?;
    let rules = Rules {
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 60,
        daily_limit: None,
    };
    let now: Timestamp = "2027-03-01T00:00:00Z".parse()?;
    let mut figures = serde_json::Map::new();
    for count in [0_i64, 100, 1000] {
        // Through the whole month: the day's length over the count is the same for all.
        let gap = SignedDuration::from_mins(31 * 24 * 60 / count.max(1));
        let mut busy = Vec::new();
        let mut from = now;
        for _ in 0..count {
            busy.push(Busy { from, until: from + SignedDuration::from_mins(30) });
            from += gap;
        }
        let query = BookableQuery {
            tzdb: &tzdb,
            zone: &zone,
            availability: &availability,
            rules: &rules,
            busy: &busy,
            booked_starts: &[],
            now,
            from: jiff::civil::date(2027, 3, 1),
            to: jiff::civil::date(2027, 3, 31),
            reader_zone: &reader_zone,
        };
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let start = Instant::now();
            for _ in 0..MONTHS_A_RUN {
                std::hint::black_box(slots::bookable(std::hint::black_box(&query)));
            }
            runs.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(MONTHS_A_RUN));
        }
        let offered = slots::bookable(&query).len();
        figures.insert(count.to_string(), json!({"micros": runs, "slots": offered}));
    }
    println!("{}", Value::Object(figures));
    Ok(())
}
