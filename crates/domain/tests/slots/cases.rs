//! Random cases, most of them around a change of the clock.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::slots::{Busy, starts};
use nameplate_domain::time::{Tzdb, ZoneId};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A case in the shape of the vector file.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    pub zone: String,
    pub weekly: Value,
    pub overrides: Value,
    pub zone_overrides: Value,
    pub busy: Vec<[Timestamp; 2]>,
    pub from: Date,
    pub to: Date,
    pub duration_min: u32,
    pub interval_min: u32,
}

impl Case {
    pub fn availability(&self) -> Availability {
        let hours = json!({"weekly": self.weekly, "overrides": self.overrides, "zone_overrides": self.zone_overrides});
        Availability::parse(hours, &Tzdb::bundled()).unwrap()
    }

    pub fn busy(&self) -> Vec<Busy> {
        self.busy.iter().map(|&[from, until]| Busy { from, until }).collect()
    }

    pub fn starts(&self) -> Vec<Timestamp> {
        let (zone, hours) = (ZoneId::stored(&self.zone), self.availability());
        let (duration, interval) = (self.duration_min, self.interval_min);
        starts(&Tzdb::bundled(), &zone, &hours, duration, interval, &self.busy(), self.from, self.to)
    }
}

pub fn zone() -> impl Strategy<Value = String> {
    let zones = Tzdb::bundled().picker().iter().map(|hit| hit.zone.to_string()).collect::<Vec<_>>();
    let odd = [
        "Australia/Lord_Howe",
        "Antarctica/Troll",
        "Pacific/Apia",
        "Atlantic/Azores",
        "Africa/Cairo",
        "America/Nuuk",
        "Africa/Casablanca",
        "Europe/Dublin",
        "Asia/Gaza",
        "America/Havana",
    ];
    prop_oneof![3 => select(zones), 1 => select(odd.map(str::to_owned).to_vec())]
}

/// Hours of one date in steps of five minutes, some until 24:00.
fn intervals() -> impl Strategy<Value = Value> {
    // Most clocks change in the first hours of a date.
    let start = prop_oneof![0_u32..288, 0_u32..42];
    vec((start, 1_u32..200), 0..3).prop_map(|mut parts| {
        parts.sort_unstable();
        let mut free = 0;
        let mut hours = Vec::new();
        for (start, length) in parts {
            let end = (start + length).min(288);
            if start >= free && start < end {
                hours.push(json!([time(start * 5), time(end * 5)]));
                free = end;
            }
        }
        Value::Array(hours)
    })
}

fn time(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

prop_compose! {
    pub fn case()(
        zone in zone(),
        // 1990 to 2037
        second in 631_152_000_i64..2_145_916_800,
        at_a_change in prop::bool::weighted(0.8),
        shift in -2_i64..=1,
        days in 0_i64..4,
        hours in vec(intervals(), 7),
        special in option::of((0_i64..4, intervals())),
        trip in option::weighted(0.4, (zone(), -1_i64..4, 0_i64..3)),
        busy in vec((0_i64..6 * 1440, 1_i64..300), 0..4),
        duration_min in select(vec![5_u32, 15, 30, 45, 60, 90, 360]),
        interval_min in select(vec![10_u32, 15, 30, 45, 60, 90]),
    ) -> Case {
        let clock = Tzdb::bundled().zone(&ZoneId::stored(&zone));
        let instant = Timestamp::from_second(second).unwrap();
        let change = clock.following(instant).next().map(|change| change.timestamp());
        let change = change.filter(|at| at_a_change && *at < "2038-01-01T00:00:00Z".parse().unwrap());
        let date = clock.to_datetime(change.unwrap_or(instant)).date();
        let from = date.checked_add(shift.days()).unwrap();
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(str::to_owned);
        let overrides = special.map(|(day, hours)| (from.checked_add(day.days()).unwrap().to_string(), hours));
        let trips: Vec<Value> = trip
            .into_iter()
            .map(|(zone, day, length)| {
                let first = from.checked_add(day.days()).unwrap();
                json!({"from": first, "to": first.checked_add(length.days()).unwrap(), "zone": zone})
            })
            .collect();
        let midnight = from.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp() - 24.hours();
        let busy = busy.into_iter().map(|(minute, length)| {
            let begin = midnight + minute.minutes();
            [begin, begin + length.minutes()]
        });
        Case {
            zone,
            weekly: Value::Object(names.into_iter().zip(hours).collect()),
            overrides: Value::Object(overrides.into_iter().collect::<Map<_, _>>()),
            zone_overrides: Value::Array(trips),
            busy: busy.collect(),
            from,
            to: from.checked_add(days.days()).unwrap(),
            duration_min,
            interval_min,
        }
    }
}
