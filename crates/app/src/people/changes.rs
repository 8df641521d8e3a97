//! What changed of the accounts since another program last asked, so that it stays in step.
//!
//! The audit log is the order of it: its entries are written with what they tell, one after the other, so nothing becomes visible behind what
//! was read before. A clock cannot promise that.

use crate::{App, Ctx, Error, hex};
use nameplate_domain::account::{Agent, Problem};
use nameplate_domain::ids::AgentId;
use nameplate_store::Tx;
use std::fmt;
use std::str::FromStr;

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
    pub next: Cursor,
    /// Whether there is more already.
    pub more: bool,
}

/// A place in the log, with some of the code of its entry: a log that went on after an older copy was restored has another one there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    place: i64,
    code: String,
}

impl FromStr for Cursor {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (place, code) = text.split_once('-').ok_or(Problem::NotAChoice)?;
        let place = place.parse().ok().filter(|place| *place > 0).ok_or(Problem::NotAChoice)?;
        Ok(Self { place, code: code.to_owned() })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.place, self.code)
    }
}

impl Cursor {
    /// The place of an entry of the log; none where there is no such entry.
    async fn at(tx: &Tx, place: i64) -> Result<Option<Self>, Error> {
        let row = tx.audit_after(place - 1, 1).await?.pop().filter(|row| row.sequence == place);
        Ok(row.map(|row| Self { place, code: hex(&row.chain).chars().take(12).collect() }))
    }
}

/// Up to `limit` accounts to which something happened behind `after`; from the beginning without it. None where the log has another entry
/// there, or ends before: the database is another one, or an older copy was restored.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn changes(
    app: &App,
    ctx: &Ctx,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Option<Changes>, Error> {
    ctx.admin()?;
    app.store()
        .read(move |tx| async move {
            // Read first: up to here, everything is seen by what is read next.
            let head = tx.audit_head().await?.sequence;
            let behind = after.as_ref().map_or(0, |cursor| cursor.place);
            if after.is_some() && after != Cursor::at(&tx, behind).await? {
                return Ok(None);
            }
            let mut places = tx.accounts_changed_behind(behind, limit + 1).await?;
            let more = places.len() > limit;
            places.truncate(limit);
            let last = places.last().map_or(behind, |(_, place)| *place);
            let last = if more { last } else { last.max(head) };
            let next = Cursor::at(&tx, last).await?.ok_or(Error::Internal("the log has no such entry"))?;
            let mut accounts = Vec::with_capacity(places.len());
            for (id, _) in places {
                accounts.push(Changed { id, agent: tx.agent(id).await? });
            }
            Ok(Some(Changes { accounts, next, more }))
        })
        .await
}
