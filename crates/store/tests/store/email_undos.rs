//! Former email addresses that can be brought back.

use crate::fixtures::{ANNA, BERT, at, open};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::{AgentId, EmailUndoId};
use nameplate_store::EmailUndoRow;
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn undo(n: u128, agent_id: AgentId, address: &str, second: i64) -> EmailUndoRow {
    EmailUndoRow {
        id: EmailUndoId::new(Uuid::from_u128(n)),
        agent_id,
        old_email: EmailAddress::stored(address),
        created_at: at(second),
    }
}

both_engines! {
    async fn a_former_address_is_held_for_its_agent_for_a_time(database: TestDatabase) {
        let store = open(&database).await;
        let anna = undo(1, ANNA, "Old@example.com", 10);
        commit!(store, |tx, anna| tx.insert_email_undo(&anna).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.email_undo(anna.id).await?), Some(anna.clone()));
        let typed = EmailAddress::stored("OLD@example.com");
        for (agent, since, held) in [(BERT, at(9), true), (BERT, at(10), false), (ANNA, at(9), false)] {
            let typed = typed.clone();
            assert_eq!(query!(store, |tx| tx.is_email_held(&typed, agent, since).await?), held, "{agent} {since}");
        }
        let other = EmailAddress::stored("other@example.com");
        assert!(!query!(store, |tx| tx.is_email_held(&other, BERT, at(9)).await?));
    }

    async fn what_is_as_new_or_newer_is_forgotten_and_what_is_older_stays(database: TestDatabase) {
        let store = open(&database).await;
        let rows = [undo(1, ANNA, "a@example.com", 1), undo(2, ANNA, "b@example.com", 2), undo(3, ANNA, "c@example.com", 3), undo(4, BERT, "d@example.com", 3)];
        let kept = rows.clone();
        commit!(store, |tx, rows| {
            for row in &rows {
                tx.insert_email_undo(row).await?;
            }
            tx.delete_email_undos(ANNA, at(2)).await?;
        })
        .unwrap();
        let former = kept.first().map(|row| (row.old_email.clone(), row.created_at));
        assert_eq!(query!(store, |tx| tx.former_emails_of(ANNA).await?), former.into_iter().collect::<Vec<_>>());
        let mut left = Vec::new();
        for row in &kept {
            let id = row.id;
            left.push(query!(store, |tx| tx.email_undo(id).await?).is_some());
        }
        assert_eq!(left, [true, false, false, true]);
        commit!(store, |tx| tx.expire_email_undos(at(3)).await?).unwrap();
        let id = EmailUndoId::new(Uuid::from_u128(1));
        assert_eq!(query!(store, |tx| tx.email_undo(id).await?), None);
        let id = EmailUndoId::new(Uuid::from_u128(4));
        assert!(query!(store, |tx| tx.email_undo(id).await?).is_some());
    }
}
