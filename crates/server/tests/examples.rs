//! The example clients do what they say, against the running program.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "one helper for several tests")]
mod common;

use common::Server;
use nameplate_testkit::both_engines;
use nameplate_testkit::tools::python;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Rust example, which cargo builds with the tests.
fn built() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().and_then(Path::parent).unwrap().join("examples/book")
}

/// What an example prints.
fn said(mut command: Command) -> String {
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn commands(arguments: [&str; 2]) -> [Command; 3] {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut commands = [Command::new(built()), Command::new(python()), Command::new("node")];
    commands[1].arg(examples.join("book.py"));
    commands[2].arg(examples.join("book.mjs"));
    for command in &mut commands {
        command.args(arguments);
    }
    commands
}

both_engines! {
    async fn every_example_books_moves_and_cancels(database: TestDatabase) {
        let data = tempfile::tempdir().unwrap();
        let server = Server::new(data.path(), &[("NAMEPLATE_DATABASE__URL", database.url())]);
        let url = format!("http://{}", server.address);
        // Each leaves the times as free as they were, so all of them print the same.
        let [rust, python, node] = commands([&url, "ada-example"]).map(said);
        let lines: Vec<_> = rust.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[3]), (4, "Ada Example: Video meeting, 30 minutes", "cancelled"));
        assert!(lines[1].starts_with("scheduled: ") && lines[2].starts_with("scheduled: "), "{rust}");
        assert_ne!(lines[1], lines[2]);
        assert_eq!((&python, &node), (&rust, &rust));
        for mut command in commands([&url, "nobody"]) {
            let output = command.output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success() && error.contains("(not_found)"), "{command:?}: {error}");
        }
    }
}
