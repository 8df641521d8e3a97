//! minijinja as an oracle: what the language shares with Jinja prints the same.

use crate::common::{print, values};
use minijinja::{AutoEscape, Environment};
use nameplate_domain::placeholder::{Path, Sink, Value, clean};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Paths of one dot that have a value.
const FULL: [Path; 5] = [
    Path::AgentName,
    Path::CustomerName,
    Path::OrganisationName,
    Path::MeetingDescription,
    Path::MeetingTitle,
];
/// And some that have none.
const EMPTY: [Path; 2] = [Path::AgentJobTitle, Path::AgentLocationName];
/// What strings are compared with, and some of the values.
const NAMES: [&str; 3] = ["vAnna", "vZoë Bérg-Smit", "v{{ agent.email }}"];

type Oracle = BTreeMap<String, BTreeMap<String, minijinja::Value>>;

fn oracle(source: &str, values: &[(Path, minijinja::Value)], html: bool) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| if html { AutoEscape::Html } else { AutoEscape::None });
    environment.add_template("t", source).unwrap();
    let mut root = Oracle::new();
    for (path, value) in values {
        let (object, field) = path.as_str().split_once('.').unwrap();
        root.entry(object.into()).or_default().insert(field.into(), value.clone());
    }
    // A place without anything in it: one step deeper than an empty value.
    root.entry("agent".into()).or_default().insert("location".into(), minijinja::Value::from(""));
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

fn literal() -> impl Strategy<Value = String> {
    "[a-zA-Zé:,.!?&;>'\"| %#-]{0,12}"
}

/// Without a sigma, whose small form depends on its place in the word.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,20}".prop_filter("no sigma", |text| !text.contains('Σ')),
        prop::sample::select(&NAMES[..]).prop_map(|name| name[1..].to_owned()),
        Just("{% if x %}{{7*7}}".to_owned()),
        Just("\r\nBcc: a@b\0\u{9b}\u{2066}\u{202e}".to_owned()),
        Just("</bdi><script>\"'&amp;".to_owned()),
        Just(";ATTENDEE:mailto:x ^n \\n \\, \"".to_owned()),
    ]
}

fn name(paths: &'static [Path]) -> impl Strategy<Value = String> {
    prop::sample::select(paths).prop_map(|path| path.as_str().to_owned())
}

/// `{{ … }}` with filters, and comments.
fn tag() -> impl Strategy<Value = String> {
    let filter = prop::sample::select(&["upper", "lower", "title"][..]);
    prop_oneof![
        (name(&FULL), prop::collection::vec(filter, 0..3)).prop_map(|(name, filters)| {
            let filters: String = filters.iter().flat_map(|filter| ["|", *filter]).collect();
            format!("{{{{ {name}{filters} }}}}")
        }),
        (name(&EMPTY), "([a-z][a-z <&]{0,8}[a-z])?")
            .prop_map(|(name, text)| format!("{{{{{name} | default('{text}')}}}}")),
        name(&EMPTY).prop_map(|name| format!("{{{{ {name} }}}}")),
        "[a-z {}%]{0,9}".prop_map(|text| format!("{{# {text} #}}")),
        Just("{{ meeting.duration_minutes }}".to_owned()),
    ]
}

/// A condition without more parentheses than it needs, so that both must bind alike.
fn condition() -> impl Strategy<Value = String> {
    let sign = || prop::sample::select(&["==", "!="][..]);
    let atom = prop_oneof![
        name(&FULL),
        name(&EMPTY),
        (name(&FULL), sign(), prop::sample::select(&NAMES[..]))
            .prop_map(|(name, sign, text)| format!("{name}{sign}\"{text}\"")),
        (name(&EMPTY), sign()).prop_map(|(name, sign)| format!("{name} {sign} 'x'")),
        (name(&FULL), sign(), name(&FULL)).prop_map(|(one, sign, other)| format!("{one} {sign} {other}")),
        (sign(), 29..32_i64).prop_map(|(sign, number)| format!("meeting.duration_minutes {sign} {number}")),
        (sign(), any::<bool>()).prop_map(|(sign, is)| format!("meeting.booked_by_customer {sign} {is}")),
        Just("meeting.booked_by_customer".to_owned()),
        Just("meeting.duration_minutes".to_owned()),
        any::<bool>().prop_map(|is| is.to_string()),
    ];
    atom.prop_recursive(4, 12, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| format!("not {inner}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one} and {other}")),
            (inner.clone(), inner).prop_map(|(one, other)| format!("{one} or {other}")),
        ]
    })
}

fn template() -> impl Strategy<Value = String> {
    let piece = prop_oneof![literal(), tag()];
    let text = prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    text.prop_recursive(3, 16, 4, |inner| {
        (inner.clone(), condition(), inner.clone(), prop::option::of((condition(), inner.clone())), inner)
            .prop_map(|(before, condition, then, elif, otherwise)| {
                let elif = elif.map(|(condition, text)| format!("{{% elif {condition} %}}{text}"));
                let (elif, end) = (elif.unwrap_or_default(), "{% else %}");
                format!("{before}{{% if {condition} %}}{then}{elif}{end}{otherwise}{{%endif%}}")
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_shared_subset_renders_as_minijinja_does(
        template in template(),
        texts in prop::collection::vec(value(), FULL.len()),
        minutes in 29..32_i64,
        by_customer in any::<bool>(),
        html in any::<bool>(),
    ) {
        // Cleaned and visible, so that the two rules that Jinja lacks (cleaning, blank lines) have nothing to do. The last
        // character is no white space, which would end the line.
        let source = format!("x{template}{{{{ organisation.name }}}}.");
        prop_assume!(!template.contains("{{{") && !template.contains("{{%") && !template.contains("{{#"));
        let texts: Vec<_> = FULL.into_iter().zip(texts.iter().map(|text| format!("v{}", clean(text, false)))).collect();
        let borrowed: Vec<_> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let mut set = values(&borrowed);
        set.set(Path::MeetingDurationMinutes, Value::Number(minutes));
        set.set(Path::MeetingBookedByCustomer, Value::Boolean(by_customer));
        let mut theirs: Vec<_> =
            texts.iter().map(|(path, text)| (*path, minijinja::Value::from(text.as_str()))).collect();
        theirs.push((Path::MeetingDurationMinutes, minutes.into()));
        theirs.push((Path::MeetingBookedByCustomer, by_customer.into()));

        let ours = print(&source, if html { Sink::Html } else { Sink::Text }, &set);
        let theirs = oracle(&source, &theirs, html);
        if html {
            prop_assert_eq!(unescape(&ours), unescape(&theirs), "{}", source);
        } else {
            prop_assert_eq!(ours, theirs, "{}", source);
        }
    }
}
