//! Slugs, present and past.

use crate::fixtures::{ANNA, BERT, agent, at, now, open};
use nameplate_domain::account::Slug;
use nameplate_store::SlugRow;
use nameplate_testkit::both_engines;

both_engines! {
    async fn a_former_slug_still_leads_to_its_agent(database: TestDatabase) {
        let store = open(&database).await;
        let mut anna = agent(1, "anna@example.com", "anna");
        anna.slug = Slug::parse("anna-berg").unwrap();
        let slug_of_today = anna.slug.clone();
        commit!(store, |tx| {
            tx.claim_slug("anna-berg", ANNA, at(1)).await?;
            assert!(tx.save_agent(&anna, at(1)).await?);
        })
        .unwrap();
        for slug in ["anna", "anna-berg"] {
            assert_eq!(query!(store, |tx| tx.slug_owner(slug).await?), Some(ANNA));
            let found = query!(store, |tx| tx.agent_by_slug(slug).await?);
            assert_eq!(found.map(|agent| agent.slug), Some(slug_of_today.clone()));
        }
        assert_eq!(query!(store, |tx| tx.agent_by_slug("nobody").await?), None);
        assert_eq!(query!(store, |tx| tx.slug_owner("nobody").await?), None);
        let unused = |slug: &str| SlugRow { slug: slug.to_owned(), hits: 0, last_hit_at: None };
        assert_eq!(query!(store, |tx| tx.slugs_of(ANNA).await?), [unused("anna-berg"), unused("anna")], "newest first");
        commit!(store, |tx| {
            tx.add_slug_hits("anna", 3, at(9)).await?;
            tx.add_slug_hits("anna", 2, at(8)).await?;
            tx.add_slug_hits("nobody", 1, at(8)).await?;
        })
        .unwrap();
        let used = SlugRow { slug: "anna".into(), hits: 5, last_hit_at: Some(at(9)) };
        assert_eq!(query!(store, |tx| tx.slugs_of(ANNA).await?), [unused("anna-berg"), used]);
        assert_eq!(query!(store, |tx| tx.slugs_of(BERT).await?), [unused("bert")]);
    }

    async fn a_slug_that_is_or_was_somebodys_is_refused_to_others(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| tx.claim_slug("former", ANNA, now()).await?).unwrap();
        commit!(store, |tx| tx.claim_slug("former", ANNA, at(9)).await?).expect("one's own again");
        assert_conflict!(commit!(store, |tx| tx.claim_slug("former", BERT, now()).await?), Slug);
    }
}
