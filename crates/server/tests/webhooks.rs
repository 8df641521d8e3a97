//! The program tells webhooks: over TLS to a receiver that we did not write, and whatever kills it, nothing is lost (`security.md` C13, D6, F2).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nameplate_testkit::receiver::{Manner, Receiver};
use nameplate_testkit::tools::python;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// SIGKILL: no handler runs, nothing is flushed.
fn kill(process: &mut Child) {
    process.kill().unwrap();
    process.wait().unwrap();
}

struct Server {
    process: Child,
    address: String,
    token: String,
    data: PathBuf,
    authorities: Option<PathBuf>,
}

impl Server {
    /// A server on a port of its own with an admin, who trusts no certificates but these.
    fn new(data: &Path, authorities: Option<&Path>) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let authorities = authorities.map(Path::to_owned);
        let process = spawn(data, &address, authorities.as_deref());
        let token = String::new();
        let mut server = Self { process, address, token, data: data.to_owned(), authorities };
        let add = ["agent", "add", "--role", "admin", "--name", "Ada Example", "--email", "ada@example.com"];
        nameplate(data, &add, "quiet otter under glass\n");
        server.token = nameplate(data, &["agent", "token", "--email", "ada@example.com"], "");
        server
    }

    /// Another process on the same data, once this one is gone.
    fn again(&mut self) {
        self.process = spawn(&self.data, &self.address, self.authorities.as_deref());
    }

    fn ask(&self, line: &str, body: &Value) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (body, token) = (body.to_string(), &self.token);
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
    }

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

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(data: &Path, address: &str, authorities: Option<&Path>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nameplate"));
    command
        .args(["serve", "--listen", address, "--set", "limits.enabled=false"])
        .args(["--set", "webhooks.allow=127.0.0.1", "--data-dir"])
        .arg(data)
        .env("NAMEPLATE_LOG", "off")
        .stdout(Stdio::piped());
    if let Some(authorities) = authorities {
        command.env("SSL_CERT_FILE", authorities);
    }
    let mut process = command.spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("Nameplate is at")));
    process
}

fn nameplate(data: &Path, arguments: &[&str], input: &str) -> String {
    let mut process = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env("NAMEPLATE_LOG", "warn")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn sec_f02_a_kill_amid_deliveries_loses_none() {
    let data = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(Manner::Status(200));
    let mut server = Server::new(data.path(), None);
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
        kill(&mut server.process);
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
    let server = Server::new(data.path(), Some(&trusted));
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
