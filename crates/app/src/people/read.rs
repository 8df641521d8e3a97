//! Accounts for other programs: page after page, and what another one changes.

use super::list::matches;
use crate::accounts::profile::{self, ProfileChange};
use crate::{Actor, App, Ctx, Error};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::fold;
pub use nameplate_store::AgentFilter;

/// How many accounts are read at once where words are looked for.
const CHUNK: usize = 500;

/// Some accounts, in the order of their making.
#[derive(Debug, Clone)]
pub struct Found {
    /// The accounts.
    pub agents: Vec<Agent>,
    /// Whether there are more behind the last one.
    pub more: bool,
}

/// Up to `limit` accounts behind `after` that have all words of `search` in name, email address, slug or job title, whatever the case and
/// the accents.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn page(
    app: &App,
    ctx: &Ctx,
    filter: AgentFilter,
    search: &str,
    after: Option<AgentId>,
    limit: usize,
) -> Result<Found, Error> {
    ctx.admin()?;
    let wanted = fold(search);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    // No database folds the letters of all scripts, so words are looked for here.
    let chunk = if words.is_empty() { limit + 1 } else { CHUNK };
    let (mut agents, mut behind) = (Vec::new(), after);
    loop {
        let filter = filter.clone();
        let read =
            app.store().read(|tx| async move { tx.agents_behind(behind, &filter, chunk).await }).await?;
        behind = read.last().map(|agent| agent.id);
        let is_last = read.len() < chunk;
        agents.extend(read.into_iter().filter(|agent| matches(agent, &words)));
        if is_last || agents.len() > limit {
            break;
        }
    }
    let more = agents.len() > limit;
    agents.truncate(limit);
    Ok(Found { agents, more })
}

/// The account with this slug or id: any for an admin, the own one for everybody else.
///
/// # Errors
/// `NotFound`, also for somebody else's; `NotSignedIn`.
pub async fn find(app: &App, ctx: &Ctx, slug_or_id: &str) -> Result<Agent, Error> {
    let asks = ctx.agent()?;
    let is_admin = matches!(ctx.actor, Actor::Agent { role: Role::Admin, .. });
    let agent = crate::accounts::find(app, slug_or_id).await?;
    if is_admin || agent.id == asks { Ok(agent) } else { Err(Error::NotFound) }
}

/// Changes somebody's profile. Its agent reads who did it in the account's activity.
///
/// # Errors
/// As [`profile::change`]; `Stale` for an account that its agent has closed; `NotSignedIn` for anybody but an admin.
pub async fn change_profile(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    change: ProfileChange,
    expected: impl FnOnce(&Agent) -> bool + Send + 'static,
) -> Result<Agent, Error> {
    ctx.admin()?;
    let expected = move |agent: &Agent| agent.status != AgentStatus::Closed && expected(agent);
    profile::change_of(app, ctx, id, change, expected).await
}
