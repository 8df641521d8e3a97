//! Adding a passkey to one's account.

use super::{Question, ask, makers, read, refused, server, state};
use crate::accounts::{own, sessions, set_up};
use crate::audit::{Change, Event};
use crate::{App, Ctx, Error, fresh, outbox};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nameplate_domain::account::{PasskeyName, Problem};
use nameplate_domain::ids::PasskeyId;
use nameplate_store::{Constraint, Error as StoreError, PasskeyPurpose, PasskeyRow};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

/// Asks the browser for a new passkey.
///
/// A sign-in of just now is not enough: a passkey does in place of the password, so whoever found the browser signed in
/// would have the account with it.
///
/// # Errors
/// `ReauthenticationRequired` unless the agent was just asked who they are, after the sign-in; `NotFound` where there can
/// be no passkeys.
pub async fn start(app: &App, ctx: &Ctx) -> Result<Question, Error> {
    if !sessions::is_confirmed(app, ctx).await? {
        return Err(Error::ReauthenticationRequired);
    }
    let agent = own(app, ctx).await?;
    let server = server(app, &set_up::organisation_name(app).await?)?;
    let (id, fresh) = (agent.id, fresh::bytes::<16>());
    let (handle, known) = app
        .store()
        .write(move |tx| async move {
            Ok::<_, Error>((tx.passkey_user(id, &fresh).await?, tx.passkeys_of(id).await?))
        })
        .await?;
    let known = known.into_iter().map(|row| row.credential_id).collect();
    let (options, state) = server
        .start_passkey_registration(
            Uuid::from_bytes(handle),
            &agent.email.shown(),
            agent.visible_name().as_str(),
            Some(known),
        )
        .map_err(|_| Error::Internal("a new passkey could not be asked for"))?;
    let mut question = ask(app, ctx, (PasskeyPurpose::Add, Some(id)), &state, &options).await?;
    // So that it is found at sign-in without a name. Where it is kept is the person's choice: no attachment (S-11).
    if let Some(wish) = question.options.pointer_mut("/authenticatorSelection") {
        *wish = json!({ "residentKey": "preferred", "requireResidentKey": false, "userVerification": "required" });
    }
    Ok(question)
}

/// Adds the passkey that the browser made; its first name is that of what keeps it. A notice is mailed.
///
/// # Errors
/// `WrongCredentials` for an answer that does not fit; `Refused(LinkDead)` for one that came late or twice; `Invalid` when
/// the passkey is somebody's already.
pub async fn finish(app: &App, ctx: &Ctx, id: &str, answer: &str) -> Result<PasskeyRow, Error> {
    let agent = own(app, ctx).await?;
    let state: PasskeyRegistration = state(app, ctx, id, (PasskeyPurpose::Add, Some(agent.id))).await?;
    let credential: RegisterPublicKeyCredential = read(answer)?;
    let made = server(app, "")?
        .finish_passkey_registration(&credential, &state)
        .map_err(|error| refused(ctx, &error, Some(agent.id)).1)?;
    let aaguid = aaguid(answer).unwrap_or_default();
    let row = PasskeyRow {
        id: PasskeyId::new(fresh::uuid()),
        agent_id: agent.id,
        credential_id: made.cred_id().clone(),
        credential: serde_json::to_string(&made)
            .map_err(|_| Error::Internal("a passkey could not be written"))?,
        name: PasskeyName::stored(makers::name(&aaguid)),
        aaguid,
        created_at: ctx.now,
        last_used_at: None,
    };
    let (written, recorder, ctx) = (row.clone(), app.recorder(ctx), ctx.clone());
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            sessions::still_in(&tx, &ctx).await?;
            tx.insert_passkey(&written).await.map_err(|error| match error {
                StoreError::Conflict(Constraint::Passkey) => Error::invalid("passkey", Problem::PasskeyKnown),
                other => other.into(),
            })?;
            let mut notice = outbox::account_message("passkey_added", &agent, agent.email.as_str(), ctx.now);
            notice.body = json!({ "passkey": written.name.as_str() }).to_string();
            tx.enqueue(&notice).await?;
            let new = Change::added("passkey", &written.name);
            recorder.add(&tx, agent.id, Event::PasskeyAdded, vec![new]).await
        })
        .await?;
    app.wake_outbox();
    Ok(row)
}

/// The make of what keeps the passkey, as the browser tells it beside the answer: it names the passkey and decides nothing.
fn aaguid(answer: &str) -> Option<[u8; 16]> {
    #[derive(Deserialize)]
    struct Answer {
        response: Response,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Response {
        authenticator_data: String,
    }
    let answer: Answer = serde_json::from_str(answer).ok()?;
    let data = URL_SAFE_NO_PAD.decode(answer.response.authenticator_data).ok()?;
    // Web Authentication 6.1: hash of the host, flags, counter, and then the make.
    data.get(37..53)?.try_into().ok()
}
