//! What was begun at the door and not finished: first steps that no code followed, questions that no passkey answered.

use super::{oidc, passkeys, two_step};
use crate::audit::Event;
use crate::{App, Error};
use jiff::Timestamp;
use nameplate_store::PendingSignInRow;

/// Forgets what is over. The agent's activity tells of each first step without a code: somebody may have the password.
///
/// # Errors
/// The database's.
pub async fn sweep(app: &App, now: Timestamp) -> Result<(), Error> {
    let old =
        app.store().read(|tx| async move { tx.old_pending_sign_ins(now - two_step::SIGN_IN_LIFE).await });
    for pending in old.await? {
        end(app, pending).await?;
    }
    let asked = app.store().write(move |tx| async move {
        tx.expire_oidc_requests(now - oidc::LIFE).await?;
        tx.expire_passkey_challenges(now - passkeys::LIFE).await
    });
    Ok(asked.await?)
}

async fn end(app: &App, pending: PendingSignInRow) -> Result<(), Error> {
    let recorder = app.visitor_recorder(pending.created_at, &pending.client_net, &pending.user_agent);
    app.store()
        .write(move |tx| async move {
            // Another node may have been here first.
            if !tx.delete_pending_sign_in(&pending.token_hash).await? || pending.told {
                return Ok(());
            }
            recorder.add_refusal(&tx, pending.agent_id, Event::SecondStepMissed).await
        })
        .await
}
