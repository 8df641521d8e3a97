//! Each error, with its place and what was meant.

use crate::common::{codes, errors};
use nameplate_domain::placeholder::{ErrorCode, Path, Sink, Template};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn errors_come_all_at_once_with_their_place_and_a_suggestion() {
    let source = "Hi {{ customer.nmae }},\n😀 {{ agent.phone | phone(\"national\") }} {{ agent.name | uper }}\n\
                  {% if agent.emial == 1 %}{% elseif x %}{% if \"a\" == 1 %}{% endif %}{% endif %}{% else %}";
    let found: Vec<_> = errors(source, Sink::Text)
        .into_iter()
        .map(|e| (e.code, e.line, e.column, source[e.range.clone()] == e.snippet, e.snippet, e.suggestion))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    let error = |code, line, column, snippet: &str, suggestion| {
        (code, line, column, true, snippet.to_owned(), suggestion)
    };
    assert_eq!(
        found,
        [
            error(ErrorCode::UnknownVariable, 1, 7, "customer.nmae", some("customer.name")),
            // An emoji counts for two UTF-16 units.
            error(ErrorCode::UnknownVariable, 2, 7, "agent.phone", some("agent.phone_number")),
            error(ErrorCode::UnknownFilter, 2, 58, "uper", some("upper")),
            error(ErrorCode::UnknownVariable, 3, 7, "agent.emial", some("agent.email")),
            error(ErrorCode::UnknownBlock, 3, 29, "elseif", some("elif")),
            error(ErrorCode::WrongType, 3, 46, "\"a\" == 1", None),
            error(ErrorCode::UnbalancedIf, 3, 79, "{% else %}", None),
        ]
    );
}

/// A template for each error, in plain text unless it says otherwise.
const FAULTS: &[(&str, ErrorCode)] = &[
    ("{{ agent.name", ErrorCode::UnclosedTag),
    ("{{ agent.name | default(\"x }}", ErrorCode::UnclosedTag),
    ("{# note", ErrorCode::UnclosedTag),
    ("{% if agent.name", ErrorCode::UnclosedTag),
    ("{{ agent.name {{ agent.email }}", ErrorCode::UnclosedTag),
    ("{{ }}", ErrorCode::UnexpectedToken),
    ("{{ 'agent.name' }}", ErrorCode::UnexpectedToken),
    ("{{ agent.name agent.email }}", ErrorCode::UnexpectedToken),
    ("{{ agent.name + 1 }}", ErrorCode::UnexpectedToken),
    ("{{ agent.name | }}", ErrorCode::UnexpectedToken),
    ("{{ 7*7 }}", ErrorCode::UnexpectedToken),
    ("{% %}", ErrorCode::UnexpectedToken),
    ("{% if %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name == %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name agent.email %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if (agent.name %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name) %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if not %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name and or %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name == 'a' == 'b' %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name > 'a' %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name %}{% else x %}{% endif %}", ErrorCode::UnexpectedToken),
    ("{% if agent.name %}{% endif agent.name %}", ErrorCode::UnexpectedToken),
    ("{{ email }}", ErrorCode::UnknownVariable),
    ("{{ Agent.Name }}", ErrorCode::UnknownVariable),
    ("{% if email %}{% endif %}", ErrorCode::UnknownVariable),
    ("{{ agent.name | safe }}", ErrorCode::UnknownFilter),
    ("{{ agent.phone_number | phone(\"morse\") }}", ErrorCode::BadArgument),
    ("{{ agent.phone_number | phone }}", ErrorCode::BadArgument),
    ("{{ agent.name | default(agent.email) }}", ErrorCode::BadArgument),
    ("{{ agent.name | default }}", ErrorCode::BadArgument),
    ("{{ agent.name | truncate(0) }}", ErrorCode::BadArgument),
    ("{{ agent.name | truncate(\"5\") }}", ErrorCode::BadArgument),
    ("{{ agent.name | upper(1) }}", ErrorCode::BadArgument),
    ("{{ meeting.start | date(\"long\") }}", ErrorCode::BadArgument),
    ("{{ meeting.start | in_zone(\"Mars/Olympus\") }}", ErrorCode::BadArgument),
    ("{% if meeting.status == 'gone' %}{% endif %}", ErrorCode::BadArgument),
    ("{% if 'gone' != recipient.role %}{% endif %}", ErrorCode::BadArgument),
    ("{{ agent.name | phone(\"e164\") }}", ErrorCode::WrongType),
    ("{{ agent.name | date }}", ErrorCode::WrongType),
    ("{{ meeting.when | time }}", ErrorCode::WrongType),
    ("{{ meeting.start | range }}", ErrorCode::WrongType),
    ("{{ agent.name | in_zone(\"agent\") }}", ErrorCode::WrongType),
    ("{{ meeting.start | date | in_zone(\"agent\") }}", ErrorCode::WrongType),
    ("{{ agent.profile_url | upper }}", ErrorCode::WrongType),
    ("{% if agent.profile_url == 5 %}{% endif %}", ErrorCode::WrongType),
    ("{% if meeting.duration_minutes == '30' %}{% endif %}", ErrorCode::WrongType),
    ("{% if meeting.booked_by_customer == 'true' %}{% endif %}", ErrorCode::WrongType),
    ("{% if meeting.start == 'today' %}{% endif %}", ErrorCode::WrongType),
    ("{% for x in y %}", ErrorCode::UnknownBlock),
    ("{% include 'x' %}", ErrorCode::UnknownBlock),
    ("{% if agent.name %}", ErrorCode::UnbalancedIf),
    ("{% endif %}", ErrorCode::UnbalancedIf),
    ("{% elif agent.name %}", ErrorCode::UnbalancedIf),
    ("{% if agent.name %}{% else %}{% else %}{% endif %}", ErrorCode::UnbalancedIf),
    ("{% if agent.name %}{% else %}{% elif agent.email %}{% endif %}", ErrorCode::UnbalancedIf),
];

#[test]
fn each_fault_has_its_code() {
    for (source, code) in FAULTS {
        assert_eq!(codes(source, Sink::Text), [*code], "{source}");
    }
    let mut seen: BTreeSet<&str> = FAULTS.iter().map(|(_, code)| code.as_str()).collect();
    // These have tests of their own.
    seen.extend(["not_in_this_message", "context_forbidden", "too_long"]);
    // And these are told of parts of templates.
    seen.extend(["empty", "markup_forbidden", "label_missing", "not_a_link"]);
    assert_eq!(seen, ErrorCode::ALL.iter().map(|code| code.as_str()).collect());
}

#[test]
fn a_path_of_another_message_is_told_in_placeholders_and_conditions() {
    let source = "{{ meeting.cancelled_by }}{% if cancellationReason %}{{ agent.name }}{% endif %}";
    let found = Template::parse_for(source, Sink::Text, &|path| path == Path::AgentName).unwrap_err();
    let found: Vec<_> = found.into_iter().map(|error| (error.code, error.snippet)).collect();
    let code = ErrorCode::NotInThisMessage;
    assert_eq!(found, [(code, "meeting.cancelled_by".into()), (code, "cancellationReason".into())]);
}

#[test]
fn words_of_closed_lists_and_arguments_come_with_a_suggestion() {
    for (source, suggestion) in [
        ("{% if meeting.status == 'canceled' %}{% endif %}", Some("cancelled")),
        ("{% if recipient.role == 'Customer' %}{% endif %}", Some("customer")),
        ("{% if recipient.role == 'nobody at all' %}{% endif %}", None),
        ("{{ meeting.start | date('ful') }}", Some("full")),
        ("{{ meeting.start | in_zone('Europe/Amsterdm') }}", Some("Europe/Amsterdam")),
        ("{{ agent.phone_number | phone('nationl') }}", Some("national")),
    ] {
        let found = errors(source, Sink::Text);
        assert_eq!(
            (found[0].code, found[0].suggestion.as_deref()),
            (ErrorCode::BadArgument, suggestion),
            "{source}"
        );
    }
    for path in Path::ALL {
        for word in path.words() {
            let source = format!("{{% if {} == '{word}' %}}{{% endif %}}", path.as_str());
            assert_eq!(codes(&source, Sink::Text), [], "{source}");
        }
    }
}

#[test]
fn what_is_too_long_or_too_deep_is_refused() {
    let one = |source: &str, sink| {
        let found = codes(source, sink);
        assert!(found.iter().all(|code| *code == ErrorCode::TooLong), "{found:?}");
        !found.is_empty()
    };
    assert!(!one(&"é".repeat(200), Sink::Header) && one(&"é".repeat(201), Sink::Header));
    for sink in [Sink::Text, Sink::Html, Sink::IcsText, Sink::Json] {
        assert!(!one(&"é".repeat(20_000), sink) && one(&"é".repeat(20_001), sink), "{sink:?}");
    }
    let branches = |length: usize| {
        format!("{{% if agent.name %}}{}{{% else %}}{}{{% endif %}}", "a".repeat(length), "b".repeat(length))
    };
    assert!(!one(&branches(459), Sink::Sms) && one(&branches(460), Sink::Sms));
    let place = &errors(&format!("a\n{}", "b".repeat(200)), Sink::Header)[0];
    assert_eq!((place.line, place.column, place.range.clone()), (2, 199, 200..202));

    let nested =
        |depth: usize| format!("{}x{}", "{% if agent.name %}".repeat(depth), "{% endif %}".repeat(depth));
    assert!(!one(&nested(16), Sink::Text) && one(&nested(17), Sink::Text));
    let brackets = |depth: usize| {
        format!("{{% if {}agent.name{} %}}{{% endif %}}", "(".repeat(depth), ")".repeat(depth))
    };
    assert!(!one(&brackets(16), Sink::Text) && one(&brackets(17), Sink::Text));
    assert!(one(&format!("{{% if {} agent.name %}}{{% endif %}}", "not ".repeat(6_000)), Sink::Text));
}

proptest! {
    #[test]
    fn any_text_parses_or_tells_where_it_fails(
        source in "(?s)([{}%#|()\"a-z. <>=\n]|agent.name|default|\\{% if |\\{% else %\\}|\\{% endif %\\}|<p>|<a href=\"|-->){0,40}",
    ) {
        for sink in [Sink::Text, Sink::Html, Sink::Json] {
            match Template::parse(&source, sink) {
                Ok(template) => {
                    let _ = template.render(&crate::common::values(&[]), &crate::common::Readings);
                }
                Err(errors) => {
                    prop_assert!(!errors.is_empty());
                    for error in errors {
                        prop_assert!(source.get(error.range.clone()).is_some());
                        prop_assert!(error.line >= 1 && error.column >= 1);
                    }
                }
            }
        }
    }
}
