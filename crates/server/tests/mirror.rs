//! A program that only has the OpenAPI document fills 1,000 accounts and keeps a copy of them in step while they change, and while the server is
//! killed (`security.md` B5, I3).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "one helper for several tests")]
mod common;

use common::Server;
use nameplate_testkit::both_engines;
use nameplate_testkit::tools::python;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const COUNT: usize = 1_000;
/// Writes after which the server is killed: while all is made, changed and deactivated.
const KILLS: [&str; 3] = ["done 500", "done 1500", "done 2800"];

both_engines! {
    async fn sec_b05_a_thousand_profiles_and_their_copy_outlive_the_server(database: TestDatabase) {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::new(data.path(), &[("NAMEPLATE_DATABASE__URL", database.url())]);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/mirror.py");
        let mut program = Command::new(python())
            .arg(script)
            .args([format!("http://{}", server.address), COUNT.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(program.stdin.take().unwrap(), "{}", server.token).unwrap();
        let mut found = Value::Null;
        for line in BufReader::new(program.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if KILLS.contains(&line.as_str()) {
                server.kill();
                server.again();
            } else if line.starts_with('{') {
                found = serde_json::from_str(&line).unwrap();
            }
        }
        assert!(program.wait().unwrap().success());
        assert_eq!(found["failures"], json!([]));
        assert_eq!((&found["made"], &found["deactivated"]), (&json!(COUNT), &json!(COUNT / 10)));
        assert_eq!((&found["wrong"], &found["differences"]), (&json!([]), &json!([])));
        assert!(found["unanswered"].as_u64().unwrap() > 0, "the kills were felt");
    }
}
