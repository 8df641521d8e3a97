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

/// The server's first start, which makes its data, and its end.
fn serve_once(data: &Path) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data)
        .env("NAMEPLATE_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("Nameplate is at")));
    server.kill().unwrap();
    server.wait().unwrap();
}

/// A start of the demonstration: its first line, or why there is none.
fn demo_once(data: &Path) -> (String, String) {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(["demo", "--port", "0", "--json", "--data-dir"])
        .arg(data)
        .env("NAMEPLATE_LOG", "warn")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(demo.stdout.take().unwrap()).read_line(&mut line).unwrap();
    demo.kill().unwrap();
    (line, String::from_utf8_lossy(&demo.wait_with_output().unwrap().stderr).into_owned())
}

fn said(output: &Output) -> (bool, String) {
    let text = if output.status.success() { &output.stdout } else { &output.stderr };
    (output.status.success(), String::from_utf8_lossy(text).trim().to_owned())
}

#[test]
fn an_account_is_added_gets_a_token_a_link_for_a_new_password_and_its_data() {
    let data = tempfile::tempdir().unwrap();
    serve_once(data.path());
    let run = |arguments: &[&str], input: &str| said(&nameplate(data.path(), arguments, input));
    let account = ["--name", "Ada Example", "--email", "ada@example.com", "--time-zone", "Europe/Amsterdam"];
    let (added, said) = run(&[&["agent", "add"], &account[..]].concat(), "quiet otter under glass\n");
    assert!(added && said.starts_with("agt_") && said.ends_with("/ada-example"), "{said}");
    let (twice, said) = run(&[&["agent", "add"], &account[..]].concat(), "quiet otter under glass\n");
    assert!(!twice && said.contains("email: "), "{said}");

    let (made, token) = run(&["token", "create", "--email", "ADA@example.com"], "");
    assert!(made && token.starts_with("np_") && token.len() > 40, "{token}");
    let (linked, link) = run(&["agent", "reset-link", "--email", "ada@example.com"], "");
    assert!(linked && link.contains("/reset/"), "{link}");
    for command in [["token", "create"], ["agent", "reset-link"]] {
        let (found, said) = run(&[&command[..], &["--email", "nobody@example.com"]].concat(), "");
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

#[test]
fn sec_i4_the_demo_adds_nobody_to_a_real_servers_data_and_finds_its_own_again() {
    let data = tempfile::tempdir().unwrap();
    serve_once(data.path());
    let admin = ["agent", "add", "--role", "admin", "--name", "Ada Example", "--email", "ada@example.com"];
    assert!(said(&nameplate(data.path(), &admin, "quiet otter under glass\n")).0);
    let (line, text) = demo_once(data.path());
    let refusal = format!("{} belongs to a real server", data.path().display());
    assert!(line.is_empty() && text.contains(&refusal), "{line}{text}");
    let robin = ["token", "create", "--email", "robin@example.com"];
    let (found, text) = said(&nameplate(data.path(), &robin, ""));
    assert!(!found && text.contains("no active account has this address"), "{text}");

    let own = tempfile::tempdir().unwrap();
    let agents = [(); 2].map(|()| demo_once(own.path()).0.matches("agt_").count());
    assert_eq!(agents, [3; 2]);
}

#[test]
fn a_command_in_the_wrong_directory_makes_nothing_there() {
    let data = tempfile::tempdir().unwrap();
    let wrong = data.path().join("data");
    let output = data.path().join("ada.zip");
    let of = ["--email", "ada@example.com"];
    let commands: [&[&str]; 8] = [
        &["doctor"],
        &["setup-link"],
        &["agent", "add", "--name", "Ada Example", of[0], of[1]],
        &["agent", "reset-link", of[0], of[1]],
        &["agent", "reset-2fa", of[0], of[1]],
        &["agent", "keep", of[0], of[1]],
        &["token", "create", of[0], of[1]],
        &["export", "--agent", of[1], "--output", output.to_str().unwrap()],
    ];
    for command in commands {
        let output = nameplate(&wrong, command, "quiet otter under glass\n");
        let all = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&all);
        assert!(!output.status.success() && text.contains("no server's data in"), "{command:?}: {text}");
        assert!(text.contains("pass --data-dir or --config as for the server"), "{command:?}: {text}");
        assert!(!wrong.exists(), "{command:?} made it");
    }
}

#[test]
fn a_reader_of_the_api_description_may_stop_before_its_end() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .arg("openapi")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let ended = process.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn a_key_for_signatures_is_checked_and_its_record_printed() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("dkim.pem");
    let key = format!("mail.dkim_key_file={}", file.display());
    let set = ["--set", "mail.from=Example <meetings@Example.com>", "--set", &key, "--set"];
    let run = |command: &[&str], selector: &str| {
        said(&nameplate(data.path(), &[command, &set, &[selector]].concat(), ""))
    };
    let check = |selector| run(&["config", "check"], selector);

    let (good, text) = check("mail.dkim_selector=nameplate");
    assert!(!good && text.contains("dkim.pem: it cannot be read"), "{text}");
    std::fs::write(&file, "-----BEGIN PRIVATE KEY-----\nhunter2\n").unwrap();
    let (good, text) = check("mail.dkim_selector=nameplate");
    assert!(!good && text.contains("it holds no private key in PEM") && !text.contains("hunter2"), "{text}");
    let made = Command::new("openssl").args(["genpkey", "-algorithm", "ed25519", "-out"]).arg(&file).status();
    assert!(made.unwrap().success());
    assert_eq!(check("mail.dkim_selector=nameplate"), (true, "The configuration is in order.".to_owned()));
    let (good, text) = check("mail.dkim_selector=");
    assert!(!good && text.contains("so mail.dkim_selector must be too"), "{text}");
    let (good, text) = check("mail.dkim_selector=name plate");
    assert!(!good && text.contains("mail.dkim_selector must be letters"), "{text}");

    let (good, text) = run(&["dkim-record"], "mail.dkim_selector=nameplate");
    let start = "name   nameplate._domainkey.example.com\ntype   TXT\nvalue  v=DKIM1; k=ed25519; p=";
    assert!(good && text.starts_with(start) && text.len() == start.len() + 44, "{text}");
    let (good, text) = said(&nameplate(data.path(), &["dkim-record"], ""));
    assert!(!good && text.contains("mail is not signed here"), "{text}");
}

#[test]
fn c02_people_are_imported_from_a_file_and_the_exit_code_tells_of_rows_that_failed() {
    let data = tempfile::tempdir().unwrap();
    serve_once(data.path());
    let run = |arguments: &[&str]| {
        let output = nameplate(data.path(), arguments, "quiet otter under glass\n");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let file = data.path().join("people.csv");
    std::fs::write(&file, "Naam;E-mailadres;Functie\nAnna Berg;anna@example.com;Adviseur\nX;nobody;\n")
        .unwrap();
    let file = file.to_str().unwrap();
    let (code, _, said) = run(&["people", "import", file]);
    assert_eq!((code, said.contains("there is no admin yet")), (1, true), "{said}");
    for (name, email) in [("Ada", "ada@example.com"), ("Bo Bee", "bo@example.com")] {
        let (code, _, said) = run(&["agent", "add", "--role", "admin", "--name", name, "--email", email]);
        assert_eq!(code, 0, "{said}");
    }
    let (code, _, said) = run(&["people", "import", file]);
    assert_eq!((code, said.contains("--by EMAIL")), (1, true), "{said}");

    let by = ["people", "import", file, "--by", "ada@example.com"];
    let (code, shown, said) = run(&[&by[..], &["--dry-run"]].concat());
    assert_eq!(code, 1);
    assert_eq!(shown.lines().next(), Some("line 2 ready anna@example.com"), "{said}");
    assert!(shown.lines().nth(1).unwrap().starts_with("line 3 invalid nobody: Email: "), "{shown}");
    let (code, shown, said) = run(&[&by[..], &["--json"]].concat());
    assert_eq!((code, said.as_str()), (1, "nameplate: 1 of 2 rows failed"));
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let counts = serde_json::json!({"invited": 1, "updated": 0, "unchanged": 0, "failed": 1});
    assert_eq!((&shown["counts"], &shown["lines"].as_array().unwrap().len()), (&counts, &1));
    std::fs::write(file, "email,job_title\nanna@example.com,Adviser\n").unwrap();
    assert_eq!(run(&by), (0, "0 invited, 1 changed, 0 same already, 0 failed".into(), String::new()));
    assert_eq!(run(&by), (0, "0 invited, 0 changed, 1 same already, 0 failed".into(), String::new()));
    std::fs::write(file, "PK\0\u{3}").unwrap();
    let (code, _, said) = run(&by);
    assert_eq!((code, said.contains("save it as CSV")), (1, true), "{said}");
}
