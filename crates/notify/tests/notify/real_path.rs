//! Our mail on a real way: `OpenSMTPD` takes it, hands it to Dovecot by LMTP, and IMAP shows it (`messages.md` section 1).

use crate::common::{messages, ordinary};
use crate::delivery::decode;
use crate::{readers, signatures};
use nameplate_domain::account::Visibility;
use nameplate_notify::meeting::{Notification, RecipientRole};
use nameplate_notify::report::{self, Why};
use nameplate_notify::smtp::{Limits, Smtp};
use nameplate_notify::{Composed, Delivery};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

struct MailServer {
    child: Child,
    input: Option<ChildStdin>,
    out: BufReader<ChildStdout>,
    smtp: Smtp,
}

impl MailServer {
    fn start() -> Self {
        let mut child = Command::new(nameplate_testkit::tools::python())
            .arg(readers::script("mail_path.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, mut out) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut port = String::new();
        out.read_line(&mut port).unwrap();
        let port = port
            .trim()
            .parse::<u16>()
            .expect("OpenSMTPD, Dovecot: run the tests as root with `cargo xtask test`");
        let smtp = Smtp::parse(&format!("smtp://127.0.0.1:{port}?tls=none"), Limits::default()).unwrap();
        Self { child, input, out, smtp }
    }

    async fn send(&self, mail: &Composed) {
        let taken = self.smtp.send(mail).await;
        assert!(matches!(taken, Delivery::Sent { .. }), "{taken:?}");
    }

    /// The next mail in a mailbox: how IMAP describes it, and its bytes.
    fn next(&mut self, address: &str) -> (Value, Vec<u8>) {
        writeln!(self.input.as_mut().unwrap(), "{address}").unwrap();
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        let mut seen: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no mail for {address}"));
        (seen["tree"].take(), decode(seen["raw"].as_str().unwrap()))
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // The end of its input ends the servers.
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// The parts of `messages.md` section 1.
fn tree(kind: Notification) -> Value {
    let text = |kind: &str| json!({"type": kind, "encoding": "quoted-printable", "method": null, "disposition": null});
    let (plain, html) = (text("text/plain"), text("text/html"));
    if matches!(kind, Notification::Reminder | Notification::StartsSoon) {
        return json!({"type": "multipart/alternative", "parts": [plain, html]});
    }
    let method = if kind == Notification::Cancelled { "CANCEL" } else { "REQUEST" };
    let calendar =
        json!({"type": "text/calendar", "encoding": "base64", "method": method, "disposition": null});
    let file =
        json!({"type": "application/ics", "encoding": "base64", "method": null, "disposition": "attachment"});
    let alternative = json!({"type": "multipart/alternative", "parts": [plain, html, calendar]});
    json!({"type": "multipart/mixed", "parts": [alternative, file]})
}

#[tokio::test]
async fn imap_shows_the_parts_and_the_signature_holds_at_the_end_of_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let pem = signatures::key(folder.path(), signatures::RSA);
    let mut server = MailServer::start();
    server.smtp = server.smtp.clone().signed_by(signatures::signer(&pem));
    let mut arrived = Vec::new();
    for role in RecipientRole::SIDES.iter().copied() {
        for (n, (kind, _, mail)) in messages(&ordinary(), Visibility::default(), role).into_iter().enumerate()
        {
            server.send(&mail.clone().returning_to(&format!("0a{n}"))).await;
            let (seen, raw) = server.next(&mail.to);
            assert_eq!(seen, tree(kind), "{role:?} {kind:?}");
            assert!(raw.ends_with(&mail.raw), "{}", String::from_utf8_lossy(&raw));
            assert!(raw.starts_with(format!("Return-Path: <bounce+0a{n}@mail.example.com>").as_bytes()));
            arrived.push(raw);
        }
    }
    for fields in signatures::verify(&signatures::signer(&pem), &arrived) {
        signatures::hold(&fields, "rsa-sha256");
    }
}

#[tokio::test]
async fn the_report_of_a_real_server_is_understood() {
    let mut server = MailServer::start();
    let mut mail = messages(&ordinary(), Visibility::default(), RecipientRole::Customer).remove(0).2;
    mail.to = "zoe@nobody.example".into();
    server.send(&mail.returning_to("0a1b2c")).await;
    let (_, raw) = server.next("bounce+0a1b2c@mail.example.com");
    let report = report::read(&raw);
    assert!(report.tokens.contains(&"0a1b2c".to_owned()), "{report:?}");
    let refusal = report.refusal.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&raw)));
    // OpenSMTPD tells its numbers alone.
    assert_eq!((refusal.as_str(), Why::of(&refusal)), ("5.3.0", Why::Refused));
}
