//! What each filter prints, and the names of 24sessions.

use crate::common::{codes, print, render, values, with};
use nameplate_domain::placeholder::{ErrorCode, FILTERS, Path, SYNONYMS, Sink, Value, Values};
use std::collections::BTreeSet;

fn times() -> Values {
    let (start, end) = ("2026-12-01T13:00:00Z".parse().unwrap(), "2026-12-01T13:30:00Z".parse().unwrap());
    let mut set = with(Path::MeetingStart, Value::Time(start));
    set.set(Path::MeetingWhen, Value::Range(start, end));
    set
}

#[test]
fn a_time_is_printed_by_the_clock_that_was_asked_for() {
    let set = times();
    for (source, expected) in [
        ("meeting.start", "DateTime 2026-12-01T13:00:00Z Full Recipient"),
        ("meeting.start | datetime", "DateTime 2026-12-01T13:00:00Z Full Recipient"),
        ("meeting.start | date", "Date 2026-12-01T13:00:00Z Full Recipient"),
        ("meeting.start | time('short')", "Time 2026-12-01T13:00:00Z Short Recipient"),
        ("meeting.start | in_zone('agent') | date(\"full\")", "Date 2026-12-01T13:00:00Z Full Agent"),
        ("meeting.start | in_zone('customer')", "DateTime 2026-12-01T13:00:00Z Full Customer"),
        ("meeting.start | in_zone('asia/calcutta') | time", "Time 2026-12-01T13:00:00Z Full Asia/Kolkata"),
        ("meeting.start | date | upper", "DATE 2026-12-01T13:00:00Z FULL RECIPIENT"),
        ("meeting.when", "2026-12-01T13:00:00Z - 2026-12-01T13:30:00Z Full Recipient\nand yours"),
        (
            "meeting.when | range('full')",
            "2026-12-01T13:00:00Z - 2026-12-01T13:30:00Z Full Recipient\nand yours",
        ),
        ("meeting.when | range('short')", "2026-12-01T13:00:00Z - 2026-12-01T13:30:00Z Short Recipient"),
        ("meeting.when | in_zone('UTC')", "2026-12-01T13:00:00Z - 2026-12-01T13:30:00Z Full UTC"),
        ("meeting.previous_start | date | default('none')", "none"),
        ("meeting.previous_start | default('none') | date", "none"),
    ] {
        assert_eq!(print(&format!("{{{{ {source} }}}}"), Sink::Text, &set), expected, "{source}");
    }
    // Where there is one line, times are short, unless the template says otherwise.
    for sink in [Sink::Header, Sink::Sms] {
        assert_eq!(print("{{ meeting.start }}", sink, &set), "DateTime 2026-12-01T13:00:00Z Short Recipient");
        assert!(print("{{ meeting.start | date('full') }}", sink, &set).contains("Full"));
        let range = print("{{ meeting.when | range('full') }}", sink, &set);
        assert!(range.ends_with("Full Recipient and yours"), "{range}");
    }
    let html = print("{{ meeting.when | nl2br }}", Sink::Html, &set);
    assert!(html.ends_with("Recipient<br>and yours</bdi>"), "{html}");
}

#[test]
fn text_is_changed_as_asked() {
    let set = values(&[
        (Path::AgentName, "ANNA-marie  o'kafor (zoë)"),
        (Path::CustomerName, "👩‍💻e\u{301}🇳🇱x"),
        (Path::MeetingTitle, "Straße"),
        (Path::MeetingDescription, "one\ntwo three"),
    ]);
    for (source, expected) in [
        ("agent.name | title", "Anna-Marie  O'kafor (Zoë)"),
        ("agent.name | lower", "anna-marie  o'kafor (zoë)"),
        ("meeting.title | upper", "STRASSE"),
        ("agent.name | first_name", "ANNA-marie"),
        ("agent.name | first_name | title", "Anna-Marie"),
        // Graphemes are never cut.
        ("customer.name | truncate(1)", "👩‍💻"),
        ("customer.name | truncate(3)", "👩‍💻e\u{301}🇳🇱"),
        ("customer.name | truncate(20000)", "👩‍💻e\u{301}🇳🇱x"),
        // What is cut off may end in a space.
        ("agent.name | truncate(11)", "ANNA-marie"),
        ("meeting.description | upper", "ONE\nTWO THREE"),
        ("meeting.description | nl2br", "one\ntwo three"),
        ("agent.email | default('our switchboard')", "our switchboard"),
        ("agent.job_title | upper | default('{{ agent.name }}')", "{{ agent.name }}"),
        ("agent.job_title | default('a') | upper", "A"),
    ] {
        assert_eq!(print(&format!("{{{{ {source} }}}}"), Sink::Text, &set), expected, "{source}");
    }
}

#[test]
fn each_name_of_24sessions_is_one_of_ours() {
    let mut seen = BTreeSet::new();
    for (theirs, ours) in SYNONYMS {
        assert!(seen.insert(theirs), "{theirs} stands there twice");
        assert_eq!(Path::parse(theirs), Some(*ours));
        assert!(Path::ALL.iter().all(|path| path.as_str() != *theirs), "{theirs} is a name of ours");
        let set = if *ours == Path::MeetingBookedByCustomer {
            with(*ours, Value::Boolean(true))
        } else {
            values(&[(*ours, "value")])
        };
        let printed = print(&format!("{{{{ {theirs}|nl2br }}}}"), Sink::Text, &set);
        assert!(["value", "true"].contains(&&*printed), "{theirs}: {printed}");
    }
    for unchanged in ["meeting.id", "meeting.status", "meeting.description"] {
        assert!(Path::parse(unchanged).is_some(), "{unchanged}");
    }
}

#[test]
fn a_template_of_24sessions_prints_as_it_is() {
    let source = "Hi {{ meeting.guest.name }},\n\n{% if meeting.isCreatedByGuest == true %}\nYou booked {{ meeting.type.name }} \
                  ({{meeting.type.duration}} min)\n{% else %}\n{{ meeting.user.name }} planned it\n{% endif %}\n\
                  {{ cancellationReason|nl2br }}\n{{ meeting.user.name }}, {{ meeting.user.jobTitle }}\n{{ company.name }}, \
                  {{ meeting.user.locationName }}, {{ meeting.user.city }}\n{{ meeting.user.phone }}";
    assert_eq!(codes(source, Sink::Text), []);
    let mut set = values(&[
        (Path::CustomerName, "Zoë"),
        (Path::AgentName, "Anna Berg"),
        (Path::AgentJobTitle, "Adviser"),
        (Path::OrganisationName, "Harbour"),
        (Path::AgentLocationName, "Head office"),
        (Path::AgentLocationCity, "Utrecht"),
        (Path::MeetingTypeName, "Introduction"),
    ]);
    set.set(Path::MeetingTypeDurationMinutes, Value::Number(30));
    let end = "\nAnna Berg, Adviser\nHarbour, Head office, Utrecht";
    for (by_customer, line) in [(true, "You booked Introduction (30 min)"), (false, "Anna Berg planned it")] {
        set.set(Path::MeetingBookedByCustomer, Value::Boolean(by_customer));
        assert_eq!(print(source, Sink::Text, &set), format!("Hi Zoë,\n\n{line}{end}"));
    }
}

#[test]
fn every_filter_is_known_by_its_name() {
    for filter in FILTERS {
        let found = codes(&format!("{{{{ agent.name | {filter} }}}}"), Sink::Text);
        assert!(!found.contains(&ErrorCode::UnknownFilter), "{filter}");
    }
    assert_eq!(render("{{ agent.name|upper|lower|title }}", Sink::Text, &[(Path::AgentName, "x")]), "X");
}
