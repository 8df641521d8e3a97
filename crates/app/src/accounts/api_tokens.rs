//! Personal API tokens.

use super::devices::asker;
use super::sessions::Proof;
use crate::audit::{Change, Event, Own, Recorder};
use crate::secrets::hash;
use crate::{Actor, App, Ctx, Error, fresh};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, TokenName};
use nameplate_domain::ids::{AgentId, ApiTokenId};
pub use nameplate_store::ApiTokenRow;
use nameplate_store::Tx;

/// What every token starts with, so that scanners for leaked secrets find it.
pub const PREFIX: &str = "np_";
/// Life of a token (`security.md` P6).
const LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
const USED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// A token that an agent wants.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Made with the form: the same form sent again makes no second token.
    pub id: ApiTokenId,
    /// What the agent calls it.
    pub name: TokenName,
    /// How long it works.
    pub life: SignedDuration,
}

/// Makes a token for the agent who asks and returns it with its row; it is never shown again. The same form sent again
/// replaces a token that nobody has used: whose text the first answer held may have been lost.
///
/// # Errors
/// `ReauthenticationRequired` or `Invalid` for the current password; `NotSignedIn` for API tokens, which make no others;
/// `Stale` when the form was used up.
pub async fn make(
    app: &App,
    ctx: &Ctx,
    new: NewToken,
    proof: impl Into<Proof<'_>>,
) -> Result<(String, ApiTokenRow), Error> {
    let (agent, _, _) = asker(ctx)?;
    super::sessions::reauthenticate(app, ctx, proof).await?;
    let token = format!("{PREFIX}{}", fresh::token());
    let row = ApiTokenRow {
        id: new.id,
        agent_id: agent,
        name: new.name.to_string(),
        created_at: ctx.now,
        expires_at: Some(ctx.now + new.life),
        last_used_at: None,
    };
    let (kept, token_hash) = (row.clone(), hash(&token));
    let (recorder, ctx) = (app.recorder(ctx), ctx.clone());
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent).await?;
            super::sessions::still_in(&tx, &ctx).await?;
            put(&tx, &recorder, &kept, &token_hash).await
        })
        .await?;
    Ok((token, row))
}

/// The tokens of the agent who asks, the newest first. Those that ended stay for a while, so that it can be seen why a
/// program stopped.
///
/// # Errors
/// `NotSignedIn`, for API tokens too.
pub async fn list(app: &App, ctx: &Ctx) -> Result<Vec<ApiTokenRow>, Error> {
    let (agent, _, _) = asker(ctx)?;
    Ok(app.store().read(|tx| async move { tx.api_tokens_of(agent).await }).await?)
}

/// Revokes a token of the agent who asks and says which it was; none when it was gone before.
///
/// # Errors
/// `NotSignedIn`, for API tokens too.
pub async fn revoke(app: &App, ctx: &Ctx, id: &str) -> Result<Option<ApiTokenRow>, Error> {
    let (agent, _, _) = asker(ctx)?;
    let Ok(id) = id.parse() else { return Ok(None) };
    let recorder = app.recorder(ctx);
    app.store().write(move |tx| async move { remove(&tx, &recorder, agent, id).await }).await
}

/// Makes a token for an agent and returns it; only its hash is kept.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, now: Timestamp, agent: AgentId, name: &str) -> Result<String, Error> {
    let token = format!("{PREFIX}{}", fresh::token());
    write(app, now, agent, name, &token, Some(now + LIFE)).await?;
    Ok(token)
}

/// Makes a token for the active account with this address; none when there is no such account.
///
/// # Errors
/// The database's.
pub async fn create_for(
    app: &App,
    now: Timestamp,
    email: EmailAddress,
    name: &str,
) -> Result<Option<String>, Error> {
    let agent = app.store().read(|tx| async move { tx.agent_by_email(&email).await }).await?;
    match agent.filter(|agent| agent.status == AgentStatus::Active) {
        Some(agent) => Ok(Some(create(app, now, agent.id, name).await?)),
        None => Ok(None),
    }
}

/// The tokens of the account with this address, the newest first; none when there is no such account.
///
/// # Errors
/// The database's.
pub async fn list_for(app: &App, email: EmailAddress) -> Result<Option<Vec<ApiTokenRow>>, Error> {
    app.store()
        .read(|tx| async move {
            let Some(agent) = tx.agent_by_email(&email).await? else { return Ok(None) };
            Ok(Some(tx.api_tokens_of(agent.id).await?))
        })
        .await
}

/// Revokes a token, whoever has it, and says which it was; none when there is no such token.
///
/// # Errors
/// The database's.
pub async fn revoke_for(
    app: &App,
    now: Timestamp,
    email: EmailAddress,
    id: ApiTokenId,
) -> Result<Option<ApiTokenRow>, Error> {
    let recorder = app.own_recorder(now, Own::CommandLine);
    app.store()
        .write(move |tx| async move {
            let Some(agent) = tx.agent_by_email(&email).await? else { return Ok(None) };
            remove(&tx, &recorder, agent.id, id).await
        })
        .await
}

async fn remove(
    tx: &Tx,
    recorder: &Recorder,
    agent: AgentId,
    id: ApiTokenId,
) -> Result<Option<ApiTokenRow>, Error> {
    let gone = tx.delete_api_token(agent, id).await?;
    if let Some(token) = &gone {
        let gone = Change::removed("token", &token.name);
        recorder.add(tx, agent, Event::TokenRevoked, vec![gone]).await?;
    }
    Ok(gone)
}

/// The id of a token to be made.
#[must_use]
pub fn new_id() -> ApiTokenId {
    ApiTokenId::new(fresh::uuid())
}

/// Makes a token of a known text that never ends: the demonstration prints the same one at every start.
///
/// # Errors
/// The database's.
pub async fn keep(app: &App, now: Timestamp, agent: AgentId, name: &str, token: &str) -> Result<(), Error> {
    write(app, now, agent, name, token, None).await
}

async fn write(
    app: &App,
    now: Timestamp,
    agent: AgentId,
    name: &str,
    token: &str,
    expires_at: Option<Timestamp>,
) -> Result<(), Error> {
    let row = ApiTokenRow {
        id: new_id(),
        agent_id: agent,
        name: name.to_owned(),
        created_at: now,
        expires_at,
        last_used_at: None,
    };
    let token_hash = hash(token);
    let recorder = app.own_recorder(now, Own::CommandLine);
    app.store().write(move |tx| async move { put(&tx, &recorder, &row, &token_hash).await }).await
}

/// Keeps a token and records it; `Stale` when its id was used up.
async fn put(tx: &Tx, recorder: &Recorder, row: &ApiTokenRow, token_hash: &[u8; 32]) -> Result<(), Error> {
    if !tx.put_api_token(row, token_hash).await? {
        return Err(Error::Stale);
    }
    recorder.add(tx, row.agent_id, Event::TokenCreated, vec![Change::added("token", &row.name)]).await
}

/// The agent for whom a token acts, if it is alive.
///
/// # Errors
/// The database's.
pub async fn recognise(app: &App, now: Timestamp, token: &str) -> Result<Option<(Actor, Agent)>, Error> {
    let token_hash = hash(token);
    let found = app
        .store()
        .read(|tx| async move {
            let Some(row) = tx.api_token(&token_hash).await? else { return Ok::<_, Error>(None) };
            let agent = tx.agent(row.agent_id).await?;
            Ok(agent.map(|agent| (row, agent)))
        })
        .await?;
    let Some((row, agent)) = found else { return Ok(None) };
    if agent.status != AgentStatus::Active || row.expires_at.is_some_and(|end| end <= now) {
        return Ok(None);
    }
    if row.last_used_at.is_none_or(|at| now.duration_since(at) > USED_EVERY) {
        let touched = app.store().write(move |tx| async move { tx.touch_api_token(row.id, now).await });
        if let Err(error) = touched.await {
            tracing::warn!(?error, "the last use of a token could not be noted");
        }
    }
    Ok(Some((Actor::Agent { id: agent.id, role: agent.role, session: None }, agent)))
}
