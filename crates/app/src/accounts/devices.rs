//! Where an account is signed in, and ending it there (`ux.md` SE-rows, `security.md` A10).

use super::sessions::{end, ends};
use crate::audit::{Change, Event};
use crate::{Actor, App, Ctx, Error, SignedIn};
use jiff::Timestamp;
use nameplate_domain::account::Role;
use nameplate_domain::ids::AgentId;
use nameplate_store::SessionRow;

/// A signed-in browser as its agent sees it.
#[derive(Debug, Clone)]
pub struct Device {
    /// Names it to us; nothing of the token can be told from it.
    pub id: String,
    /// The session.
    pub session: SessionRow,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// Whether using it moves that end.
    pub is_prolonged: bool,
}

/// The sessions of the agent who asks: the own one first, the others by their last use.
///
/// # Errors
/// `NotSignedIn`, for API tokens too: they have no devices.
pub async fn list(app: &App, ctx: &Ctx) -> Result<Vec<Device>, Error> {
    let (agent, role, own) = asker(ctx)?;
    let rows = app.store().read(|tx| async move { tx.sessions_of(agent).await }).await?;
    let device = |session: SessionRow| {
        let (unused, at_last) = ends(app, &session, role);
        Device {
            id: app.secrets().pseudonym("session", &crate::secrets::hex(&session.token_hash)),
            is_this: session.token_hash == own.token_hash,
            ends_at: unused.min(at_last),
            is_prolonged: unused < at_last,
            session,
        }
    };
    let mut devices: Vec<_> =
        rows.into_iter().map(device).filter(|device| device.ends_at > ctx.now).collect();
    devices.sort_by_key(|device| !device.is_this);
    Ok(devices)
}

/// Ends one session of the agent who asks and says which it was; none when it had ended before.
///
/// # Errors
/// `NotSignedIn`.
pub async fn end_one(app: &App, ctx: &Ctx, id: &str) -> Result<Option<Device>, Error> {
    let found = list(app, ctx).await?.into_iter().find(|device| device.id == id);
    if let Some(device) = &found {
        end(app, ctx, device.session.token_hash, Event::SessionEnded).await?;
    }
    Ok(found)
}

/// Ends all sessions of the agent who asks but the one in which they ask.
///
/// # Errors
/// `NotSignedIn`.
pub async fn end_others(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let (agent, _, own) = asker(ctx)?;
    let recorder = app.recorder(ctx);
    app.store()
        .write(move |tx| async move {
            let count = tx.delete_other_sessions(agent, &own.token_hash).await?;
            recorder.add(&tx, agent, Event::SessionsEnded, vec![Change::removed("sessions", count)]).await
        })
        .await
}

/// The agent who asks from a browser.
pub(super) fn asker(ctx: &Ctx) -> Result<(AgentId, Role, SignedIn), Error> {
    match ctx.actor {
        Actor::Agent { id, role, session: Some(session) } => Ok((id, role, session)),
        Actor::Agent { .. } | Actor::Link { .. } | Actor::Nobody => Err(Error::NotSignedIn),
    }
}
