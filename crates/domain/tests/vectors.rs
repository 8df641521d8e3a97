//! The acceptance cases of `tests/vectors/time-zones.json`, on the embedded time-zone data or, when the environment
//! names one in `NAMEPLATE_TZDIR`, on a zoneinfo directory.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "vectors/file.rs"]
mod file;
#[path = "vectors/source.rs"]
mod source;

use file::{Slot, vectors};
use jiff::Timestamp;
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::slots::{Busy, starts};
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

fn slot_case(tzdb: &nameplate_domain::time::Tzdb, case: &Slot) -> Option<String> {
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
