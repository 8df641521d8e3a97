//! The process is killed in the middle of bookings (`security.md` F1, I2): what was acknowledged is there afterwards, and
//! every invitation goes out.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Bookings tried, and acknowledged ones after which the process is killed.
const TRIES: usize = 100;
const KILL_AFTER: usize = 40;
/// For the invitations after the restart.
const PATIENCE: Duration = Duration::from_mins(1);

struct Server {
    process: Child,
    facts: Value,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_nameplate"))
            .args(["demo", "--port", "0", "--json", "--data-dir"])
            .arg(data)
            .env("NAMEPLATE_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let facts = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the first line is {line:?}"));
        Self { process, facts }
    }

    /// One request on a connection of its own; nothing when the server is gone meanwhile.
    fn ask(&self, method: &str, path: &str, token: &str, body: Option<&Value>) -> Option<(u16, Value)> {
        let address = self.facts["base_url"].as_str()?.strip_prefix("http://")?;
        let mut stream = TcpStream::connect(address).ok()?;
        let body = body.map(ToString::to_string).unwrap_or_default();
        let length = body.len();
        let token =
            if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{token}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).unwrap_or_default()))
    }

    fn token(&self) -> &str {
        self.facts["admin"]["token"].as_str().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Kill is SIGKILL: no handler runs, nothing is flushed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Free slots of the demonstration's agents: (agent, start).
fn slots(server: &Server) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for agent in server.facts["agents"].as_array().unwrap() {
        let slug = agent["slug"].as_str().unwrap();
        let (_, card) =
            server.ask("GET", &format!("/api/v1/agents/{slug}/public"), server.token(), None).unwrap();
        let meeting_type = card["meeting_types"][0]["slug"].as_str().unwrap().to_owned();
        let path =
            format!("/api/v1/agents/{slug}/slots?meeting_type={meeting_type}&{}&time_zone=UTC", dates());
        let (status, answer) = server.ask("GET", &path, server.token(), None).unwrap();
        assert_eq!(status, 200, "{answer}");
        let starts = answer["slots"].as_array().unwrap();
        found.extend(
            starts
                .iter()
                .take(TRIES / 2)
                .map(|slot| (slug.to_owned(), slot["start"].as_str().unwrap().to_owned())),
        );
    }
    found.truncate(TRIES);
    found
}

/// The three weeks from today on, as a query.
fn dates() -> String {
    #[expect(clippy::disallowed_methods, reason = "the server that is tested reads the same clock")]
    let now = jiff::Timestamp::now();
    let from = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    format!("from={from}&to={}", from.saturating_add(jiff::Span::new().days(21)))
}

#[test]
fn sec_f01_a_kill_during_bookings_loses_no_acknowledged_one_and_every_invitation_goes_out() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let wanted = slots(&server);
    assert_eq!(wanted.len(), TRIES);
    let (next, booked) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let pid = server.process.id().to_string();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some((agent, start)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let body = json!({
                        "agent": agent, "meeting_type": "introduction", "start": start,
                        "customer": { "name": "Sam Sample", "email": "sam@example.org", "time_zone": "UTC" },
                    });
                    let Some((201, meeting)) = server.ask("POST", "/api/v1/meetings", "", Some(&body)) else {
                        continue;
                    };
                    let mut booked = booked.lock().unwrap();
                    booked.push(meeting["id"].as_str().unwrap().to_owned());
                    if booked.len() == KILL_AFTER {
                        assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
                    }
                }
            });
        }
    });
    let booked = booked.into_inner().unwrap();
    assert!((KILL_AFTER..TRIES).contains(&booked.len()), "{} were acknowledged", booked.len());
    drop(server);

    let server = Server::start(data.path());
    for id in &booked {
        let (status, meeting) =
            server.ask("GET", &format!("/api/v1/meetings/{id}"), server.token(), None).unwrap();
        assert_eq!((status, meeting["status"].as_str()), (200, Some("scheduled")), "{id}");
    }
    let missing = |calendars: &BTreeSet<String>| booked.iter().filter(|id| !calendars.contains(*id)).count();
    let since = Instant::now();
    loop {
        let calendars = invited(&server);
        if missing(&calendars) == 0 {
            break;
        }
        assert!(since.elapsed() < PATIENCE, "{} meetings have no invitation", missing(&calendars));
        std::thread::yield_now();
    }
}

/// The meetings whose customer has an invitation in the mailbox.
fn invited(server: &Server) -> BTreeSet<String> {
    let (_, list) = server.ask("GET", "/dev/mailbox.json", server.token(), None).unwrap();
    let ids = list.as_array().unwrap().iter().filter(|row| row["to"] == "sam@example.org");
    ids.filter_map(|row| {
        let path = format!("/dev/mailbox/{}", row["id"].as_str()?);
        meeting_of(server, &path)
    })
    .collect()
}

/// The UID's local part in the calendar of a message is the meeting's id.
fn meeting_of(server: &Server, path: &str) -> Option<String> {
    let address = server.facts["base_url"].as_str()?.strip_prefix("http://")?;
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
        .ok()?;
    let mut page = String::new();
    stream.read_to_string(&mut page).ok()?;
    let (_, rest) = page.split_once("UID:")?;
    Some(rest.split('@').next()?.to_owned())
}
