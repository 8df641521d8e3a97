//! Sessions and API tokens.

use crate::fixtures::{ANNA, BERT, at, now, open};
use nameplate_domain::ids::{AgentId, ApiTokenId};
use nameplate_store::{ApiTokenRow, SessionRow, Store};
use nameplate_testkit::both_engines;
use uuid::Uuid;

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

    async fn a_token_reads_back_by_its_hash(database: TestDatabase) {
        let store = open(&database).await;
        let token = |n, expires_at| ApiTokenRow {
            id: ApiTokenId::new(Uuid::from_u128(n)),
            agent_id: ANNA,
            name: "Laptop – работа".into(),
            created_at: now(),
            expires_at,
            last_used_at: None,
        };
        let (one, two) = (token(1, Some(at(9))), token(2, None));
        commit!(store, |tx, one, two| {
            tx.insert_api_token(&one, &[1; 32]).await?;
            tx.insert_api_token(&two, &[2; 32]).await?;
        })
        .unwrap();
        let id = one.id;
        commit!(store, |tx| tx.touch_api_token(id, at(3)).await?).unwrap();
        let used = ApiTokenRow { last_used_at: Some(at(3)), ..one };
        assert_eq!(query!(store, |tx| tx.api_token(&[1; 32]).await?), Some(used));
        assert_eq!(query!(store, |tx| tx.api_token(&[2; 32]).await?), Some(two));
        assert_eq!(query!(store, |tx| tx.api_token(&[3; 32]).await?), None);
        let twin = token(3, None);
        assert_conflict!(commit!(store, |tx| tx.insert_api_token(&twin, &[1; 32]).await?), Other);
        commit!(store, |tx| tx.delete_api_tokens(BERT).await?).unwrap();
        assert!(query!(store, |tx| tx.api_token(&[1; 32]).await?).is_some(), "nobody else's");
        commit!(store, |tx| tx.delete_api_tokens(ANNA).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.api_token(&[1; 32]).await?), None);
    }
}
