//! The profile URL: checking, changing, and the former ones that lead here for ever.

use crate::{App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, Problem, Slug};
pub use nameplate_store::SlugRow;
use nameplate_store::Tx;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What the live check says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlugCheck {
    /// Nobody has or had it.
    Free,
    /// It is the agent's own, now or formerly.
    Own,
    /// It cannot be had, with three that can.
    Refused(Problem, Vec<String>),
}

/// Whether the agent who asks could have this slug.
///
/// # Errors
/// `NotSignedIn`.
pub async fn check(app: &App, ctx: &Ctx, typed: &str) -> Result<SlugCheck, Error> {
    let id = ctx.agent()?;
    let slug = match Slug::parse(typed) {
        Ok(slug) => slug,
        Err(problem) => return Ok(SlugCheck::Refused(problem, suggestions(app, ctx, typed).await?)),
    };
    if slug.is_reserved(&app.settings().reserved) {
        return Ok(SlugCheck::Refused(Problem::SlugReserved, suggestions(app, ctx, typed).await?));
    }
    let wanted = slug.to_string();
    match app.store().read(|tx| async move { tx.slug_owner(&wanted).await }).await? {
        None => Ok(SlugCheck::Free),
        Some(owner) if owner == id => Ok(SlugCheck::Own),
        Some(_) => Ok(SlugCheck::Refused(Problem::SlugTaken, suggestions(app, ctx, typed).await?)),
    }
}

/// Three free slugs: what was typed with a number, or the name.
async fn suggestions(app: &App, ctx: &Ctx, typed: &str) -> Result<Vec<String>, Error> {
    let agent = super::own(app, ctx).await?;
    let base = nameplate_domain::account::FullName::parse(typed)
        .map_or_else(|_| Slug::suggest(&agent.name), |text| Slug::suggest(&text));
    let candidates: Vec<Slug> =
        std::iter::once(base.clone()).chain((2..12).map(|n| base.numbered(n))).collect();
    let names: Vec<String> = candidates
        .iter()
        .filter(|slug| !slug.is_reserved(&app.settings().reserved))
        .map(ToString::to_string)
        .collect();
    let asked = names.clone();
    let taken = app.store().read(|tx| async move { tx.slugs_taken(&asked).await }).await?;
    Ok(names.into_iter().filter(|name| !taken.contains(name)).take(3).collect())
}

/// Refuses a slug that the server itself needs.
pub(super) fn unreserved(app: &App, slug: &Slug) -> Result<(), Error> {
    if slug.is_reserved(&app.settings().reserved) {
        return Err(Error::invalid("slug", Problem::SlugReserved));
    }
    Ok(())
}

/// Gives the agent their slug, unless somebody else has or had it. The agent is locked.
pub(super) async fn claim_in(tx: &Tx, agent: &Agent, now: Timestamp) -> Result<(), Error> {
    if tx.slug_owner(agent.slug.as_str()).await?.is_some_and(|owner| owner != agent.id) {
        return Err(Error::invalid("slug", Problem::SlugTaken));
    }
    tx.claim_slug(agent.slug.as_str(), agent.id, now).await.map_err(super::add::taken)
}

/// The agent's former slugs with their visits, newest first.
///
/// # Errors
/// The database's.
pub async fn former(app: &App, agent: &Agent) -> Result<Vec<SlugRow>, Error> {
    let id = agent.id;
    let mut rows = app.store().read(|tx| async move { tx.slugs_of(id).await }).await?;
    rows.retain(|row| row.slug != agent.slug.as_str());
    let visits = app.visits().lock().unwrap_or_else(PoisonError::into_inner);
    for row in &mut rows {
        if let Some((count, last)) = visits.get(&row.slug) {
            row.hits += count;
            row.last_hit_at = row.last_hit_at.max(Some(*last));
        }
    }
    drop(visits);
    Ok(rows)
}

/// Visits of former slugs that the database does not know yet: how many, and the last of them. In one order on every node,
/// because they are written in it.
pub(crate) type Visits = Mutex<BTreeMap<String, (i64, Timestamp)>>;

/// Counts a visit of a former slug. A GET writes nothing: [`keep_visits`] does, now and then.
pub fn visited(app: &App, former: &str, now: Timestamp) {
    let mut visits = app.visits().lock().unwrap_or_else(PoisonError::into_inner);
    let (count, last) = visits.entry(former.to_owned()).or_insert((0, now));
    *count += 1;
    *last = now.max(*last);
}

/// Writes down the visits counted so far. Those that cannot be written are lost: they are a hint, not a record.
///
/// # Errors
/// The database's.
pub async fn keep_visits(app: &App) -> Result<(), Error> {
    let visits = std::mem::take(&mut *app.visits().lock().unwrap_or_else(PoisonError::into_inner));
    if visits.is_empty() {
        return Ok(());
    }
    let written = app.store().write(move |tx| async move {
        for (slug, (count, last)) in &visits {
            tx.add_slug_hits(slug, *count, *last).await?;
        }
        Ok::<_, Error>(())
    });
    written.await
}
