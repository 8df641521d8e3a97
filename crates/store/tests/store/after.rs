//! What is said of meetings that are over.

use crate::fixtures::{at, meeting, message, open};
use nameplate_domain::account::Note;
use nameplate_domain::meetings::{Rating, Review};
use nameplate_store::OutboxRow;
use nameplate_testkit::both_engines;

fn review(rating: u8, comment: Option<&str>, second: i64) -> Review {
    Review { rating: Rating::new(rating).unwrap(), comment: comment.map(Note::stored), at: at(second) }
}

both_engines! {
    async fn the_latest_review_of_a_meeting_is_kept(database: TestDatabase) {
        let store = open(&database).await;
        let (one, other) = (meeting(1, 0, 1), meeting(2, 2, 1));
        let (id, agent) = (one.id, one.agent_id);
        commit!(store, |tx, one| tx.insert_meeting(&one).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.review(id).await?), None);
        for said in [review(1, None, 10), review(5, Some("Zoë 👍\n;x"), 20)] {
            commit!(store, |tx, said| tx.put_review(id, &said).await?).unwrap();
            assert_eq!(query!(store, |tx| tx.review(id).await?), Some(said.clone()));
            assert_eq!(query!(store, |tx| tx.reviews_of(agent).await?), [(id, said)]);
        }
        assert_eq!(query!(store, |tx| tx.review(other.id).await?), None);
    }

    async fn what_nobody_began_to_send_of_one_kind_is_taken_back(database: TestDatabase) {
        let store = open(&database).await;
        let id = meeting(1, 0, 1).id;
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        let rows = [(1, "review_request"), (2, "reminder"), (3, "review_request")]
            .map(|(n, kind)| OutboxRow { meeting_id: Some(id), kind: kind.into(), ..message(n, "a", "sam@example.org") });
        commit!(store, |tx, rows| tx.enqueue_all(&rows).await?).unwrap();
        let claimed = commit!(store, |tx| tx.claim(1, at(100), at(160)).await?).unwrap();
        assert_eq!(claimed.len(), 1);
        commit!(store, |tx| tx.supersede_kind(id, "review_request").await?).unwrap();
        let told = query!(store, |tx| tx.messages_of(id).await?);
        let states: Vec<_> = told.iter().map(|one| one.state.as_str()).collect();
        assert_eq!(states, ["sending", "queued", "superseded"]);
    }

    async fn that_the_customer_did_not_come_is_noted_and_taken_back(database: TestDatabase) {
        let store = open(&database).await;
        let one = meeting(1, 0, 1);
        let id = one.id;
        commit!(store, |tx| tx.insert_meeting(&one).await?).unwrap();
        for missed_at in [Some(at(50)), None] {
            commit!(store, |tx| tx.save_missed_at(id, missed_at).await?).unwrap();
            assert_eq!(query!(store, |tx| tx.meeting(id).await?).unwrap().missed_at, missed_at);
        }
    }
}
