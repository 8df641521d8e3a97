use super::*;
use serde_json::Value;

fn clock(zone: &str, hours: HourCycle) -> Clock {
    Clock::new(Locale::Nl, &Tzdb::bundled(), &ZoneId::stored(zone), hours)
}

#[test]
fn prints_the_forms_of_the_design_in_dutch() {
    let amsterdam = clock("Europe/Amsterdam", HourCycle::H24);
    let (start, end) = (at("2026-12-01T13:00:00Z"), at("2026-12-01T13:30:00Z"));
    let full = "dinsdag 1 december 2026, 14:00-14:30 (Amsterdam, CET, UTC+1)";
    assert_eq!(amsterdam.full_range(start, end), full);
    assert_eq!(amsterdam.short(start), "di 1 dec 2026, 14:00 (Amsterdam, UTC+1)");
    assert_eq!(amsterdam.heading(at("2026-12-01T10:04:59Z")), "Tijden in Amsterdam (UTC+1), nu 11:04");
    assert_eq!(amsterdam.slot_name(start, end), "14:00 tot 14:30, dinsdag 1 december, tijd in Amsterdam");
    assert_eq!(month_heading(Locale::Nl, civil::date(2026, 3, 5)), "maart 2026");
    let option = |id: &str| {
        let (tzdb, zone) = (Tzdb::bundled(), ZoneId::stored(id));
        zone_option(Locale::Nl, &tzdb, &tzdb.place(&zone), start, HourCycle::H24)
    };
    assert_eq!(option("Europe/Berlin"), "Berlijn, Duitsland - 14:00 (UTC+1)");
    assert_eq!(clock("Europe/London", HourCycle::H24).place(), "tijd in Londen");
    let twelve = clock("America/New_York", HourCycle::H12);
    assert_eq!(twelve.short(at("2026-12-01T19:05:00Z")), "di 1 dec 2026, 2:05 p.m. (New York, UTC-5)");
    assert_eq!(twelve.bare(at("2026-12-01T17:00:00Z")), "12:00 p.m.");
    let announced = zone_change(
        Locale::Nl,
        &Tzdb::bundled(),
        &ZoneId::stored("Europe/Berlin"),
        at("2027-01-15T10:00:00Z"),
    );
    assert_eq!(announced.as_deref(), Some("op 28 maart naar UTC+2"));
}

/// Names, order and hours as the Unicode CLDR has them, read from Node (`tests/oracle/printed_times.mjs`).
#[test]
fn dates_and_hours_are_those_of_the_unicode_cldr() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../../../tests/vectors/printed-times.json")).unwrap();
    let cases = vectors["nl"].as_array().unwrap();
    assert_eq!(cases.len(), 48);
    for case in cases {
        let wanted = |key: &str| case[key].as_str().unwrap().to_owned();
        let instant = at(&wanted("at"));
        let (utc, twelve) = (clock("UTC", HourCycle::H24), clock("UTC", HourCycle::H12));
        let day = utc.local(instant).date();
        assert_eq!(utc.date_full(day), wanted("full"));
        assert_eq!(utc.full(instant), format!("{}, {} (UTC)", wanted("full"), wanted("hours_24")));
        assert_eq!(utc.short(instant), format!("{}, {} (UTC)", wanted("short"), wanted("hours_24")));
        assert_eq!(weekday(Locale::Nl, day.weekday()), wanted("weekday"));
        assert_eq!(weekday_short(Locale::Nl, day.weekday()), wanted("weekday_short"));
        assert_eq!(month_heading(Locale::Nl, day), wanted("month"));
        assert_eq!(twelve.bare(instant), wanted("hours_12"));
    }
}
