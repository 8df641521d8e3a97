//! One contract for all providers of SMS: what they are asked, what their answers come to, and what of them is believed.

use crate::sms_server::{Reply, Request, Server};
use nameplate_domain::ids::OutboxId;
use nameplate_notify::sms::{
    Callback, CallbackError, Description, Earlier, Generic, GenericError, Inbound, Kannel, Outcome, Reach,
    SmsProvider, State, Text, Twilio,
};
use std::process::{Command, Stdio};
use url::Url;
use uuid::Uuid;

const SECRET: &str = "hunter2";
const TO: &str = "+31612345678";
const FROM: &str = "+3197010000000";
const HOOK: &str = "https://meet.example.com/hooks/sms/t0ken/status";

/// A provider, and how its requests and calls look.
struct Case {
    name: &'static str,
    provider: Box<dyn SmsProvider>,
    /// Field names of the number, the sender and the text.
    fields: [&'static str; 3],
    accepted: (u16, &'static str),
    reference: Option<&'static str>,
    delivered: Vec<(&'static str, String)>,
    failed: Vec<(&'static str, String)>,
    inbound: Vec<(&'static str, &'static str)>,
}

fn id() -> OutboxId {
    OutboxId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_0042))
}

fn text(text: &str) -> Text {
    Text {
        id: id(),
        to: TO.to_owned(),
        text: text.to_owned(),
        status_url: format!("{HOOK}?id={}", id()),
        since: "2026-11-23T14:00:00Z".parse().unwrap(),
    }
}

fn cases(port: u16) -> Vec<Case> {
    let base = Url::parse(&format!("http://127.0.0.1:{port}")).unwrap();
    let generic = |url: &str, body: &str| {
        let description = Description {
            url: format!("http://127.0.0.1:{port}{url}"),
            headers: vec![format!("Authorization: Bearer {SECRET}"), "X-Own: yes".to_owned()],
            body: body.to_owned(),
            reference: Some("/messages/0/id".to_owned()),
            from: FROM.to_owned(),
        };
        Box::new(Generic::new(&description, Reach::Any).unwrap())
    };
    let own = |status: &str| vec![("id", id().to_string()), ("status", status.to_owned())];
    let describe = |name, provider: Box<Generic>| Case {
        name,
        provider,
        fields: ["to", "from", "text"],
        accepted: (202, r#"{"messages": [{"id": 77}]}"#),
        reference: Some("77"),
        delivered: own("delivered"),
        failed: own("failed"),
        inbound: vec![("from", TO), ("to", FROM), ("text", "Stop ë")],
    };
    let json = r#"{"to": {{ sms.to }}, "from": {{ sms.from }}, "text": {{ sms.text }}, "ref": {{ sms.id }}}"#;
    let form = "to={{ sms.to }}&from={{ sms.from }}&text={{ sms.text }}&ref={{ sms.id }}";
    vec![
        Case {
            name: "kannel",
            provider: Box::new(Kannel::new(base.clone(), "np".into(), SECRET.into(), FROM.into()).unwrap()),
            fields: ["to", "from", "text"],
            accepted: (202, "0: Accepted for delivery"),
            reference: None,
            delivered: own("1"),
            failed: own("16"),
            inbound: vec![("from", TO), ("to", FROM), ("text", "Stop ë")],
        },
        Case {
            name: "twilio",
            provider: Box::new(Twilio::new(&base, "AC1".into(), SECRET.into(), FROM.into()).unwrap()),
            fields: ["To", "From", "Body"],
            accepted: (201, r#"{"sid": "SM42", "status": "queued"}"#),
            reference: Some("SM42"),
            delivered: vec![("MessageStatus", "delivered".into()), ("MessageSid", "SM42".into())],
            failed: vec![("MessageStatus", "undelivered".into()), ("ErrorCode", "30003".into())],
            inbound: vec![("From", TO), ("To", FROM), ("Body", "Stop ë")],
        },
        describe("json", generic("/send", json)),
        describe("form", generic("/send", form)),
        describe("query", generic(&format!("/send?{form}"), "")),
    ]
}

#[tokio::test]
async fn every_provider_gets_the_text_as_it_is() {
    let server = Server::start();
    for case in cases(server.port) {
        for written in ["Zoë 😀 \"&?+%=#\\ €\nhttps://meet.example.com/m/a_b-c", "a", "{{ sms.id }}"] {
            server.reply(Reply::Answer(case.accepted.0, case.accepted.1));
            let outcome = case.provider.send(&text(written)).await;
            let Outcome::Accepted { reference, .. } = outcome else { panic!("{}: {outcome:?}", case.name) };
            assert_eq!(reference.as_deref(), case.reference, "{}", case.name);
            let request = server.request();
            let got = case.fields.map(|field| request.field(field));
            assert_eq!(got, [TO, FROM, written], "{}", case.name);
        }
    }
    server.end();
}

#[tokio::test]
async fn what_a_provider_answers_is_final_or_not() {
    type Judge = fn(&Outcome) -> bool;
    let refused: Judge = |outcome| matches!(outcome, Outcome::Refused { .. });
    let later: Judge = |outcome| matches!(outcome, Outcome::Later { .. });
    let perhaps: Judge = |outcome| matches!(outcome, Outcome::Perhaps { .. });
    let server = Server::start();
    for case in cases(server.port) {
        for (reply, judge) in [
            (Reply::Answer(400, "bad number"), refused),
            (Reply::Answer(401, "no"), later),
            (Reply::Answer(302, "elsewhere"), later),
            (Reply::Answer(429, "slower"), later),
            (Reply::Answer(500, "oh"), perhaps),
            (Reply::Long, perhaps),
            (Reply::Cut, perhaps),
        ] {
            server.reply(reply);
            let outcome = case.provider.send(&text("Hello")).await;
            assert!(judge(&outcome), "{} {reply:?}: {outcome:?}", case.name);
            assert!(!format!("{outcome:?}").contains(SECRET), "{}: {outcome:?}", case.name);
            server.request();
        }
        assert!(!format!("{:?}", case.provider).contains(SECRET), "{}", case.name);
        assert_eq!(case.provider.sender(), FROM);
    }
    let port = server.port;
    server.end();
    for case in cases(port) {
        let outcome = case.provider.send(&text("Hello")).await;
        assert!(later(&outcome) && !format!("{outcome:?}").contains(SECRET), "{}: {outcome:?}", case.name);
    }
}

fn owned<T: AsRef<str>>(fields: &[(&str, T)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_ref().to_owned())).collect()
}

/// Twilio's own library, by way of the interpreter of the tests.
fn signed(calls: &[(&str, Vec<(String, String)>)]) -> Vec<String> {
    let script =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/twilio_signature.py");
    let mut input = vec![serde_json::json!(SECRET)];
    for (url, fields) in calls {
        let fields: serde_json::Map<_, _> =
            fields.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        input.push(serde_json::json!([url, fields]));
    }
    let mut child = Command::new(nameplate_testkit::tools::python())
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    serde_json::to_writer(child.stdin.take().unwrap(), &input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "twilio: run the tests with `cargo xtask test`");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_provider_tells_what_became_of_a_text_and_what_people_write() {
    let status_url = format!("{HOOK}?id={}", id());
    let inbound_url = "https://meet.example.com/hooks/sms/t0ken/inbound";
    for case in cases(9) {
        let calls = [
            (status_url.as_str(), owned(&case.delivered)),
            (status_url.as_str(), owned(&case.failed)),
            (inbound_url, owned(&case.inbound)),
        ];
        let signatures = if case.name == "twilio" { signed(&calls) } else { vec![String::new(); 3] };
        let query = [("id".to_owned(), id().to_string())];
        let call = |n: usize| Callback {
            url: calls[n].0,
            query: if n < 2 { &query } else { &[] },
            fields: &calls[n].1,
            signature: Some(&signatures[n]),
        };
        for (n, state) in [(0, State::Delivered), (1, State::Failed)] {
            let report = case.provider.parse_status(&call(n)).unwrap().unwrap();
            assert_eq!((report.id, report.state), (id(), state), "{}", case.name);
        }
        let written = case.provider.parse_inbound(&call(2)).unwrap();
        assert_eq!(
            written,
            Inbound { from: TO.into(), to: FROM.into(), text: "Stop ë".into() },
            "{}",
            case.name
        );

        let nothing = Callback { url: calls[0].0, query: &[], fields: &[], signature: None };
        assert!(case.provider.parse_status(&nothing).is_err(), "{}", case.name);
        assert!(case.provider.parse_inbound(&nothing).is_err(), "{}", case.name);
    }
}

#[test]
fn sec_f22_a_call_of_twilio_is_believed_when_twilio_signed_it() {
    let fields = owned(&[
        ("AccountSid", "AC00000000000000000000000000000001"),
        ("From", FROM),
        ("MessageSid", "SM00000000000000000000000000000042"),
        ("MessageStatus", "delivered"),
        ("To", TO),
    ]);
    let query = [("id".to_owned(), id().to_string())];
    let twilio = |token: &str| {
        Twilio::new(&Url::parse("https://api.twilio.com").unwrap(), "AC".into(), token.into(), FROM.into())
            .unwrap()
    };
    let good = Callback {
        url: "https://meet.example.com/hooks/sms/twilio?m=42",
        query: &query,
        fields: &fields,
        signature: Some("Ca631Glg7QIr+8rhXk8+aNyD7YE="),
    };
    let judge =
        |token: &str, call: &Callback<'_>| twilio(token).parse_status(call).map(|report| report.is_some());
    assert_eq!(judge("12345", &good), Ok(true));
    let forged = Err(CallbackError::Signature);
    assert_eq!(judge("12346", &good), forged);
    assert_eq!(judge("12345", &Callback { signature: None, ..good }), forged);
    assert_eq!(judge("12345", &Callback { signature: Some("Ca631Glg7QIr+8rhXk8+aNyD7YF="), ..good }), forged);
    assert_eq!(
        judge("12345", &Callback { url: "https://meet.example.com/hooks/sms/twilio?m=43", ..good }),
        forged
    );
    let mut more = fields.clone();
    more.push(("ErrorCode".into(), "21610".into()));
    assert_eq!(judge("12345", &Callback { fields: &more, ..good }), forged);
    assert_eq!(judge("12345", &Callback { fields: &fields[1..], ..good }), forged);
}

#[tokio::test]
async fn an_opt_out_that_the_provider_knows_is_told() {
    let server = Server::start();
    let twilio = cases(server.port).remove(1).provider;
    server.reply(Reply::Answer(
        400,
        r#"{"code": 21610, "message": "Attempt to send to unsubscribed recipient"}"#,
    ));
    assert_eq!(twilio.send(&text("Hello")).await, Outcome::OptedOut);
    let request = server.request();
    assert_eq!(request.line, "POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1");
    assert_eq!(request.header("authorization"), "Basic QUMxOmh1bnRlcjI=");
    assert_eq!(request.field("StatusCallback"), text("").status_url);
    server.end();
}

#[tokio::test]
async fn sec_f22_a_text_that_was_perhaps_sent_is_asked_for() {
    let server = Server::start();
    let twilio = cases(server.port).remove(1).provider;
    let page =
        r#"{"messages": [{"sid": "SM1", "body": "Other"}, {"sid": "SM2", "body": "Hello https://x/m/1"}]}"#;
    let taken = Earlier::Taken("SM2".to_owned());
    for (written, found) in [("Hello https://x/m/1", taken), ("Hello https://x/m/2", Earlier::NotTaken)] {
        server.reply(Reply::Answer(200, page));
        assert_eq!(twilio.sent_before(&text(written)).await, found);
        let request = server.request();
        assert!(request.line.starts_with("GET /2010-04-01/Accounts/AC1/Messages.json?"), "{}", request.line);
        assert_eq!(request.field("To"), TO);
    }
    for reply in [Reply::Answer(500, "oh"), Reply::Answer(200, "{}"), Reply::Cut] {
        server.reply(reply);
        let earlier = twilio.sent_before(&text("Hello")).await;
        assert!(matches!(earlier, Earlier::Silent { .. }), "{reply:?}: {earlier:?}");
        server.request();
    }
    server.end();
}

/// A meeting that was moved and moved back is told twice in the same words.
#[tokio::test]
async fn sec_f22_an_older_text_that_reads_the_same_is_another() {
    let server = Server::start();
    let twilio = cases(server.port).remove(1).provider;
    for (rest, is_it) in [
        (r#""delivered", "date_created": "Mon, 23 Nov 2026 13:58:00 +0000"}]}"#, false),
        (r#""queued", "date_created": "Mon, 23 Nov 2026 13:59:58 +0000"}]}"#, true),
        (r#""sent", "date_created": "Mon, 23 Nov 2026 14:00:01 +0000"}]}"#, true),
        (r#""failed", "date_created": "Mon, 23 Nov 2026 14:00:01 +0000"}]}"#, false),
        (r#""undelivered"}]}"#, false),
        (r#""canceled"}]}"#, false),
    ] {
        let page = format!(r#"{{"messages": [{{"sid": "SM1", "body": "Hello", "status": {rest}"#);
        server.reply(Reply::Answer(200, page.leak()));
        let found = if is_it { Earlier::Taken("SM1".to_owned()) } else { Earlier::NotTaken };
        assert_eq!(twilio.sent_before(&text("Hello")).await, found, "{rest}");
        server.request();
    }
    server.end();
}

#[tokio::test]
async fn c09_kannel_is_told_the_encoding() {
    let server = Server::start();
    let kannel = cases(server.port).remove(0).provider;
    for (written, coding) in [("Hello {}€", "0"), ("Zoë", "2")] {
        server.reply(Reply::Answer(202, "0: Accepted for delivery"));
        kannel.send(&text(written)).await;
        let Request { line, .. } = &server.request();
        assert!(line.contains(&format!("charset=UTF-8&coding={coding}&dlr-mask=31")), "{line}");
        assert!(line.contains("%26status%3D%25d%26answer%3D%25A"), "{line}");
    }
    server.end();
}

#[test]
fn sec_c13_what_describes_a_provider_is_judged_at_the_start() {
    let of = |url: &str, headers: &[&str], body: &str, reference: Option<&str>| {
        let headers = headers.iter().map(|line| (*line).to_owned()).collect();
        let reference = reference.map(ToOwned::to_owned);
        let description =
            Description { url: url.into(), headers, body: body.into(), reference, from: FROM.into() };
        Generic::new(&description, Reach::Public).map(drop)
    };
    let url = "https://sms.example.com/send";
    of(url, &["X-Key: a"], r#"[{"to": "{{ sms.to }}", "text": {{ sms.text }}}]"#, Some("/0")).unwrap();
    for wrong in [
        "ftp://sms.example.com",
        "sms.example.com",
        "https://{{ sms.to }}.example.com/",
        "https://a/?x={{ y }}",
    ] {
        assert!(matches!(of(wrong, &[], "", None), Err(GenericError::Url)), "{wrong}");
    }
    for home in ["http://127.0.0.1/", "http://[::1]/?to={{ sms.to }}", "https://10.1.2.3/"] {
        assert!(matches!(of(home, &[], "", None), Err(GenericError::Private)), "{home}");
    }
    for body in
        ["{\"to\": {{ sms.to }", "{\"to\": {{ sms.to }} {{ sms.id }}}", "{\"a\": {{ agent.name }}}", "plain"]
    {
        assert!(matches!(of(url, &[], body, None), Err(GenericError::Body)), "{body}");
    }
    assert!(matches!(of(url, &["no colon"], "", None), Err(GenericError::Header)));
    assert!(matches!(of(url, &["X-A: a\nX-B: b"], "", None), Err(GenericError::Header)));
    assert!(matches!(of(url, &[], "", Some("id")), Err(GenericError::Reference)));
}
