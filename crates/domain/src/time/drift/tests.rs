use jiff::tz::Offset;

use super::*;

/// Data in which the clock of the zone stands one hour further west than the embedded one: what a government that
/// gives up an hour does to it. The bytes of another zone stand in for it.
fn later_release(zone: &str, now_like: &str) -> Tzdb {
    let pack = Tzdb::bundled();
    let bytes = pack.tzif(now_like).unwrap();
    let version = ("+VERSION".to_owned(), b"2030a\n".to_vec());
    Tzdb::from_files("test", [version, (zone.to_owned(), bytes)]).unwrap()
}

fn promise(zone: &str, at: &str) -> Promise {
    let at: Timestamp = at.parse().unwrap();
    let zone = ZoneId::stored(zone);
    let read = reading::read(at, &Tzdb::bundled().zone(&zone));
    Promise { zone, local: read.local, offset_seconds: read.offset_seconds }
}

fn meeting(start: &str, agent: &str, customer: &str) -> Confirmed {
    Confirmed {
        start: start.parse().unwrap(),
        tzdb_version: "2026f".to_owned(),
        agent: promise(agent, start),
        customer: promise(customer, start),
    }
}

const NOW: &str = "2027-01-01T00:00:00Z";

fn decided(meeting: &Confirmed, tzdb: &Tzdb, fits: bool) -> Decision {
    decide(meeting, tzdb, NOW.parse().unwrap(), |_| fits)
}

/// Berlin now keeps the clock of London: 10:00 in Berlin comes an hour later.
fn berlin() -> (Confirmed, Tzdb) {
    let booked = meeting("2027-01-11T09:00:00Z", "Europe/Berlin", "Europe/Berlin");
    (booked, later_release("Europe/Berlin", "Europe/London"))
}

#[test]
fn moves_where_both_promises_lead() {
    let (booked, tzdb) = berlin();
    let moved = "2027-01-11T10:00:00Z".parse().unwrap();
    assert_eq!(decided(&booked, &tzdb, true), Decision::Move(moved));
    assert_eq!(decided(&booked, &tzdb, false), Decision::AskAgent(moved), "overlap, or outside the hours");
}

#[test]
fn keeps_the_instant_when_the_promises_part() {
    let (mut booked, tzdb) = berlin();
    booked.customer = promise("Asia/Tokyo", "2027-01-11T09:00:00Z");
    let kept = Decision::KeepInstant { tell_agent: true, tell_customer: false };
    assert_eq!(decided(&booked, &tzdb, true), kept);
}

#[test]
fn only_flags_in_the_last_24_hours() {
    let (booked, tzdb) = berlin();
    let before = |hours| booked.start - SignedDuration::from_hours(hours);
    assert_eq!(decide(&booked, &tzdb, before(24), |_| true), decided(&booked, &tzdb, true));
    let soon = before(24) + SignedDuration::from_secs(1);
    assert_eq!(decide(&booked, &tzdb, soon, |_| true), Decision::Flag(Flag::StartsSoon));
}

#[test]
fn takes_the_confirmed_pass_of_a_fold() {
    // 01:30 comes twice in London on 31 October 2027; the promise was made at +01:00 by a clock an hour off.
    let tzdb = later_release("Europe/Berlin", "Europe/London");
    let local = "2027-10-31T01:30:00".parse().unwrap();
    let promised = |hours| Promise {
        zone: ZoneId::stored("Europe/Berlin"),
        local,
        offset_seconds: Offset::constant(hours).seconds(),
    };
    let booked = |hours| Confirmed {
        start: "2027-10-30T23:30:00Z".parse().unwrap(),
        tzdb_version: "2026f".to_owned(),
        agent: promised(hours),
        customer: promised(hours),
    };
    let at = |text: &str| Decision::Move(text.parse().unwrap());
    assert_eq!(decided(&booked(1), &tzdb, true), at("2027-10-31T00:30:00Z"));
    assert_eq!(decided(&booked(0), &tzdb, true), at("2027-10-31T01:30:00Z"));
    let neither = Decision::KeepInstant { tell_agent: true, tell_customer: true };
    assert_eq!(decided(&booked(2), &tzdb, true), neither);
}

#[test]
fn leaves_a_meeting_in_a_fold_alone() {
    for start in ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"] {
        let booked = meeting(start, "Europe/Berlin", "Europe/Berlin");
        assert_eq!(decided(&booked, &Tzdb::bundled(), true), Decision::Nothing);
    }
}

#[test]
fn keeps_the_instant_when_the_promise_falls_into_a_gap() {
    // 01:30 does not exist in London on 28 March 2027.
    let booked = meeting("2027-03-28T00:30:00Z", "Europe/Berlin", "Europe/Berlin");
    let tzdb = later_release("Europe/Berlin", "Europe/London");
    let kept = Decision::KeepInstant { tell_agent: true, tell_customer: true };
    assert_eq!(decided(&booked, &tzdb, true), kept);
}

#[test]
fn changes_nothing_on_older_data() {
    let (mut booked, tzdb) = berlin();
    booked.tzdb_version = "2030b".to_owned();
    assert_eq!(decided(&booked, &tzdb, true), Decision::OlderData);
}

#[test]
fn flags_a_zone_that_vanished() {
    let (mut booked, tzdb) = berlin();
    booked.customer.zone = ZoneId::stored("Europe/Atlantis");
    assert_eq!(decided(&booked, &tzdb, true), Decision::Flag(Flag::ZoneVanished));
}
