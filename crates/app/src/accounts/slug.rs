//! The profile URL: checking, changing, and the former ones that lead here for ever.

use crate::{App, Ctx, Error, Secrets};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, Problem, Slug};
use nameplate_domain::ids::AgentId;
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
    let rules = SlugRules::of(app);
    match app.store().read(|tx| async move { rules.holder(&tx, slug.as_str()).await }).await? {
        Holder::Nobody => Ok(SlugCheck::Free),
        Holder::Agent(owner) if owner == id => Ok(SlugCheck::Own),
        Holder::Agent(_) | Holder::Erased => {
            Ok(SlugCheck::Refused(Problem::SlugTaken, suggestions(app, ctx, typed).await?))
        }
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
    let rules = SlugRules::of(app);
    app.store()
        .read(|tx| async move {
            let mut free = Vec::new();
            for name in names {
                if free.len() < 3 && matches!(rules.holder(&tx, &name).await?, Holder::Nobody) {
                    free.push(name);
                }
            }
            Ok(free)
        })
        .await
}

/// Whose a slug is.
pub(super) enum Holder {
    /// Nobody has or had it.
    Nobody,
    /// This agent has or had it.
    Agent(AgentId),
    /// Somebody had it whose account was erased.
    Erased,
}

/// What decides, besides its form, whether a slug can be had.
#[derive(Clone)]
pub(crate) struct SlugRules {
    reserved: Vec<&'static str>,
    secrets: Secrets,
}

impl SlugRules {
    pub(crate) fn of(app: &App) -> Self {
        Self { reserved: app.settings().reserved.clone(), secrets: app.secrets().clone() }
    }

    pub(crate) fn is_reserved(&self, slug: &Slug) -> bool {
        slug.is_reserved(&self.reserved)
    }

    /// Refuses a slug that the server itself needs.
    pub(super) fn unreserved(&self, slug: &Slug) -> Result<(), Error> {
        if self.is_reserved(slug) { Err(Error::invalid("slug", Problem::SlugReserved)) } else { Ok(()) }
    }

    /// What is kept of this slug once its account is erased.
    pub(crate) fn hash(&self, slug: &str) -> String {
        hash(&self.secrets, slug)
    }

    /// Whose the slug is. The erased are asked last: one who is erased meanwhile is found there, not nowhere.
    pub(super) async fn holder(&self, tx: &Tx, slug: &str) -> Result<Holder, Error> {
        if let Some(agent) = tx.slug_owner(slug).await? {
            return Ok(Holder::Agent(agent));
        }
        let erased = tx.is_slug_erased(&hash(&self.secrets, slug)).await?;
        Ok(if erased { Holder::Erased } else { Holder::Nobody })
    }
}

/// What stays of an erased account's slug: enough to give it to nobody again, and not to be read.
pub(super) fn hash(secrets: &Secrets, slug: &str) -> String {
    secrets.pseudonym("erased slug", slug)
}

/// Gives the agent their slug, unless somebody else has or had it. The agent is locked.
pub(super) async fn claim_in(tx: &Tx, rules: &SlugRules, agent: &Agent, now: Timestamp) -> Result<(), Error> {
    match rules.holder(tx, agent.slug.as_str()).await? {
        Holder::Nobody => {}
        Holder::Agent(owner) if owner == agent.id => {}
        Holder::Agent(_) | Holder::Erased => return Err(Error::invalid("slug", Problem::SlugTaken)),
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
