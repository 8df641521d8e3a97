use jiff::civil;
use nameplate_domain::time::availability::TimeOfDay;

use super::*;

mod dutch;

fn clock(zone: &str) -> Clock {
    Clock::new(Locale::En, &Tzdb::bundled(), &ZoneId::stored(zone), HourCycle::H24)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn range(zone: &str, start: &str, minutes: i64) -> String {
    clock(zone).full_range(at(start), at(start) + jiff::SignedDuration::from_mins(minutes))
}

#[test]
fn prints_the_forms_of_the_design() {
    let amsterdam = clock("Europe/Amsterdam");
    let start = at("2026-12-01T13:00:00Z");
    let full = "Tuesday 1 December 2026, 14:00-14:30 (Amsterdam, CET, UTC+1)";
    assert_eq!(range("Europe/Amsterdam", "2026-12-01T13:00:00Z", 30), full);
    assert_eq!(amsterdam.full(start), "Tuesday 1 December 2026, 14:00 (Amsterdam, CET, UTC+1)");
    assert_eq!(amsterdam.short(start), "Tue 1 Dec 2026, 14:00 (Amsterdam, UTC+1)");
    let short = "Tue 1 Dec 2026, 14:00-14:30 (Amsterdam, UTC+1)";
    assert_eq!(amsterdam.short_range(start, at("2026-12-01T13:30:00Z")), short);
    assert_eq!(amsterdam.time_full(start), "14:00 (Amsterdam, CET, UTC+1)");
    assert_eq!(amsterdam.time_short(start), "14:00 (Amsterdam, UTC+1)");
    let day = civil::date(2026, 12, 1);
    assert_eq!(
        (amsterdam.date_full(day), amsterdam.date_short(day)),
        ("Tuesday 1 December 2026".into(), "Tue 1 Dec 2026".into())
    );
    assert_eq!(amsterdam.heading(at("2026-12-01T10:04:59Z")), "Times in Amsterdam (UTC+1), now 11:04");
    assert_eq!(amsterdam.bare(start), "14:00");
    let name = amsterdam.slot_name(start, at("2026-12-01T13:30:00Z"));
    assert_eq!(name, "14:00 to 14:30, Tuesday 1 December, Amsterdam time");
    assert_eq!((amsterdam.place(), amsterdam.offset(start)), ("Amsterdam time".into(), Some("UTC+1".into())));
    let utc = clock("UTC");
    assert_eq!((utc.place(), utc.offset(start), utc.zone_label(start)), ("UTC".into(), None, "UTC".into()));
    assert_eq!(full_date(Locale::En, civil::date(2026, 12, 24)), "Thursday 24 December 2026");
    assert_eq!(weekday(Locale::En, civil::Weekday::Monday), "Monday");
    assert_eq!(weekday_short(Locale::En, civil::Weekday::Sunday), "Sun");
    assert_eq!(month_heading(Locale::En, civil::date(2026, 12, 5)), "December 2026");
    assert_eq!(amsterdam.day_heading(civil::date(2026, 12, 1), start), "Tuesday 1 December");
    assert_eq!(amsterdam.day_heading(civil::date(2027, 1, 1), start), "Friday 1 January 2027");
    assert_eq!(
        amsterdam.day_heading(civil::date(2027, 1, 1), at("2026-12-31T23:00:00Z")),
        "Friday 1 January"
    );
}

#[test]
fn numeric_abbreviations_are_never_printed() {
    let kathmandu = range("Asia/Kathmandu", "2026-11-23T03:15:00Z", 30);
    assert_eq!(kathmandu, "Monday 23 November 2026, 09:00-09:30 (Kathmandu, UTC+5:45)");
    let sao_paulo = range("America/Sao_Paulo", "2026-11-23T09:00:00Z", 60);
    assert_eq!(sao_paulo, "Monday 23 November 2026, 06:00-07:00 (São Paulo, UTC-3)");
    assert_eq!(range("UTC", "2026-11-23T09:00:00Z", 60), "Monday 23 November 2026, 09:00-10:00 (UTC)");
    let london = range("Europe/London", "2026-11-23T09:00:00Z", 60);
    assert_eq!(london, "Monday 23 November 2026, 09:00-10:00 (London, GMT, UTC+0)");
}

#[test]
fn an_offset_stands_beside_each_time_around_a_change_of_the_clock() {
    let night = "Sunday 1 November 2026, ";
    let ny = |start| range("America/New_York", start, 30);
    assert_eq!(ny("2026-11-01T05:45:00Z"), format!("{night}01:45 (UTC-4) - 01:15 (UTC-5) (New York)"));
    assert_eq!(ny("2026-11-01T06:30:00Z"), format!("{night}01:30 (UTC-5) - 02:00 (UTC-5) (New York, EST)"));
    let gap = range("America/New_York", "2026-03-08T06:30:00Z", 60);
    assert_eq!(gap, "Sunday 8 March 2026, 01:30 (UTC-5) - 03:30 (UTC-4) (New York)");
    let new_york = clock("America/New_York");
    let starts = ["2026-11-01T04:30:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"].map(at);
    assert_eq!(new_york.bare_list(&starts), ["00:30", "01:30 (UTC-4)", "01:30 (UTC-5)"]);
    let name = new_york.slot_name(at("2026-11-01T05:45:00Z"), at("2026-11-01T06:15:00Z"));
    assert_eq!(name, "01:45 (UTC-4) to 01:15 (UTC-5), Sunday 1 November, New York time");
}

#[test]
fn an_end_on_another_date_prints_that_date() {
    let text = range("Europe/Amsterdam", "2026-12-31T22:45:00Z", 30);
    let wanted = "Thursday 31 December 2026, 23:45 - Friday 1 January 2027, 00:15 (Amsterdam, CET, UTC+1)";
    assert_eq!(text, wanted);
}

#[test]
fn hours_are_counted_as_the_reader_likes() {
    let twelve =
        Clock::new(Locale::En, &Tzdb::bundled(), &ZoneId::stored("America/New_York"), HourCycle::H12);
    assert_eq!(twelve.short(at("2026-12-01T19:05:00Z")), "Tue 1 Dec 2026, 2:05 pm (New York, UTC-5)");
    assert_eq!(twelve.bare(at("2026-12-01T05:00:00Z")), "12:00 am");
    assert_eq!(twelve.bare(at("2026-12-01T17:00:00Z")), "12:00 pm");
    let hours = |minutes, hours| time_of_day(Locale::En, TimeOfDay::from_minutes(minutes).unwrap(), hours);
    assert_eq!((hours(540, HourCycle::H24), hours(540, HourCycle::H12)), ("09:00".into(), "9:00 am".into()));
    assert_eq!(
        (hours(1440, HourCycle::H24), hours(1440, HourCycle::H12)),
        ("24:00".into(), "12:00 am".into())
    );
}

#[test]
fn both_sides_are_shown_when_they_read_different_times() {
    let (start, end) = (at("2026-12-01T13:00:00Z"), at("2026-12-01T13:30:00Z"));
    let berlin = clock("Europe/Berlin");
    assert!(!berlin.differs_from(&clock("Europe/Amsterdam"), start, end));
    assert!(berlin.differs_from(&clock("Europe/London"), start, end));
}

#[test]
fn a_zone_is_offered_with_its_time_and_the_next_change() {
    let tzdb = Tzdb::bundled();
    let now = at("2027-01-15T10:00:00Z");
    let option =
        |id: &str| zone_option(Locale::En, &tzdb, &tzdb.place(&ZoneId::stored(id)), now, HourCycle::H24);
    assert_eq!(option("Europe/Berlin"), "Berlin, Germany - 11:00 (UTC+1)");
    assert_eq!(option("UTC"), "UTC - 10:00");
    let change = |id: &str, now: &str| zone_change(Locale::En, &tzdb, &ZoneId::stored(id), at(now));
    let announced = Some("changes to UTC+2 on 28 March".to_owned());
    assert_eq!(change("Europe/Berlin", "2027-01-15T10:00:00Z"), announced);
    assert_eq!(change("Europe/Berlin", "2026-12-15T10:00:00Z"), None, "more than 90 days away");
    assert_eq!(change("Asia/Tokyo", "2027-01-15T10:00:00Z"), None);
}

/// The text, parsed back with its offset, is the stored instant: for every zone on three dates, in both hour cycles.
#[test]
fn every_printed_time_reads_back_as_its_instant() {
    let tzdb = Tzdb::bundled();
    for hit in tzdb.picker() {
        for start in ["2026-03-29T00:30:00Z", "2026-11-01T06:30:00Z", "2027-07-01T12:45:00Z"].map(at) {
            for hours in [HourCycle::H24, HourCycle::H12] {
                let clock = Clock::new(Locale::En, &tzdb, &hit.zone, hours);
                let (full, short) = (clock.full(start), clock.short(start));
                assert_eq!(parsed(&full, "%A %d %B %Y", hours), start, "{full}");
                assert_eq!(parsed(&short, "%a %d %b %Y", hours), start, "{short}");
                assert!(full.contains(&hit.city), "{full}");
            }
        }
    }
}

fn parsed(text: &str, date: &str, hours: HourCycle) -> Timestamp {
    let (local, zone) = text.split_once(" (").unwrap();
    let time = if hours == HourCycle::H24 { "%H:%M" } else { "%I:%M %p" };
    let local = DateTime::strptime(format!("{date}, {time}"), local).unwrap();
    let offset = zone.trim_end_matches(')').rsplit(", ").next().unwrap().strip_prefix("UTC").unwrap();
    let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "0"));
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let minutes = 60 * hours.parse().unwrap_or(0_i64) + sign * minutes.parse::<i64>().unwrap();
    local.to_zoned(TimeZone::UTC).unwrap().timestamp() - jiff::SignedDuration::from_mins(minutes)
}
