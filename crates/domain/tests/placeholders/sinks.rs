//! What a value becomes where it goes, read back by parsers that we did not write.

use crate::common::{codes, print, render, values, with};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use nameplate_domain::account::PhoneNumber;
use nameplate_domain::placeholder::{ErrorCode, Kind, Path, Sink, Value, clean};
use proptest::prelude::*;
use std::cell::RefCell;
use url::Url;

type Attributes = Vec<(String, String)>;

/// What a browser's tokenizer finds in a piece of HTML.
#[derive(Default)]
struct Found {
    /// Start tags with their attributes.
    tags: RefCell<Vec<(String, Attributes)>>,
    text: RefCell<String>,
    other: RefCell<usize>,
}

impl TokenSink for Found {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes = tag.attrs.iter().map(|it| (it.name.local.to_string(), it.value.to_string()));
                self.tags.borrow_mut().push((tag.name.to_string(), attributes.collect()));
            }
            Token::TagToken(_) | Token::EOFToken => {}
            _ => *self.other.borrow_mut() += 1,
        }
        TokenSinkResult::Continue
    }
}

fn html(text: &str) -> Found {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Found::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

#[test]
fn plain_text_becomes_html_that_says_the_same() {
    let source = "Fish & <chips> \"1\"\n\n{{ meeting.description }} {# gone #}'";
    let note = [(Path::MeetingDescription, "<i>one</i>\n\ntwo & \"three\"")];
    let printed = render(source, Sink::HtmlText, &note);
    assert_eq!(printed.matches("\n\n").count(), 1, "the lines of a value make no paragraph: {printed}");
    let found = html(&printed);
    let tags: Vec<_> = found.tags.into_inner().into_iter().map(|(name, _)| name).collect();
    assert_eq!(tags, ["bdi", "br", "br"]);
    let text = found.text.into_inner();
    assert_eq!(text, "Fish & <chips> \"1\"\n\n<i>one</i>two & \"three\" '");
    assert_eq!(render("{{ agent.name }}:\nx", Sink::HtmlText, &[]), "x", "lines go as they do in text");
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
    for (sink, expected) in [
        (Sink::Text, "one\ntwo"),
        (Sink::IcsText, "one\ntwo"),
        (Sink::Header, "one two"),
        (Sink::Sms, "one two"),
        (Sink::IcsParameter, "\"one two\""),
        (Sink::Json, "\"one\\ntwo\""),
    ] {
        assert_eq!(render("{{ meeting.description | nl2br }}", sink, note), expected, "{sink:?}");
    }
}

#[test]
fn an_sms_has_plain_spaces_and_its_own_lines() {
    let set = &[(Path::AgentName, "Zoë\u{A0}\u{202F}B\tC\nD’s\u{3000}x")];
    assert_eq!(
        render("Hi\u{A0}{{ agent.name }},\nsee\u{2009}you", Sink::Sms, set),
        "Hi Zoë  B C D’s x,\nsee you"
    );
}

#[test]
fn a_parameter_of_a_calendar_file_is_always_quoted() {
    let set = &[
        (Path::AgentName, "A \"B\";ATTENDEE:mailto:x\r\nX^n\u{0}"),
        (Path::OrganisationName, "Harbour; Sons"),
    ];
    assert_eq!(
        render("{{ agent.name }} ({{ organisation.name }})\n", Sink::IcsParameter, set),
        "\"A 'B',ATTENDEE:mailto:x Xn (Harbour, Sons)\""
    );
    assert_eq!(render("{{ agent.email }}", Sink::IcsParameter, set), "\"\"");
}

#[test]
fn json_knows_whether_it_is_inside_a_string() {
    let set = &[(Path::AgentName, "a\"b\\\n{{")];
    let source = "{\"a\": {{ agent.name }}, \"b\": \"x {{ agent.name }}\\\"\", \"c\": {{ agent.email }}}";
    let read: serde_json::Value = serde_json::from_str(&render(source, Sink::Json, set)).unwrap();
    assert_eq!(read, serde_json::json!({"a": "a\"b\\ {{", "b": "x a\"b\\ {{\"", "c": ""}));
    for wrong in ["\"\\{{ agent.name }}\"", "\"\\u00{{ agent.name }}\"", "{% if agent.name %}\"{% endif %}"] {
        assert_eq!(codes(wrong, Sink::Json), [ErrorCode::ContextForbidden], "{wrong}");
    }
    assert_eq!(codes("\"\\u0041{{ agent.name }}\\\\{{ agent.name }}\"", Sink::Json), []);
}

#[test]
fn html_takes_values_in_text_and_in_a_few_quoted_attributes_only() {
    let name = "{{ agent.name }}";
    for allowed in [
        "<p>NAME</p>",
        "<img alt=\"NAME\">",
        "<td title='NAME' abbr = \"NAME\">NAME</td>",
        "<!-- note -->NAME",
        "<!doctype html>NAME",
        "a < b NAME",
        "<style>p{}</style >NAME",
        "<p class=x>NAME",
        "<a href=\"https://x.example/?q=NAME&amp;r=NAME\">NAME</a>",
        "<p {% if agent.email %}class=\"a\"{% endif %}>NAME</p>",
        "<p title=\"{% if agent.email %}NAME{% else %}none{% endif %}\">x</p>",
        "<a href=\"{% if agent.email %}https://x.example/?a=NAME{% else %}https://y.example/{% endif %}\">x</a>",
    ] {
        assert_eq!(codes(&allowed.replace("NAME", name), Sink::Html), [], "{allowed}");
    }
    for forbidden in [
        "<p NAME>",
        "<NAME>",
        "</NAME>",
        "<pNAME>",
        "<!NAME>",
        "<!-- NAME -->",
        "<!-- > NAME -->",
        "<?NAME>",
        "<style>NAME</style>",
        "<STYLE>NAME",
        "<script>NAME</script>",
        "<script></scriptx>NAME</script>",
        "<textarea>NAME</textarea>",
        "<title>NAME</title>",
        "<svg>NAME</svg>",
        "<p style=\"NAME\">",
        "<p onclick=\"NAME\">",
        "<p ONCLICK='NAME'>",
        "<p title=NAME>",
        "<p title= NAME>",
        "<p title=xNAME>",
        "<img src=\"NAME\">",
        "<iframe srcdoc=\"NAME\">",
        "<a href=\"NAME\">",
        "<a href=\"https://x.example/NAME\">",
        "<a href=\"https://x.example/#NAME\">",
        "<a href=\"https://x.example/?a=b#NAME\">",
        "<a href=\"javascript:x(?NAME)\">",
        "<a href=\"/?q=NAME\">",
        "<base href=\"https://x.example/?q=NAME\">",
        "<a href=\"mailto:NAME\">",
        "{% if agent.email %}<p title=\"{% else %}<p>{% endif %}x",
        "{% if agent.email %}<style>{% endif %}x",
        "<a href=\"{% if agent.email %}https://x.example/?a={% else %}https://y.example/{% endif %}NAME\">x</a>",
    ] {
        assert_eq!(
            codes(&forbidden.replace("NAME", name), Sink::Html),
            [ErrorCode::ContextForbidden],
            "{forbidden}"
        );
    }
}

#[test]
fn a_link_is_an_address_as_a_whole() {
    let href = |source: &str, set: &[(Path, &str)]| {
        // With a value beside it, the link stays when its own is empty.
        let source = format!("{{{{ organisation.name }}}}<a href=\"{source}\">y</a>");
        let found = html(&render(&source, Sink::Html, &[set, &[(Path::OrganisationName, "x")]].concat()));
        let tags = found.tags.into_inner();
        tags[1].1[0].1.clone()
    };
    let url = "https://x.example/?a=1&b=\"><script>";
    assert_eq!(href("{{ meeting.join_url }}", &[(Path::MeetingJoinUrl, url)]), url);
    for typed in
        ["javascript:alert(1)", "data:text/html,x", "//x.example", "https:x", "{{ agent.profile_url }}"]
    {
        assert_eq!(href("{{ meeting.join_url }}", &[(Path::MeetingJoinUrl, typed)]), "", "{typed}");
    }
    assert_eq!(href("{{ meeting.join_url | default('javascript:x') }}", &[]), "");
    let email = &[(Path::AgentEmail, "o'kafor+x?bcc=y@x.example")];
    for source in ["{{ agent.email }}", "mailto:{{ agent.email }}"] {
        assert_eq!(href(source, email), "mailto:o%27kafor+x%3Fbcc%3Dy@x.example");
    }
    let subject = "mailto:{{ agent.email }}?subject={{ agent.name }}";
    assert_eq!(
        href(subject, &[(Path::AgentEmail, "a@x.example"), (Path::AgentName, "A & B")]),
        "mailto:a@x.example?subject=A%20%26%20B"
    );
    let phone = with(Path::AgentPhoneNumber, Value::Phone(PhoneNumber::parse("+31612345678", None).unwrap()));
    for source in ["{{ agent.phone_number }}", "tel:{{ agent.phone_number | phone('national') }}"] {
        let printed = print(&format!("<a href='{source}'>x</a>"), Sink::Html, &phone);
        assert_eq!(printed, "<a href='tel:+31612345678'>x</a>");
    }
    for more in ["{{ agent.profile_url }}x", "{{ agent.profile_url }}{{ agent.name }}", "{{ agent.email }}x"]
    {
        let source = format!("<a href=\"{more}\">x</a>");
        assert_eq!(codes(&source, Sink::Html), [ErrorCode::ContextForbidden], "{more}");
    }
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "(?s).{0,60}",
        Just("{{ agent.email }}{% if x %}{{7*7}}{#".to_owned()),
        Just("\r\nBcc: a@b\0\u{9b}\u{2066}\u{202e}".to_owned()),
        Just("</bdi><script>\"'&amp;&#60;--><!--".to_owned()),
        Just(";ATTENDEE:mailto:x ^n \\n \\, \"".to_owned()),
        Just("https://x.example/?a=b&c=d#e".to_owned()),
    ]
}

#[test]
fn sec_c5_a_stretch_that_goes_leaves_no_half_of_a_tag_or_comment() {
    for (source, printed) in [
        (
            "<b title=\"1 > 0\">{{ agent.email }}<br><i title=\"{{ customer.name }}\">x</i></b>",
            "<b title=\"1 > 0\"><i title=\"onclick=alert(1)\">x</i></b>",
        ),
        ("<b title='1 > 0'>{{ agent.email }}<br>x</b>", "<b title='1 > 0'>x</b>"),
        ("<!-- a > b -->{{ agent.email }}<br>Hello", "Hello"),
        ("x<br>{{ agent.email }}<!-- <b> -->", "x"),
    ] {
        let set = values(&[(Path::CustomerName, "onclick=alert(1)")]);
        assert_eq!(print(source, Sink::Html, &set), printed, "{source}");
        let tags = html(printed).tags.into_inner();
        assert!(
            tags.iter().all(|(_, attributes)| attributes.iter().all(|(name, _)| name == "title")),
            "{tags:?}"
        );
    }
}

proptest! {
    #[test]
    fn sec_c5_any_value_reads_back_from_any_sink(value in hostile(), path in prop::sample::select(Path::ALL)) {
        let source = format!("[{{{{ {} }}}}]", path.as_str());
        let set = values(&[(path, &value)]);
        let lines = matches!(path.kind(), Kind::Lines | Kind::Range);
        for sink in [Sink::Text, Sink::IcsText, Sink::Header, Sink::Sms] {
            let cleaned = clean(&value, lines && matches!(sink, Sink::Text | Sink::IcsText));
            let expected = if cleaned.is_empty() { String::new() } else { format!("[{cleaned}]") };
            let rendered = print(&source, sink, &set);
            if sink == Sink::Sms {
                prop_assert!(rendered.chars().all(|c| c == ' ' || !c.is_whitespace()));
                let plain = |text: &str| text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>();
                prop_assert_eq!(rendered, plain(&expected));
            } else {
                prop_assert_eq!(rendered, expected);
            }
        }

        let parameter = print(&source, Sink::IcsParameter, &set);
        let inner = parameter.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap();
        prop_assert!(!inner.contains(['"', ';']) && !inner.contains(char::is_control), "{}", inner);
        for code in ["^n", "^^", "^'"] {
            prop_assert!(!inner.contains(code) || value.contains("^^"), "{}", inner);
        }

        let object = print(&format!("{{\"a\":{source},\"b\":\"{source}\"}}"), Sink::Json, &set);
        let read: serde_json::Value = serde_json::from_str(&object).unwrap();
        let cleaned = clean(&value, lines);
        prop_assert_eq!(read, serde_json::json!({"a": [cleaned], "b": format!("[{cleaned}]")}));
    }

    #[test]
    fn sec_c5_html_has_the_elements_of_its_template_whatever_the_values(
        value in hostile(),
        path in prop::sample::select(Path::ALL),
    ) {
        let tag = format!("{{{{ {} }}}}", path.as_str());
        let query = format!("https://x.example/?q={tag}&amp;r=1");
        let source = format!("<p title=\"{tag}\">[{tag}]x</p><img alt='{tag}'><a href=\"{query}\">{{{{ agent.name }}}}</a>end");
        let mut set = values(&[(path, &value)]);
        if path != Path::AgentName {
            set.set_text(Path::AgentName, "Anna");
        }
        let cleaned = clean(&value, matches!(path.kind(), Kind::Lines | Kind::Range));
        prop_assume!(!cleaned.is_empty());
        let found = html(&print(&source, Sink::Html, &set));
        let tags = found.tags.into_inner();
        let names: Vec<&str> = tags.iter().map(|(name, _)| name.as_str()).collect();
        prop_assert_eq!(names, ["p", "bdi", "img", "a", "bdi"]);
        let attribute = |n: usize| tags[n].1.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>();
        prop_assert_eq!(attribute(0), [("title", cleaned.as_str())]);
        prop_assert_eq!(attribute(2), [("alt", cleaned.as_str())]);
        prop_assert_eq!(found.other.into_inner(), 0);
        let name = if path == Path::AgentName { cleaned.as_str() } else { "Anna" };
        prop_assert_eq!(found.text.into_inner(), format!("[{cleaned}]x{name}end"));
        let url = Url::parse(attribute(3)[0].1).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(pairs, [("q".to_owned(), cleaned), ("r".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn sec_c5_a_link_leads_to_what_was_stored_or_nowhere(value in hostile(), start in "(https?://[a-z]{1,5}\\.example/)?") {
        let typed = format!("{start}{value}");
        let cleaned = clean(&typed, false);
        let source = "<a href=\"{{ meeting.join_url }}\">x</a><a href=\"mailto:{{ agent.email }}\">y</a>";
        let set = values(&[(Path::MeetingJoinUrl, &typed), (Path::AgentEmail, &value)]);
        let tags = html(&print(&format!("x<br>{source}"), Sink::Html, &set)).tags.into_inner();
        let hrefs: Vec<&str> = tags.iter().filter(|(name, _)| name == "a").map(|(_, it)| it[0].1.as_str()).collect();
        if let [web, mail] = hrefs[..] {
            let is_web = cleaned.to_ascii_lowercase().starts_with("http://") || cleaned.to_ascii_lowercase().starts_with("https://");
            prop_assert_eq!(web, if is_web { cleaned.as_str() } else { "" });
            let email = clean(&value, false);
            let path = Url::parse(mail).unwrap().path().to_owned();
            prop_assert_eq!(percent_encoding::percent_decode_str(&path).decode_utf8().unwrap(), email);
            prop_assert!(!mail.contains(['?', '&']));
        } else {
            // Both were empty: the stretch is gone.
            prop_assert!(clean(&value, false).is_empty() && hrefs.is_empty());
        }
    }
}
