//! Closed accounts, and what is left of one that was erased.

use crate::fixtures::{ANNA, BERT, at, email, meeting, message, now, open};
use nameplate_domain::ids::DeletionId;
use nameplate_store::{
    DeletionRow, Error, IdempotencyRow, MailboxMessage, MailboxRow, OutboxRow, PictureFile,
};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::past::past_the_store;
use uuid::Uuid;

fn deletion(n: u128, agent: nameplate_domain::ids::AgentId, erase: i64) -> DeletionRow {
    DeletionRow {
        id: DeletionId::new(Uuid::from_u128(n)),
        agent_id: agent,
        asked_at: now(),
        erase_at: at(erase),
    }
}

/// A kept copy of a message.
fn copy(row: &OutboxRow) -> MailboxMessage {
    let row = MailboxRow {
        channel: nameplate_store::Channel::Email,
        id: row.id,
        to: row.recipient.clone(),
        subject: "Your meeting".into(),
        kind: row.kind.clone(),
        created_at: now(),
    };
    MailboxMessage { row, raw: b"mail".to_vec() }
}

both_engines! {
    async fn a_closed_account_is_found_by_its_id_its_agent_and_its_time(database: TestDatabase) {
        let store = open(&database).await;
        let (anna, bert) = (deletion(1, ANNA, 20), deletion(2, BERT, 10));
        commit!(store, |tx, anna, bert| {
            tx.lock_admins_and(ANNA).await?;
            tx.insert_deletion(&anna).await?;
            tx.insert_deletion(&bert).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.deletion(anna.id).await?), Some(anna.clone()));
        assert_eq!(query!(store, |tx| tx.deletion_of(BERT).await?), Some(bert.clone()));
        assert_eq!(query!(store, |tx| tx.deletions_due(at(9)).await?), []);
        assert_eq!(query!(store, |tx| tx.deletions_due(at(10)).await?), std::slice::from_ref(&bert));
        assert_eq!(query!(store, |tx| tx.deletions_due(at(20)).await?), [bert, anna.clone()]);
        let twice = deletion(3, ANNA, 30);
        let twice = commit!(store, |tx, twice| tx.insert_deletion(&twice).await?);
        assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
        assert!(commit!(store, |tx| tx.delete_deletion(ANNA).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_deletion(ANNA).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.deletion(anna.id).await?), None);
    }

    async fn what_was_proved_before_a_closing_is_void(database: TestDatabase) {
        let store = open(&database).await;
        let version = query!(store, |tx| tx.credentials(ANNA).await?).unwrap().credential_version;
        commit!(store, |tx| tx.end_ways_in(ANNA).await?).unwrap();
        let raised = query!(store, |tx| tx.credentials(ANNA).await?).unwrap().credential_version;
        assert_eq!(raised, version + 1);
        assert_eq!(query!(store, |tx| tx.credentials(BERT).await?).unwrap().credential_version, version);
    }

    async fn cancellations_that_were_given_up_are_counted_by_agent_and_age(database: TestDatabase) {
        let store = open(&database).await;
        let id = meeting(1, 0, 0).id;
        let about = |n, kind: &str| {
            let mut row = message(n, "uid", "zoe@example.org");
            (row.kind, row.meeting_id) = (kind.to_owned(), Some(id));
            row
        };
        let rows = [about(1, "meeting_cancelled"), about(2, "meeting_cancelled"), about(3, "meeting_scheduled")];
        commit!(store, |tx, rows| {
            tx.insert_meeting(&meeting(1, 0, 100)).await?;
            for row in &rows {
                tx.enqueue(row).await?;
            }
        })
        .unwrap();
        let since = at(-3_600);
        assert_eq!(query!(store, |tx| tx.count_dead_cancellations(ANNA, since).await?), 0, "they still wait");
        let first = format!("UPDATE outbox SET state = 'dead' WHERE id <> '{}'", rows[1].id);
        assert_eq!(past_the_store(database.url(), &first).await, None);
        assert_eq!(query!(store, |tx| tx.count_dead_cancellations(ANNA, since).await?), 1);
        assert_eq!(query!(store, |tx| tx.count_dead_cancellations(BERT, since).await?), 0);
        assert_eq!(query!(store, |tx| tx.count_dead_cancellations(ANNA, at(86_400)).await?), 0, "long ago");
    }

    async fn an_account_is_erased_with_all_of_it_and_nothing_of_others(database: TestDatabase) {
        let store = open(&database).await;
        let mut about = message(1, "uid", "zoe@example.org");
        about.meeting_id = Some(meeting(1, 0, 100).id);
        let to_anna = message(2, &ANNA.to_string(), "old@example.com");
        let to_bert = message(3, &BERT.to_string(), "bert@example.com");
        let mut was_annas = message(4, "uid of a meeting that is Bert's now", "anna@example.com");
        was_annas.role = "previous_agent".into();
        let used = IdempotencyRow { fingerprint: "hash".into(), resource: Some(meeting(1, 0, 0).id.to_string()) };
        let picture = [PictureFile { px: 64, bytes: vec![1] }, PictureFile { px: 512, bytes: vec![2] }];
        let rows = [about, to_anna, to_bert, was_annas];
        let kept = picture.to_vec();
        commit!(store, |tx, rows, used, picture| {
            tx.insert_meeting(&meeting(1, 0, 100)).await?;
            tx.insert_idempotency_key(("book", "key"), &used, now()).await?;
            tx.replace_pictures(ANNA, "key", &picture).await?;
            tx.insert_deletion(&deletion(1, ANNA, 0)).await?;
            for row in &rows {
                tx.enqueue(row).await?;
                tx.keep_message(&copy(row)).await?;
            }
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.pictures_of(ANNA).await?), kept);
        assert_eq!(query!(store, |tx| tx.count_open_about(ANNA).await?), 2);
        let told = query!(store, |tx| tx.messages_about(ANNA).await?);
        assert_eq!(told.iter().map(|row| row.recipient.as_str()).collect::<Vec<_>>(), ["zoe@example.org", "old@example.com"]);
        commit!(store, |tx| {
            tx.erase_messages(ANNA).await?;
            tx.erase_agent(ANNA, &["hash of anna".to_owned()]).await?;
        })
        .unwrap();
        assert!(store.forget_erased().await.unwrap());
        assert_eq!(query!(store, |tx| tx.agent(ANNA).await?), None);
        assert_eq!(query!(store, |tx| tx.meeting(meeting(1, 0, 0).id).await?), None);
        assert_eq!(query!(store, |tx| tx.pictures_of(ANNA).await?), []);
        assert_eq!(query!(store, |tx| tx.slug_owner("anna").await?), None);
        assert!(query!(store, |tx| tx.is_slug_erased("hash of anna").await?));
        assert!(!query!(store, |tx| tx.is_slug_erased("hash of bert").await?));
        assert_eq!(query!(store, |tx| tx.count_open(None).await?), 1);
        let left: Vec<_> = query!(store, |tx| tx.mailbox(10).await?).into_iter().map(|row| row.to).collect();
        assert_eq!(left, ["bert@example.com"]);
        assert!(query!(store, |tx| tx.agent_by_email(&email("bert@example.com")).await?).is_some());
    }
}

#[tokio::test]
async fn what_somebody_reads_meanwhile_is_forgotten_the_next_time() {
    let database = TestDatabase::sqlite();
    let path = database.url().strip_prefix("sqlite:").unwrap();
    let store = open(&database).await;
    let reader = rusqlite::Connection::open(path).unwrap();
    reader.execute_batch("BEGIN; SELECT name FROM agents").unwrap();
    commit!(store, |tx| tx.end_ways_in(ANNA).await?).unwrap();
    assert!(!store.forget_erased().await.unwrap());
    reader.execute_batch("COMMIT").unwrap();
    assert!(store.forget_erased().await.unwrap());
    assert_eq!(std::fs::metadata(format!("{path}-wal")).unwrap().len(), 0);
}
