//! Accounts and tokens from the command line, beside a server that runs (C-02, C-03).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "one helper for several tests")]
mod common;

use common::Server;
use nameplate_testkit::both_engines;
use serde_json::{Value, json};

/// Whether a command succeeded, and all that it printed.
fn run(server: &Server, line: &str) -> (bool, String) {
    let output = server.command(&line.split(' ').collect::<Vec<_>>()).output().unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

fn read(server: &Server, line: &str) -> Value {
    let (done, text) = run(server, line);
    assert!(done, "{line}: {text}");
    serde_json::from_str(&text).unwrap()
}

both_engines! {
    async fn c_02_accounts_are_listed_locked_unlocked_and_signed_out(database: TestDatabase) {
        let data = tempfile::tempdir().unwrap();
        let server = Server::new(data.path(), &[("NAMEPLATE_DATABASE__URL", database.url())]);
        let add = ["agent", "add", "--name", "Bram Example", "--email", "bram@example.com"];
        server.run(&add, "quiet otter under glass\n");
        let status = |email: &str| {
            let all = read(&server, "agent list --json");
            let one = all.as_array().unwrap().iter().find(|one| one.get("email").unwrap() == email).unwrap();
            (one.get("role").unwrap().clone(), one.get("status").unwrap().clone())
        };
        assert_eq!(status("ada@example.com"), (json!("admin"), json!("active")));
        assert_eq!(status("bram@example.com"), (json!("agent"), json!("active")));
        let lines = run(&server, "agent list").1;
        assert!(lines.lines().any(|line| line.ends_with("\tbram@example.com\tagent\tactive\tBram Example")), "{lines}");

        let refused = run(&server, "agent lock --email ada@example.com");
        assert!(!refused.0 && refused.1.contains("this is the only administrator"), "{refused:?}");
        assert_eq!(run(&server, "agent lock --email bram@example.com"), (true, "the account is deactivated\n".into()));
        assert_eq!(status("bram@example.com").1, "disabled");
        assert_eq!(server.ask("GET /api/v1/agents/bram-example/public", &Value::Null).0, 404, "the running server knows");
        assert!(!run(&server, "agent lock --email bram@example.com").0, "it is so already");
        assert_eq!(run(&server, "agent unlock --email bram@example.com"), (true, "the account works again\n".into()));
        assert_eq!(status("bram@example.com").1, "active");
        assert!(!run(&server, "agent unlock --email bram@example.com").0);
        assert_eq!(run(&server, "agent sign-out --email bram@example.com"), (true, "signed out; devices: 0\n".into()));
        for command in ["lock", "unlock", "sign-out"] {
            let (done, text) = run(&server, &format!("agent {command} --email nobody@example.com"));
            assert!(!done && text.contains("no account has this address"), "{command}: {text}");
        }
        let invited = json!({"name": "Mirjam Visser", "email": "mirjam@example.com"});
        assert_eq!(server.ask("POST /api/v1/agents", &invited).0, 201);
        assert!(run(&server, "agent lock --email mirjam@example.com").0);
        let (done, text) = run(&server, "agent unlock --email mirjam@example.com");
        assert!(!done && text.contains("nobody ever came to this account"), "{text}");
    }

    async fn c_02_tokens_are_listed_without_their_text_and_revoked(database: TestDatabase) {
        let data = tempfile::tempdir().unwrap();
        let server = Server::new(data.path(), &[("NAMEPLATE_DATABASE__URL", database.url())]);
        let made = server.run(&["token", "create", "--email", "ada@example.com", "--name", "CRM sync"], "");
        let list = read(&server, "token list --email ada@example.com --json");
        let names: Vec<_> = list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&"CRM sync") && names.contains(&"command line"), "{names:?}");
        let lines = run(&server, "token list --email ada@example.com").1;
        assert!(lines.contains("\tnever\tCRM sync") && !lines.contains(&made) && !list.to_string().contains(&made), "{lines}");

        assert_eq!(server.ask("GET /api/v1/me", &Value::Null).0, 200);
        let used = list.as_array().unwrap().iter().find(|one| one["name"] == "command line").unwrap();
        let revoke = format!("token revoke --email ada@example.com --id {}", used["id"].as_str().unwrap());
        assert_eq!(run(&server, &revoke), (true, "revoked: command line\n".into()));
        assert_eq!(server.ask("GET /api/v1/me", &Value::Null).0, 401, "the running server knows");
        let (done, text) = run(&server, &revoke);
        assert!(!done && text.contains("no such token"), "{text}");
        assert!(run(&server, "token revoke --email ada@example.com --id 7").1.contains("--id"));
    }
}
