//! Availability from JSON: the shape of the API, and every fault with its place.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::Weekday;
use nameplate_domain::time::Tzdb;
use nameplate_domain::time::availability::{Availability, TimeOfDay, Weekly};
use serde_json::{Value, json};

fn problems(value: Value) -> Vec<(String, &'static str)> {
    let problems = Availability::parse(value, &Tzdb::bundled()).unwrap_err();
    problems.into_iter().map(|problem| (problem.pointer, problem.code)).collect()
}

#[test]
fn what_is_read_is_written_again() {
    let value = json!({
        "weekly": {"sat": [["22:00", "24:00"]], "sun": [["00:00", "06:00"], ["09:00", "10:00"]]},
        "overrides": {"2026-12-24": [["09:00", "12:00"]], "2026-12-25": []},
        "zone_overrides": [{"from": "2026-03-07", "to": "2026-03-09", "zone": "America/Los_Angeles"}],
    });
    let availability = Availability::parse(value.clone(), &Tzdb::bundled()).unwrap();
    assert_eq!(serde_json::to_value(&availability).unwrap(), value);
    assert_eq!(serde_json::from_value::<Availability>(value).unwrap(), availability);
    assert_eq!(Availability::parse(json!({}), &Tzdb::bundled()), Ok(Availability::default()));
}

#[test]
fn intervals_and_trips_are_sorted_and_zones_normalised() {
    let availability = Availability::parse(
        json!({
            "weekly": {"mon": [["13:00", "17:00"], ["09:00", "13:00"]]},
            "zone_overrides": [
                {"from": "2027-02-01", "to": "2027-02-02", "zone": "asia/calcutta"},
                {"from": "2027-01-01", "to": "2027-01-31", "zone": "UTC"},
            ],
        }),
        &Tzdb::bundled(),
    );
    let availability = availability.unwrap();
    let starts: Vec<u16> = availability.weekly.mon.iter().map(|hours| hours.start().minutes()).collect();
    assert_eq!(starts, [540, 780]);
    let zones: Vec<&str> = availability.zone_overrides.iter().map(|trip| trip.zone.as_str()).collect();
    assert_eq!(zones, ["UTC", "Asia/Kolkata"]);
}

#[test]
fn every_fault_has_a_place_and_a_code() {
    for (value, pointer, code) in [
        (json!([]), "", "wrong_type"),
        (json!({"week": {}}), "/week", "unknown_field"),
        (json!({"a/b~c": {}}), "/a~1b~0c", "unknown_field"),
        (json!({"weekly": []}), "/weekly", "wrong_type"),
        (json!({"weekly": {"monday": []}}), "/weekly/monday", "unknown_field"),
        (json!({"weekly": {"mon": {}}}), "/weekly/mon", "wrong_type"),
        (json!({"weekly": {"mon": [["09:00"]]}}), "/weekly/mon/0", "wrong_type"),
        (json!({"weekly": {"mon": [["9:00", "10:00"]]}}), "/weekly/mon/0", "time_format"),
        (json!({"weekly": {"mon": [["10:00", "10:00"]]}}), "/weekly/mon/0", "end_before_start"),
        (json!({"weekly": {"mon": [["22:00", "06:00"]]}}), "/weekly/mon/0", "end_before_start"),
        (
            json!({"weekly": {"mon": [["09:00", "11:00"], ["10:00", "12:00"]]}}),
            "/weekly/mon/1",
            "intervals_overlap",
        ),
        (json!({"weekly": {"mon": vec![["09:00", "10:00"]; 25]}}), "/weekly/mon", "too_many"),
        (json!({"overrides": {"2026-02-30": []}}), "/overrides/2026-02-30", "date_format"),
        (json!({"overrides": {"20260228": []}}), "/overrides/20260228", "date_format"),
        (json!({"zone_overrides": {}}), "/zone_overrides", "wrong_type"),
        (json!({"zone_overrides": ["x"]}), "/zone_overrides/0", "wrong_type"),
        (
            json!({"zone_overrides": [{"from": "2026-01-02", "to": "2026-01-01", "zone": "UTC"}]}),
            "/zone_overrides/0/to",
            "end_before_start",
        ),
        (
            json!({"zone_overrides": [{"from": "2026-01-01", "to": "2026-01-02", "zone": "EST"}]}),
            "/zone_overrides/0/zone",
            "time_zone_unknown",
        ),
        (
            json!({"zone_overrides": [{"from": "2026-01-01", "to": "2026-01-02"}]}),
            "/zone_overrides/0/zone",
            "missing",
        ),
        (
            json!({"zone_overrides": [
                {"from": "2026-01-02", "to": "2026-01-03", "zone": "UTC"},
                {"from": "2026-01-01", "to": "2026-01-02", "zone": "UTC"},
            ]}),
            "/zone_overrides/0",
            "dates_overlap",
        ),
    ] {
        assert_eq!(problems(value.clone()), [(pointer.to_owned(), code)], "{value}");
    }
    let two = json!({"weekly": {"mon": 1, "tue": 2}});
    assert_eq!(problems(two).len(), 2, "every fault is named");
}

#[test]
fn times_of_day_are_hours_and_minutes_until_24() {
    for (text, minutes) in [("00:00", Some(0)), ("23:59", Some(1439)), ("24:00", Some(1440))] {
        assert_eq!(TimeOfDay::parse(text).map(TimeOfDay::minutes), minutes);
        assert_eq!(TimeOfDay::parse(text).unwrap().to_string(), text);
    }
    for text in ["24:01", "25:00", "9:00", "09:60", "09:0", "+9:00", "0９:00", "09:00:00", "", ":", "0900"] {
        assert_eq!(TimeOfDay::parse(text), None, "{text}");
    }
}

#[test]
fn hours_past_midnight_are_one_row_and_two_intervals() {
    let time = |text| TimeOfDay::parse(text).unwrap();
    let mut weekly = Weekly::default();
    assert_eq!(weekly.add(Weekday::Sunday, time("22:00"), time("06:00")), Ok(()));
    assert_eq!(weekly.add(Weekday::Monday, time("09:00"), time("17:00")), Ok(()));
    assert_eq!(weekly.add(Weekday::Tuesday, time("18:00"), time("00:00")), Ok(()));
    assert_eq!(weekly.add(Weekday::Monday, time("05:00"), time("08:00")), Err("intervals_overlap"));
    assert_eq!(weekly.add(Weekday::Sunday, time("09:00"), time("09:00")), Err("end_before_start"));
    let written = serde_json::to_value(&weekly).unwrap();
    let wanted = json!({
        "mon": [["00:00", "06:00"], ["09:00", "17:00"]],
        "tue": [["18:00", "24:00"]],
        "sun": [["22:00", "24:00"]],
    });
    assert_eq!(written, wanted);
    let rows = |day| {
        let shifts = weekly.shifts(day).into_iter();
        shifts.map(|row| (row.start.to_string(), row.end.to_string(), row.ends_next_day)).collect::<Vec<_>>()
    };
    assert_eq!(rows(Weekday::Sunday), [("22:00".into(), "06:00".into(), true)]);
    assert_eq!(rows(Weekday::Monday), [("09:00".into(), "17:00".into(), false)]);
    assert_eq!(rows(Weekday::Tuesday), [("18:00".into(), "24:00".into(), false)]);
    assert_eq!(rows(Weekday::Wednesday), []);
}

#[test]
fn rows_that_are_shown_and_typed_again_are_the_same_week() {
    let whole = json!([["00:00", "24:00"]]);
    for weekly in [
        json!({"mon": whole, "tue": whole, "wed": whole, "thu": whole, "fri": whole, "sat": whole, "sun": whole}),
        json!({"mon": [["00:00", "06:00"]], "tue": [["00:00", "06:00"], ["22:00", "24:00"]], "wed": [["00:00", "12:00"]]}),
        json!({"mon": [["12:00", "24:00"]], "tue": [["00:00", "12:00"], ["13:00", "24:00"]], "wed": [["00:00", "13:00"]]}),
        json!({"sun": [["10:00", "24:00"]], "mon": [["00:00", "09:00"]]}),
    ] {
        let weekly: Weekly = serde_json::from_value(weekly).unwrap();
        let mut again = Weekly::default();
        for day in Weekday::Monday.cycle_forward().take(7) {
            for row in weekly.shifts(day) {
                assert_eq!(again.add(day, row.start, row.end), Ok(()), "{weekly:?} {day:?} {row:?}");
            }
        }
        assert_eq!(again, weekly);
    }
}
