//! The cost of password hashes (`security.md` A3).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, sign_in};
use nameplate_app::{App, Error, Passwords};
use nameplate_domain::account::Agent;
use nameplate_testkit::both_engines;

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
