//! Conditions, and what empty values leave behind.

use crate::common::{print, render, values, with};
use nameplate_domain::account::PhoneNumber;
use nameplate_domain::placeholder::{Path, Sink, Value};

#[test]
fn a_line_whose_placeholders_are_all_empty_leaves_no_trace() {
    let source = "\n{{ agent.name }}\n{{ agent.job_title }}\nPhone: {{ agent.phone_number }}\n\n\n  \nEnd, {{ agent.name }}{{ agent.email }}\n\n";
    assert_eq!(
        render(source, Sink::Text, &[(Path::AgentName, "Anna"), (Path::AgentJobTitle, " \t ")]),
        "Anna\n\nEnd, Anna"
    );
    assert_eq!(render("x: {{ agent.job_title | default(\"none\") }}", Sink::Text, &[]), "x: none");
    assert_eq!(render(source, Sink::IcsText, &[]), "");
    assert_eq!(render("a\n\n\nb\n{{ agent.name }}", Sink::Sms, &[]), "a\n\nb");
    assert_eq!(render("a\n\nb", Sink::Header, &[]), "a b");
}

#[test]
fn a_line_of_block_tags_alone_leaves_no_line() {
    let source = "Dear {{ customer.name }},\n\n{% if meeting.place %}\nWhere: {{ meeting.place }}\n{% elif meeting.join_url %}\n\
                  Join: {{ meeting.join_url }}\n{% else %}\nThe place follows.\n{% endif %}\n{# what comes\nlast #}\nBye";
    let name = (Path::CustomerName, "Zoë");
    let told = |extra: &[(Path, &str)]| render(source, Sink::Text, &[&[name], extra].concat());
    assert_eq!(told(&[(Path::MeetingPlace, "Room 2")]), "Dear Zoë,\n\nWhere: Room 2\nBye");
    assert_eq!(
        told(&[(Path::MeetingJoinUrl, "https://x.example")]),
        "Dear Zoë,\n\nJoin: https://x.example\nBye"
    );
    assert_eq!(told(&[]), "Dear Zoë,\n\nThe place follows.\nBye");
    // Within a line they leave the line.
    assert_eq!(render("a{% if agent.name %} b{% endif %} c", Sink::Text, &[]), "a c");
    assert_eq!(render("a\n {% if agent.name %}b{% endif %} {# c #}\nd", Sink::Text, &[]), "a\nd");
    // The rule is for what is left: an empty placeholder in a branch that is not taken takes no line along.
    assert_eq!(render("Hello{% if agent.email %} {{ agent.name }}{% endif %}", Sink::Text, &[]), "Hello");
    assert_eq!(
        render("Reason: {% if agent.email %}{% else %}{{ agent.name }}{% endif %}", Sink::Text, &[]),
        ""
    );
}

#[test]
fn a_condition_asks_for_what_is_there() {
    let mut set = values(&[
        (Path::AgentName, "Anna"),
        (Path::AgentJobTitle, " \u{202E}\n "),
        (Path::MeetingStatus, "cancelled"),
        (Path::MeetingDescription, "one\r\ntwo"),
    ]);
    set.set(Path::MeetingDurationMinutes, Value::Number(0));
    set.set(Path::MeetingBookedByCustomer, Value::Boolean(false));
    set.set(Path::MeetingStart, Value::Time("2026-12-01T13:00:00Z".parse().unwrap()));
    set.set(Path::MeetingPreviousStart, Value::Time("2026-12-01T14:00:00Z".parse().unwrap()));
    set.set(Path::AgentPhoneNumber, Value::Phone(PhoneNumber::parse("+31 6 12345678", None).unwrap()));
    for (condition, holds) in [
        ("agent.name", true),
        ("agent.email", false),
        ("agent.job_title", false),
        ("meeting.duration_minutes", true),
        ("meeting.booked_by_customer", false),
        ("meeting.booked_by_customer == false", true),
        ("meeting.booked_by_customer != true", true),
        ("customer.name == ''", true),
        ("agent.job_title == \"\"", true),
        ("agent.name == 'Anna'", true),
        ("agent.name == 'anna'", false),
        ("'Anna' == agent.name", true),
        ("agent.name != agent.email", true),
        ("meeting.duration_minutes == 0", true),
        ("meeting.duration_minutes != 30", true),
        ("meeting_type.duration_minutes == 0", false),
        ("meeting.start == meeting.start", true),
        ("meeting.start == meeting.previous_start", false),
        ("agent.phone_number == '+31612345678'", true),
        ("meeting.description == 'one\ntwo'", true),
        ("not agent.email and agent.name", true),
        ("not (agent.email or agent.name)", false),
        ("agent.name or agent.name and agent.email", true),
        ("(agent.name or agent.name) and agent.email", false),
        ("not not agent.name", true),
        ("not agent.name == 'Zoë'", true),
        ("true and not false", true),
        ("1 == 1 and 'a' != 'b'", true),
        ("'' or 0", true),
    ] {
        let source = format!("{{% if {condition} %}}yes{{% else %}}no{{% endif %}}");
        assert_eq!(print(&source, Sink::Text, &set), if holds { "yes" } else { "no" }, "{condition}");
    }
}

#[test]
fn a_value_is_never_read_as_a_template() {
    for typed in ["{{ agent.email }}", "{% if agent.name %}", "{# x #}", "{{7*7}}", "{%"] {
        let set = [(Path::CustomerName, typed), (Path::AgentEmail, "a@b.example")];
        let source = "{{ customer.name }}{% if customer.name == 'x' %}{{ agent.email }}{% endif %}";
        assert_eq!(render(source, Sink::Text, &set), typed);
    }
}

#[test]
fn in_html_the_innermost_element_goes_or_the_stretch_between_breaks() {
    let set = &[(Path::AgentName, "Anna"), (Path::AgentEmail, "a@b.example")];
    for (source, expected) in [
        ("<p>{{ agent.name }}</p>\n<p>Phone: {{ agent.phone_number }}</p>", "<p><bdi>Anna</bdi></p>"),
        ("<ul><li>{{ agent.name }}<li>Job: {{ agent.job_title }}</ul>", "<ul><li><bdi>Anna</bdi></ul>"),
        (
            "<table><tr><td>Job</td><td>{{ agent.job_title }}</td></tr><tr><td>Name</td><td>{{ agent.name }}</td></tr></table>",
            "<table><tr><td>Name</td><td><bdi>Anna</bdi></td></tr></table>",
        ),
        (
            "<p>{{ agent.name }}<br>Job: {{ agent.job_title }}<br />Mail: {{ agent.email }}</p>",
            "<p><bdi>Anna</bdi><br>Mail: <bdi>a@b.example</bdi></p>",
        ),
        ("<p>{{ agent.job_title }}<br>{{ agent.phone_number }}</p>x", "x"),
        // End tags may be left out, as HTML says.
        ("<ul><li>Job: {{ agent.job_title }}<li>{{ agent.name }}</ul>", "<ul><li><bdi>Anna</bdi></ul>"),
        (
            "<table><tr><td>Job<td>{{ agent.job_title }}<tr><td>Name<td>{{ agent.name }}</table>",
            "<table><tr><td>Name<td><bdi>Anna</bdi></table>",
        ),
        ("<p>Job: {{ agent.job_title }}<p>{{ agent.name }}", "<p><bdi>Anna</bdi>"),
        ("<p>{{ agent.name }}<br>Job: {{ agent.job_title }}</p>", "<p><bdi>Anna</bdi></p>"),
        ("Job: {{ agent.job_title }}<br>{{ agent.name }}", "<bdi>Anna</bdi>"),
        ("<h2>Job: {{ agent.job_title }}</h2><p>{{ agent.name }}</p>", "<p><bdi>Anna</bdi></p>"),
        ("<ul><li><p>{{ agent.job_title }}</p></li><li>x</li></ul>", "<ul><li>x</li></ul>"),
        (
            "<ul><li>{{ agent.job_title }}<ul><li>{{ agent.name }}</li></ul></li></ul>",
            "<ul><li><ul><li><bdi>Anna</bdi></li></ul></li></ul>",
        ),
        ("<p><a href=\"{{ meeting.join_url }}\">Join</a></p><p>x</p>", "<p>x</p>"),
        (
            "<p><strong>Job: {{ agent.job_title }}<br>Name:</strong> {{ agent.name }}</p>",
            "<p><strong>Name:</strong> <bdi>Anna</bdi></p>",
        ),
        ("{% if agent.email %}<p>a</p>{% else %}<p>{{ agent.name }}</p>{% endif %}", "<p>a</p>"),
        ("<p>no placeholder</p><p></p>", "<p>no placeholder</p><p></p>"),
        // Without elements it is lines, which a layout turns into HTML.
        (
            "{{ agent.name }}\nJob: {{ agent.job_title }}\n<strong>x</strong>",
            "<bdi>Anna</bdi>\n<strong>x</strong>",
        ),
    ] {
        assert_eq!(render(source, Sink::Html, set), expected, "{source}");
    }
}

#[test]
fn numbers_booleans_and_phone_numbers_are_printed() {
    let number = with(Path::MeetingDurationMinutes, Value::Number(30));
    assert_eq!(print("{{ meeting.duration_minutes }} min", Sink::Text, &number), "30 min");
    let yes = with(Path::MeetingBookedByCustomer, Value::Boolean(true));
    assert_eq!(print("{{ meeting.booked_by_customer }}", Sink::Text, &yes), "true");
    let phone = with(Path::AgentPhoneNumber, Value::Phone(PhoneNumber::parse("+31612345678", None).unwrap()));
    for (source, expected) in [
        ("{{ agent.phone_number | phone('national') }}", "06 12345678"),
        ("{{ agent.phone_number | phone('e164') }}", "+31612345678"),
        ("{{ agent.phone_number }}", "+31 6 12345678"),
    ] {
        assert_eq!(print(source, Sink::Text, &phone), expected);
    }
}
