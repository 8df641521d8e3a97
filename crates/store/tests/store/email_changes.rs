//! Pending changes of an email address.

use crate::fixtures::{ANNA, BERT, at, email, now, open};
use nameplate_domain::ids::{AgentId, EmailChangeId};
use nameplate_store::EmailChangeRow;
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn change(n: u128, agent_id: AgentId) -> EmailChangeRow {
    EmailChangeRow {
        id: EmailChangeId::new(Uuid::from_u128(n)),
        agent_id,
        new_email: email("New.Address@example.com"),
        credential_version: 3,
        code_issue: 4,
        code_sent_at: at(5),
        wrong_codes: 6,
        created_at: now(),
    }
}

both_engines! {
    async fn an_agent_has_one_pending_change(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.put_email_change(&change(1, ANNA)).await?;
            tx.put_email_change(&change(2, BERT)).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.email_change_of(ANNA).await?), Some(change(1, ANNA)));
        assert_eq!(query!(store, |tx| tx.email_change(change(1, ANNA).id).await?), Some(change(1, ANNA)));

        commit!(store, |tx| tx.put_email_change(&change(3, ANNA)).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.email_change_of(ANNA).await?), Some(change(3, ANNA)));
        assert_eq!(query!(store, |tx| tx.email_change(change(1, ANNA).id).await?), None, "the older is void");

        assert!(commit!(store, |tx| tx.delete_email_change(ANNA).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_email_change(ANNA).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.email_change_of(ANNA).await?), None);
        assert_eq!(query!(store, |tx| tx.email_change_of(BERT).await?), Some(change(2, BERT)));
    }

    async fn a_change_belongs_to_an_agent(database: TestDatabase) {
        let store = open(&database).await;
        let nobody = AgentId::new(Uuid::from_u128(99));
        assert_conflict!(commit!(store, |tx| tx.put_email_change(&change(1, nobody)).await?), Other);
    }
}
