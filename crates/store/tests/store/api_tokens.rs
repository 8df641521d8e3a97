//! API tokens.

use crate::fixtures::{ANNA, BERT, at, open};
use jiff::Timestamp;
use nameplate_domain::ids::{AgentId, ApiTokenId};
use nameplate_store::ApiTokenRow;
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn token(n: u128, agent_id: AgentId, expires_at: Option<Timestamp>) -> ApiTokenRow {
    ApiTokenRow {
        id: ApiTokenId::new(Uuid::from_u128(n)),
        agent_id,
        name: "Laptop \u{2013} \u{440}\u{430}\u{431}\u{43e}\u{442}\u{430}".into(),
        created_at: at(i64::try_from(n).unwrap_or_default()),
        expires_at,
        last_used_at: None,
    }
}

both_engines! {
    async fn a_token_reads_back_by_its_hash(database: TestDatabase) {
        let store = open(&database).await;
        let (one, two) = (token(1, ANNA, Some(at(9))), token(2, ANNA, None));
        commit!(store, |tx, one, two| {
            tx.put_api_token(&one, &[1; 32]).await?;
            tx.put_api_token(&two, &[2; 32]).await?;
        })
        .unwrap();
        let id = one.id;
        assert_eq!(query!(store, |tx| tx.api_tokens_of(ANNA).await?), [two.clone(), one.clone()], "the newest first");
        commit!(store, |tx| tx.touch_api_token(id, at(3)).await?).unwrap();
        let used = ApiTokenRow { last_used_at: Some(at(3)), ..one };
        assert_eq!(query!(store, |tx| tx.api_token(&[1; 32]).await?), Some(used));
        assert_eq!(query!(store, |tx| tx.api_token(&[2; 32]).await?), Some(two));
        assert_eq!(query!(store, |tx| tx.api_token(&[3; 32]).await?), None);
        let twin = token(3, ANNA, None);
        assert_conflict!(commit!(store, |tx| tx.put_api_token(&twin, &[1; 32]).await?), Other);
    }

    async fn tokens_end_one_by_one_by_age_or_all_of_an_agent(database: TestDatabase) {
        let store = open(&database).await;
        let rows = [token(1, ANNA, Some(at(9))), token(2, ANNA, Some(at(20))), token(3, ANNA, None), token(4, BERT, None)];
        let ids = rows.each_ref().map(|row| row.id);
        let second = rows[1].clone();
        commit!(store, |tx, rows| {
            for (n, row) in (1..).zip(&rows) {
                tx.put_api_token(row, &[n; 32]).await?;
            }
        })
        .unwrap();
        assert_eq!(commit!(store, |tx| tx.delete_api_token(BERT, ids[1]).await?).unwrap(), None, "somebody else's");
        assert_eq!(commit!(store, |tx| tx.delete_api_token(ANNA, ids[1]).await?).unwrap(), Some(second));
        commit!(store, |tx| tx.expire_api_tokens(at(10)).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.api_tokens_of(ANNA).await?).len(), 1, "one without an end stays");
        commit!(store, |tx| tx.delete_api_tokens(ANNA).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.api_tokens_of(ANNA).await?), []);
        assert_eq!(query!(store, |tx| tx.api_tokens_of(BERT).await?).len(), 1);
    }

    async fn a_token_that_nobody_used_gets_another_text(database: TestDatabase) {
        let store = open(&database).await;
        let one = token(1, ANNA, None);
        let (id, foreign) = (one.id, ApiTokenRow { agent_id: BERT, ..one.clone() });
        for n in [1, 2] {
            let one = one.clone();
            assert!(commit!(store, |tx| tx.put_api_token(&one, &[n; 32]).await?).unwrap());
        }
        assert_eq!(query!(store, |tx| tx.api_token(&[1; 32]).await?), None);
        assert_eq!(query!(store, |tx| tx.api_token(&[2; 32]).await?), Some(one.clone()));
        let one = ApiTokenRow { name: "another".into(), expires_at: Some(at(9)), ..one };
        let changed = one.clone();
        assert!(commit!(store, |tx| tx.put_api_token(&changed, &[2; 32]).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.api_token(&[2; 32]).await?), Some(one.clone()), "as typed the last time");
        assert!(!commit!(store, |tx| tx.put_api_token(&foreign, &[3; 32]).await?).unwrap());
        commit!(store, |tx| tx.touch_api_token(id, at(3)).await?).unwrap();
        assert!(!commit!(store, |tx| tx.put_api_token(&one, &[4; 32]).await?).unwrap());
        assert!(query!(store, |tx| tx.api_token(&[2; 32]).await?).is_some());
    }
}
