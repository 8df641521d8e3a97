//! Messages kept instead of sent.

use crate::fixtures::{at, open, outbox_id};
use nameplate_store::{MailboxMessage, MailboxRow};
use nameplate_testkit::both_engines;

fn kept(n: u128, second: i64) -> MailboxMessage {
    MailboxMessage {
        row: MailboxRow {
            channel: nameplate_store::Channel::Email,
            id: outbox_id(n),
            to: "zoe@example.org".into(),
            subject: format!("Introduction № {n}"),
            kind: "meeting_booked".into(),
            created_at: at(second),
        },
        raw: b"Subject: \xff\x00\r\n\r\n".to_vec(),
    }
}

both_engines! {
    async fn messages_are_kept_once_and_listed_newest_first(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            for (n, second) in [(1, 5), (2, 9), (3, 5), (1, 99)] {
                tx.keep_message(&kept(n, second)).await?;
            }
        })
        .unwrap();
        let newest = [kept(2, 9).row, kept(3, 5).row, kept(1, 5).row];
        assert_eq!(query!(store, |tx| tx.mailbox(9).await?), newest, "the same id changes nothing");
        assert_eq!(query!(store, |tx| tx.mailbox(2).await?), newest[..2]);
        assert_eq!(query!(store, |tx| tx.mailbox_message(outbox_id(1)).await?), Some(kept(1, 5)));
        assert_eq!(query!(store, |tx| tx.mailbox_message(outbox_id(9)).await?), None);
    }
}
