//! Delivery to a real SMTP server, which also fails in every way that the table of faults names (F16 to F21).

use crate::common::{messages, ordinary};
use nameplate_domain::account::Visibility;
use nameplate_notify::meeting::RecipientRole;
use nameplate_notify::smtp::{Limits, Smtp, SmtpUrlError};
use nameplate_notify::{Composed, Delivery};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

pub struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/smtp_server.py");
        let mut child = Command::new(nameplate_testkit::tools::python())
            .arg(script)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("aiosmtpd: run the tests with `cargo xtask test`");
        Self { child, out, port }
    }

    pub fn smtp(&self, query: &str) -> Smtp {
        Smtp::parse(&format!("smtp://127.0.0.1:{}{query}", self.port), Limits::default()).unwrap()
    }

    pub fn received(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn mail() -> Composed {
    messages(&ordinary(), Visibility::default(), RecipientRole::Customer).remove(0).2
}

/// Lines that begin with a dot, as a body might.
fn dotted() -> Composed {
    let mut mail = mail();
    mail.raw.extend_from_slice(b"\r\n.\r\n..\r\n.x\r\n");
    mail
}

#[tokio::test]
async fn a_server_gets_the_exact_bytes_and_the_envelope() {
    let mut server = Server::start(&["ok"]);
    let (smtp, mail) = (server.smtp("?tls=none"), dotted().returning_to("0a1b"));
    for _ in 0..2 {
        let answer = smtp.send(&mail).await;
        assert_eq!(answer, Delivery::Sent { answer: "250 2.0.0 kept".into() });
        let got = server.received();
        assert_eq!(got["from"], "bounce+0a1b@mail.example.com");
        assert_eq!(got["to"], serde_json::json!(["zoe.o'kafor+x@customer.example"]));
        assert_eq!(text(&decode(got["raw"].as_str().unwrap())), text(&mail.raw));
    }
}

fn text(raw: &[u8]) -> Vec<&str> {
    std::str::from_utf8(raw).unwrap().split("\r\n").collect()
}

/// Base64 without a crate for it.
pub fn decode(text: &str) -> Vec<u8> {
    let (mut bits, mut have, mut out) = (0u32, 0, Vec::new());
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = (bits << 6) | u32::from(six);
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push(u8::try_from((bits >> have) & 0xff).unwrap());
        }
    }
    out
}

#[tokio::test]
async fn refusals_are_permanent_or_worth_another_try() {
    for (mode, permanent, text) in [
        ("rcpt550", true, "no such person"),
        ("data550", true, "refused"),
        ("rcpt451", false, "later"),
        ("data451", false, "later"),
        ("drop", false, ""),
    ] {
        let server = Server::start(&[mode]);
        let answer = server.smtp("?tls=none").send(&mail()).await;
        let said = match &answer {
            Delivery::Permanent { answer } if permanent => answer,
            Delivery::Temporary { answer } if !permanent => answer,
            other => panic!("{mode}: {other:?}"),
        };
        assert!(said.contains(text) && !said.contains('\n'), "{mode}: {said}");
    }
}

#[tokio::test]
async fn no_server_a_silent_one_and_one_without_tls_are_worth_another_try() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let smtp = Smtp::parse(&format!("smtp://127.0.0.1:{closed}?tls=none"), Limits::default()).unwrap();
    assert!(matches!(smtp.send(&mail()).await, Delivery::Temporary { .. }));

    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let limits = Limits { message: Duration::from_millis(300), ..Limits::default() };
    let url = format!("smtp://127.0.0.1:{}?tls=none", silent.local_addr().unwrap().port());
    let answer = Smtp::parse(&url, limits).unwrap().send(&mail()).await;
    assert_eq!(answer, Delivery::Temporary { answer: "the server did not answer in time".into() });

    // STARTTLS is required by default, and this server offers none: nothing may leave in clear.
    let server = Server::start(&["ok"]);
    for query in ["", "?tls=required"] {
        let answer = server.smtp(query).send(&mail()).await;
        assert!(matches!(&answer, Delivery::Temporary { .. } | Delivery::Permanent { .. }), "{answer:?}");
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (key, certificate) = (folder.path().join("key.pem"), folder.path().join("cert.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
        ])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .stderr(Stdio::null())
        .status();
    assert!(made.expect("openssl makes the certificate: install it").success());
    let server = Server::start(&["starttls", certificate.to_str().unwrap(), key.to_str().unwrap()]);
    let answer = server.smtp("").send(&mail()).await;
    let Delivery::Temporary { answer } = answer else { panic!("{answer:?}") };
    assert!(answer.to_lowercase().contains("certificate"), "{answer}");
}

#[test]
fn an_address_is_read_or_refused_without_its_password() {
    let parse = |url: &str| Smtp::parse(url, Limits::default());
    // The pool of a transport lives in a runtime.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _guard = runtime.enter();
    for url in [
        "smtps://h.example",
        "smtp://u%40x:p%3Aw@h.example:2525",
        "smtp://h.example?tls=required",
        "smtp://h.example?tls=none",
    ] {
        let smtp = parse(url).unwrap();
        assert!(!format!("{smtp:?}").contains("p:w"));
    }
    for (url, error) in [
        ("http://h.example", SmtpUrlError::Form),
        ("smtp:", SmtpUrlError::Form),
        ("h.example:25", SmtpUrlError::Form),
        ("smtp://u:hunter2@h.example?tls=maybe", SmtpUrlError::Tls),
        ("smtps://u:hunter2@h.example?tls=none", SmtpUrlError::Tls),
    ] {
        let found = parse(url).unwrap_err();
        assert_eq!(found, error, "{url}");
        assert!(!format!("{found} {found:?}").contains("hunter2"));
    }
}
