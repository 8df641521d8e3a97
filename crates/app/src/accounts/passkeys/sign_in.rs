//! Signing in by a passkey, without a name: the passkey says whose it is.

use super::{Question, ask, read, refused, server, state};
use crate::accounts::data;
use crate::accounts::sessions::{self, Entered, SignIn};
use crate::audit::{Change, Event};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, fresh};
use nameplate_domain::account::AgentStatus;
use nameplate_store::{Credentials, PasskeyPurpose, PasskeyRow};
use webauthn_rs::prelude::{AuthenticationResult, DiscoverableAuthentication, Passkey, PublicKeyCredential};

/// Asks the browser for a passkey of anybody.
///
/// # Errors
/// `NotFound` where there can be no passkeys; `Limited`.
pub async fn start(app: &App, ctx: &Ctx) -> Result<Question, Error> {
    let (options, state) = server(app, "")?
        .start_discoverable_authentication()
        .map_err(|_| Error::Internal("a passkey could not be asked for"))?;
    ask(app, ctx, (PasskeyPurpose::SignIn, None), &state, &options).await
}

/// Signs in whom the answer names. For an account that is closed its link goes out again, as with the right password.
///
/// # Errors
/// `WrongCredentials` alike for an unknown passkey, an answer that does not fit and a disabled account;
/// `Refused(LinkDead)` for an answer that came late or twice; `Limited`.
pub async fn finish(
    app: &App,
    ctx: &Ctx,
    id: &str,
    answer: &str,
    user_agent: &str,
) -> Result<Entered, Error> {
    let permits = vec![wanted(app, "login_net", &app.settings().limits.login_net, &ctx.net)];
    let wrong = |error: &Error| matches!(error, Error::WrongCredentials);
    let signing_in = async {
        let (passkey, used, credentials) = check(app, ctx, id, answer).await?;
        if credentials.status == AgentStatus::Closed {
            let closed = data::remind(app, ctx, credentials.agent_id).await?;
            return closed.map(|(at, zone)| Entered::Closed(at, zone)).ok_or(Error::WrongCredentials);
        }
        start_session(app, ctx, (passkey, used), &credentials, user_agent).await.map(Entered::Session)
    };
    let signed_in = limits::spend(app, ctx, permits, wrong, signing_in).await;
    if let Err(Error::WrongCredentials) = signed_in {
        tracing::info!(target: "security", event = "sign_in_refused", way = "passkey", net = ctx.net);
    }
    signed_in
}

/// Whose passkey gave the answer, and what it is after this use. The account may be closed.
async fn check(
    app: &App,
    ctx: &Ctx,
    id: &str,
    answer: &str,
) -> Result<(PasskeyRow, String, Credentials), Error> {
    let state: DiscoverableAuthentication = state(app, ctx, id, (PasskeyPurpose::SignIn, None)).await?;
    let answer: PublicKeyCredential = read(answer)?;
    let server = server(app, "")?;
    let (handle, credential_id) = server
        .identify_discoverable_authentication(&answer)
        .map(|(handle, credential_id)| (handle.into_bytes(), credential_id.to_vec()))
        .map_err(|error| refused(ctx, &error, None).1)?;
    let found = app
        .store()
        .read(|tx| async move {
            let Some(row) = tx.passkey_by_credential(&credential_id, &handle).await? else { return Ok(None) };
            let credentials = tx.credentials(row.agent_id).await?;
            Ok::<_, Error>(credentials.map(|credentials| (row, credentials)))
        })
        .await?;
    let (row, credentials) = found.ok_or(Error::WrongCredentials)?;
    let passkey = stored(&row)?;
    let result = match server.finish_discoverable_authentication_v2(&answer, state, &passkey) {
        Ok(result) if credentials.status != AgentStatus::Disabled => result,
        other => {
            let account = row.agent_id;
            let (event, error) = other.err().map_or_else(
                || (Event::PasskeyRefused, Error::WrongCredentials),
                |error| refused(ctx, &error, Some(account)),
            );
            sessions::record_refusal(app, ctx, account, event).await?;
            return Err(error);
        }
    };
    let used = used(passkey, &result)?;
    Ok((row, used, credentials))
}

/// The passkey of a row.
pub(super) fn stored(row: &PasskeyRow) -> Result<Passkey, Error> {
    serde_json::from_str(&row.credential).map_err(|_| Error::Internal("a stored passkey could not be read"))
}

/// What a passkey is after a use: its counter has moved on.
pub(super) fn used(mut passkey: Passkey, result: &AuthenticationResult) -> Result<String, Error> {
    passkey.update_credential(result);
    serde_json::to_string(&passkey).map_err(|_| Error::Internal("a passkey could not be written"))
}

async fn start_session(
    app: &App,
    ctx: &Ctx,
    (passkey, used): (PasskeyRow, String),
    checked: &Credentials,
    user_agent: &str,
) -> Result<SignIn, Error> {
    let (token, now) = (fresh::token(), ctx.now);
    let session = sessions::row(ctx, checked.agent_id, &token, user_agent);
    let (version, keep) = (checked.credential_version, app.settings().sessions.per_account);
    let recorder = sessions::signed_in_recorder(app, ctx, checked, &session);
    app.store()
        .write(move |tx| async move {
            sessions::insert_in(&tx, &session, version, keep).await?;
            if !tx.use_passkey(&passkey, &used, now).await? {
                return Err(Error::WrongCredentials);
            }
            tx.set_session_passkey(&session.token_hash, passkey.id).await?;
            let way = vec![Change::added("passkey", &passkey.name)];
            recorder.add(&tx, session.agent_id, Event::SignIn, way).await
        })
        .await?;
    Ok(sessions::keepsake(app, ctx, checked, token))
}
