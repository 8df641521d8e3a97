//! The agent's own account: signing in, and every field of My Account.

pub mod add;
pub mod api_tokens;
pub mod calendar_feed;
mod changes;
pub mod contact;
pub mod data;
pub mod devices;
pub mod email_change;
pub mod email_undo;
pub mod external_ids;
pub mod language;
pub mod notifications;
pub mod oidc;
pub mod own_texts;
pub mod passkeys;
pub mod passphrase;
pub mod password;
pub mod password_reset;
pub mod picture;
pub mod preferences;
pub mod preview;
pub mod profile;
pub mod sessions;
pub mod set_up;
pub mod slug;
pub mod step_up;
pub mod time_zone;
pub mod two_step;
pub mod unfinished;
pub mod ways_in;

use crate::{App, Ctx, Error};
use nameplate_domain::account::Agent;
use nameplate_domain::ids::AgentId;
use nameplate_store::Tx;

/// The account of the agent who asks.
///
/// # Errors
/// `NotSignedIn`.
pub async fn own(app: &App, ctx: &Ctx) -> Result<Agent, Error> {
    let id = ctx.agent()?;
    app.store().read(|tx| async move { tx.agent(id).await }).await?.ok_or(Error::NotSignedIn)
}

/// The agent that a slug or an id names, with the slug of today when a former one was given.
///
/// # Errors
/// `NotFound`.
pub async fn find(app: &App, slug_or_id: &str) -> Result<Agent, Error> {
    let wanted = slug_or_id.to_owned();
    let found = app.store().read(|tx| async move { find_in(&tx, &wanted).await }).await?;
    found.ok_or(Error::NotFound)
}

/// The id of the agent that a slug or an id names; whether an id is anybody's is not asked.
pub(crate) async fn id_in(tx: &Tx, slug_or_id: &str) -> Result<Option<AgentId>, Error> {
    if !is_name(slug_or_id) {
        return Ok(None);
    }
    Ok(match slug_or_id.parse() {
        Ok(id) => Some(id),
        Err(_) => tx.slug_owner(&slug_or_id.to_lowercase()).await?,
    })
}

/// What can be neither slug nor id never reaches the database: PostgreSQL takes no NUL.
fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

pub(crate) async fn find_in(tx: &Tx, slug_or_id: &str) -> Result<Option<Agent>, Error> {
    if !is_name(slug_or_id) {
        return Ok(None);
    }
    Ok(match slug_or_id.parse() {
        Ok(id) => tx.agent(id).await?,
        Err(_) => tx.agent_by_slug(&slug_or_id.to_lowercase()).await?,
    })
}
