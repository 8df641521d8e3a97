//! The placeholder language: its errors, its blank-line rule, and minijinja as an oracle for what it shares with Jinja.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use minijinja::{AutoEscape, Environment};
use nameplate_domain::account::PhoneNumber;
use nameplate_domain::placeholder::{ErrorCode, Path, Sink, Template, TemplateError, Value, Values, clean};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

fn errors(source: &str, sink: Sink) -> Vec<TemplateError> {
    Template::parse(source, sink).unwrap_err()
}

fn render(source: &str, sink: Sink, values: &[(Path, &str)]) -> String {
    let mut set = Values::default();
    for (path, value) in values {
        set.set_text(*path, *value);
    }
    Template::parse(source, sink).unwrap().render(&set)
}

#[test]
fn errors_come_all_at_once_with_their_place_and_a_suggestion() {
    let source = "Hi {{ customer.nmae }},\n😀 {{ agent.phone | phone(\"national\") }} {{ agent.name | upper }}\n{% if x %}";
    let found: Vec<_> = errors(source, Sink::Text)
        .into_iter()
        .map(|e| (e.code, e.line, e.column, source[e.range].to_owned(), e.suggestion))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            (ErrorCode::UnknownVariable, 1, 7, "customer.nmae".into(), some("customer.name")),
            // An emoji counts for two UTF-16 units.
            (ErrorCode::UnknownVariable, 2, 7, "agent.phone".into(), some("agent.phone_number")),
            (ErrorCode::UnknownFilter, 2, 58, "upper".into(), None),
            (ErrorCode::UnknownBlock, 3, 1, "{%".into(), None),
        ]
    );
}

#[test]
fn each_fault_has_its_code() {
    for (source, code) in [
        ("{{ agent.name", ErrorCode::UnclosedTag),
        ("{{ agent.name | default(\"x }}", ErrorCode::UnclosedTag),
        ("{{ }}", ErrorCode::UnexpectedToken),
        ("{{ 'agent.name' }}", ErrorCode::UnexpectedToken),
        ("{{ agent.name agent.email }}", ErrorCode::UnexpectedToken),
        ("{{ agent.name + 1 }}", ErrorCode::UnexpectedToken),
        ("{{ agent.name | }}", ErrorCode::UnexpectedToken),
        ("{{ email }}", ErrorCode::UnknownVariable),
        ("{{ Agent.Name }}", ErrorCode::UnknownVariable),
        ("{{ 7*7 }}", ErrorCode::UnknownVariable),
        ("{{ agent.phone_number | phone(\"morse\") }}", ErrorCode::BadArgument),
        ("{{ agent.phone_number | phone }}", ErrorCode::BadArgument),
        ("{{ agent.name | default(agent.email) }}", ErrorCode::BadArgument),
        ("{{ agent.name | phone(\"e164\") }}", ErrorCode::WrongType),
        ("{# note #}", ErrorCode::UnknownBlock),
    ] {
        assert_eq!(errors(source, Sink::Text)[0].code, code, "{source}");
    }
    let inside = errors("<p title=\"{{ agent.name }}\">{{ agent.name }}</p>", Sink::Html);
    assert_eq!(
        inside.iter().map(|e| (e.code, e.column)).collect::<Vec<_>>(),
        [(ErrorCode::ContextForbidden, 11)]
    );
}

#[test]
fn a_line_whose_placeholders_are_all_empty_leaves_no_trace() {
    let source = "\n{{ agent.name }}\n{{ agent.job_title }}\nPhone: {{ agent.phone_number }}\n\n\n  \nEnd, {{ agent.name }}{{ agent.email }}\n\n";
    assert_eq!(
        render(source, Sink::Text, &[(Path::AgentName, "Anna"), (Path::AgentJobTitle, " \t ")]),
        "Anna\n\nEnd, Anna"
    );
    assert_eq!(render("x: {{ agent.job_title | default(\"none\") }}", Sink::Text, &[]), "x: none");
    assert_eq!(render(source, Sink::IcsText, &[]), "");
}

#[test]
fn a_value_is_written_for_its_sink() {
    let hostile = "<b>\"a\" & 'b'</b>\r\nBcc: x\u{202E}\u{0}";
    let source = "{{ agent.name }}";
    assert_eq!(render(source, Sink::Text, &[(Path::AgentName, hostile)]), "<b>\"a\" & 'b'</b> Bcc: x");
    assert_eq!(
        render(source, Sink::Html, &[(Path::AgentName, hostile)]),
        "<bdi>&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt; Bcc: x</bdi>"
    );
    let note = &[(Path::MeetingDescription, "one\r\ntwo")];
    assert_eq!(render("{{ meeting.description | nl2br }}", Sink::Html, note), "<bdi>one<br>two</bdi>");
    assert_eq!(render("{{ meeting.description | nl2br }}", Sink::Text, note), "one\ntwo");
    assert_eq!(render("{{ meeting.description }}", Sink::Header, note), "one two");
    let mut values = Values::default();
    values.set(Path::MeetingStart, Value::Time { full: "Tuesday".into(), short: "Tue".into() });
    values.set(Path::AgentPhoneNumber, Value::Phone(PhoneNumber::parse("+31612345678", None).unwrap()));
    let print = |source, sink| Template::parse(source, sink).unwrap().render(&values);
    assert_eq!(
        (print("{{ meeting.start }}", Sink::Text), print("{{ meeting.start }}", Sink::Header)),
        ("Tuesday".into(), "Tue".into())
    );
    assert_eq!(print("{{ agent.phone_number | phone('national') }}", Sink::Text), "06 12345678");
    assert_eq!(print("{{ agent.phone_number | phone('e164') }}", Sink::Text), "+31612345678");
    assert_eq!(print("{{ agent.phone_number }}", Sink::Text), "+31 6 12345678");
}

/// The same template in minijinja, with the values as nested maps.
fn oracle(source: &str, values: &[(Path, String)], html: bool) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| if html { AutoEscape::Html } else { AutoEscape::None });
    environment.add_template("t", source).unwrap();
    let mut root: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, value) in values {
        let (object, field) = path.as_str().split_once('.').unwrap();
        root.entry(object.into()).or_default().insert(field.into(), value.clone());
    }
    environment.get_template("t").unwrap().render(root).unwrap()
}

fn unescape(html: &str) -> String {
    let html = html.replace("<bdi>", "").replace("</bdi>", "").replace("&lt;", "<").replace("&gt;", ">");
    html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}

/// Paths of one dot, whose values are plain.
const PLAIN: [Path; 5] =
    [Path::AgentName, Path::CustomerName, Path::OrganisationName, Path::AgentEmail, Path::MeetingTitle];

fn literal() -> impl Strategy<Value = String> {
    "[a-zA-Zé:,.!?&;<>'\"| %#-]{0,12}".prop_filter("no tags", |text| !text.contains(['{', '<']))
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,20}",
        Just("{{ agent.email }}".to_owned()),
        Just("{% if x %}{{7*7}}".to_owned()),
        Just("\r\nBcc: a@b\0\u{9b}\u{2066}\u{202e}".to_owned()),
        Just("</bdi><script>\"'&amp;".to_owned()),
        Just(";ATTENDEE:mailto:x ^n \\n \\, \"".to_owned()),
    ]
}

proptest! {
    #[test]
    fn the_shared_subset_renders_as_minijinja_does(
        pieces in prop::collection::vec((literal(), 0..PLAIN.len(), prop::option::of("[a-z <&]{0,8}")), 1..6),
        values in prop::collection::vec(value(), PLAIN.len()),
        html in any::<bool>(),
    ) {
        // Cleaned and visible, so that the two rules that Jinja lacks (cleaning, blank lines) have nothing to do.
        let values: Vec<_> = PLAIN.into_iter().zip(values.iter().map(|value| format!("v{}", clean(value, false)))).collect();
        let mut source = String::from("x");
        for (literal, index, default) in &pieces {
            let filter = default.as_ref().map(|text| format!(" | default(\"{text}\")")).unwrap_or_default();
            let _ = write!(source, "{literal}{{{{ {}{filter} }}}}", PLAIN[*index].as_str());
        }
        let set: Vec<_> = values.iter().map(|(path, value)| (*path, &**value)).collect();
        let ours = render(&source, if html { Sink::Html } else { Sink::Text }, &set);
        let theirs = oracle(&source, &values, html);
        if html {
            prop_assert_eq!(unescape(&ours), unescape(&theirs));
        } else {
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn any_value_reads_back_from_any_sink(value in "(?s).{0,60}", path in prop::sample::select(Path::ALL)) {
        let source = format!("[{{{{ {} }}}}]", path.as_str());
        let lines = path.kind() == nameplate_domain::placeholder::Kind::Lines;
        for sink in [Sink::Text, Sink::Html, Sink::Header, Sink::IcsText] {
            let cleaned = clean(&value, lines && sink != Sink::Header);
            let expected = if cleaned.is_empty() { String::new() } else { format!("[{cleaned}]") };
            let mut rendered = render(&source, sink, &[(path, &value)]);
            if sink == Sink::Html {
                let inner = rendered.replace("<bdi>", "").replace("</bdi>", "");
                prop_assert!(!inner.contains(['<', '>', '"', '\'']));
                rendered = unescape(&rendered);
            }
            if !lines || sink == Sink::Header {
                prop_assert!(!rendered.contains(['\r', '\n']));
            }
            prop_assert_eq!(rendered, expected);
        }
    }

    #[test]
    fn any_text_parses_or_tells_where_it_fails(source in "(?s)([{}%#|()\"a-z. <>\n]|agent.name|default){0,40}") {
        for sink in [Sink::Text, Sink::Html] {
            if let Err(errors) = Template::parse(&source, sink) {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!(source.get(error.range.clone()).is_some());
                    prop_assert!(error.line >= 1 && error.column >= 1);
                }
            }
        }
    }
}
