//! Opening a database: new, again, by several at once, and when it is not ours.

use crate::fixtures::{agent, now, open};
use nameplate_store::{Engine, Error, Store};
use nameplate_testkit::both_engines;
use nameplate_testkit::past::past_the_store;
use tokio::task::JoinSet;

/// Notes a migration that this release does not know.
async fn migrate_further(url: &str) {
    let sql = "INSERT INTO schema_migrations (name) VALUES ('9999_later')";
    assert_eq!(past_the_store(url, sql).await, None);
}

both_engines! {
    async fn a_database_is_found_again_as_it_was_left(database: TestDatabase) {
        drop(open(&database).await);
        let store = Store::open(database.url()).await.unwrap();
        assert_eq!(query!(store, |tx| tx.agents().await?).len(), 2);
        let engine = if database.url().starts_with("sqlite:") { Engine::Sqlite } else { Engine::Postgres };
        assert_eq!(store.engine(), engine);
    }

    async fn only_a_database_that_was_opened_before_is_there(database: TestDatabase) {
        assert!(Store::existing(database.url()).await.unwrap().is_none());
        if let Some(path) = database.url().strip_prefix("sqlite:") {
            assert!(!std::path::Path::new(path).exists(), "looking made it");
        }
        drop(open(&database).await);
        let store = Store::existing(database.url()).await.unwrap().unwrap();
        assert_eq!(query!(store, |tx| tx.agents().await?).len(), 2);
    }

    async fn several_may_open_a_new_database_at_once(database: TestDatabase) {
        let mut openings = JoinSet::new();
        for n in 0..4_u128 {
            let url = database.url().to_owned();
            openings.spawn(async move {
                let store = Store::open(&url).await.unwrap();
                let one = agent(n + 1, &format!("p{n}@example.com"), &format!("person-{n}"));
                commit!(store, |tx| tx.insert_agent(&one, None, now()).await?).unwrap();
            });
        }
        openings.join_all().await;
        let store = Store::open(database.url()).await.unwrap();
        assert_eq!(query!(store, |tx| tx.agents().await?).len(), 4);
    }

    async fn a_database_of_a_newer_release_is_refused(database: TestDatabase) {
        drop(open(&database).await);
        migrate_further(database.url()).await;
        let Err(Error::Corrupt(reason)) = Store::open(database.url()).await else { panic!("opened") };
        assert!(reason.contains("9999_later"), "{reason}");
    }
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    for url in
        ["mysql://localhost/nameplate", "", "sqlite:/no/such/directory/file", "postgres://127.0.0.1:1/none"]
    {
        assert!(matches!(Store::open(url).await, Err(Error::Unavailable(_))), "{url}");
    }
}
