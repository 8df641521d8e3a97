//! Rate limits: the arithmetic of the token bucket.

use crate::fixtures::{at, now, open};
use jiff::{SignedDuration, Timestamp};
use nameplate_store::Store;
use nameplate_testkit::both_engines;
use tokio::task::JoinSet;

const REFILL: SignedDuration = SignedDuration::from_secs(10);

/// Takes a permit of a bucket of three that gains one every ten seconds.
async fn take(store: &Store, key: &'static str, now: Timestamp) -> Option<SignedDuration> {
    commit!(store, |tx| tx.take_permit(key, 3, REFILL, now).await?).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "what `take_permit` answers")]
fn wait(microseconds: i64) -> Option<SignedDuration> {
    Some(SignedDuration::from_micros(microseconds))
}

both_engines! {
    async fn a_full_bucket_gives_its_burst_and_then_one_permit_a_refill(database: TestDatabase) {
        let store = open(&database).await;
        for _ in 0..3 {
            assert_eq!(take(&store, "key", now()).await, None);
        }
        assert_eq!(take(&store, "key", now()).await, wait(10_000_000));
        assert_eq!(take(&store, "key", at(4)).await, wait(6_000_000));
        let just_before = at(10) - SignedDuration::from_micros(1);
        assert_eq!(take(&store, "key", just_before).await, wait(1), "refused tries cost nothing");
        assert_eq!(take(&store, "key", at(10)).await, None);
        assert_eq!(take(&store, "key", at(10)).await, wait(10_000_000));
        assert_eq!(take(&store, "other", at(10)).await, None, "each key has a bucket of its own");
        assert_eq!(take(&store, "key", at(31)).await, None);
        assert_eq!(take(&store, "key", at(31)).await, None);
        assert_eq!(take(&store, "key", at(31)).await, wait(9_000_000), "a refill in progress is kept");
    }

    async fn a_bucket_never_holds_more_than_its_burst(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(take(&store, "key", now()).await, None);
        for _ in 0..3 {
            assert_eq!(take(&store, "key", at(100_000)).await, None);
        }
        assert_eq!(take(&store, "key", at(100_000)).await, wait(10_000_000));
        let single = async |second| {
            commit!(store, |tx| tx.take_permit("single", 1, REFILL, at(second)).await?).unwrap()
        };
        assert_eq!(single(0).await, None);
        assert_eq!(single(1).await, wait(9_000_000));
        assert_eq!(single(10).await, None);
    }

    async fn a_permit_given_back_can_be_taken_again(database: TestDatabase) {
        let store = open(&database).await;
        for _ in 0..3 {
            assert_eq!(take(&store, "key", now()).await, None);
        }
        commit!(store, |tx| tx.give_back_permit("other", REFILL).await?).expect("nothing was taken there");
        assert_eq!(take(&store, "key", now()).await, wait(10_000_000));
        commit!(store, |tx| tx.give_back_permit("key", REFILL).await?).unwrap();
        assert_eq!(take(&store, "key", now()).await, None);
        assert_eq!(take(&store, "key", now()).await, wait(10_000_000));
        for _ in 0..5 {
            commit!(store, |tx| tx.give_back_permit("key", REFILL).await?).unwrap();
        }
        for _ in 0..3 {
            assert_eq!(take(&store, "key", now()).await, None);
        }
        assert_eq!(take(&store, "key", now()).await, wait(10_000_000), "no more than the burst comes back");
    }

    async fn of_fifty_who_take_at_once_exactly_the_burst_succeeds(database: TestDatabase) {
        let store = open(&database).await;
        let mut takes = JoinSet::new();
        for _ in 0..50 {
            let store = store.clone();
            takes.spawn(async move { commit!(store, |tx| tx.take_permit("key", 10, REFILL, now()).await?).unwrap() });
        }
        let outcomes = takes.join_all().await;
        assert_eq!(outcomes.iter().filter(|wait| wait.is_none()).count(), 10);
        assert!(outcomes.iter().flatten().all(|wait| *wait == REFILL), "{outcomes:?}");
    }
}
