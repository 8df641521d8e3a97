//! The acceptance cases of `tests/vectors/time-zones.json`, on the embedded time-zone data or, when the environment
//! names one in `NAMEPLATE_TZDIR`, on a zoneinfo directory.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "vectors/file.rs"]
mod file;
#[path = "vectors/source.rs"]
mod source;

use file::{DriftInput, RenderTime, Slot, vectors};
use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::drift::{self, Confirmed, Decision, Promise};
use nameplate_domain::time::slots::{Busy, starts};
use nameplate_domain::time::wall::{self, Instants, WallProblem};
use nameplate_domain::time::{Tzdb, reading};
use serde_json::json;
use source::tzdb;

#[test]
fn the_data_is_new_enough() {
    let required = vectors().meta.tzdb_required;
    let tzdb = tzdb();
    assert!(tzdb.version() >= required.as_str(), "{tzdb:?} is older than {required}: update the data");
}

#[test]
fn no_group_is_empty_or_short() {
    let vectors = vectors();
    let found = [
        ("slot_cases", vectors.slot_cases.len()),
        ("render_cases", vectors.render_cases.len()),
        ("wall_to_instant_cases", vectors.wall_to_instant_cases.len()),
        ("tzdb_drift_cases", vectors.tzdb_drift_cases.len()),
        ("identifier_cases", vectors.identifier_cases.len()),
    ];
    assert_eq!(found.len(), vectors.meta.counts.len());
    for (group, cases) in found {
        assert!(cases > 0, "{group} is empty");
        assert_eq!(vectors.meta.counts.get(group), Some(&cases), "{group}");
    }
}

#[test]
fn slot_cases() {
    let tzdb = tzdb();
    let failed: Vec<String> = vectors().slot_cases.iter().filter_map(|case| slot_case(&tzdb, case)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn slot_case(tzdb: &Tzdb, case: &Slot) -> Option<String> {
    let input = &case.input;
    let availability = Availability::parse(
        json!({"weekly": input.weekly, "overrides": input.overrides, "zone_overrides": input.zone_overrides}),
        tzdb,
    );
    let busy: Vec<Busy> = input.busy.iter().map(|&[from, until]| Busy { from, until }).collect();
    let found: Vec<Timestamp> = starts(
        tzdb,
        &tzdb.normalise(&input.zone).unwrap(),
        &availability.unwrap(),
        input.duration_min,
        input.interval_min,
        &busy,
        input.from,
        input.to,
    );
    let wanted = &case.expect.starts_utc;
    assert_eq!(case.expect.count, wanted.len(), "{}: the case contradicts itself", case.id);
    (found != *wanted).then(|| {
        let info = &case.expect;
        format!(
            "{} {} {:?}\n  found {found:?}\n wanted {wanted:?}\n  local {:?}\n  windows {:?}",
            case.id, case.title, case.tags, info.starts_local_info, info.windows_utc
        )
    })
}

#[test]
fn identifier_cases() {
    let tzdb = tzdb();
    for case in vectors().identifier_cases {
        let found = tzdb.normalise(&case.input).ok().map(|id| id.to_string());
        assert_eq!(found, case.expect, "{:?}: {}", case.input, case.why);
    }
}

#[test]
fn render_cases() {
    let tzdb = tzdb();
    for case in vectors().render_cases {
        let start = case.input.start_utc;
        let end = start + SignedDuration::from_mins(case.input.duration_min);
        let sides = [
            (&case.input.agent_zone, &case.expect.agent),
            (&case.input.customer_zone, &case.expect.customer),
        ];
        for (zone, side) in sides {
            assert_reads(&tzdb, &case.id, zone, start, &side.start);
            assert_reads(&tzdb, &case.id, zone, end, &side.end);
        }
        let ics = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        assert_eq!((ics(start), ics(end)), (case.expect.ics.start, case.expect.ics.end), "{}", case.id);
    }
}

fn assert_reads(tzdb: &Tzdb, id: &str, zone: &str, at: Timestamp, wanted: &RenderTime) {
    assert_eq!(zone, wanted.zone, "{id}: the case contradicts itself");
    let read = reading::read(at, &tzdb.zone(&tzdb.normalise(zone).unwrap()));
    assert_eq!(read.local, wanted.local, "{id} {zone}");
    assert_eq!(read.local.strftime("%a").to_string(), wanted.weekday, "{id} {zone}");
    assert_eq!(Offset::from_seconds(read.offset_seconds).unwrap(), offset(&wanted.offset), "{id} {zone}");
    assert_eq!(read.abbreviation, wanted.abbr, "{id} {zone}");
    assert_eq!(read.ambiguous, wanted.ambiguous_wall_time, "{id} {zone}");
}

/// `+05:45` or `+0545`.
fn offset(text: &str) -> Offset {
    let format = if text.contains(':') { "%:z" } else { "%z" };
    jiff::fmt::strtime::parse(format, text).unwrap().offset().unwrap()
}

#[test]
fn wall_to_instant_cases() {
    let tzdb = tzdb();
    for case in vectors().wall_to_instant_cases {
        let (id, expect) = (&case.id, &case.expect);
        let zone = tzdb.zone(&tzdb.normalise(&case.input.zone).unwrap());
        let resolved = wall::resolve(case.input.local, &zone, None);
        let (kind, found, suggested) = match wall::instants(case.input.local, &zone).unwrap() {
            Instants::Unique(at) => ("unique", vec![at], None),
            Instants::Fold { earlier, later } => ("fold", vec![earlier, later], None),
            Instants::Gap { before, after } => ("gap", vec![], Some((before, after))),
        };
        assert_eq!((kind, &found), (expect.kind.as_str(), &expect.instants_utc), "{id}");
        assert_eq!(suggested, expect.suggest_before_utc.zip(expect.suggest_after_utc), "{id}");
        let read = |at: Timestamp| reading::read(at, &zone).local;
        let locals = suggested.map(|(before, after)| (read(before), read(after)));
        assert_eq!(locals, expect.suggest_before_local.zip(expect.suggest_after_local), "{id}");
        let answer = resolved.map_or_else(|problem| format!("422 {}", problem.code()), |_| "200".to_owned());
        assert!(expect.http.starts_with(&answer), "{id}: {answer}, not {}", expect.http);
        for at in found {
            let offset = zone.to_offset(at).seconds();
            assert_eq!(wall::resolve(case.input.local, &zone, Some(offset)), Ok(at), "{id}");
            let other = wall::resolve(case.input.local, &zone, Some(offset + 60));
            assert_eq!(other, Err(WallProblem::OffsetNotValid), "{id}");
        }
    }
}

#[test]
fn tzdb_drift_cases() {
    let tzdb = tzdb();
    for case in vectors().tzdb_drift_cases {
        let (id, expect) = (&case.id, &case.expect);
        let meeting = confirmed(&tzdb, &case.input);
        assert!(tzdb.version() >= case.input.tzdb_now.as_str(), "{id}");
        let now = meeting.start - SignedDuration::from_hours(10 * 24);
        let decision = drift::decide(&meeting, &tzdb, now, |_| true);
        let (action, start, sequence, told) = match decision {
            Decision::Nothing => ("none", meeting.start, 0, [false, false]),
            Decision::Move(start) => ("move_keep_wall_clock", start, 1, [true, true]),
            Decision::KeepInstant { tell_agent, tell_customer } => {
                ("keep_instant_notify", meeting.start, 0, [tell_agent, tell_customer])
            }
            other => panic!("{id}: {other:?}"),
        };
        assert_eq!((action, start), (expect.action.as_str(), expect.start_utc), "{id}");
        assert_eq!(sequence, expect.sequence_increment, "{id}");
        let told: Vec<&str> = ["agent", "customer"]
            .into_iter()
            .zip(told)
            .filter_map(|(who, told)| told.then_some(who))
            .collect();
        assert_eq!(told, expect.notify, "{id}");
        for (side, wanted) in
            [(&meeting.agent, &expect.agent_local), (&meeting.customer, &expect.customer_local)]
        {
            assert_eq!(tzdb.zone(&side.zone).to_datetime(start), local(wanted).0, "{id}");
            assert_eq!(tzdb.zone(&side.zone).to_offset(start), local(wanted).1, "{id}");
        }
    }
}

fn confirmed(tzdb: &Tzdb, input: &DriftInput) -> Confirmed {
    let promise = |zone: &str, text: &str| {
        let (local, offset) = local(text);
        Promise { zone: tzdb.normalise(zone).unwrap(), local, offset_seconds: offset.seconds() }
    };
    Confirmed {
        start: input.booked_start_utc,
        tzdb_version: input.tzdb_at_booking.clone(),
        agent: promise(&input.agent_zone, &input.confirmed_agent_local),
        customer: promise(&input.customer_zone, &input.confirmed_customer_local),
    }
}

/// `2026-12-02T10:00-0800`.
fn local(text: &str) -> (DateTime, Offset) {
    let (local, east) = text.split_at(text.len() - 5);
    (local.parse().unwrap(), offset(east))
}
