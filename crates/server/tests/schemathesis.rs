//! The API is what its OpenAPI document says, and nothing that fits or does not fit the document makes the server fail: schemathesis asks it, with all
//! of its checks, one request by itself and many in a row.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "one helper for several tests")]
mod common;

use common::Server;
use nameplate_testkit::both_engines;
use nameplate_testkit::tools::python;
use std::path::Path;
use std::process::Command;

both_engines! {
    async fn sec_d09_the_api_is_what_its_document_says(database: TestDatabase) {
        let data = tempfile::tempdir().unwrap();
        let server = Server::new(data.path(), &[("NAMEPLATE_DATABASE__URL", database.url())]);
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/schemathesis.toml");
        let output = Command::new(python().with_file_name("schemathesis"))
            .arg("--config-file")
            .arg(config)
            .args(["run", &format!("http://{}/api/v1/openapi.json", server.address)])
            .args(["--header", &format!("Authorization: Bearer {}", server.token)])
            .args(["--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "15"])
            // The same requests in every run: a run with others is for looking, not for judging a change.
            .arg("--generation-deterministic")
            // It cannot write a mail; another test hands mails over.
            .args(["--exclude-path", "/api/v1/inbound/mail", "--no-color"])
            .current_dir(data.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("Test cases:"), "{said}");
    }
}
