//! Invitations.

use crate::fixtures::{ANNA, BERT, at, open};
use nameplate_domain::ids::InvitationId;
use nameplate_store::InvitationRow;
use nameplate_testkit::both_engines;
use uuid::Uuid;

both_engines! {
    async fn the_newest_invitation_of_an_agent_is_the_only_one(database: TestDatabase) {
        let store = open(&database).await;
        let row = |n, agent_id, seconds| InvitationRow { id: InvitationId::new(Uuid::from_u128(n)), agent_id, created_at: at(seconds) };
        let (first, second, other) = (row(1, ANNA, 1), row(2, ANNA, 2), row(3, BERT, 3));
        commit!(store, |tx| {
            tx.put_invitation(&first).await?;
            tx.put_invitation(&other).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.invitation_of(ANNA).await?), Some(first));
        commit!(store, |tx| tx.put_invitation(&second).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.invitation(first.id).await?), None);
        assert_eq!(query!(store, |tx| tx.invitation(second.id).await?), Some(second));
        commit!(store, |tx| tx.delete_invitations(ANNA).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.invitation_of(ANNA).await?), None);
        assert_eq!(query!(store, |tx| tx.invitation_of(BERT).await?), Some(other));
    }
}
