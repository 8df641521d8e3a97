//! The program tells webhooks: over TLS to a receiver that we did not write, and whatever kills it, nothing is lost (`security.md` C13, D6, F2).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::Server;
use nameplate_testkit::receiver::{Manner, Receiver};
use nameplate_testkit::tools::python;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

impl Server {
    fn hook(&self, url: &str) -> Value {
        let wish = json!({"url": url, "events": ["agent.updated"]});
        let (status, made) = self.ask("POST /api/v1/webhooks", &wish);
        assert_eq!(status, 201, "{made}");
        made
    }

    fn retitle(&self, title: &str) {
        let (status, answer) = self.ask("PATCH /api/v1/me", &json!({"job_title": title}));
        assert_eq!(status, 200, "{answer}");
    }
}

#[test]
fn sec_f02_a_kill_amid_deliveries_loses_none() {
    let data = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(Manner::Status(200));
    let mut server = Server::new(data.path(), &[]);
    server.hook(&receiver.url());
    // By id, what was told: the number and the title, and how often.
    let mut told: BTreeMap<String, (i64, String, usize)> = BTreeMap::new();
    let mut take = |request: nameplate_testkit::receiver::Received| {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let said =
            (body["sequence"].as_i64().unwrap(), body["data"]["job_title"].as_str().unwrap().to_owned());
        let known =
            told.entry(request.header("webhook-id").to_owned()).or_insert((said.0, said.1.clone(), 0));
        assert_eq!((known.0, &known.1), (said.0, &said.1), "another text for the same event");
        known.2 += 1;
        said.1
    };
    let mut wanted = Vec::new();
    for round in 0..9 {
        let titles: Vec<String> = (0..3).map(|n| format!("Title {round}.{n}")).collect();
        if round % 3 == 1 {
            // The receiver has it and has not said so.
            receiver.behave(Manner::Hang);
        }
        for title in &titles {
            server.retitle(title);
        }
        match round % 3 {
            // Written just now.
            0 => {}
            // Handed over; or answered, and perhaps not noted.
            _ => drop(take(receiver.next())),
        }
        server.kill();
        receiver.behave(Manner::Status(200));
        server.again();
        while take(receiver.next()) != *titles.last().unwrap() {}
        wanted.extend(titles);
    }
    for request in receiver.rest() {
        take(request);
    }
    let mut said: Vec<_> = told.into_values().collect();
    said.sort_unstable_by_key(|(sequence, ..)| *sequence);
    let titles: Vec<_> = said.iter().map(|(_, title, _)| title.clone()).collect();
    assert_eq!(titles, wanted, "all of them, in order");
    let doubles: usize = said.iter().map(|(_, _, times)| times - 1).sum();
    assert!(doubles <= 9, "a kill repeats one delivery at most: {doubles}");
}

/// A receiver in Python, on TLS.
struct Consumer {
    process: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    port: String,
}

impl Consumer {
    fn start(certificate: &Path, key: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/receive_webhooks.py");
        let mut process = Command::new(python())
            .arg(script)
            .args([certificate, key])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap();
        Self { input: process.stdin.take().unwrap(), process, lines, port }
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A certificate for an address, and its key.
fn certificate(folder: &Path, address: &str) -> (PathBuf, PathBuf) {
    let (key, certificate) = (folder.join("key.pem"), folder.join("cert.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Receiver"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-addext"])
        .arg(format!("subjectAltName=IP:{address}"))
        .args(["-keyout".as_ref(), key.as_os_str(), "-out".as_ref(), certificate.as_os_str()])
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success());
    (certificate, key)
}

#[test]
fn sec_c13_a_receiver_of_others_takes_what_comes_by_tls_and_only_to_the_right_name() {
    let (data, folder, other) = (tempfile::tempdir(), tempfile::tempdir(), tempfile::tempdir());
    let (data, folder, other) = (data.unwrap(), folder.unwrap(), other.unwrap());
    let (good, good_key) = certificate(folder.path(), "127.0.0.1");
    let (wrong, wrong_key) = certificate(other.path(), "192.0.2.1");
    let trusted = folder.path().join("all.pem");
    let both = [std::fs::read(&good).unwrap(), std::fs::read(&wrong).unwrap()].concat();
    std::fs::write(&trusted, both).unwrap();
    let mut consumer = Consumer::start(&good, &good_key);
    let named_otherwise = Consumer::start(&wrong, &wrong_key);
    let server = Server::new(data.path(), &[("SSL_CERT_FILE", trusted.to_str().unwrap())]);
    let made = server.hook(&format!("https://127.0.0.1:{}/hook", consumer.port));
    writeln!(consumer.input, "{}", made["secret"].as_str().unwrap()).unwrap();
    let refused = server.hook(&format!("https://127.0.0.1:{}/hook", named_otherwise.port));
    server.retitle("Adviser");
    let told: Value = serde_json::from_str(&consumer.lines.next().unwrap().unwrap()).unwrap();
    assert_eq!((&told["type"], &told["sequence"]), (&json!("agent.updated"), &json!(1)));
    let (_, me) = server.ask("GET /api/v1/me", &Value::Null);
    assert_eq!(told["data"], me, "as the API says it");
    let path = format!("GET /api/v1/webhooks/{}/deliveries", refused["id"].as_str().unwrap());
    let last = loop {
        let delivery = server.ask(&path, &Value::Null).1["deliveries"][0].take();
        if !delivery["problem"].is_null() {
            break delivery;
        }
    };
    assert_eq!(last["problem"], "certificate");
    assert_eq!(last["state"], "waiting");
}
