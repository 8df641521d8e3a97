//! The commands that act on the server's data, as an operator types them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn nameplate(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env("NAMEPLATE_LOG", "warn")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

fn said(output: &Output) -> (bool, String) {
    let text = if output.status.success() { &output.stdout } else { &output.stderr };
    (output.status.success(), String::from_utf8_lossy(text).trim().to_owned())
}

#[test]
fn an_account_is_added_gets_a_token_a_link_for_a_new_password_and_its_data() {
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], input: &str| said(&nameplate(data.path(), arguments, input));
    let account = ["--name", "Ada Example", "--email", "ada@example.com", "--time-zone", "Europe/Amsterdam"];
    let (added, said) = run(&[&["agent", "add"], &account[..]].concat(), "quiet otter under glass\n");
    assert!(added && said.starts_with("agt_") && said.ends_with("/ada-example"), "{said}");
    let (twice, said) = run(&[&["agent", "add"], &account[..]].concat(), "quiet otter under glass\n");
    assert!(!twice && said.contains("email: "), "{said}");

    let (made, token) = run(&["agent", "token", "--email", "ADA@example.com"], "");
    assert!(made && token.starts_with("np_") && token.len() > 40, "{token}");
    let (linked, link) = run(&["agent", "reset-link", "--email", "ada@example.com"], "");
    assert!(linked && link.contains("/reset/"), "{link}");
    for command in ["token", "reset-link"] {
        let (found, said) = run(&["agent", command, "--email", "nobody@example.com"], "");
        assert!(!found && said.contains("no active account has this address"), "{said}");
    }
    let file = data.path().join("ada.zip");
    let export = |email: &str| run(&["export", "--agent", email, "--output", file.to_str().unwrap()], "");
    let (found, said) = export("nobody@example.com");
    assert!(!found && said.contains("no account has this address") && !file.exists(), "{said}");
    assert_eq!(export("ada@example.com"), (true, String::new()));
    let archive = std::fs::read(&file).unwrap();
    assert!(archive.starts_with(b"PK\x03\x04") && archive.len() > 1_000, "{}", archive.len());
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (twice, said) = export("ada@example.com");
    assert!(!twice && said.contains("cannot be made"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), archive);
    let (removed, said) = run(&["agent", "reset-2fa", "--email", "ada@example.com"], "");
    assert!(!removed && said.contains("no account with two-step sign-in has this address"), "{said}");
}

#[test]
fn sec_i4_a_second_server_on_the_same_data_does_not_start() {
    let data = tempfile::tempdir().unwrap();
    let mut first = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(["demo", "--port", "0", "--json", "--data-dir"])
        .arg(data.path())
        .env("NAMEPLATE_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(first.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let (started, said) = said(&nameplate(data.path(), &["demo", "--port", "0"], ""));
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(!started && said.contains("another server runs on"), "{said}");
}
