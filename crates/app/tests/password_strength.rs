//! The cost of password hashes (`security.md` A3).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, sign_in};
use nameplate_app::{App, Error, Passwords};
use nameplate_domain::account::Agent;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;

async fn stored(app: &App, agent: &Agent) -> (String, i64) {
    let id = agent.id;
    let credentials = app.store().read(|tx| async move { tx.credentials(id).await }).await.unwrap().unwrap();
    (credentials.password_hash.unwrap(), credentials.credential_version)
}

fn stronger(app: &App, passwords: Passwords) -> App {
    App::new(
        app.store().clone(),
        app.tzdb().clone(),
        app.secrets().clone(),
        passwords,
        app.settings().clone(),
    )
}

both_engines! {
    async fn sec_a3_a_sign_in_makes_a_weaker_hash_as_strong_as_those_of_today(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let (weak, version) = stored(&app, &anna).await;
        assert!(weak.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{weak}");
        let here = sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        assert_eq!(stored(&app, &anna).await, (weak.clone(), version), "as strong as it should be");

        let raised = stronger(&app, Passwords::with(64, 2).unwrap());
        let wrong = sign_in(&raised, &anonymous(), "anna@example.com", "wrong").await;
        assert!(matches!(wrong, Err(Error::WrongCredentials)));
        assert_eq!(stored(&app, &anna).await.0, weak, "only who knows it");
        sign_in(&raised, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        let (strong, same) = stored(&app, &anna).await;
        assert!(strong.starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{strong}");
        assert_eq!(same, version, "nothing that rested on the password ends");
        let recognised = nameplate_app::accounts::sessions::recognise(&raised, common::now(), &here).await;
        assert!(recognised.unwrap().is_some());
        sign_in(&raised, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        assert_eq!(stored(&app, &anna).await.0, strong);
        // A node that was not updated yet makes nothing weaker again.
        sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        assert_eq!(stored(&app, &anna).await.0, strong);
    }
}

/// The most memory that this process ever held, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
async fn sec_a3_two_hundred_sign_ins_at_once_hold_as_much_memory_as_there_are_permits() {
    let database = TestDatabase::sqlite();
    let weak = app(&database).await;
    agent(&weak, "anna").await;
    let app = stronger(&weak, Passwords::strong().unwrap());
    let before = peak();
    let mut tries = Vec::new();
    for _ in 0..200 {
        let app = app.clone();
        tries.push(tokio::spawn(async move {
            sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.map(drop)
        }));
    }
    let mut entered = 0;
    for one in tries {
        match one.await.unwrap() {
            Ok(()) => entered += 1,
            Err(error) => assert!(matches!(error, Error::Busy), "{error:?}"),
        }
    }
    assert!(entered > 0);
    let permits = std::thread::available_parallelism().map_or(2, usize::from).max(2);
    let grown = peak() - before;
    assert!(grown <= (permits + 1) * 19 * 1024 + 30 * 1024, "{grown} KiB for {permits} permits");
}
