//! Requests for a new password.

use crate::fixtures::{ANNA, BERT, at, open};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, PasswordResetId};
use nameplate_store::PasswordResetRow;
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn reset(n: u128, agent_id: AgentId, created_at: Timestamp) -> PasswordResetRow {
    PasswordResetRow {
        id: PasswordResetId::new(Uuid::from_u128(n)),
        agent_id,
        credential_version: 3,
        created_at,
    }
}

both_engines! {
    async fn sec_a5_the_newest_request_of_an_agent_is_the_only_one(database: TestDatabase) {
        let store = open(&database).await;
        let (first, second, other) = (reset(1, ANNA, at(1)), reset(2, ANNA, at(2)), reset(3, BERT, at(3)));
        commit!(store, |tx, first, other| {
            tx.put_password_reset(&first).await?;
            tx.put_password_reset(&other).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.password_reset(first.id).await?), Some(first.clone()));
        commit!(store, |tx, second| tx.put_password_reset(&second).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.password_reset(first.id).await?), None);
        assert_eq!(query!(store, |tx| tx.password_reset(second.id).await?), Some(second.clone()));
        assert_eq!(query!(store, |tx| tx.password_reset(other.id).await?), Some(other));
    }

    async fn a_request_that_is_kept_again_stays_as_it_was(database: TestDatabase) {
        let store = open(&database).await;
        let first = reset(1, ANNA, at(1));
        let again = PasswordResetRow { credential_version: 4, ..first.clone() };
        commit!(store, |tx, first, again| {
            tx.put_password_reset(&first).await?;
            tx.put_password_reset(&again).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.password_reset(first.id).await?), Some(first));
    }

    async fn the_sweep_takes_what_is_a_day_old(database: TestDatabase) {
        let store = open(&database).await;
        let (older, younger) = (reset(1, ANNA, at(-101)), reset(2, BERT, at(-100)));
        commit!(store, |tx, older, younger| {
            tx.put_password_reset(&older).await?;
            tx.put_password_reset(&younger).await?;
            tx.sweep(at(0), at(-100)).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.password_reset(older.id).await?), None);
        assert!(query!(store, |tx| tx.password_reset(younger.id).await?).is_some());
    }
}
