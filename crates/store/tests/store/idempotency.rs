//! Idempotency keys.

use crate::fixtures::{now, open};
use nameplate_store::IdempotencyRow;
use nameplate_testkit::both_engines;

fn row(n: u128) -> IdempotencyRow {
    IdempotencyRow { fingerprint: format!("hash {n}"), resource: (n > 1).then(|| format!("made {n}")) }
}

both_engines! {
    async fn a_key_is_used_once_in_its_scope(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.insert_idempotency_key(("book", "key"), &row(1), now()).await?;
        })
        .unwrap();
        let again = commit!(store, |tx| tx.insert_idempotency_key(("book", "key"), &row(2), now()).await?);
        assert_conflict!(again, IdempotencyKey);
        commit!(store, |tx| tx.insert_idempotency_key(("move", "key"), &row(2), now()).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.idempotency_key("book", "key").await?), Some(row(1)));
        assert_eq!(query!(store, |tx| tx.idempotency_key("move", "key").await?), Some(row(2)));
        assert_eq!(query!(store, |tx| tx.idempotency_key("book", "other").await?), None);
    }

    async fn what_was_made_is_noted_for_its_key_alone(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.insert_idempotency_key(("book", "key"), &row(1), now()).await?;
            tx.insert_idempotency_key(("book", "other"), &row(1), now()).await?;
            tx.set_idempotency_resource(("book", "key"), "made 1").await?;
        })
        .unwrap();
        let made = query!(store, |tx| tx.idempotency_key("book", "key").await?).unwrap();
        assert_eq!(made.resource.as_deref(), Some("made 1"));
        assert_eq!(query!(store, |tx| tx.idempotency_key("book", "other").await?), Some(row(1)));
    }
}
