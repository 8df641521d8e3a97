//! What has outlived its time goes, and nothing else.

use crate::fixtures::{ANNA, BERT, at, email, meeting, message, now, open, outbox_id};
use jiff::SignedDuration;
use nameplate_domain::ids::{AgentId, EmailChangeId};
use nameplate_store::{EmailChangeRow, IdempotencyRow, MailboxMessage, MailboxRow, OutboxRow, OutboxState};
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
        let used = IdempotencyRow { fingerprint: "hash".into(), resource: Some(meeting(1, 0, 0).id.to_string()) };
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

    async fn the_sweep_takes_settled_messages_about_a_new_password_with_the_address_that_was_typed(database: TestDatabase) {
        let store = open(&database).await;
        let mail = |n: u128, kind: &str, second| OutboxRow {
            kind: kind.into(),
            created_at: at(second),
            ..message(n, &n.to_string(), "typed@example.org")
        };
        let rows = [
            // The answer to a phone that asked who we are.
            mail(0, "sms_help", -101),
            mail(1, "password_reset", -101), mail(2, "password_reset", -100), mail(3, "password_changed", -101),
            // It was never claimed: it still has to leave.
            mail(4, "password_reset", -101),
        ];
        commit!(store, |tx, rows| {
            for row in &rows {
                tx.enqueue(row).await?;
                let row = MailboxRow {
                    channel: nameplate_store::Channel::Email,
                    id: row.id, to: row.recipient.clone(), subject: "s".into(), kind: row.kind.clone(), created_at: row.created_at,
                };
                tx.keep_message(&MailboxMessage { row, raw: Vec::new() }).await?;
            }
        })
        .unwrap();
        let claimed = commit!(store, |tx| tx.claim(4, now(), at(60)).await?).unwrap();
        commit!(store, |tx| {
            for row in claimed {
                tx.settle(row.id, 1, OutboxState::Sent, "250 OK").await?;
            }
        })
        .unwrap();
        commit!(store, |tx| tx.sweep(now(), at(-100)).await?).unwrap();
        let left: Vec<_> = query!(store, |tx| tx.mailbox(9).await?).into_iter().map(|row| row.id).collect();
        assert_eq!(left, [2, 4, 3].map(outbox_id));
        for gone in ["0", "1"] {
            assert_eq!(query!(store, |tx| tx.first_message(gone, "typed@example.org").await?), None);
        }
        assert_eq!(query!(store, |tx| tx.count_open(None).await?), 1, "the one that still has to leave");
        for n in [2, 3] {
            let kept = query!(store, |tx| tx.first_message(&n.to_string(), "typed@example.org").await?);
            assert_eq!(kept, Some(outbox_id(n)));
        }
    }
}
