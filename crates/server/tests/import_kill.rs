//! The process is killed amid an import of people (AD-04): the next one goes on where it was, no row is done twice and none is lost.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROWS: usize = 300;
/// Invited before the processes are killed.
const KILL_AFTER: usize = 40;
/// For the rest after the restart.
const PATIENCE: Duration = Duration::from_mins(2);

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

    fn ask(&self, path: &str) -> Value {
        let address = self.facts["base_url"].as_str().unwrap().strip_prefix("http://").unwrap();
        let token = self.facts["admin"]["token"].as_str().unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// The addresses of who is invited.
    fn invited(&self) -> Vec<String> {
        let mut emails = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.ask(&format!("/api/v1/agents?status=invited&limit=100{cursor}"));
            let agents = page["agents"].as_array().unwrap();
            emails.extend(agents.iter().map(|agent| agent["email"].as_str().unwrap().to_owned()));
            let Some(next) = page["next_cursor"].as_str() else { return emails };
            cursor = format!("&cursor={next}");
        }
    }

    /// Asks until so many are invited.
    fn wait_for(&self, count: usize) {
        let started = Instant::now();
        while self.invited().len() < count {
            assert!(started.elapsed() < PATIENCE, "{} of {count} are invited", self.invited().len());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Kill is SIGKILL: no handler runs, nothing is flushed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn ad_04_an_import_goes_on_after_every_process_was_killed() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let file = data.path().join("people.csv");
    let rows =
        (0..ROWS).map(|n| format!("Same Name,person-{n}@import.example")).collect::<Vec<_>>().join("\n");
    std::fs::write(&file, format!("name,email\n{rows}")).unwrap();
    let admin = server.facts["admin"]["email"].as_str().unwrap();
    let mut import = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(["people", "import"])
        .arg(&file)
        .args(["--by", admin, "--data-dir"])
        .arg(data.path())
        .env("NAMEPLATE_LOG", "warn")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    server.wait_for(KILL_AFTER);
    import.kill().unwrap();
    import.wait().unwrap();
    drop(server);

    let server = Server::start(data.path());
    server.wait_for(ROWS);
    let mut invited = server.invited();
    invited.sort();
    let mut expected: Vec<String> = (0..ROWS).map(|n| format!("person-{n}@import.example")).collect();
    expected.sort();
    assert_eq!(invited, expected);
}
