//! Notice, horizon, daily limit, buffers and blocked time around the slots of one week in Berlin.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::reading::{ClockChange, clock_change};
use nameplate_domain::time::slots::SlotRefusal::{
    BeyondHorizon, DailyLimit, InThePast, OutsideHours, Taken, TooSoon,
};
use nameplate_domain::time::slots::{
    BookableQuery, Busy, Rules, SlotRefusal, blocked, bookable, check, date_of, inside_hours,
};
use nameplate_domain::time::{Tzdb, ZoneId};
use serde_json::json;

/// Monday to Friday 09:00-11:00 in Berlin: 08:00Z to 10:00Z in winter.
struct Agent {
    tzdb: Tzdb,
    zone: ZoneId,
    reader: ZoneId,
    availability: Availability,
    rules: Rules,
    busy: Vec<Busy>,
    booked: Vec<Timestamp>,
    now: Timestamp,
    from: Date,
    to: Date,
}

impl Agent {
    fn new() -> Self {
        let tzdb = Tzdb::bundled();
        let hours = json!([["09:00", "11:00"]]);
        let weekly = json!({"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours});
        Self {
            availability: Availability::parse(json!({"weekly": weekly}), &tzdb).unwrap(),
            tzdb,
            zone: ZoneId::stored("Europe/Berlin"),
            reader: ZoneId::stored("Europe/Berlin"),
            rules: Rules {
                duration_minutes: 30,
                interval_minutes: 30,
                buffer_before_minutes: 0,
                buffer_after_minutes: 0,
                notice_minutes: 0,
                horizon_days: 60,
                daily_limit: None,
            },
            busy: Vec::new(),
            booked: Vec::new(),
            now: at("2026-11-22T12:00:00Z"),
            from: date(2026, 11, 23),
            to: date(2026, 11, 24),
        }
    }

    fn query(&self) -> BookableQuery<'_> {
        BookableQuery {
            tzdb: &self.tzdb,
            zone: &self.zone,
            availability: &self.availability,
            rules: &self.rules,
            busy: &self.busy,
            booked_starts: &self.booked,
            now: self.now,
            from: self.from,
            to: self.to,
            reader_zone: &self.reader,
        }
    }

    /// The starts as `23T08:00`.
    fn offered(&self) -> Vec<String> {
        bookable(&self.query()).iter().map(|start| start.strftime("%dT%H:%M").to_string()).collect()
    }

    fn check(&self, start: &str) -> Result<(), SlotRefusal> {
        let answer = check(&self.query(), at(start));
        let listed = bookable(&self.query()).contains(&at(start));
        assert_eq!(answer.is_ok(), listed, "the list and the check of {start} must agree");
        answer
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn busy(from: &str, minutes: i64) -> Busy {
    Busy { from: at(from), until: at(from) + SignedDuration::from_mins(minutes) }
}

#[test]
fn offers_the_hours_of_the_dates_asked_for() {
    let agent = Agent::new();
    let monday = ["23T08:00", "23T08:30", "23T09:00", "23T09:30"];
    let tuesday = ["24T08:00", "24T08:30", "24T09:00", "24T09:30"];
    assert_eq!(agent.offered(), [monday, tuesday].concat());
    assert_eq!(agent.check("2026-11-23T08:00:00Z"), Ok(()));
    assert_eq!(agent.check("2026-11-23T08:10:00Z"), Err(OutsideHours), "off the grid");
    assert_eq!(agent.check("2026-11-23T10:00:00Z"), Err(OutsideHours));
    assert_eq!(agent.check("2026-11-22T11:00:00Z"), Err(InThePast));
}

#[test]
fn groups_by_the_dates_of_the_reader() {
    let mut agent = Agent::new();
    agent.reader = ZoneId::stored("Pacific/Honolulu");
    agent.to = agent.from;
    let tuesday_in_berlin = ["24T08:00", "24T08:30", "24T09:00", "24T09:30"];
    assert_eq!(agent.offered(), tuesday_in_berlin, "still Monday in Honolulu");
}

#[test]
fn notice_is_elapsed_time() {
    let mut agent = Agent::new();
    agent.now = at("2026-11-23T08:00:00.000001Z");
    agent.rules.notice_minutes = 60;
    assert_eq!(agent.check("2026-11-23T08:00:00Z"), Err(InThePast));
    assert_eq!(agent.check("2026-11-23T09:00:00Z"), Err(TooSoon));
    assert_eq!(agent.check("2026-11-23T09:30:00Z"), Ok(()));
    agent.now = at("2026-11-23T08:00:00Z");
    assert_eq!(agent.check("2026-11-23T09:00:00Z"), Ok(()), "exactly the notice is enough");
}

#[test]
fn horizon_counts_the_dates_of_the_agent() {
    let mut agent = Agent::new();
    agent.rules.horizon_days = 1;
    // 23:30Z on Sunday is already Monday in Berlin: one date further is Tuesday.
    agent.now = at("2026-11-22T23:30:00Z");
    assert_eq!(agent.check("2026-11-24T08:00:00Z"), Ok(()));
    agent.now = at("2026-11-22T22:30:00Z");
    assert_eq!(agent.check("2026-11-24T08:00:00Z"), Err(BeyondHorizon));
    agent.rules.horizon_days = 0;
    agent.now = at("2026-11-22T23:30:00Z");
    assert_eq!(agent.offered().len(), 4, "today is always within the horizon");
}

#[test]
fn daily_limit_counts_the_dates_of_the_agent() {
    let mut agent = Agent::new();
    agent.rules.daily_limit = Some(2);
    // Sunday 23:10Z is a Monday meeting in Berlin.
    agent.booked = vec![at("2026-11-23T08:00:00Z"), at("2026-11-22T23:10:00Z")];
    assert_eq!(agent.check("2026-11-23T09:00:00Z"), Err(DailyLimit));
    assert_eq!(agent.offered().len(), 4, "Tuesday is left");
    agent.booked = vec![at("2026-11-23T08:00:00Z"), at("2026-11-22T22:10:00Z")];
    assert_eq!(agent.offered().len(), 8);
    agent.rules.daily_limit = Some(0);
    assert_eq!(agent.offered(), [""; 0]);
}

#[test]
fn buffers_widen_the_busy_test_and_not_the_fit() {
    let mut agent = Agent::new();
    agent.to = agent.from;
    agent.rules.buffer_before_minutes = 10;
    agent.rules.buffer_after_minutes = 20;
    assert_eq!(agent.offered().len(), 4, "the first and the last start need no open hours around them");
    agent.busy = vec![busy("2026-11-23T08:50:00Z", 5)];
    assert_eq!(agent.offered(), ["23T08:00", "23T09:30"], "08:30 + 30 + 20 and 09:00 - 10 are taken");
    assert_eq!(agent.check("2026-11-23T08:30:00Z"), Err(Taken));
    agent.busy = vec![busy("2026-11-23T08:20:00Z", 30)];
    assert_eq!(agent.offered(), ["23T09:00", "23T09:30"], "periods that touch a buffer do not overlap it");
    agent.busy = vec![busy("2026-11-23T09:00:00Z", 0)];
    assert_eq!(agent.offered().len(), 4, "an empty period takes nothing");
}

#[test]
fn busy_periods_may_overlap_and_come_in_any_order() {
    let mut agent = Agent::new();
    agent.to = agent.from;
    agent.busy = vec![
        busy("2026-11-23T09:30:00Z", 5),
        busy("2026-11-23T07:00:00Z", 75),
        busy("2026-11-23T07:10:00Z", 5),
    ];
    assert_eq!(agent.offered(), ["23T08:30", "23T09:00"]);
}

#[test]
fn closures_win_over_overrides() {
    let mut agent = Agent::new();
    let special = json!({"overrides": {"2026-11-23": [["13:00", "14:00"]]}});
    agent.availability = Availability::parse(special, &agent.tzdb).unwrap();
    assert_eq!(agent.offered(), ["23T12:00", "23T12:30"]);
    agent.availability = agent.availability.with_closures([date(2026, 11, 23)]);
    assert_eq!(agent.offered(), [""; 0]);
}

#[test]
fn the_agent_reads_dates_in_the_zone_of_a_trip() {
    let agent = Agent::new();
    let trip = json!({"zone_overrides": [{"from": "2026-11-25", "to": "2026-11-26", "zone": "Asia/Tokyo"}]});
    let travelling = Availability::parse(trip, &agent.tzdb).unwrap();
    let read = |text: &str| date_of(&agent.tzdb, &agent.zone, &travelling, at(text)).to_string();
    assert_eq!(read("2026-11-24T14:30:00Z"), "2026-11-24", "still the 24th in Tokyo and in Berlin");
    assert_eq!(read("2026-11-24T15:30:00Z"), "2026-11-25", "the trip has begun in Tokyo");
    assert_eq!(read("2026-11-26T15:30:00Z"), "2026-11-26", "the 27th in Tokyo is no date of the trip");
}

#[test]
fn blocked_time_is_what_the_wall_clock_shows() {
    let agent = Agent::new();
    let taken = |start: &str, end: &str| {
        let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
        blocked(&agent.tzdb, &agent.zone, &agent.availability, start, end)
    };
    assert_eq!(taken("2026-11-23T22:00", "2026-11-25T01:00"), [busy("2026-11-23T21:00:00Z", 27 * 60)]);
    // The clock goes back at 03:00: the hour from 02:00 happens twice.
    assert_eq!(taken("2026-10-25T02:00", "2026-10-25T03:00"), [busy("2026-10-25T00:00:00Z", 120)]);
    let twice = [busy("2026-10-25T00:00:00Z", 30), busy("2026-10-25T01:00:00Z", 30)];
    assert_eq!(taken("2026-10-25T02:00", "2026-10-25T02:30"), twice);
    assert_eq!(taken("2026-03-29T02:00", "2026-03-29T03:00"), [], "skipped");
    assert_eq!(taken("2026-03-29T03:00", "2026-03-29T03:00"), []);
}

#[test]
fn a_meeting_is_inside_the_hours_or_not_wherever_the_grid_is() {
    let agent = Agent::new();
    let inside = |start: &str, minutes| {
        let end = at(start) + SignedDuration::from_mins(minutes);
        inside_hours(&agent.tzdb, &agent.zone, &agent.availability, at(start), end)
    };
    assert!(inside("2026-11-23T08:00:00Z", 120));
    assert!(inside("2026-11-23T08:07:00Z", 30));
    assert!(!inside("2026-11-23T09:45:00Z", 30));
    assert!(!inside("2026-11-23T07:59:00Z", 30));
    assert!(!inside("2026-11-22T09:00:00Z", 30), "a Sunday");
}

#[test]
fn a_date_with_a_change_of_the_clock_says_so() {
    let agent = Agent::new();
    let change = |zone: &str, date: Date| clock_change(date, &agent.tzdb.zone(&ZoneId::stored(zone)));
    assert_eq!(change("Europe/Berlin", date(2026, 3, 29)), Some(ClockChange::Forward));
    assert_eq!(change("Europe/Berlin", date(2026, 10, 25)), Some(ClockChange::Back));
    assert_eq!(change("Europe/Berlin", date(2026, 10, 26)), None);
    assert_eq!(change("Europe/Berlin", date(2026, 10, 24)), None);
    assert_eq!(change("America/Nuuk", date(2026, 3, 28)), Some(ClockChange::Forward), "23:00 is midnight");
    assert_eq!(change("Africa/Cairo", date(2026, 10, 29)), Some(ClockChange::Back), "24:00 is 23:00");
    assert_eq!(change("Africa/Cairo", date(2026, 10, 30)), None);
    assert_eq!(change("Asia/Tokyo", date(2026, 3, 29)), None);
}
