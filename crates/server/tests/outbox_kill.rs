//! The process is killed at each step of sending a message (`security.md` F2, `messages.md` section 3): nothing is lost, each
//! recipient reads the life of the meeting in its order, and what is sent twice is the same twice.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use mail_parser::{Address, MessageParser, MimeHeaders};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// For whatever the server does next.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where a message is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Written, and not yet claimed or just so.
    Written,
    Connected,
    Sender,
    Recipient,
    Data,
    /// The relay has all of it and has not said so.
    Handed,
    /// The relay has said so.
    Taken,
}

const STEPS: [Step; 7] =
    [Step::Written, Step::Connected, Step::Sender, Step::Recipient, Step::Data, Step::Handed, Step::Taken];

/// A mail as the relay got it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mail {
    to: String,
    id: String,
    uid: String,
    method: String,
    sequence: u32,
    raw: Vec<u8>,
}

impl Mail {
    fn read(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).unwrap();
        let calendar = message.parts.iter().find(|part| {
            part.content_type()
                .is_some_and(|kind| kind.ctype() == "text" && kind.subtype() == Some("calendar"))
        });
        let calendar = calendar.map_or("", |part| std::str::from_utf8(part.contents()).unwrap());
        let property = |name: &str| {
            let line = calendar.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name}: {}", String::from_utf8_lossy(raw))).to_owned()
        };
        let to = message.to().and_then(Address::first).and_then(|address| address.address.as_deref());
        Self {
            to: to.unwrap().to_owned(),
            id: message.message_id().unwrap().to_owned(),
            uid: property("UID:"),
            method: property("METHOD:"),
            sequence: property("SEQUENCE:").parse().unwrap(),
            raw: raw.to_vec(),
        }
    }
}

/// Takes mail, and kills a process at one step of it.
struct Relay {
    port: u16,
    /// At which step who is killed; once.
    victim: Arc<Mutex<Option<(Step, u32)>>>,
    mails: Receiver<Mail>,
    killed: Receiver<()>,
}

impl Relay {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (victim, (mails, received), (kills, killed)) = (Arc::default(), channel(), channel());
        let shared = Arc::clone(&victim);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (victim, mails, kills) = (Arc::clone(&shared), mails.clone(), kills.clone());
                // A connection that breaks is what is tested here.
                std::thread::spawn(move || {
                    serve(&stream.unwrap(), &victim, &mails, &kills).unwrap_or_default();
                });
            }
        });
        Self { port, victim, mails: received, killed }
    }
}

fn serve(
    stream: &TcpStream,
    victim: &Mutex<Option<(Step, u32)>>,
    mails: &Sender<Mail>,
    kills: &Sender<()>,
) -> std::io::Result<()> {
    let (mut lines, mut out) = (BufReader::new(stream), stream);
    let at = |step: Step| {
        let mut victim = victim.lock().unwrap();
        if let Some((_, pid)) = victim.take_if(|(wanted, _)| *wanted == step) {
            kill(pid);
            kills.send(()).unwrap();
        }
    };
    at(Step::Connected);
    out.write_all(b"220 relay.example ESMTP\r\n")?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let word = line.split([' ', ':', '\r']).next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-relay.example\r\n250 8BITMIME\r\n",
            "MAIL" => {
                at(Step::Sender);
                b"250 ok\r\n"
            }
            "RCPT" => {
                at(Step::Recipient);
                b"250 ok\r\n"
            }
            "DATA" => {
                at(Step::Data);
                out.write_all(b"354 go on\r\n")?;
                let mut raw = Vec::new();
                while !raw.ends_with(b"\r\n.\r\n") {
                    if lines.read_until(b'\n', &mut raw)? == 0 {
                        return Ok(());
                    }
                }
                raw.truncate(raw.len() - 3);
                mails.send(Mail::read(&raw)).unwrap();
                at(Step::Handed);
                out.write_all(b"250 taken\r\n")?;
                at(Step::Taken);
                // One mail a connection, so that each begins with one.
                return Ok(());
            }
            "QUIT" => return out.write_all(b"221 bye\r\n"),
            _ => b"250 ok\r\n",
        };
        out.write_all(answer)?;
        line.clear();
    }
    Ok(())
}

/// SIGKILL: no handler runs, nothing is flushed.
fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
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

struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(data: &Path, address: &str, relay: u16) -> Self {
        let smtp = format!("smtp.url=smtp://127.0.0.1:{relay}?tls=none");
        let mut process = Command::new(env!("CARGO_BIN_EXE_nameplate"))
            .args(["serve", "--listen", address, "--set", "mail.from=meet@example.com"])
            .args(["--set", "limits.enabled=false", "--set", &smtp, "--data-dir"])
            .arg(data)
            .env("NAMEPLATE_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().starts_with("Nameplate is at")));
        Self { process, address: address.to_owned() }
    }

    /// Status and body; nothing when the server is gone before it answered.
    fn ask(&self, line: &str, token: &str, body: &Value) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.split(' ').nth(1)?.parse().ok()?, serde_json::from_str(body).unwrap_or_default()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits until nothing is on its way: what is left of one change must not be taken for the next.
fn until_idle(data: &Path) {
    let since = Instant::now();
    while !nameplate(data, &["doctor"], "").contains(" 0 waiting") {
        assert!(since.elapsed() < PATIENCE, "messages stay on their way");
    }
}

/// Free starts from a week from now on.
fn starts(server: &Server, token: &str) -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "the server that is tested reads the same clock")]
    let now = jiff::Timestamp::now();
    let from = now.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(jiff::Span::new().days(7));
    let to = from.saturating_add(jiff::Span::new().days(14));
    let line = format!(
        "GET /api/v1/agents/ada-example/slots?meeting_type=meeting&from={from}&to={to}&time_zone=UTC"
    );
    let (status, answer) = server.ask(&line, token, &Value::Null).unwrap();
    assert_eq!(status, 200, "{answer}");
    answer["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| slot["start"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn sec_f02_a_kill_at_each_step_of_sending_loses_nothing_and_keeps_the_order() {
    let data = tempfile::tempdir().unwrap();
    let relay = Relay::start();
    // A port that was free a moment ago. It stays the same: it stands in the links of the mails.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut server = Server::start(data.path(), &address, relay.port);
    nameplate(
        data.path(),
        &["agent", "add", "--role", "admin", "--name", "Ada Example", "--email", "ada@example.com"],
        "quiet otter under glass\n",
    );
    let token = nameplate(data.path(), &["token", "create", "--email", "ada@example.com"], "");
    let starts = starts(&server, &token);
    for (n, step) in STEPS.into_iter().enumerate() {
        let customer = format!("{step:?}@customer.example");
        let mut mails: Vec<Mail> = Vec::new();
        for (sequence, method) in (0..3).zip(["REQUEST", "REQUEST", "CANCEL"]) {
            let meeting =
                mails.first().and_then(|mail| mail.uid.split('@').next()).unwrap_or_default().to_owned();
            let (line, body) = match sequence {
                0 => (
                    "POST /api/v1/meetings".to_owned(),
                    json!({
                        "agent": "ada-example", "meeting_type": "meeting", "start": starts[2 * n],
                        "customer": { "name": "Sam Sample", "email": customer, "time_zone": "UTC" },
                    }),
                ),
                1 => (format!("PATCH /api/v1/meetings/{meeting}"), json!({ "start": starts[2 * n + 1] })),
                _ => (format!("DELETE /api/v1/meetings/{meeting}"), Value::Null),
            };
            let pid = server.process.id();
            if step == Step::Written {
                let (status, answer) = server.ask(&line, &token, &body).unwrap();
                assert!((200..300).contains(&status), "{step:?} {line}: {answer}");
                kill(pid);
            } else {
                *relay.victim.lock().unwrap() = Some((step, pid));
                // The answer may be cut off by the kill: the change is written before any of it is sent.
                let answer = server.ask(&line, &token, &body);
                assert!(
                    answer.as_ref().is_none_or(|(status, _)| (200..300).contains(status)),
                    "{line}: {answer:?}"
                );
                relay.killed.recv_timeout(PATIENCE).unwrap();
            }
            server.process.wait().unwrap();
            server = Server::start(data.path(), &address, relay.port);
            let arrived = |mails: &[Mail], to: &str| {
                mails.iter().any(|mail| mail.to == to && mail.sequence == sequence && mail.method == method)
            };
            while !(arrived(&mails, &customer) && arrived(&mails, "ada@example.com")) {
                let mail = relay.mails.recv_timeout(PATIENCE);
                mails.push(mail.unwrap_or_else(|_| panic!("{step:?}: {method} {sequence} is lost")));
            }
            until_idle(data.path());
            mails.extend(relay.mails.try_iter());
        }
        hold(step, &customer, &mails);
    }
}

/// In order, and the same each time.
fn hold(step: Step, customer: &str, mails: &[Mail]) {
    for to in [customer, "ada@example.com"] {
        let own: Vec<&Mail> = mails.iter().filter(|mail| mail.to == to).collect();
        let order: Vec<u32> = own.iter().map(|mail| mail.sequence).collect();
        assert!(order.is_sorted(), "{step:?}: {to} got {order:?}");
        let mut first: BTreeMap<u32, &Mail> = BTreeMap::new();
        for mail in &own {
            let same = first.entry(mail.sequence).or_insert(mail);
            assert_eq!(same.id, mail.id, "{step:?}");
            let text = |mail: &Mail| String::from_utf8_lossy(&mail.raw).into_owned();
            assert_eq!(text(same), text(mail), "{step:?}: another mail for the same");
        }
        assert_eq!(first.len(), 3, "{step:?}: {order:?}");
        assert!(own.len() <= 6, "{step:?}: a kill repeats a message once at most: {order:?}");
    }
}
