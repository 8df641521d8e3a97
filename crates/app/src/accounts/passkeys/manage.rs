//! The passkeys of an account: seeing, naming and removing them.

use crate::accounts::{own, sessions};
use crate::audit::{Change, Event};
use crate::{Actor, App, Ctx, Error, Refusal, outbox};
use nameplate_domain::account::PasskeyName;
use nameplate_domain::ids::PasskeyId;
use nameplate_store::PasskeyRow;
use serde_json::json;

/// A passkey as its owner sees it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The passkey.
    pub passkey: PasskeyRow,
    /// Whether the session that asks was signed in with it.
    pub is_this: bool,
}

/// The passkeys of the agent who asks, the oldest first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn list(app: &App, ctx: &Ctx) -> Result<Vec<Listed>, Error> {
    let (id, token) = (ctx.agent()?, token(ctx));
    let (rows, used) =
        app.store()
            .read(|tx| async move {
                Ok::<_, Error>((tx.passkeys_of(id).await?, tx.session_passkey(&token).await?))
            })
            .await?;
    Ok(rows.into_iter().map(|passkey| Listed { is_this: used == Some(passkey.id), passkey }).collect())
}

/// One of them.
///
/// # Errors
/// `NotFound`, also for another agent's.
pub async fn find(app: &App, ctx: &Ctx, id: &str) -> Result<Listed, Error> {
    let id: PasskeyId = id.parse().map_err(|_| Error::NotFound)?;
    list(app, ctx).await?.into_iter().find(|one| one.passkey.id == id).ok_or(Error::NotFound)
}

/// Gives a passkey another name.
///
/// # Errors
/// `NotFound`, also for another agent's.
pub async fn rename(app: &App, ctx: &Ctx, id: &str, name: PasskeyName) -> Result<(), Error> {
    let (agent, before, recorder) = (ctx.agent()?, find(app, ctx, id).await?.passkey, app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            if !tx.rename_passkey(agent, before.id, &name).await? {
                return Err(Error::NotFound);
            }
            let renamed = Change::new("passkey", Some(&before.name), Some(&name));
            recorder.add(&tx, agent, Event::PasskeyRenamed, vec![renamed]).await
        })
        .await
}

/// Removes a passkey: it signs in no more, and where it is signed in now it is signed out, but for the session that asks.
/// A notice is mailed.
///
/// # Errors
/// `ReauthenticationRequired` unless the agent was just asked who they are; `NotFound`, also for another agent's;
/// `Refused(LastWayIn)` when nothing would be left to sign in with.
pub async fn remove(app: &App, ctx: &Ctx, id: &str) -> Result<(), Error> {
    let one = find(app, ctx, id).await?.passkey;
    sessions::reauthenticate(app, ctx, None).await?;
    let agent = own(app, ctx).await?;
    let (now, keep, recorder) = (ctx.now, token(ctx), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            let has_password = tx.credentials(agent.id).await?.is_some_and(|one| one.password_hash.is_some());
            if !has_password && tx.passkeys_of(agent.id).await?.len() < 2 {
                return Err(Refusal::LastWayIn.into());
            }
            if !tx.delete_passkey(agent.id, one.id).await? {
                return Err(Error::NotFound);
            }
            tx.delete_passkey_sessions(agent.id, one.id, &keep).await?;
            let mut notice = outbox::account_message("passkey_removed", &agent, agent.email.as_str(), now);
            notice.body = json!({ "passkey": one.name.as_str() }).to_string();
            tx.enqueue(&notice).await?;
            let gone = Change::removed("passkey", &one.name);
            recorder.add(&tx, agent.id, Event::PasskeyRemoved, vec![gone]).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// The hash of the session that asks; of none, when a token asks.
fn token(ctx: &Ctx) -> [u8; 32] {
    match ctx.actor {
        Actor::Agent { session: Some(session), .. } => session.token_hash,
        Actor::Agent { .. } | Actor::Link { .. } | Actor::Nobody => [0; 32],
    }
}
