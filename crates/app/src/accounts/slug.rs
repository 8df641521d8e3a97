//! The profile URL: checking, changing, and the former ones that lead here for ever.

use crate::{App, Ctx, Error};
use nameplate_domain::account::{Agent, Problem, Slug};

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
        Some(owner) if owner.agent_id == id => Ok(SlugCheck::Own),
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

/// Gives the agent who asks another slug. The former one leads to them for ever and goes to nobody else.
///
/// # Errors
/// `Invalid` when it cannot be had; `Stale` when `version` is given and not the account's latest.
pub async fn change(app: &App, ctx: &Ctx, slug: Slug, version: Option<i64>) -> Result<Agent, Error> {
    if slug.is_reserved(&app.settings().reserved) {
        return Err(Error::invalid("slug", Problem::SlugReserved));
    }
    let (id, now) = (ctx.agent()?, ctx.now);
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(id).await?;
            let mut agent = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
            if version.is_some_and(|seen| seen != agent.version) {
                return Err(Error::Stale);
            }
            if tx.slug_owner(slug.as_str()).await?.is_some_and(|owner| owner.agent_id != id) {
                return Err(Error::invalid("slug", Problem::SlugTaken));
            }
            tx.claim_slug(slug.as_str(), id, now).await.map_err(super::add::taken)?;
            agent.slug = slug;
            if !tx.save_agent(&agent, now).await? {
                return Err(Error::Stale);
            }
            agent.version += 1;
            Ok(agent)
        })
        .await
}

/// The agent's former slugs, newest first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn former(app: &App, agent: &Agent) -> Result<Vec<String>, Error> {
    let id = agent.id;
    let all = app.store().read(|tx| async move { tx.slugs_of(id).await }).await?;
    Ok(all.into_iter().filter(|slug| slug != agent.slug.as_str()).collect())
}
