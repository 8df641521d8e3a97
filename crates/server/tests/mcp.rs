//! An assistant, by the client library of the protocol itself, works with the running program.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "one helper for several tests")]
mod common;

use common::Server;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use nameplate_testkit::both_engines;
use nameplate_testkit::tools::python;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// A day on which new accounts can be booked, and which has not begun anywhere.
fn bookable_day() -> String {
    #[expect(clippy::disallowed_methods, reason = "the server that is tested reads the same clock")]
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let day = today + 7.days();
    let day = if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) { day + 2.days() } else { day };
    day.to_string()
}

both_engines! {
    async fn an_assistant_finds_books_moves_and_cancels(database: TestDatabase) {
        let data = tempfile::tempdir().unwrap();
        let server = Server::new(data.path(), &[("NAMEPLATE_DATABASE__URL", database.url())]);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/mcp_client.py");
        let mut client = Command::new(python())
            .arg(script)
            .arg(format!("http://{}/mcp", server.address))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(client.stdin.take().unwrap(), "{}\nEXAMPLE ada\n{}", server.token, bookable_day()).unwrap();
        let output = client.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}");
        let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();

        assert_eq!(lines[0]["server"], "nameplate");
        assert_eq!(lines[1]["tools"].as_array().unwrap().len(), 7);
        let steps: Vec<_> = lines[2..].iter().map(|line| (line["tool"].as_str().unwrap(), line["is_error"].as_bool().unwrap())).collect();
        assert_eq!(
            steps,
            [
                ("find_agents", false), ("get_agent", false), ("list_free_times", false), ("book_meeting", false),
                ("book_meeting", true), ("reschedule_meeting", false), ("cancel_meeting", false), ("get_meeting", false),
            ]
        );
        let answer = |at: usize| &lines[2 + at]["answer"];
        assert_eq!(answer(4)["code"], "slot_taken", "the same time again, without a key");
        assert_eq!(answer(5)["start"], answer(2)["slots"][1]["start"]);
        let id = answer(3)["id"].as_str().unwrap();
        let (status, meeting) = server.ask(&format!("GET /api/v1/meetings/{id}"), &json!(null));
        assert_eq!((status, &meeting), (200, answer(7)), "the API says the same");
        assert_eq!((&meeting["status"], &meeting["customer"]["name"]), (&json!("cancelled"), &json!("Zoë Example")));
    }
}
