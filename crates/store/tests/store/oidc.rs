//! Whom an identity provider signs in, and who was sent there.

use crate::fixtures::{ANNA, BERT, at, now, open};
use nameplate_domain::ids::AgentId;
use nameplate_store::{OidcLinkRow, OidcRequestRow};
use nameplate_testkit::both_engines;

fn link(issuer: &str, subject: &str, agent_id: AgentId) -> OidcLinkRow {
    OidcLinkRow {
        issuer: issuer.into(),
        subject: subject.into(),
        agent_id,
        name: "Harbour login".into(),
        email: Some("anna@corp.example".into()),
        created_at: now(),
        last_used_at: None,
    }
}

fn request(n: u8, agent_id: Option<AgentId>, second: i64) -> OidcRequestRow {
    OidcRequestRow {
        state_hash: [n; 32],
        browser_hash: [n + 100; 32],
        agent_id,
        return_to: "/meetings".into(),
        created_at: at(second),
    }
}

both_engines! {
    async fn issuer_and_subject_name_an_account_together(database: TestDatabase) {
        let store = open(&database).await;
        let (first, other) = (link("https://a", "7", ANNA), link("https://b", "7", BERT));
        commit!(store, |tx, first, other| {
            tx.insert_oidc_link(&first).await?;
            tx.insert_oidc_link(&other).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.oidc_link("https://a", "7").await?), Some(first.clone()));
        assert_eq!(query!(store, |tx| tx.oidc_link("https://b", "7").await?), Some(other));
        assert_eq!(query!(store, |tx| tx.oidc_link("https://a", "8").await?), None);
        let (taken, second) = (link("https://a", "7", BERT), link("https://a", "8", ANNA));
        assert_conflict!(commit!(store, |tx, taken| tx.insert_oidc_link(&taken).await?), OidcLink);
        assert_conflict!(commit!(store, |tx, second| tx.insert_oidc_link(&second).await?), OidcLink);

        let stranger = OidcLinkRow { agent_id: BERT, ..first.clone() };
        assert!(!commit!(store, |tx, stranger| tx.use_oidc_link(&stranger, at(5)).await?).unwrap());
        assert!(commit!(store, |tx, first| tx.use_oidc_link(&first, at(5)).await?).unwrap());
        let used = OidcLinkRow { last_used_at: Some(at(5)), ..first.clone() };
        assert_eq!(query!(store, |tx| tx.oidc_links_of(ANNA).await?), [used]);

        assert!(!commit!(store, |tx| tx.delete_oidc_link(ANNA, "https://b").await?).unwrap());
        assert!(commit!(store, |tx| tx.delete_oidc_link(ANNA, "https://a").await?).unwrap());
        assert!(!commit!(store, |tx, first| tx.use_oidc_link(&first, at(6)).await?).unwrap(), "it is gone");
        commit!(store, |tx| tx.delete_oidc_links(BERT).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.oidc_links_of(BERT).await?), []);
    }

    async fn who_was_sent_comes_back_once(database: TestDatabase) {
        let store = open(&database).await;
        let (first, second, old) = (request(1, None, 20), request(2, Some(ANNA), 20), request(3, None, 1));
        commit!(store, |tx, first, second, old| {
            tx.insert_oidc_request(&first).await?;
            tx.insert_oidc_request(&second).await?;
            tx.insert_oidc_request(&old).await?;
            tx.expire_oidc_requests(at(10)).await?;
        })
        .unwrap();
        assert_eq!(commit!(store, |tx| tx.take_oidc_request(&[1; 32], &[102; 32]).await?).unwrap(), None, "another browser");
        assert_eq!(commit!(store, |tx| tx.take_oidc_request(&[1; 32], &[101; 32]).await?).unwrap(), Some(first));
        assert_eq!(commit!(store, |tx| tx.take_oidc_request(&[1; 32], &[101; 32]).await?).unwrap(), None);
        assert_eq!(commit!(store, |tx| tx.take_oidc_request(&[2; 32], &[102; 32]).await?).unwrap(), Some(second));
        assert_eq!(commit!(store, |tx| tx.take_oidc_request(&[3; 32], &[103; 32]).await?).unwrap(), None, "it was too old");
    }
}
