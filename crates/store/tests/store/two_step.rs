//! Two-step sign-in.

use crate::fixtures::{ANNA, BERT, at, now, open};
use nameplate_domain::ids::AgentId;
use nameplate_store::{AuthenticatorRow, PendingSignInRow, Store};
use nameplate_testkit::both_engines;

fn authenticator(agent_id: AgentId) -> AuthenticatorRow {
    AuthenticatorRow { agent_id, key_version: 1, sealed: vec![0, 255, 7], last_step: 100, created_at: now() }
}

fn pending(n: u8, agent_id: AgentId, second: i64) -> PendingSignInRow {
    PendingSignInRow {
        token_hash: [n; 32],
        agent_id,
        credential_version: 1,
        created_at: at(second),
        client_net: "192.0.2.1".into(),
        user_agent: "Firefox".into(),
        provider: (n == 1).then(|| "Harbour login".into()),
        told: false,
    }
}

async fn set_up(store: &Store) {
    commit!(store, |tx| {
        for agent in [ANNA, BERT] {
            assert!(tx.insert_authenticator(&authenticator(agent)).await?);
            tx.replace_recovery_codes(agent, &[[1; 32], [2; 32], [3; 32]]).await?;
        }
        tx.insert_pending_sign_in(&pending(1, ANNA, 0)).await?;
        tx.insert_pending_sign_in(&pending(2, BERT, -100)).await?;
        tx.insert_pending_sign_in(&pending(3, BERT, -101)).await?;
    })
    .unwrap();
}

both_engines! {
    async fn sec_a16_a_time_step_is_used_once_and_none_before_it_ever_again(database: TestDatabase) {
        let store = open(&database).await;
        set_up(&store).await;
        for (step, fits) in [(100, false), (99, false), (102, true), (102, false), (101, false), (103, true)] {
            assert_eq!(commit!(store, |tx| tx.use_time_step(ANNA, step).await?).unwrap(), fits, "{step}");
        }
        assert_eq!(query!(store, |tx| tx.authenticator(ANNA).await?).unwrap().last_step, 103);
        assert!(query!(store, |tx| tx.authenticator(BERT).await?) == Some(authenticator(BERT)));
        assert!(!commit!(store, |tx| tx.insert_authenticator(&authenticator(ANNA)).await?).unwrap());
    }

    async fn sec_a16_a_recovery_code_is_used_once_and_new_ones_void_the_old(database: TestDatabase) {
        let store = open(&database).await;
        set_up(&store).await;
        for (code, fits) in [(9, false), (1, true), (1, false), (2, true)] {
            assert_eq!(commit!(store, |tx| tx.use_recovery_code(ANNA, &[code; 32]).await?).unwrap(), fits, "{code}");
        }
        assert_eq!(query!(store, |tx| tx.count_recovery_codes(ANNA).await?), 1);
        assert_eq!(query!(store, |tx| tx.count_recovery_codes(BERT).await?), 3);
        commit!(store, |tx| tx.replace_recovery_codes(ANNA, &[[4; 32], [5; 32]]).await?).unwrap();
        assert!(!commit!(store, |tx| tx.use_recovery_code(ANNA, &[3; 32]).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.count_recovery_codes(ANNA).await?), 2);
    }

    async fn what_belongs_to_an_app_goes_with_it(database: TestDatabase) {
        let store = open(&database).await;
        set_up(&store).await;
        assert!(commit!(store, |tx| tx.delete_authenticator(ANNA).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_authenticator(ANNA).await?).unwrap());
        assert!(query!(store, |tx| tx.authenticator(ANNA).await?).is_none());
        assert_eq!(query!(store, |tx| tx.count_recovery_codes(ANNA).await?), 0);
        assert_eq!(query!(store, |tx| tx.pending_sign_in(&[1; 32]).await?), None);
        assert!(query!(store, |tx| tx.authenticator(BERT).await?).is_some());
        assert_eq!(query!(store, |tx| tx.count_recovery_codes(BERT).await?), 3);
        assert_eq!(query!(store, |tx| tx.pending_sign_in(&[2; 32]).await?), Some(pending(2, BERT, -100)));
    }

    async fn a_sign_in_that_waits_ends_once_and_by_age(database: TestDatabase) {
        let store = open(&database).await;
        set_up(&store).await;
        assert!(commit!(store, |tx| tx.delete_pending_sign_in(&[1; 32]).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_pending_sign_in(&[1; 32]).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.old_pending_sign_ins(at(-100)).await?), [pending(3, BERT, -101)]);
        let all = query!(store, |tx| tx.old_pending_sign_ins(at(0)).await?);
        assert_eq!(all, [pending(3, BERT, -101), pending(2, BERT, -100)], "the oldest first");
        commit!(store, |tx| tx.tell_pending_sign_in(&[3; 32]).await?).unwrap();
        assert!(query!(store, |tx| tx.pending_sign_in(&[3; 32]).await?).unwrap().told);
        assert!(!query!(store, |tx| tx.pending_sign_in(&[2; 32]).await?).unwrap().told);
    }

    async fn sec_a16_an_account_has_few_sign_ins_that_wait(database: TestDatabase) {
        let store = open(&database).await;
        set_up(&store).await;
        commit!(store, |tx| tx.insert_pending_sign_in(&pending(4, BERT, 5)).await?).unwrap();
        commit!(store, |tx| tx.trim_pending_sign_ins(BERT, 2).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.pending_sign_in(&[3; 32]).await?), None, "the oldest goes");
        for kept in [1, 2, 4] {
            assert!(query!(store, |tx| tx.pending_sign_in(&[kept; 32]).await?).is_some(), "{kept}");
        }
    }
}
