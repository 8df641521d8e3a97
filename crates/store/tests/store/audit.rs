//! The audit log can be added to, and what is personal in it can be erased; nothing else.

use crate::fixtures::{ANNA, BERT, at, open};
use nameplate_domain::ids::AgentId;
use nameplate_store::{AuditHead, AuditRow, Error};
use nameplate_testkit::both_engines;

/// Somebody else.
const CLEO: AgentId = AgentId::new(uuid::Uuid::from_u128(3));

fn entry(sequence: i64, account: AgentId) -> AuditRow {
    AuditRow {
        sequence,
        at: at(sequence),
        account,
        actor_kind: "agent".into(),
        actor_id: Some(account.to_string()),
        event: "name_changed".into(),
        detail: Some(format!("{{\"n\":{sequence}}}")),
        detail_hash: [1; 32],
        chain: [u8::try_from(sequence).unwrap(); 32],
    }
}

both_engines! {
    async fn entries_are_read_back_in_their_order(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(query!(store, |tx| tx.audit_head().await?), AuditHead { sequence: 0, chain: [0; 32] });
        commit!(store, |tx| {
            for (n, account) in [(1, ANNA), (2, BERT), (3, ANNA), (4, ANNA)] {
                assert_eq!(tx.lock_audit_head().await?.sequence, n - 1);
                tx.append_audit(&entry(n, account)).await?;
            }
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.audit_head().await?), AuditHead { sequence: 4, chain: [4; 32] });
        assert_eq!(query!(store, |tx| tx.audit_of(ANNA, 4, 9).await?), [entry(3, ANNA), entry(1, ANNA)]);
        assert_eq!(query!(store, |tx| tx.audit_of(ANNA, 9, 1).await?), [entry(4, ANNA)]);
        assert_eq!(query!(store, |tx| tx.audit_after(1, 2).await?), [entry(2, BERT), entry(3, ANNA)]);
        assert_eq!(query!(store, |tx| tx.last_happened(ANNA, "name_changed").await?), Some(at(4)));
        assert_eq!(query!(store, |tx| tx.last_happened(ANNA, "sign_in").await?), None);
        let taken = commit!(store, |tx| tx.append_audit(&entry(2, ANNA)).await?);
        assert!(matches!(taken, Err(Error::Conflict(_))), "{taken:?}");
    }

    async fn each_account_changed_once_at_its_last_place(database: TestDatabase) {
        let store = open(&database).await;
        let signed_in = AuditRow { event: "sign_in".into(), ..entry(5, BERT) };
        commit!(store, |tx, signed_in| {
            for (n, account) in [(1, ANNA), (2, BERT), (3, CLEO), (4, ANNA)] {
                tx.append_audit(&entry(n, account)).await?;
            }
            tx.append_audit(&signed_in).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.accounts_changed_behind(0, 9).await?), [(BERT, 2), (CLEO, 3), (ANNA, 4)]);
        assert_eq!(query!(store, |tx| tx.accounts_changed_behind(0, 2).await?), [(BERT, 2), (CLEO, 3)]);
        assert_eq!(query!(store, |tx| tx.accounts_changed_behind(3, 9).await?), [(ANNA, 4)]);
        assert_eq!(query!(store, |tx| tx.accounts_changed_behind(4, 9).await?), []);
    }

    async fn what_is_personal_is_erased_for_one_account_alone(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.append_audit(&entry(1, ANNA)).await?;
            tx.append_audit(&entry(2, BERT)).await?;
        })
        .unwrap();
        assert_eq!(commit!(store, |tx| tx.erase_audit_details(ANNA).await?).unwrap(), 1);
        assert_eq!(commit!(store, |tx| tx.erase_audit_details(ANNA).await?).unwrap(), 0);
        let erased = AuditRow { detail: None, ..entry(1, ANNA) };
        assert_eq!(query!(store, |tx| tx.audit_after(0, 9).await?), [erased, entry(2, BERT)]);
    }

    async fn what_is_personal_is_erased_in_what_is_older(database: TestDatabase) {
        let store = open(&database).await;
        let (old, young) = (entry(1, ANNA), AuditRow { at: entry(2, BERT).at + jiff::SignedDuration::from_hours(1), ..entry(2, BERT) });
        let before = young.at;
        commit!(store, |tx, old, young| {
            tx.append_audit(&old).await?;
            tx.append_audit(&young).await?;
        })
        .unwrap();
        assert_eq!(commit!(store, |tx| tx.erase_old_audit_details(before).await?).unwrap(), 1);
        assert_eq!(commit!(store, |tx| tx.erase_old_audit_details(before).await?).unwrap(), 0);
        let erased = AuditRow { detail: None, ..old };
        assert_eq!(query!(store, |tx| tx.audit_after(0, 9).await?), [erased, young]);
    }
}
