//! The process is killed amid an import of people (AD-04): the next one goes on where it was, no row is done twice and none is lost.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::Server;
use serde_json::Value;
use std::process::Stdio;
use std::time::{Duration, Instant};

const ROWS: usize = 300;
/// Invited before the processes are killed.
const KILL_AFTER: usize = 40;
/// For the rest after the restart.
const PATIENCE: Duration = Duration::from_mins(2);

impl Server {
    /// The addresses of who is invited.
    fn invited(&self) -> Vec<String> {
        let mut emails = Vec::new();
        let mut cursor = String::new();
        loop {
            let line = format!("GET /api/v1/agents?status=invited&limit=100{cursor}");
            let page = self.ask(&line, &Value::Null).1;
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

#[test]
fn ad_04_an_import_goes_on_after_every_process_was_killed() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::new(data.path(), &[]);
    let file = data.path().join("people.csv");
    let rows =
        (0..ROWS).map(|n| format!("Same Name,person-{n}@import.example")).collect::<Vec<_>>().join("\n");
    std::fs::write(&file, format!("name,email\n{rows}")).unwrap();
    let mut import =
        server.command(&["people", "import", file.to_str().unwrap()]).stdout(Stdio::null()).spawn().unwrap();
    server.wait_for(KILL_AFTER);
    let came_first = import.try_wait().unwrap().is_none();
    import.kill().unwrap();
    import.wait().unwrap();
    server.kill();
    assert!(came_first, "the kill came before the end");

    server.again();
    server.wait_for(ROWS);
    let mut invited = server.invited();
    invited.sort();
    let mut expected: Vec<String> = (0..ROWS).map(|n| format!("person-{n}@import.example")).collect();
    expected.sort();
    assert_eq!(invited, expected);
}
