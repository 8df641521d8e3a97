//! What has outlived its time goes, and nothing else.

use crate::fixtures::{ANNA, BERT, at, email, meeting, now, open};
use jiff::SignedDuration;
use nameplate_domain::ids::{AgentId, EmailChangeId};
use nameplate_store::{EmailChangeRow, IdempotencyRow};
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn change(n: u128, agent_id: AgentId, second: i64) -> EmailChangeRow {
    EmailChangeRow {
        id: EmailChangeId::new(Uuid::from_u128(n)),
        agent_id,
        new_email: email("new@example.com"),
        credential_version: 1,
        code_issue: 1,
        code_sent_at: at(second),
        wrong_codes: 0,
        created_at: at(second),
    }
}

both_engines! {
    async fn the_sweep_takes_what_is_older_and_leaves_what_is_as_old(database: TestDatabase) {
        let store = open(&database).await;
        let refill = SignedDuration::from_secs(10);
        let used = IdempotencyRow { fingerprint: "hash".into(), meeting_id: meeting(1, 0, 0).id };
        commit!(store, |tx, used| {
            tx.insert_meeting(&meeting(1, 0, 100)).await?;
            tx.insert_idempotency_key(("book", "older"), &used, at(-101)).await?;
            tx.insert_idempotency_key(("book", "as old"), &used, at(-100)).await?;
            tx.put_email_change(&change(1, ANNA, -101)).await?;
            tx.put_email_change(&change(2, BERT, -100)).await?;
            // Full again a second ago, and right now.
            tx.take_permit("full", 1, refill, at(-11)).await?;
            tx.take_permit("filling", 1, refill, at(-10)).await?;
            tx.sweep(now(), at(-100)).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.idempotency_key("book", "older").await?), None);
        assert_eq!(query!(store, |tx| tx.idempotency_key("book", "as old").await?), Some(used));
        assert_eq!(query!(store, |tx| tx.email_change_of(ANNA).await?), None);
        assert_eq!(query!(store, |tx| tx.email_change_of(BERT).await?), Some(change(2, BERT, -100)));
        // Asked at an instant when both would refuse, a bucket that was swept gives a permit.
        let full = commit!(store, |tx| tx.take_permit("full", 1, refill, at(-11)).await?).unwrap();
        let filling = commit!(store, |tx| tx.take_permit("filling", 1, refill, at(-11)).await?).unwrap();
        assert_eq!((full, filling), (None, Some(SignedDuration::from_secs(11))));
        assert!(query!(store, |tx| tx.meeting(meeting(1, 0, 0).id).await?).is_some());
    }
}
