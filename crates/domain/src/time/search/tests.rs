use super::*;

fn first(text: &str) -> (String, String, String) {
    let hits = Tzdb::bundled().search(text);
    let hit = hits.first().unwrap_or_else(|| panic!("{text}: nothing found"));
    (hit.zone.to_string(), hit.city.clone(), hit.country.clone())
}

#[test]
fn puts_the_one_right_zone_first() {
    for (text, zone, city, country) in [
        ("Eindhoven", "Europe/Amsterdam", "Eindhoven", "Netherlands"),
        ("Munchen", "Europe/Berlin", "Munich", "Germany"),
        ("München", "Europe/Berlin", "Munich", "Germany"),
        ("Muenchen", "Europe/Berlin", "Munich", "Germany"),
        ("Bombay", "Asia/Kolkata", "Mumbai", "India"),
        ("Kiev", "Europe/Kyiv", "Kyiv", "Ukraine"),
        ("Kyiv", "Europe/Kyiv", "Kyiv", "Ukraine"),
        ("kyi", "Europe/Kyiv", "Kyiv", "Ukraine"),
        ("new york", "America/New_York", "New York", "United States"),
        ("york", "Europe/London", "York", "United Kingdom"),
        ("Germany", "Europe/Berlin", "Berlin", "Germany"),
        ("São Paulo", "America/Sao_Paulo", "São Paulo", "Brazil"),
        ("Asia/Calcutta", "Asia/Kolkata", "Kolkata", "India"),
        ("w. europe standard time", "Europe/Berlin", "Berlin", "Germany"),
        ("utc", "UTC", "UTC", ""),
        ("Amsterdm", "Europe/Amsterdam", "Amsterdam", "Netherlands"),
    ] {
        assert_eq!(first(text), (zone.to_owned(), city.to_owned(), country.to_owned()), "{text}");
    }
}

#[test]
fn finds_nothing_for_nothing() {
    for text in ["", "   ", "'", "\u{301}"] {
        assert_eq!(Tzdb::bundled().search(text), [], "{text:?}");
    }
}

#[test]
fn every_line_is_found_by_its_own_key() {
    let mut last = "";
    for line in CITIES.lines() {
        let parsed = Line::parse(line).unwrap();
        assert!(last <= parsed.key, "{line} is out of order");
        last = parsed.key;
        assert_eq!(fold(parsed.key), parsed.key, "{line} is folded in another way");
        assert!(Tzdb::bundled().has(&parsed.hit().unwrap().zone), "{line}");
    }
    for line in CITIES.lines().step_by(97).map(|line| Line::parse(line).unwrap()) {
        assert_eq!(lines_from(line.key).next().unwrap().key, line.key);
    }
}

#[test]
fn picker_lists_each_zone_once_under_the_name_that_is_stored() {
    let tzdb = Tzdb::bundled();
    let picker = tzdb.picker();
    assert!(picker.len() > 400, "{}", picker.len());
    let mut zones: Vec<&ZoneId> = picker.iter().map(|hit| &hit.zone).collect();
    zones.sort_unstable();
    zones.dedup();
    assert_eq!(zones.len(), picker.len());
    for hit in picker {
        assert_eq!(tzdb.normalise(hit.zone.as_str()).as_ref(), Ok(&hit.zone));
        assert!(tzdb.has(&hit.zone), "{}", hit.zone);
        assert_eq!(hit.country.is_empty(), hit.zone.as_str() == "UTC", "{}", hit.zone);
    }
}
