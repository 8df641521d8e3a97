//! Which data is used, and what happens when it is old or incomplete.

use jiff::{SignedDuration, Timestamp};
use nameplate_domain::time::tzdb::{NoZones, UNKNOWN_VERSION};
use nameplate_domain::time::{Tzdb, ZoneId, reading};

/// Version 2+ data of a zone that never left one offset: a header without transitions and a POSIX footer.
fn fixed(footer: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..2 {
        bytes.extend(*b"TZif2");
        bytes.extend([0; 15]);
        // No leap seconds, transitions or indicators; one type, three letters of abbreviation.
        for count in [0_u32, 0, 0, 0, 1, 4] {
            bytes.extend(count.to_be_bytes());
        }
        bytes.extend([0, 0, 0, 0, 0, 0]);
        bytes.extend(*b"XXX\0");
    }
    bytes.extend(format!("\n{footer}\n").bytes());
    bytes
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), bytes.into())
}

fn version(files: &[(String, Vec<u8>)]) -> String {
    Tzdb::version_of(|name| files.iter().find(|(file, _)| file == name).map(|(_, bytes)| bytes.clone()))
}

#[test]
fn the_embedded_release_is_the_newest_known() {
    let tzdb = Tzdb::bundled();
    assert_eq!((tzdb.version(), tzdb.source()), ("2026f", "bundled"));
    let winter: Timestamp = "2026-12-01T12:00:00Z".parse().unwrap();
    let havana = tzdb.zone(&ZoneId::stored("America/Havana")).to_offset(winter);
    assert_eq!(havana.seconds(), -4 * 3600);
}

#[test]
fn the_version_is_stated_or_probed() {
    let zi = file("tzdata.zi", "# version 2025b\nR A 1 2\n");
    let plus = file("+VERSION", "2024a\n");
    assert_eq!(version(&[plus.clone(), zi.clone()]), "2025b");
    assert_eq!(version(&[plus, file("tzdata.zi", "# This file\n")]), "2024a");
    assert_eq!(version(&[file("+VERSION", "../../x")]), UNKNOWN_VERSION);
    assert_eq!(version(&[]), UNKNOWN_VERSION);
    let probed = |zone: &str, footer: &str| version(&[file(zone, fixed(footer))]);
    assert_eq!(probed("America/Havana", "CST5CDT,M3.2.0,M11.1.0"), UNKNOWN_VERSION);
    assert_eq!(probed("America/Havana", "<-04>4"), "2026f");
    assert_eq!(probed("America/Winnipeg", "<-05>5"), "2026e");
    assert_eq!(probed("Africa/Casablanca", "<+00>0"), "2026c");
    assert_eq!(probed("America/Vancouver", "<-07>7"), "2026b");
    assert_eq!(probed("Europe/Chisinau", "EET-2EEST,M3.5.0/3,M10.5.0/4"), "2026a");
    assert_eq!(probed("Europe/Chisinau", "EET-2EEST,M3.5.0,M10.5.0/3"), UNKNOWN_VERSION);
    assert_eq!(probed("America/Asuncion", "<-03>3"), "2025a");
}

#[test]
fn a_zone_that_the_files_lack_is_the_embedded_one() {
    let files = [file("+VERSION", "2030a"), file("Europe/Berlin", fixed("<+05>-5"))];
    let tzdb = Tzdb::from_files("/data/zones", files).unwrap();
    assert_eq!((tzdb.version(), tzdb.source()), ("2030a", "/data/zones"));
    let at: Timestamp = "2027-07-01T00:00:00Z".parse().unwrap();
    let offset = |id: &str| tzdb.zone(&ZoneId::stored(id)).to_offset(at).seconds() / 3600;
    assert_eq!((offset("Europe/Berlin"), offset("Europe/Paris"), offset("Europe/Atlantis")), (5, 2, 0));
    let known = |id: &str| (tzdb.has(&ZoneId::stored(id)), tzdb.knows(&ZoneId::stored(id)));
    assert_eq!(known("Europe/Berlin"), (true, true));
    assert_eq!(known("Europe/Paris"), (false, true));
    assert_eq!(known("Europe/Atlantis"), (false, false));
}

#[test]
fn files_without_a_zone_are_no_data() {
    assert_eq!(Tzdb::from_files("x", [file("+VERSION", "2030a")]).unwrap_err(), NoZones);
}

#[test]
fn a_zone_newer_than_our_names_is_accepted_from_the_tables() {
    let table = "#code\nDE,DK\t+5230+01322\tEurope/Newtown\tnote\n";
    let files = [
        file("zone1970.tab", table),
        file("Europe/Newtown", fixed("<+05>-5")),
        file("Europe/Unlisted", fixed("<+05>-5")),
    ];
    let tzdb = Tzdb::from_files("x", files).unwrap();
    assert_eq!(tzdb.normalise("europe/newtown").unwrap().as_str(), "Europe/Newtown");
    let place = tzdb.place(&ZoneId::stored("Europe/Newtown"));
    assert_eq!((place.city.as_str(), place.country.as_str()), ("Newtown", "Germany"));
    assert!(tzdb.normalise("Europe/Unlisted").is_err());
    assert!(Tzdb::bundled().normalise("Europe/Newtown").is_err());
}

#[test]
fn offsets_paths_and_abbreviations_are_no_zones() {
    let tzdb = Tzdb::bundled();
    for text in [
        "MST",
        "HST",
        "CET",
        "MET",
        "EET",
        "WET",
        "EST5EDT",
        "CST6CDT",
        "MST7MDT",
        "PST8PDT",
        "Etc/GMT-14",
        "SystemV/AST4",
        "Factory",
        "Etc/Unknown",
        "right/UTC",
        "posix/UTC",
        "zone.tab",
        "tzdata.zi",
        "+VERSION",
        "localtime",
        "UTC+1",
        "GMT+1",
        "PST",
        "Dateline Standard Time",
        "UTC-11",
        "Europe",
        "Europe/",
        "\0",
        "Europe/Berlin\n../x",
    ] {
        assert!(tzdb.normalise(text).is_err(), "{text:?}");
    }
    for text in ["Zulu", "GMT", "Greenwich", "GMT0", "Etc/GMT", "Etc/UCT", "utc", " UTC "] {
        assert_eq!(tzdb.normalise(text), Ok(ZoneId::utc()), "{text:?}");
    }
}

#[test]
fn an_unknown_name_is_answered_with_near_ones() {
    let nearest = |text: &str| Tzdb::bundled().normalise(text).unwrap_err().nearest;
    assert_eq!(nearest("Europe/Amsterdm").first().unwrap(), "Europe/Amsterdam");
    assert_eq!(nearest("Berlim").first().unwrap(), "Europe/Berlin");
    assert_eq!(nearest(""), [""; 0]);
    assert!(nearest(&"x".repeat(100_000)).len() <= 3);
}

#[test]
fn offsets_of_many_instants_are_those_of_each() {
    let tzdb = Tzdb::bundled();
    for name in ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "UTC", "America/Scoresbysund"] {
        let zone = tzdb.zone(&ZoneId::stored(name));
        // Seven hours apart over two years, then back to the beginning.
        let first: Timestamp = "2026-01-01T00:30:00Z".parse().unwrap();
        let mut instants: Vec<_> = (0..2_500).map(|n| first + SignedDuration::from_hours(7 * n)).collect();
        instants.push(first);
        let expected: Vec<_> = instants.iter().map(|at| (*at, zone.to_offset(*at))).collect();
        assert_eq!(reading::with_offsets(&zone, &instants).collect::<Vec<_>>(), expected, "{name}");
    }
}
