//! Idempotency keys.

use crate::fixtures::{meeting, now, open};
use nameplate_store::IdempotencyRow;
use nameplate_testkit::both_engines;

fn row(n: u128) -> IdempotencyRow {
    IdempotencyRow { fingerprint: format!("hash {n}"), meeting_id: meeting(n, 0, 0).id }
}

both_engines! {
    async fn a_key_is_used_once_in_its_scope(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.insert_meeting(&meeting(1, 0, 100)).await?;
            tx.insert_meeting(&meeting(2, 100, 200)).await?;
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

    async fn a_key_without_its_meeting_is_not_a_key_used_twice(database: TestDatabase) {
        let store = open(&database).await;
        let orphan = commit!(store, |tx| tx.insert_idempotency_key(("book", "key"), &row(1), now()).await?);
        assert_conflict!(orphan, Other);
    }
}
