//! Sessions.

use crate::fixtures::{ANNA, BERT, at, now, open};
use nameplate_domain::ids::AgentId;
use nameplate_store::{SessionRow, Store};
use nameplate_testkit::both_engines;

/// A session whose token hash holds `n` everywhere, seen `n` seconds after [`now`].
fn session(n: u8, agent_id: AgentId) -> SessionRow {
    SessionRow {
        token_hash: [n; 32],
        agent_id,
        created_at: now(),
        last_seen_at: at(n.into()),
        authenticated_at: at(-1),
        user_agent: "Mozilla/5.0 (X11; \"Linux\")".into(),
        client_net: "2001:db8::/64".into(),
    }
}

/// Which of the sessions 0 to 9 exist.
async fn alive(store: &Store) -> Vec<u8> {
    let mut alive = Vec::new();
    for n in 0..10 {
        if query!(store, |tx| tx.session(&[n; 32]).await?).is_some() {
            alive.push(n);
        }
    }
    alive
}

async fn with_sessions(store: &Store) {
    commit!(store, |tx| {
        for n in 0..5 {
            tx.insert_session(&session(n, ANNA)).await?;
        }
        tx.insert_session(&session(9, BERT)).await?;
    })
    .unwrap();
}

both_engines! {
    async fn a_session_reads_back_and_notes_its_use(database: TestDatabase) {
        let store = open(&database).await;
        with_sessions(&store).await;
        assert_eq!(query!(store, |tx| tx.session(&[3; 32]).await?), Some(session(3, ANNA)));
        assert_eq!(query!(store, |tx| tx.session(&[8; 32]).await?), None);
        let newest_first: Vec<_> = (0..5).rev().map(|n| session(n, ANNA)).collect();
        assert_eq!(query!(store, |tx| tx.sessions_of(ANNA).await?), newest_first);
        commit!(store, |tx| tx.touch_session(&[3; 32], at(77)).await?).unwrap();
        let touched = SessionRow { last_seen_at: at(77), ..session(3, ANNA) };
        assert_eq!(query!(store, |tx| tx.session(&[3; 32]).await?), Some(touched));
        assert_eq!(query!(store, |tx| tx.session(&[2; 32]).await?), Some(session(2, ANNA)), "no other is touched");
        assert_conflict!(commit!(store, |tx| tx.insert_session(&session(3, BERT)).await?), Other);
    }

    async fn sessions_end_one_by_one_or_all_but_one(database: TestDatabase) {
        let store = open(&database).await;
        with_sessions(&store).await;
        commit!(store, |tx| tx.delete_session(&[0; 32]).await?).unwrap();
        assert_eq!(alive(&store).await, [1, 2, 3, 4, 9]);
        assert_eq!(commit!(store, |tx| tx.delete_other_sessions(ANNA, &[2; 32]).await?).unwrap(), 3);
        assert_eq!(alive(&store).await, [2, 9]);
        assert_eq!(commit!(store, |tx| tx.delete_other_sessions(ANNA, &[2; 32]).await?).unwrap(), 0);
        commit!(store, |tx| tx.delete_sessions(ANNA).await?).unwrap();
        assert_eq!(alive(&store).await, [9], "nobody else's");
    }

    async fn the_sessions_that_were_idle_longest_make_room(database: TestDatabase) {
        let store = open(&database).await;
        with_sessions(&store).await;
        commit!(store, |tx| tx.touch_session(&[0; 32], at(100)).await?).unwrap();
        commit!(store, |tx| tx.trim_sessions(ANNA, 2).await?).unwrap();
        assert_eq!(alive(&store).await, [0, 4, 9]);
        commit!(store, |tx| tx.trim_sessions(ANNA, 2).await?).unwrap();
        assert_eq!(alive(&store).await, [0, 4, 9]);
    }

    async fn sessions_expire_by_idleness_and_by_age(database: TestDatabase) {
        let store = open(&database).await;
        with_sessions(&store).await;
        commit!(store, |tx| tx.expire_sessions(at(2), now()).await?).unwrap();
        assert_eq!(alive(&store).await, [2, 3, 4, 9], "idle since before");
        commit!(store, |tx| tx.expire_sessions(now(), at(1)).await?).unwrap();
        assert_eq!(alive(&store).await, [0; 0], "made before");
    }
}
