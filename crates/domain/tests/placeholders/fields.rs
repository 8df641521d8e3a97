//! `agent.fields.KEY`: what the organisation has defined, and nothing else.

use crate::common::Readings;
use nameplate_domain::account::{FieldKey, FieldKind};
use nameplate_domain::placeholder::{ErrorCode, Fields, Kind, Name, Sink, Template, Value, Values};

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

fn fields() -> Fields {
    let kinds = [
        ("languages", FieldKind::Text),
        ("years", FieldKind::Number),
        ("team_page", FieldKind::Url),
        ("since", FieldKind::Date),
        ("region", FieldKind::Choice),
        ("certified", FieldKind::YesNo),
    ];
    kinds.into_iter().map(|(name, kind)| (key(name), kind)).collect()
}

fn values() -> Values {
    let mut values = Values::default();
    values.set_field(key("languages"), Value::text("Dutch\n<b>{{ agent.name }}"));
    values.set_field(key("years"), Value::Number(7));
    values.set_field(key("team_page"), Value::text("https://example.com/?a=1&b=2"));
    values.set_field(key("since"), Value::Date("2019-03-01".parse().unwrap()));
    values.set_field(key("certified"), Value::Answer(false, "Nee".into()));
    values
}

fn print(source: &str, sink: Sink) -> String {
    let template = Template::parse_with(source, sink, &|_| true, &fields());
    template.unwrap_or_else(|errors| panic!("{source}: {errors:?}")).render(&values(), &Readings)
}

/// The code of the first error, and what was meant.
fn error(source: &str, fields: &Fields) -> Option<(ErrorCode, Option<String>)> {
    let errors = Template::parse_with(source, Sink::HtmlText, &|_| true, fields).err()?;
    errors.into_iter().next().map(|error| (error.code, error.suggestion))
}

#[test]
fn what_is_defined_prints_by_its_type() {
    for (source, sink, expected) in [
        ("Speaks: {{ agent.fields.languages }}", Sink::Text, "Speaks: Dutch <b>{{ agent.name }}"),
        (
            "{{ agent.fields.languages | upper }}",
            Sink::HtmlText,
            "<bdi>DUTCH &lt;B&gt;{{ AGENT.NAME }}</bdi>",
        ),
        ("{{ agent.fields.years }} years", Sink::Sms, "7 years"),
        (
            "{{ agent.fields.since }}, {{ agent.fields.since | date(\"short\") }}",
            Sink::Text,
            "2019-03-01, 2019-03-01",
        ),
        ("{{ agent.fields.certified }}", Sink::Text, "Nee"),
        ("Region: {{ agent.fields.region }}", Sink::Text, ""),
        ("{{ agent.fields.region | default(\"anywhere\") }}", Sink::Header, "anywhere"),
        (
            "<a href=\"{{ agent.fields.team_page }}\">page</a>",
            Sink::Html,
            "<a href=\"https://example.com/?a=1&amp;b=2\">page</a>",
        ),
    ] {
        assert_eq!(print(source, sink), expected, "{source}");
    }
}

#[test]
fn conditions_compare_what_is_of_one_type() {
    for (condition, holds) in [
        ("agent.fields.certified", false),
        ("agent.fields.certified == false", true),
        ("agent.fields.years == 7", true),
        ("agent.fields.years == 8", false),
        ("agent.fields.since == \"2019-03-01\"", true),
        ("agent.fields.region", false),
        ("agent.fields.region == \"North\" or agent.fields.languages", true),
    ] {
        let printed = print(&format!("{{% if {condition} %}}yes{{% else %}}no{{% endif %}}"), Sink::Text);
        assert_eq!(printed, if holds { "yes" } else { "no" }, "{condition}");
    }
    for condition in
        ["agent.fields.years == \"7\"", "agent.fields.certified == \"yes\"", "agent.fields.region == 1"]
    {
        let wrong = error(&format!("{{% if {condition} %}}x{{% endif %}}"), &fields());
        assert_eq!(wrong, Some((ErrorCode::WrongType, None)), "{condition}");
    }
}

#[test]
fn what_is_not_defined_is_an_error_with_the_nearest_name() {
    let none = Fields::default();
    for (name, fields, meant) in [
        ("agent.fields.langauges", &fields(), Some("agent.fields.languages")),
        ("agent.fields.sinse", &fields(), Some("agent.fields.since")),
        ("agent.fields.team", &fields(), Some("agent.fields.team_page")),
        ("agent.field.region", &fields(), Some("agent.fields.region")),
        ("agent.fields.Region", &fields(), Some("agent.fields.region")),
        ("agent.fields.a_wholly_other_name", &fields(), None),
        ("agent.fields.a_wholly_other_name", &none, None),
    ] {
        let found = error(&format!("{{{{ {name} }}}}"), fields);
        assert_eq!(found, Some((ErrorCode::UnknownVariable, meant.map(str::to_owned))), "{name}");
    }
    assert_eq!(
        error("{{ agent.fields.languages }}", &none).map(|(code, _)| code),
        Some(ErrorCode::UnknownVariable)
    );
    for wrong in
        ["agent.fields.years | date", "agent.fields.since | time", "agent.fields.since | in_zone(\"agent\")"]
    {
        let found = error(&format!("{{{{ {wrong} }}}}"), &fields());
        assert_eq!(found, Some((ErrorCode::WrongType, None)), "{wrong}");
    }
}

#[test]
fn a_text_that_names_a_deleted_field_is_read_and_leaves_no_trace() {
    let source = "Hello\nSpeaks: {{ agent.fields.gone | upper }}\n{% if agent.fields.gone %}x{% endif %}";
    assert_eq!(error(source, &fields()).map(|(code, _)| code), Some(ErrorCode::UnknownVariable));
    let any = fields().or_any();
    let template = Template::parse_with(source, Sink::Text, &|_| true, &any).unwrap();
    assert_eq!(template.render(&values(), &Readings), "Hello");
    assert!(Template::parse_with("{{ agent.fields.No }}", Sink::Text, &|_| true, &any).is_err());
    let only =
        Template::parse_with("{{ agent.fields.team_page }}", Sink::Text, &|_| true, &fields()).unwrap();
    assert_eq!(only.only_name().map(Name::kind), Some(Kind::Url));
}
