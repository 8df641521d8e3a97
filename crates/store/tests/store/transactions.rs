//! What a transaction keeps its word on: all or nothing, whatever becomes of its caller and its neighbours.

use crate::fixtures::{ANNA, BERT, agent, now, open};
use nameplate_domain::ids::AgentId;
use nameplate_store::{Error, Store};
use nameplate_testkit::both_engines;
use std::sync::mpsc;

/// An answer of the caller's own.
#[derive(Debug)]
enum Refused {
    Store(#[expect(dead_code, reason = "a failed test prints it")] Error),
    ByRule(u8),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

fn fails() -> Result<(), Error> {
    panic!("on purpose")
}

async fn meta(store: &Store, key: &'static str) -> Option<String> {
    query!(store, |tx| tx.meta(key).await?)
}

/// Waits for whatever holds the agent, then reads.
async fn meta_after(store: &Store, agent: AgentId, key: &'static str) -> Option<String> {
    commit!(store, |tx| {
        tx.lock_agent(agent).await?;
        tx.meta(key).await?
    })
    .unwrap()
}

both_engines! {
    async fn a_transaction_that_fails_leaves_nothing(database: TestDatabase) {
        let store = open(&database).await;
        let twin = agent(3, "anna@example.com", "other");
        let refused = commit!(store, |tx| {
            tx.set_meta("before", "1").await?;
            tx.insert_agent(&twin, None, now()).await?;
        });
        assert_conflict!(refused, AgentEmail);
        assert_eq!(meta(&store, "before").await, None);

        let refused: Result<(), Refused> = store
            .write(|tx| async move {
                tx.set_meta("before", "2").await?;
                Err(Refused::ByRule(7))
            })
            .await;
        assert!(matches!(refused, Err(Refused::ByRule(7))), "the caller's own answer: {refused:?}");
        assert_eq!(meta(&store, "before").await, None);
        assert_eq!(commit!(store, |tx| { tx.set_meta("before", "3").await?; 5 }).unwrap(), 5);
        assert_eq!(meta(&store, "before").await.as_deref(), Some("3"));
    }

    async fn a_transaction_that_panics_is_rolled_back_and_the_store_goes_on(database: TestDatabase) {
        let store = open(&database).await;
        // More often than there are connections to lose.
        for _ in 0..20 {
            let outcome = commit!(store, |tx| {
                tx.lock_agent(ANNA).await?;
                tx.set_meta("key", "panicked").await?;
                fails()?;
            });
            assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
        }
        for _ in 0..20 {
            assert_eq!(meta_after(&store, ANNA, "key").await, None);
        }
        commit!(store, |tx| tx.set_meta("key", "written").await?).unwrap();
        assert_eq!(meta(&store, "key").await.as_deref(), Some("written"));
    }

    async fn a_write_whose_caller_left_is_committed(database: TestDatabase) {
        let store = open(&database).await;
        let (started, has_started) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel();
        let caller = tokio::spawn({
            let store = store.clone();
            async move {
                commit!(store, |tx| {
                    tx.lock_agent(ANNA).await?;
                    started.send(()).unwrap();
                    let () = may_go_on.recv().unwrap();
                    tx.set_meta("key", "kept").await?;
                })
            }
        });
        has_started.recv().unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        assert_eq!(meta(&store, "key").await, None, "not yet");
        go_on.send(()).unwrap();
        assert_eq!(meta_after(&store, ANNA, "key").await.as_deref(), Some("kept"));
    }

    async fn one_that_fails_takes_none_of_those_that_wait_with_it(database: TestDatabase) {
        let store = open(&database).await;
        let (go_on, may_go_on) = mpsc::channel::<()>();
        // While the first is held the others queue up; on SQLite they then share a commit.
        let (first, good, refused, panicked, last, ()) = tokio::join!(
            async { commit!(store, |tx| { may_go_on.recv().unwrap(); tx.set_meta("first", "1").await? }) },
            async { commit!(store, |tx| tx.set_meta("good", "2").await?) },
            async {
                commit!(store, |tx| {
                    tx.set_meta("refused", "3").await?;
                    tx.claim_slug("anna", BERT, now()).await?;
                })
            },
            async { commit!(store, |tx| { tx.set_meta("panicked", "4").await?; fails()? }) },
            async { commit!(store, |tx| { tx.set_meta("last", "5").await?; tx.meta("good").await? }) },
            async { go_on.send(()).unwrap() },
        );
        first.unwrap();
        good.unwrap();
        last.unwrap();
        assert_conflict!(refused, Slug);
        assert!(matches!(panicked, Err(Error::Unavailable(_))), "{panicked:?}");
        let mut found = Vec::new();
        for key in ["first", "good", "refused", "panicked", "last"] {
            found.push(meta(&store, key).await);
        }
        let found: Vec<_> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, [Some("1"), Some("2"), None, None, Some("5")]);
    }

    async fn a_reader_cannot_write(database: TestDatabase) {
        let store = open(&database).await;
        let refused = store.read(|tx| async move { tx.set_meta("key", "1").await }).await;
        assert!(refused.is_err());
        assert_eq!(meta(&store, "key").await, None);
    }

    async fn a_refusal_that_the_caller_ignored_is_not_answered_with_success(database: TestDatabase) {
        let store = open(&database).await;
        let outcome = commit!(store, |tx| {
            tx.set_meta("key", "1").await?;
            assert_conflict!(tx.claim_slug("anna", BERT, now()).await, Slug);
        });
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
        assert_eq!(meta(&store, "key").await, None);
    }
}
