//! Slots on random zones, weeks and hours against two engines that look at the wall clock of every minute: one here,
//! one in Python (`tests/oracle/slots_oracle.py`).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "slots/cases.rs"]
mod cases;
#[path = "slots/minutes.rs"]
mod minutes;

use std::io::Write;
use std::process::{Command, Stdio};

use cases::{Case, case};
use jiff::{Timestamp, ToSpan};
use nameplate_domain::time::slots::{BookableQuery, Rules, bookable, check};
use nameplate_domain::time::{Tzdb, ZoneId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agree_with_the_clock_of_every_minute(case in case()) {
        prop_assert_eq!(case.starts(), minutes::starts(&Tzdb::bundled(), &case));
    }

    /// Who looks decides about the grouping, never about the slots; and one start is judged like all of them.
    #[test]
    fn do_not_depend_on_who_looks(case in case(), reader in cases::zone(), elsewhere in -300_i64..300) {
        let (tzdb, zone) = (Tzdb::bundled(), ZoneId::stored(&case.zone));
        let reader = ZoneId::stored(&reader);
        let rules = Rules {
            duration_minutes: case.duration_min,
            interval_minutes: case.interval_min,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            notice_minutes: 0,
            horizon_days: 30,
            daily_limit: None,
        };
        let (availability, busy) = (case.availability(), case.busy());
        let now = case.from.checked_sub(9.days()).unwrap().to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        let query = BookableQuery {
            tzdb: &tzdb,
            zone: &zone,
            availability: &availability,
            rules: &rules,
            busy: &busy,
            booked_starts: &[],
            now: now.timestamp(),
            from: case.from.checked_sub(2.days()).unwrap(),
            to: case.to.checked_add(2.days()).unwrap(),
            reader_zone: &reader,
        };
        let offered = bookable(&query);
        for start in case.starts() {
            prop_assert!(offered.contains(&start), "{} is missing for {}", start, reader);
        }
        for start in offered.iter().take(20) {
            prop_assert_eq!(check(&query, *start), Ok(()));
            let other = *start + elsewhere.minutes();
            let date = tzdb.zone(&reader).to_datetime(other).date();
            if (query.from..=query.to).contains(&date) {
                prop_assert_eq!(check(&query, other).is_ok(), offered.contains(&other), "{}", other);
            }
        }
    }
}

#[test]
fn agree_with_python() {
    let python = std::env::var_os("NAMEPLATE_PYTHON").expect(
        "NAMEPLATE_PYTHON names no Python with tests/oracle/requirements.txt: run `cargo xtask test`",
    );
    let mut runner = TestRunner::default();
    let cases: Vec<Case> = (0..60).map(|_| case().new_tree(&mut runner).unwrap().current()).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracle/slots_oracle.py");
    let mut child = Command::new(python)
        .arg(script)
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&serde_json::to_vec(&cases).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let answers: Vec<Vec<Timestamp>> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), cases.len());
    assert!(
        answers.iter().filter(|starts| !starts.is_empty()).count() > 20,
        "most cases must offer something"
    );
    for (case, answer) in cases.iter().zip(answers) {
        assert_eq!(case.starts(), answer, "{}", serde_json::to_string(case).unwrap());
    }
}
