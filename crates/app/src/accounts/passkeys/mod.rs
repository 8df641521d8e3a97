//! Passkeys: signing in without a password, by a key that only its owner's device or password manager can use
//! (`ux.md` S-01, S-10). Each asks its owner for a finger, a face or a PIN, so it counts as both factors.
//!
//! The host of the public URL is what passkeys are bound to. An IP address cannot be: such a server has none.

mod add;
mod confirm;
mod makers;
mod manage;
mod sign_in;

pub use add::{finish as finish_add, start as start_add};
pub use confirm::{confirm_by_password, finish as finish_confirm, start as start_confirm};
pub use manage::{Listed, find, list, remove, rename};
pub use sign_in::{finish as finish_sign_in, start as start_sign_in};

use crate::audit::Event;
use crate::limits::{self, Rate, wanted};
use crate::{App, Ctx, Error, Refusal, fresh};
use jiff::SignedDuration;
use nameplate_domain::ids::{AgentId, PasskeyChallengeId};
use nameplate_store::{PasskeyChallengeRow, PasskeyPurpose};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder, WebauthnError};

/// How long a question waits for its answer (`security.md` P6).
pub(super) const LIFE: SignedDuration = SignedDuration::from_mins(5);

/// Questions for one network, or one account: the page of the sign-in asks one each time it is shown.
const QUESTIONS: Rate = Rate::new(300, 15);

/// A question for the browser.
#[derive(Debug, Clone)]
pub struct Question {
    /// Names it; the answer brings it back.
    pub id: PasskeyChallengeId,
    /// What the browser is given, in the JSON form of Web Authentication (level 3, section 5.1).
    pub options: Value,
}

/// Whether this server can have passkeys.
#[must_use]
pub fn are_possible(app: &App) -> bool {
    server(app, "").is_ok()
}

fn server(app: &App, name: &str) -> Result<Webauthn, Error> {
    let settings = app.settings();
    let origin = Url::parse(&settings.public_url).map_err(|_| Error::NotFound)?;
    WebauthnBuilder::new(&settings.host, &origin)
        .and_then(|builder| builder.rp_name(name).build())
        .map_err(|_| Error::NotFound)
}

/// Keeps what the answer will be checked against, and makes the question. The state is only in the database: the browser
/// gets nothing of it but the challenge.
async fn ask(
    app: &App,
    ctx: &Ctx,
    (purpose, agent_id): (PasskeyPurpose, Option<AgentId>),
    state: &impl Serialize,
    options: &impl Serialize,
) -> Result<Question, Error> {
    // Each question is a row until it is answered or too old.
    let subject = agent_id.map_or_else(|| ctx.net.clone(), |agent| agent.to_string());
    limits::take(app, ctx, vec![wanted(app, "passkey_ask", &[QUESTIONS], &subject)]).await?;
    let json = |_| Error::Internal("a question to a passkey could not be written");
    let row = PasskeyChallengeRow {
        id: PasskeyChallengeId::new(fresh::uuid()),
        purpose,
        agent_id,
        state: serde_json::to_string(state).map_err(json)?,
        created_at: ctx.now,
    };
    let question = Question { id: row.id, options: serde_json::to_value(options).map_err(json)? };
    let options = question.options.pointer("/publicKey").cloned();
    app.store()
        .write(move |tx| async move { tx.insert_passkey_challenge(&row).await.map_err(Error::from) })
        .await?;
    Ok(Question { options: options.ok_or(Error::Internal("a question without options"))?, ..question })
}

/// What an answer is checked against. It is gone afterwards, so an answer is good once.
async fn state<T: DeserializeOwned>(
    app: &App,
    ctx: &Ctx,
    id: &str,
    asked: (PasskeyPurpose, Option<AgentId>),
) -> Result<T, Error> {
    let id: PasskeyChallengeId = id.parse().map_err(|_| Refusal::LinkDead)?;
    let taken = app.store().write(move |tx| async move { tx.take_passkey_challenge(id).await }).await?;
    let alive = taken
        .filter(|row| (row.purpose, row.agent_id) == asked && ctx.now.duration_since(row.created_at) < LIFE);
    let state = alive.ok_or(Refusal::LinkDead)?.state;
    serde_json::from_str(&state).map_err(|_| Error::Internal("a question to a passkey could not be read"))
}

/// Reads an answer as the browser wrote it.
fn read<T: DeserializeOwned>(answer: &str) -> Result<T, Error> {
    serde_json::from_str(answer).map_err(|_| Error::WrongCredentials)
}

/// An answer that is not accepted: why stays in the log; what to record of it, where it concerns an account.
fn refused(ctx: &Ctx, error: &WebauthnError, account: Option<AgentId>) -> (Event, Error) {
    let account = account.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    let copied = matches!(error, WebauthnError::CredentialPossibleCompromise);
    // A counter that went back: there may be two of what can only be one.
    let event = if copied { Event::PasskeyMayBeCopied } else { Event::PasskeyRefused };
    // The kind alone: what stands in it may be what somebody sent.
    let kind = format!("{error:?}");
    let reason = kind.split(['(', ' ']).next().unwrap_or_default();
    tracing::info!(target: "security", event = event.name(), net = ctx.net, account, reason);
    (event, Error::WrongCredentials)
}
