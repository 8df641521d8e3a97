//! Messages that reached nobody.

use crate::fixtures::{at, meeting, message, now, open, outbox_id};
use nameplate_domain::meetings::SmsConsent;
use nameplate_store::{Channel, OutboxRow, OutboxState, Store};
use nameplate_testkit::both_engines;

const Z: &str = "z@example.org";

/// The numbers of those that are listed, the latest first.
async fn listed(store: &Store, before: Option<u128>, limit: usize) -> Vec<u128> {
    let rows = query!(store, |tx| tx.all_undelivered(before.map(outbox_id), limit).await?);
    rows.iter().map(|row| row.message.id.uuid().as_u128()).collect()
}

async fn bounce(store: &Store, n: u128) -> bool {
    commit!(store, |tx| tx.bounce(outbox_id(n), "5.1.1 no such person").await?).unwrap()
}

both_engines! {
    async fn what_came_back_or_was_given_up_is_listed_until_it_is_sent_again(database: TestDatabase) {
        let store = open(&database).await;
        let about = meeting(1, 0, 1);
        let id = about.id;
        commit!(store, |tx| tx.insert_meeting(&about).await?).unwrap();
        let mail = |n, kind: &str| OutboxRow { meeting_id: Some(id), kind: kind.into(), ..message(n, &n.to_string(), Z) };
        let rows = [
            mail(1, "meeting_scheduled"), mail(2, "meeting_cancelled"), mail(3, "reminder"), mail(4, "template_test"),
            OutboxRow { channel: Channel::Sms, ..mail(5, "reminder") },
        ];
        commit!(store, |tx, rows| tx.enqueue_all(&rows).await?).unwrap();
        assert!(!bounce(&store, 1).await, "nothing comes back that has not left");
        commit!(store, |tx| tx.claim(9, now(), at(60)).await?).unwrap();
        for (n, state) in [(1, OutboxState::Sent), (2, OutboxState::Dead), (3, OutboxState::Sent), (4, OutboxState::Dead), (5, OutboxState::Dead)] {
            assert!(commit!(store, |tx| tx.settle(outbox_id(n), 1, state, "550").await?).unwrap());
        }
        assert!(bounce(&store, 1).await);
        assert!(!bounce(&store, 1).await && !bounce(&store, 2).await && !bounce(&store, 99).await);

        assert_eq!(listed(&store, None, 9).await, [2, 1], "neither tests nor text messages");
        assert_eq!(listed(&store, None, 1).await, [2]);
        assert_eq!(listed(&store, Some(2), 9).await, [1]);
        let found = query!(store, |tx| tx.undelivered(outbox_id(1)).await?).unwrap();
        assert_eq!((found.message.recipient.as_str(), found.answer.as_str(), found.sent_again), (Z, "5.1.1 no such person", false));
        for delivered in [3, 5, 99] {
            assert_eq!(query!(store, |tx| tx.undelivered(outbox_id(delivered)).await?), None);
        }

        assert!(query!(store, |tx| tx.is_unreached(id, Z, outbox_id(1)).await?));
        assert!(!query!(store, |tx| tx.is_unreached(id, "other@example.org", outbox_id(1)).await?));
        for (n, first) in [(1, true), (1, false), (2, true), (3, false)] {
            assert_eq!(commit!(store, |tx| tx.note_sent_again(outbox_id(n), outbox_id(90)).await?).unwrap(), first);
        }
        assert_eq!(listed(&store, None, 9).await, [0; 0]);
        let but = outbox_id(4);
        assert!(query!(store, |tx| tx.is_unreached(id, Z, but).await?), "a text message that died");
        assert!(query!(store, |tx| tx.undelivered(outbox_id(1)).await?).unwrap().sent_again);
    }

    async fn a_wish_for_text_messages_is_taken_back(database: TestDatabase) {
        let store = open(&database).await;
        let consent = Some(SmsConsent { text: "Send them".into(), at: now() });
        let (mut one, two) = (meeting(1, 0, 1), meeting(2, 4, 5));
        one.sms_consent.clone_from(&consent);
        let (first, second) = (one.id, two.id);
        commit!(store, |tx| { tx.insert_meeting(&one).await?; tx.insert_meeting(&two).await?; }).unwrap();
        assert_eq!(query!(store, |tx| tx.meeting(first).await?).unwrap().sms_consent, consent);
        commit!(store, |tx| tx.withdraw_sms_consent(first).await?).unwrap();
        for id in [first, second] {
            assert_eq!(query!(store, |tx| tx.meeting(id).await?).unwrap().sms_consent, None);
        }
    }
}
