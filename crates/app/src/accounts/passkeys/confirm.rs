//! Showing that the one who is signed in is still there, by a passkey or the password. The session gets another token
//! (`security.md` A9), and for some minutes what needs a recent sign-in is granted.

use super::sign_in::{stored, used};
use super::{Question, ask, read, refused, server, state};
use crate::accounts::sessions::{self, Proof};
use crate::accounts::step_up::{self, Purpose};
use crate::limits::{self, wanted};
use crate::secrets::hash;
use crate::{Actor, App, Ctx, Error, SignedIn, fresh};
use nameplate_domain::ids::AgentId;
use nameplate_store::{PasskeyPurpose, PasskeyRow};
use webauthn_rs::prelude::{PasskeyAuthentication, PublicKeyCredential};

fn asker(ctx: &Ctx) -> Result<(AgentId, SignedIn), Error> {
    match ctx.actor {
        Actor::Agent { id, session: Some(session), .. } => Ok((id, session)),
        Actor::Agent { .. } | Actor::Link { .. } | Actor::Nobody => Err(Error::NotSignedIn),
    }
}

/// Asks the browser for one of the agent's passkeys.
///
/// # Errors
/// `NotSignedIn`; `NotFound` when the agent has none.
pub async fn start(app: &App, ctx: &Ctx) -> Result<Question, Error> {
    let (id, _) = asker(ctx)?;
    let rows = app.store().read(|tx| async move { tx.passkeys_of(id).await }).await?;
    let passkeys = rows.iter().map(stored).collect::<Result<Vec<_>, _>>()?;
    if passkeys.is_empty() {
        return Err(Error::NotFound);
    }
    let (options, state) = server(app, "")?
        .start_passkey_authentication(&passkeys)
        .map_err(|_| Error::Internal("a passkey could not be asked for"))?;
    ask(app, ctx, (PasskeyPurpose::Confirm, Some(id)), &state, &options).await
}

/// Takes the answer; the session's new token.
///
/// # Errors
/// `WrongCredentials` for an answer that does not fit; `Refused(LinkDead)` for one that came late or twice; `Limited`.
pub async fn finish(app: &App, ctx: &Ctx, id: &str, answer: &str) -> Result<String, Error> {
    let (agent, _) = asker(ctx)?;
    let permits = vec![wanted(app, "login_net", &app.settings().limits.login_net, &ctx.net)];
    let wrong = |error: &Error| matches!(error, Error::WrongCredentials);
    let checking = async {
        let state: PasskeyAuthentication =
            state(app, ctx, id, (PasskeyPurpose::Confirm, Some(agent))).await?;
        let answer: PublicKeyCredential = read(answer)?;
        let result = match server(app, "")?.finish_passkey_authentication(&answer, &state) {
            Ok(result) => result,
            Err(error) => {
                let (event, error) = refused(ctx, &error, Some(agent));
                sessions::record_refusal(app, ctx, agent, event).await?;
                return Err(error);
            }
        };
        let rows = app.store().read(|tx| async move { tx.passkeys_of(agent).await }).await?;
        let row = rows.into_iter().find(|row| row.credential_id == result.cred_id().as_slice());
        let row = row.ok_or(Error::WrongCredentials)?;
        let after = used(stored(&row)?, &result)?;
        renew(app, ctx, Some((row, after))).await
    };
    limits::spend(app, ctx, permits, wrong, checking).await
}

/// The same by the password, and a code where two-step sign-in is on.
///
/// # Errors
/// `Invalid` naming `current_password` or `code`; `NotSignedIn` when too many wrong passwords ended the session; `Limited`.
pub async fn confirm_by_password(app: &App, ctx: &Ctx, proof: impl Into<Proof<'_>>) -> Result<String, Error> {
    asker(ctx)?;
    let checked = step_up::check(app, ctx, Purpose::Confirm, proof.into()).await?;
    step_up::spend(app, ctx, &checked).await?;
    renew(app, ctx, None).await
}

async fn renew(app: &App, ctx: &Ctx, passkey: Option<(PasskeyRow, String)>) -> Result<String, Error> {
    let (agent, session) = asker(ctx)?;
    let (token, now) = (fresh::token(), ctx.now);
    let new = hash(&token);
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent).await?;
            if !tx.renew_session(&session.token_hash, &new, now).await? {
                return Err(Error::NotSignedIn);
            }
            if let Some((row, after)) = passkey {
                if !tx.use_passkey(&row, &after, now).await? {
                    return Err(Error::WrongCredentials);
                }
                tx.set_session_passkey_at(&new, now).await?;
            }
            Ok(())
        })
        .await?;
    tracing::info!(target: "security", event = "reauthentication", account = %agent);
    Ok(token)
}
