//! Text messages: what is told of them, and who wants none.

use crate::fixtures::{at, meeting, message, now, open, outbox_id};
use nameplate_domain::meetings::SmsConsent;
use nameplate_store::{Channel, OutboxRow, Store};
use nameplate_testkit::both_engines;

async fn note(store: &Store, n: u128, delivery: &'static str) -> bool {
    commit!(store, |tx| tx.note_delivery(outbox_id(n), delivery, "said").await?).unwrap()
}

async fn deliveries(store: &Store) -> Vec<(Channel, Option<String>)> {
    let id = meeting(1, 0, 1).id;
    let rows = query!(store, |tx| tx.messages_of(id).await?);
    rows.into_iter().map(|row| (row.channel, row.delivery)).collect()
}

both_engines! {
    async fn sec_f22_news_of_a_text_may_come_in_any_order_and_twice(database: TestDatabase) {
        let store = open(&database).await;
        let about = meeting(1, 0, 1);
        let id = about.id;
        commit!(store, |tx| tx.insert_meeting(&about).await?).unwrap();
        let text = OutboxRow {
            channel: Channel::Sms,
            meeting_id: Some(id),
            ..message(1, "a", "+31612345678")
        };
        let mail = OutboxRow { meeting_id: Some(id), ..message(2, "a", "z@example.org") };
        let both = [text.clone(), mail];
        commit!(store, |tx| tx.enqueue_all(&both).await?).unwrap();
        let claimed = commit!(store, |tx| tx.claim(9, now(), at(60)).await?).unwrap();
        assert_eq!(claimed.first().map(|row| row.channel), Some(Channel::Sms));

        for (word, kept) in [
            ("underway", "underway"), ("underway", "underway"), ("delivered", "delivered"), ("underway", "delivered"),
            ("failed", "delivered"), ("delivered", "delivered"),
        ] {
            assert!(note(&store, 1, word).await, "{word}");
            let told = deliveries(&store).await;
            assert_eq!(told, [(Channel::Sms, Some(kept.to_owned())), (Channel::Email, None)], "{word}");
        }
        assert!(!note(&store, 2, "delivered").await, "a mail is none");
        assert!(!note(&store, 9, "delivered").await, "nobody's");
        let number = query!(store, |tx| tx.number_of(outbox_id(1)).await?);
        assert_eq!(number.as_deref(), Some("+31612345678"));
        assert_eq!(query!(store, |tx| tx.number_of(outbox_id(2)).await?), None);
    }

    async fn sec_f22_tries_that_nobody_knows_the_end_of_are_counted(database: TestDatabase) {
        let store = open(&database).await;
        let text = OutboxRow { channel: Channel::Sms, ..message(1, "a", "+31612345678") };
        let both = [text, message(2, "a", "z@example.org")];
        commit!(store, |tx| tx.enqueue_all(&both).await?).unwrap();
        let id = outbox_id(1);
        for (begins, doubts) in [(true, 1), (false, 0), (false, 0), (true, 1), (true, 2)] {
            if begins {
                commit!(store, |tx| tx.begin_try(id).await?).unwrap();
            } else {
                commit!(store, |tx| tx.unbegin_try(id).await?).unwrap();
            }
            let tried = query!(store, |tx| tx.tried(id).await?).unwrap();
            assert_eq!((tried.delivery, tried.doubts, tried.answer.as_str()), (None, doubts, ""));
        }
        assert!(note(&store, 1, "delivered").await);
        let tried = query!(store, |tx| tx.tried(id).await?).unwrap();
        assert_eq!((tried.delivery.as_deref(), tried.answer.as_str()), (Some("delivered"), "said"));
        assert_eq!(query!(store, |tx| tx.tried(outbox_id(2)).await?), None, "a mail is none");
    }

    async fn who_wants_no_texts_is_remembered_until_they_do(database: TestDatabase) {
        let store = open(&database).await;
        for second in [1, 2] {
            commit!(store, |tx| tx.stop_sms("pair", at(second)).await?).unwrap();
            assert_eq!(query!(store, |tx| tx.sms_stopped("pair").await?), Some(at(1)), "the first time counts");
        }
        assert_eq!(query!(store, |tx| tx.sms_stopped("other").await?), None);
        for _ in 0..2 {
            commit!(store, |tx| tx.allow_sms("pair").await?).unwrap();
            assert_eq!(query!(store, |tx| tx.sms_stopped("pair").await?), None);
        }
    }

    async fn what_was_agreed_to_is_kept_with_the_meeting(database: TestDatabase) {
        let store = open(&database).await;
        let mut about = meeting(1, 0, 1);
        about.sms_consent = Some(SmsConsent { text: "Stuur sms’jes".into(), at: now() });
        let (id, written) = (about.id, about.clone());
        commit!(store, |tx| tx.insert_meeting(&written).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.meeting(id).await?), Some(about));
    }
}
