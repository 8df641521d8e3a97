//! What an identity provider said.

use crate::fixtures::{ANNA, BERT, at, now, open};
use nameplate_domain::account::FullName;
use nameplate_store::ScimUserRow;
use nameplate_testkit::both_engines;

both_engines! {
    async fn what_a_provider_said_is_kept_until_the_account_is_erased(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(query!(store, |tx| tx.scim_user(ANNA).await?), None);
        let name = |text: &str| FullName::parse(text).unwrap();
        let row = ScimUserRow {
            agent_id: ANNA,
            full_name: name("Anna Bérg"),
            given_name: Some(name("Anna")),
            family_name: None,
            deleted_at: None,
        };
        commit!(store, |tx, row| tx.put_scim_user(&row).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.scim_user(ANNA).await?), Some(row.clone()));
        let later = ScimUserRow { family_name: Some(name("Bérg")), given_name: None, deleted_at: Some(at(5)), ..row };
        commit!(store, |tx, later| tx.put_scim_user(&later).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.all_scim_users().await?), [later]);
        assert_eq!(query!(store, |tx| tx.scim_user(BERT).await?), None);
        commit!(store, |tx| tx.erase_agent(ANNA, &[]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.all_scim_users().await?), []);
    }

    async fn each_account_says_when_it_was_made_and_changed(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            let anna = tx.agent(ANNA).await?.expect("she is there");
            tx.save_agent(&anna, at(7)).await?
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.agent_times(ANNA).await?), Some((now(), at(7))));
        let all = query!(store, |tx| tx.all_agent_times().await?);
        assert_eq!(all, [(ANNA, now(), at(7)), (BERT, now(), now())]);
        commit!(store, |tx| tx.erase_agent(BERT, &[]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.agent_times(BERT).await?), None);
    }
}
