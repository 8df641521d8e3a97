//! The program as an identity provider meets it: a conformance suite that we did not write finds nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nameplate_testkit::tools::python;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(data: &Path, address: &str) -> Server {
    let mut process = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(["serve", "--listen", address, "--set", "limits.enabled=false"])
        .args(["--set", &format!("server.public_url=http://{address}"), "--data-dir"])
        .arg(data)
        .env("NAMEPLATE_LOG", "off")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("Nameplate is at")));
    Server(process)
}

fn run(command: &mut Command, input: &str) -> String {
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_conformance_suite_finds_nothing() {
    let data = tempfile::tempdir().unwrap();
    let nameplate = |arguments: &[&str], input: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nameplate"));
        run(command.args(arguments).arg("--data-dir").arg(data.path()).env("NAMEPLATE_LOG", "warn"), input)
    };
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let _server = serve(data.path(), &address);
    let add = ["agent", "add", "--role", "admin", "--name", "Ada Example", "--email", "ada@example.com"];
    nameplate(&add, "quiet otter under glass\n");
    let token = nameplate(&["token", "create", "--email", "ada@example.com"], "");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/check_scim.py");
    let said = run(Command::new(python()).arg(script), &format!("http://{address}/scim/v2 {token}"));
    let results: Vec<Value> = serde_json::from_str(&said).unwrap();
    let mut checks = BTreeMap::<&str, usize>::new();
    for one in &results {
        assert_eq!(one["status"], "SUCCESS", "{}: {}", one["check"], one["reason"]);
        *checks.entry(one["check"].as_str().unwrap()).or_default() += 1;
    }
    for check in [
        "service_provider_config_endpoint",
        "access_schema_by_id",
        "object_creation",
        "object_query_without_id",
        "object_list_with_attributes",
        "search_with_attributes",
        "object_replacement",
        "object_deletion",
        "check_add_attribute",
        "check_remove_attribute",
        "check_replace_attribute",
    ] {
        assert!(checks.contains_key(check), "{check} did not run: {checks:?}");
    }
}
