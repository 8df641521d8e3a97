//! What changed of the accounts since another program last asked, so that it stays in step.
//!
//! The audit log is the order of it: its entries are written with what they tell, one after the other, so nothing becomes visible behind what
//! was read before. A clock cannot promise that.

use crate::{App, Ctx, Error};
use nameplate_domain::account::Agent;
use nameplate_domain::ids::AgentId;

/// An account to which something happened.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Which account.
    pub id: AgentId,
    /// As it is now; none once it was erased.
    pub agent: Option<Agent>,
}

/// Each account once, the one that changed last at the end.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The accounts.
    pub accounts: Vec<Changed>,
    /// From where to ask next.
    pub next: i64,
    /// Whether there is more already.
    pub more: bool,
}

/// Up to `limit` accounts to which something happened behind `after`; from the beginning behind 0. None where the log does not reach as far as
/// `after`: the database is another one, or an older copy.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn changes(app: &App, ctx: &Ctx, after: i64, limit: usize) -> Result<Option<Changes>, Error> {
    ctx.admin()?;
    app.store()
        .read(move |tx| async move {
            if after > tx.audit_head().await?.sequence {
                return Ok(None);
            }
            let mut places = tx.accounts_changed_behind(after, limit + 1).await?;
            let more = places.len() > limit;
            places.truncate(limit);
            let next = places.last().map_or(after, |(_, place)| *place);
            let mut accounts = Vec::with_capacity(places.len());
            for (id, _) in places {
                accounts.push(Changed { id, agent: tx.agent(id).await? });
            }
            Ok(Some(Changes { accounts, next, more }))
        })
        .await
}
