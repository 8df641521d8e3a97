//! What those who are invited answered.

use crate::fixtures::{at, meeting, open};
use nameplate_domain::meetings::{Answer, Answered};
use nameplate_testkit::both_engines;

fn answered(attendee: &str, answer: Answer, second: i64) -> Answered {
    Answered { attendee: attendee.to_owned(), answer, at: at(second) }
}

both_engines! {
    async fn the_latest_answer_of_each_is_kept(database: TestDatabase) {
        let store = open(&database).await;
        let id = meeting(1, 0, 1).id;
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        let put = async |one: Answered| commit!(store, |tx, one| tx.put_answer(id, &one).await?).unwrap();
        assert!(put(answered("kim@example.org", Answer::Accepted, 10)).await);
        assert!(put(answered("sam@example.org", Answer::Tentative, 20)).await);
        assert!(put(answered("kim@example.org", Answer::Declined, 30)).await);
        assert!(!put(answered("kim@example.org", Answer::Accepted, 29)).await, "a mail that came late");
        assert!(!put(answered("kim@example.org", Answer::Declined, 30)).await, "the same mail again");
        let kim = answered("kim@example.org", Answer::Declined, 30);
        let sam = answered("sam@example.org", Answer::Tentative, 20);
        assert_eq!(query!(store, |tx| tx.answers(id, at(0)).await?), [kim.clone(), sam]);
        assert_eq!(query!(store, |tx| tx.answers(id, at(21)).await?), [kim]);
        commit!(store, |tx| tx.forget_answer(id, "kim@example.org").await?).unwrap();
        assert_eq!(query!(store, |tx| tx.answers(id, at(0)).await?).len(), 1, "the other's stays");
        assert_eq!(query!(store, |tx| tx.answers(meeting(2, 2, 1).id, at(0)).await?), []);
    }
}
