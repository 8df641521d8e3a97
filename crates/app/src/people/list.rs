//! Who is there: searched, filtered, sorted, in pages (AD-01, AD-02).

use crate::audit::Event;
use crate::{App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::fold;
use std::cmp::Ordering;

/// People on a page.
pub const PAGE: usize = 50;

/// What people are sorted by; those who are alike, by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By email address.
    Email,
    /// By role, admins first.
    Role,
    /// By status, in the order of [`AgentStatus::ALL`].
    Status,
}

/// Which people, in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that are all in name, email address, slug or job title, whatever the case and the accents.
    pub search: String,
    /// Only these.
    pub role: Option<Role>,
    /// Only these.
    pub status: Option<AgentStatus>,
    /// The order.
    pub sort: Sort,
    /// The other way round.
    pub descending: bool,
    /// From 1; a page behind the last one is the last one.
    pub page: usize,
}

/// Somebody.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub agent: Agent,
    /// When they last signed in.
    pub last_sign_in: Option<Timestamp>,
}

/// A page of people.
#[derive(Debug, Clone)]
pub struct People {
    /// Those on this page.
    pub people: Vec<Person>,
    /// How many were found.
    pub found: usize,
    /// How many there are in all.
    pub all: usize,
    /// This page.
    pub page: usize,
    /// How many pages there are; at least one.
    pub pages: usize,
}

/// The people of the organisation that a filter lets through.
///
/// Every account is read and looked at here, because no database folds the letters of all scripts: at 20,000 accounts some tenths of a second of an
/// admin's time.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn list(app: &App, ctx: &Ctx, filter: &Filter) -> Result<People, Error> {
    ctx.admin()?;
    let agents = app.store().read(|tx| async move { tx.agents().await }).await?;
    let all = agents.len();
    let found = filtered(agents, filter);
    let count = found.len();
    let pages = count.div_ceil(PAGE).max(1);
    let page = filter.page.clamp(1, pages);
    let shown: Vec<Agent> = found.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let people = app
        .store()
        .read(|tx| async move {
            let mut people = Vec::with_capacity(shown.len());
            for agent in shown {
                let last_sign_in = tx.last_happened(agent.id, Event::SignIn.name()).await?;
                people.push(Person { agent, last_sign_in });
            }
            Ok::<_, Error>(people)
        })
        .await?;
    Ok(People { people, found: count, all, page, pages })
}

/// All people that a filter lets through, whatever the page, in its order.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn ids(app: &App, ctx: &Ctx, filter: &Filter) -> Result<Vec<AgentId>, Error> {
    ctx.admin()?;
    let agents = app.store().read(|tx| async move { tx.agents().await }).await?;
    Ok(filtered(agents, filter).into_iter().map(|agent| agent.id).collect())
}

fn filtered(agents: Vec<Agent>, filter: &Filter) -> Vec<Agent> {
    let wanted = fold(&filter.search);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut found: Vec<(String, Agent)> = agents
        .into_iter()
        .filter(|agent| filter.role.is_none_or(|role| agent.role == role))
        .filter(|agent| filter.status.is_none_or(|status| agent.status == status))
        .filter(|agent| matches(agent, &words))
        .map(|agent| (fold(agent.name.as_str()), agent))
        .collect();
    found.sort_by(|one, other| {
        let order = order(filter.sort, one, other);
        let order = if filter.descending { order.reverse() } else { order };
        order.then_with(|| one.0.cmp(&other.0)).then_with(|| one.1.id.cmp(&other.1.id))
    });
    found.into_iter().map(|(_, agent)| agent).collect()
}

/// Whether all words are in name, email address, slug or job title; both sides folded.
pub(super) fn matches(agent: &Agent, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let display = agent.display_name.as_ref().map(ToString::to_string).unwrap_or_default();
    let job = agent.job_title.as_ref().map(ToString::to_string).unwrap_or_default();
    let text = fold(&format!("{} {display} {} {} {job}", agent.name, agent.email.shown(), agent.slug));
    words.iter().all(|word| text.contains(word))
}

fn order(sort: Sort, (name, one): &(String, Agent), (other_name, other): &(String, Agent)) -> Ordering {
    match sort {
        Sort::Name => name.cmp(other_name),
        Sort::Email => one.email.canonical().cmp(&other.email.canonical()),
        Sort::Role => other.role.cmp(&one.role),
        Sort::Status => one.status.cmp(&other.status),
    }
}
