//! Passkeys and the questions they answer.

use crate::fixtures::{ANNA, BERT, at, now, open};
use nameplate_domain::account::PasskeyName;
use nameplate_domain::ids::{AgentId, PasskeyChallengeId, PasskeyId};
use nameplate_store::{PasskeyChallengeRow, PasskeyPurpose, PasskeyRow, SessionRow};
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn passkey(n: u8, agent_id: AgentId) -> PasskeyRow {
    PasskeyRow {
        id: PasskeyId::new(Uuid::from_u128(n.into())),
        agent_id,
        credential_id: vec![n; 20],
        credential: format!("{{\"counter\":{n}}}"),
        name: PasskeyName::parse("iCloud Keychain").unwrap(),
        aaguid: [n; 16],
        created_at: at(n.into()),
        last_used_at: None,
    }
}

fn challenge(n: u128, agent_id: Option<AgentId>, second: i64) -> PasskeyChallengeRow {
    PasskeyChallengeRow {
        id: PasskeyChallengeId::new(Uuid::from_u128(n)),
        purpose: if agent_id.is_some() { PasskeyPurpose::Confirm } else { PasskeyPurpose::SignIn },
        agent_id,
        state: "{}".into(),
        created_at: at(second),
    }
}

fn session(n: u8, agent_id: AgentId) -> SessionRow {
    SessionRow {
        token_hash: [n; 32],
        agent_id,
        created_at: now(),
        last_seen_at: now(),
        authenticated_at: now(),
        user_agent: "test".into(),
        client_net: "192.0.2.1".into(),
    }
}

both_engines! {
    async fn an_agent_has_one_random_name_for_all_their_passkeys(database: TestDatabase) {
        let store = open(&database).await;
        let (anna, bert) = commit!(store, |tx| {
            (tx.passkey_user(ANNA, &[1; 16]).await?, tx.passkey_user(BERT, &[2; 16]).await?)
        })
        .unwrap();
        assert_eq!((anna, bert), ([1; 16], [2; 16]));
        assert_eq!(commit!(store, |tx| tx.passkey_user(ANNA, &[3; 16]).await?).unwrap(), [1; 16]);
    }

    async fn a_passkey_is_found_by_its_own_name_and_that_of_its_account_together(database: TestDatabase) {
        let store = open(&database).await;
        let (first, second, other) = (passkey(1, ANNA), passkey(2, ANNA), passkey(3, BERT));
        commit!(store, |tx, first, second, other| {
            tx.passkey_user(ANNA, &[1; 16]).await?;
            tx.passkey_user(BERT, &[2; 16]).await?;
            tx.insert_passkey(&second).await?;
            tx.insert_passkey(&first).await?;
            tx.insert_passkey(&other).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.passkeys_of(ANNA).await?), [first.clone(), second]);
        let found = query!(store, |tx| tx.passkey_by_credential(&[1; 20], &[1; 16]).await?);
        assert_eq!(found, Some(first.clone()));
        assert_eq!(query!(store, |tx| tx.passkey_by_credential(&[1; 20], &[2; 16]).await?), None, "another account");
        assert_eq!(query!(store, |tx| tx.passkey_by_credential(&[9; 20], &[1; 16]).await?), None);

        let same = PasskeyRow { id: PasskeyId::new(Uuid::from_u128(9)), agent_id: BERT, ..first };
        assert_conflict!(commit!(store, |tx, same| tx.insert_passkey(&same).await?), Passkey);
    }

    async fn only_the_owner_renames_and_removes(database: TestDatabase) {
        let store = open(&database).await;
        let row = passkey(1, ANNA);
        commit!(store, |tx, row| tx.insert_passkey(&row).await?).unwrap();
        let (id, name) = (row.id, PasskeyName::parse("Key on my desk").unwrap());
        assert!(!commit!(store, |tx, name| tx.rename_passkey(BERT, id, &name).await?).unwrap());
        assert!(commit!(store, |tx, name| tx.rename_passkey(ANNA, id, &name).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.passkeys_of(ANNA).await?), [PasskeyRow { name, ..row }]);
        assert!(!commit!(store, |tx| tx.delete_passkey(BERT, id).await?).unwrap());
        assert!(commit!(store, |tx| tx.delete_passkey(ANNA, id).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_passkey(ANNA, id).await?).unwrap());
    }

    async fn all_passkeys_of_one_agent_are_removed_and_nobody_elses(database: TestDatabase) {
        let store = open(&database).await;
        let (one, two, other) = (passkey(1, ANNA), passkey(2, ANNA), passkey(3, BERT));
        commit!(store, |tx, one, two, other| {
            for row in [one, two, other] {
                tx.insert_passkey(&row).await?;
            }
            tx.delete_passkeys(ANNA).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.passkeys_of(ANNA).await?), []);
        assert_eq!(query!(store, |tx| tx.passkeys_of(BERT).await?), [other]);
    }

    async fn a_use_is_noted_once_for_each_state(database: TestDatabase) {
        let store = open(&database).await;
        let row = passkey(1, ANNA);
        commit!(store, |tx, row| tx.insert_passkey(&row).await?).unwrap();
        assert!(commit!(store, |tx, row| tx.use_passkey(&row, "{\"counter\":2}", at(5)).await?).unwrap());
        let late = commit!(store, |tx, row| tx.use_passkey(&row, "{\"counter\":2}", at(6)).await?).unwrap();
        assert!(!late, "checked against a state that is gone");
        let used = query!(store, |tx| tx.passkeys_of(ANNA).await?).pop().unwrap();
        assert_eq!((used.credential.as_str(), used.last_used_at), ("{\"counter\":2}", Some(at(5))));
    }

    async fn sec_p6_a_question_is_answered_once_and_swept_when_nobody_does(database: TestDatabase) {
        let store = open(&database).await;
        let (one, two, old) = (challenge(1, None, 0), challenge(2, Some(ANNA), 0), challenge(3, None, -101));
        commit!(store, |tx, one, two, old| {
            tx.insert_passkey_challenge(&one).await?;
            tx.insert_passkey_challenge(&two).await?;
            tx.insert_passkey_challenge(&old).await?;
            tx.expire_passkey_challenges(at(-100)).await?;
        })
        .unwrap();
        let take = async |id| commit!(store, |tx| tx.take_passkey_challenge(id).await?).unwrap();
        assert_eq!(take(one.id).await, Some(one.clone()));
        assert_eq!(take(one.id).await, None);
        assert_eq!(take(two.id).await, Some(two));
        assert_eq!(take(old.id).await, None);
    }

    async fn a_session_knows_its_passkey_and_gets_another_token(database: TestDatabase) {
        let store = open(&database).await;
        let key = passkey(1, ANNA).id;
        commit!(store, |tx| {
            for (n, agent) in [(1, ANNA), (2, ANNA), (3, ANNA), (4, BERT)] {
                tx.insert_session(&session(n, agent)).await?;
            }
            for n in [1, 2, 4] {
                tx.set_session_passkey(&[n; 32], key).await?;
            }
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.session_passkey(&[1; 32]).await?), Some(key));
        assert_eq!(query!(store, |tx| tx.session_passkey(&[3; 32]).await?), None);
        assert_eq!(query!(store, |tx| tx.session_passkey(&[9; 32]).await?), None);
        commit!(store, |tx| tx.set_session_passkey_at(&[1; 32], at(3)).await?).unwrap();
        for (n, asked) in [(1, Some(at(3))), (2, None), (9, None)] {
            assert_eq!(query!(store, |tx| tx.session_passkey_at(&[n; 32]).await?), asked, "{n}");
        }

        assert!(commit!(store, |tx| tx.renew_session(&[1; 32], &[5; 32], at(9)).await?).unwrap());
        assert!(!commit!(store, |tx| tx.renew_session(&[1; 32], &[6; 32], at(9)).await?).unwrap());
        for (n, confirmed) in [(5, Some(at(9))), (2, None), (9, None)] {
            assert_eq!(query!(store, |tx| tx.session_confirmed_at(&[n; 32]).await?), confirmed, "{n}");
        }
        let renewed = query!(store, |tx| tx.session(&[5; 32]).await?).unwrap();
        assert_eq!((renewed.authenticated_at, renewed.created_at), (at(9), now()));

        commit!(store, |tx| {
            tx.set_session_passkey_at(&[4; 32], at(9)).await?;
            tx.set_session_passkey_at(&[5; 32], at(9)).await?;
            tx.delete_passkey(ANNA, key).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.session_passkey_at(&[5; 32]).await?), None, "it went with a passkey");
        assert_eq!(query!(store, |tx| tx.session_passkey_at(&[4; 32]).await?), Some(at(9)), "another agent's");

        let ended = commit!(store, |tx| tx.delete_passkey_sessions(ANNA, key, &[5; 32]).await?).unwrap();
        assert_eq!(ended, 1);
        let left = query!(store, |tx| tx.sessions_of(ANNA).await?);
        assert_eq!(left.iter().map(|one| one.token_hash).collect::<Vec<_>>(), [[3; 32], [5; 32]]);
        assert_eq!(query!(store, |tx| tx.sessions_of(BERT).await?).len(), 1);
    }
}
