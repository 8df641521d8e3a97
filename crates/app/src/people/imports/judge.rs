//! What each row of a file would do, without doing it.

use super::columns::Column;
use super::fault::Fault;
use super::values::{Reading, Values};
use crate::accounts::email_undo;
use crate::accounts::slug::SlugRules;
use crate::{App, Error};
use jiff::Timestamp;
use nameplate_domain::account::{
    Agent, AgentStatus, EmailAddress, ExternalId, FieldKey, FieldValue, Problem, ProfileField, Slug,
};
use nameplate_domain::ids::AgentId;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody new is invited.
    Ready,
    /// There is an account with this address; these of its columns become others, or none.
    Here(Vec<Column>),
    /// The address stands on an earlier line.
    Duplicate(i64),
    /// It cannot be done.
    Invalid(Vec<Fault>),
}

impl Verdict {
    /// The word of its kind.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Here(_) => "here",
            Self::Duplicate(_) => "duplicate",
            Self::Invalid(_) => "invalid",
        }
    }
}

/// What is known of all accounts, read once for a whole file.
pub(super) struct Directory {
    agents: HashMap<String, Agent>,
    slugs: HashMap<String, AgentId>,
    erased: HashSet<String>,
    held: HashSet<String>,
    id_owners: HashMap<(FieldKey, ExternalId), AgentId>,
    fields: HashMap<AgentId, BTreeMap<FieldKey, FieldValue>>,
    pub(super) defined: Vec<ProfileField>,
    rules: SlugRules,
}

impl Directory {
    pub(super) async fn read(app: &App, now: Timestamp) -> Result<Self, Error> {
        let rules = SlugRules::of(app);
        app.store()
            .read(|tx| async move {
                let agents = tx.agents().await?;
                let mut fields = HashMap::<_, BTreeMap<_, _>>::new();
                for (agent, key, value) in tx.all_agent_fields().await? {
                    fields.entry(agent).or_default().insert(key, value);
                }
                let ids = tx.all_external_ids().await?.into_iter();
                let held = tx.all_held_emails(now - email_undo::LIFE).await?;
                Ok(Self {
                    agents: agents.into_iter().map(|agent| (agent.email.canonical(), agent)).collect(),
                    slugs: tx.all_slugs().await?.into_iter().collect(),
                    erased: tx.all_erased_slugs().await?.into_iter().collect(),
                    held: held.into_iter().map(|(email, _)| email).collect(),
                    id_owners: ids.map(|(agent, system, id)| ((system, id), agent)).collect(),
                    fields,
                    defined: tx.profile_fields().await?,
                    rules,
                })
            })
            .await
    }

    /// The systems in which somebody has an id.
    pub(super) fn systems(&self) -> Vec<FieldKey> {
        let mut systems: Vec<FieldKey> = self.id_owners.keys().map(|(system, _)| system.clone()).collect();
        systems.sort();
        systems.dedup();
        systems
    }

    fn slug_problem(&self, slug: &Slug, owner: Option<AgentId>) -> Option<Problem> {
        if self.rules.is_reserved(slug) {
            return Some(Problem::SlugReserved);
        }
        let holder = self.slugs.get(slug.as_str());
        let is_taken = holder.is_some_and(|holder| Some(*holder) != owner);
        let is_erased = holder.is_none() && self.erased.contains(&self.rules.hash(slug.as_str()));
        (is_taken || is_erased).then_some(Problem::SlugTaken)
    }

    /// What accounts that there are have against a row.
    fn faults(&self, values: &Values, agent: Option<&Agent>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let own = agent.map(|agent| agent.id);
        if agent.is_none() && self.held.contains(&values.email.canonical()) {
            faults.push(Fault::cell(&Column::Email, &Problem::EmailTaken));
        }
        if let Some(problem) = values.slug.as_ref().and_then(|slug| self.slug_problem(slug, own)) {
            faults.push(Fault::cell(&Column::Slug, &problem));
        }
        for (system, id) in &values.external_ids {
            let owner = id.as_ref().and_then(|id| self.id_owners.get(&(system.clone(), id.clone())));
            if owner.is_some_and(|owner| Some(*owner) != own) {
                faults.push(Fault::cell(&Column::ExternalId(system.clone()), &Problem::ExternalIdTaken));
            }
        }
        let Some(agent) = agent else { return faults };
        if agent.status == AgentStatus::Closed {
            faults.push(Fault::row("closed"));
        }
        // A column that was guessed wrong shall not make administrators of people who are here.
        if values.role.is_some_and(|role| role != agent.role) {
            faults.push(Fault::row("role-stays"));
        }
        faults
    }

    /// The columns of an account that would become others.
    fn changed(&self, values: &Values, agent: &Agent) -> Result<Vec<Column>, Problem> {
        let change = values.change_of(agent)?;
        let mut changed = Vec::new();
        let mut note = |differs: bool, column: Column| {
            if differs {
                changed.push(column);
            }
        };
        note(change.name.as_ref().is_some_and(|name| *name != agent.name), Column::Name);
        note(change.display_name.is_some_and(|name| name != agent.display_name), Column::DisplayName);
        note(change.slug.is_some_and(|slug| slug != agent.slug), Column::Slug);
        note(change.time_zone.is_some_and(|zone| zone != agent.time_zone), Column::TimeZone);
        note(change.phone_number.is_some(), Column::PhoneNumber);
        note(change.job_title.is_some_and(|title| title != agent.job_title), Column::JobTitle);
        for part in nameplate_domain::account::LocationField::ALL {
            let after = change.location.as_ref().map_or("", |location| location.part(part));
            note(change.location.is_some() && after != agent.location.part(part), Column::Location(part));
        }
        let held = self.fields.get(&agent.id);
        for (key, value) in change.fields {
            let before = held.and_then(|held| held.get(&key));
            note(before != value.as_ref(), Column::Field(key));
        }
        for (system, id) in change.external_ids {
            let owner = id.and_then(|id| self.id_owners.get(&(system.clone(), id)));
            note(owner != Some(&agent.id), Column::ExternalId(system));
        }
        Ok(changed)
    }

    fn verdict(&self, values: &Values) -> Verdict {
        let agent = self.agents.get(&values.email.canonical());
        let mut faults = self.faults(values, agent);
        let Some(agent) = agent else {
            if values.name.is_none() {
                faults.push(Fault::row("name-missing"));
            }
            faults.extend(values.new_profile().err().map(|problem| number(&problem)));
            return if faults.is_empty() { Verdict::Ready } else { Verdict::Invalid(faults) };
        };
        match self.changed(values, agent) {
            Ok(changed) if faults.is_empty() => Verdict::Here(changed),
            Ok(_) => Verdict::Invalid(faults),
            Err(problem) => Verdict::Invalid(faults.into_iter().chain([number(&problem)]).collect()),
        }
    }
}

fn number(problem: &Problem) -> Fault {
    Fault::cell(&Column::PhoneNumber, problem)
}

/// What earlier rows of the same file have.
#[derive(Default)]
pub(super) struct Earlier {
    emails: HashMap<String, i64>,
    slugs: HashMap<Slug, i64>,
    ids: HashMap<(FieldKey, ExternalId), i64>,
}

impl Earlier {
    /// The line on which this address stands for the first time, this one included.
    pub(super) fn first(&mut self, email: &EmailAddress, line: i64) -> i64 {
        *self.emails.entry(email.canonical()).or_insert(line)
    }

    /// The same, of a file that was looked through.
    pub(super) fn known(&self, email: &EmailAddress) -> Option<i64> {
        self.emails.get(&email.canonical()).copied()
    }

    /// What a row wants that an earlier one has, which comes first.
    fn faults(&mut self, values: &Values, line: i64) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(slug) = &values.slug {
            let first = *self.slugs.entry(slug.clone()).or_insert(line);
            if first != line {
                faults.push(Fault::beside_line("slug", "slug-twice", first));
            }
        }
        for (system, id) in &values.external_ids {
            let Some(id) = id else { continue };
            let first = *self.ids.entry((system.clone(), id.clone())).or_insert(line);
            if first != line {
                let column = Column::ExternalId(system.clone()).word();
                faults.push(Fault::beside_line(&column, "id-twice", first));
            }
        }
        faults
    }
}

/// What a row would do; the rows of a file are judged in their order.
pub(super) fn judge(
    directory: &Directory,
    reading: &Reading<'_>,
    earlier: &mut Earlier,
    line: i64,
    cells: &[String],
) -> Verdict {
    let first = reading.email(cells).map_or(line, |email| earlier.first(&email, line));
    if first != line {
        return Verdict::Duplicate(first);
    }
    let values = match reading.read(cells) {
        Ok(values) => values,
        Err(faults) => return Verdict::Invalid(faults),
    };
    let verdict = directory.verdict(&values);
    if matches!(verdict, Verdict::Invalid(_)) {
        // It takes nothing from those behind it.
        return verdict;
    }
    let twice = earlier.faults(&values, line);
    if twice.is_empty() { verdict } else { Verdict::Invalid(twice) }
}
