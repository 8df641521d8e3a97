//! A new agent, made by an admin, the set-up or the command line.

use super::slug::{Holder, SlugRules};
use crate::audit::{Change, Event, Own, Recorder};
use crate::{App, Error, fresh, webhooks};
use jiff::Timestamp;
use jiff::civil::Weekday;
use nameplate_domain::account::{
    Agent, AgentStatus, EmailAddress, FullName, Location, MeetingTypeName, MeetingTypeSlug, Notifications,
    Preferences, Problem, Role, Slug, Visibility,
};
use nameplate_domain::ids::{AgentId, MeetingTypeId};
use nameplate_domain::meetings::MeetingType;
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::availability::{Availability, Interval, TimeOfDay};
use nameplate_domain::time::slots::Rules;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{Constraint, Error as StoreError, Tx};

/// What a new account begins with.
#[derive(Debug, Clone)]
pub struct NewAgent {
    /// Full name.
    pub name: FullName,
    /// Sign-in address.
    pub email: EmailAddress,
    /// First password, as typed.
    pub password: String,
    /// What they may do.
    pub role: Role,
    /// Their zone.
    pub time_zone: ZoneId,
    /// Their slug; suggested from the name when absent.
    pub slug: Option<Slug>,
}

/// Makes the account with Monday to Friday 9 to 17 and one meeting type, so that its profile URL can be booked at once.
///
/// # Errors
/// `Invalid` for a taken email address or slug, or a password that the policy refuses.
pub async fn add(app: &App, now: Timestamp, new: NewAgent) -> Result<Agent, Error> {
    let organisation = super::set_up::organisation_name(app).await?;
    let (agent, hash) = prepare(app, &new, &organisation).await?;
    let rules = SlugRules::of(app);
    let fixed = new.slug.is_some();
    let (inner, recorder) = (app.clone(), app.own_recorder(now, Own::CommandLine));
    app.store()
        .write(move |tx| async move {
            let agent = insert(&tx, &recorder, agent, Some(&hash), &rules, fixed, now).await?;
            webhooks::of_agent(&inner, &tx, HookEvent::AgentCreated, agent.id, now).await?;
            Ok(agent)
        })
        .await
}

/// Checks the password and hashes it, before any transaction.
pub(crate) async fn prepare(app: &App, new: &NewAgent, organisation: &str) -> Result<(Agent, String), Error> {
    let agent = begun(new);
    let minimum = app.settings().password_policy.minimum(false);
    let typed = ("password", new.password.as_str());
    let hash = super::password::hash_new(app, typed, minimum, &agent, organisation).await?;
    Ok((agent, hash.phc))
}

/// An account as it begins.
pub(crate) fn begun(new: &NewAgent) -> Agent {
    Agent {
        id: AgentId::new(fresh::uuid()),
        name: new.name.clone(),
        display_name: None,
        email: new.email.clone(),
        slug: new.slug.clone().unwrap_or_else(|| Slug::suggest(&new.name)),
        time_zone: new.time_zone.clone(),
        phone_number: None,
        job_title: None,
        location: Location::default(),
        picture: None,
        visibility: Visibility::default(),
        preferences: Preferences::default(),
        notifications: Notifications::default(),
        role: new.role,
        status: AgentStatus::Active,
        version: 1,
    }
}

/// Writes the account. A suggested slug that is taken gets the next free number; one that was asked for is refused.
pub(crate) async fn insert(
    tx: &Tx,
    recorder: &Recorder,
    mut agent: Agent,
    hash: Option<&str>,
    rules: &SlugRules,
    fixed_slug: bool,
    now: Timestamp,
) -> Result<Agent, Error> {
    let held = super::email_undo::is_held(tx, &agent.email, agent.id, now).await?;
    if held || tx.agent_by_email(&agent.email).await?.is_some() {
        return Err(Error::invalid("email", Problem::EmailTaken));
    }
    let wanted = agent.slug.clone();
    for n in 2.. {
        let taken = !matches!(rules.holder(tx, agent.slug.as_str()).await?, Holder::Nobody);
        let problem = match (rules.is_reserved(&agent.slug), taken) {
            (true, _) => Problem::SlugReserved,
            (_, true) => Problem::SlugTaken,
            (false, false) => break,
        };
        if fixed_slug {
            return Err(Error::invalid("slug", problem));
        }
        // The hundredth of one name shall not ask for all that came before.
        let chance = || 1_000 + u32::from_be_bytes(fresh::bytes()) % 1_000_000;
        agent.slug = wanted.numbered(if n <= 20 { n } else { chance() });
    }
    tx.insert_agent(&agent, hash, now).await.map_err(taken)?;
    tx.save_availability(agent.id, &weekdays_nine_to_five(), 0).await?;
    tx.insert_meeting_type(&first_meeting_type(agent.id), now).await?;
    let first = vec![Change::added("email", &agent.email), Change::added("slug", &agent.slug)];
    recorder.add(tx, agent.id, Event::AccountAdded, first).await?;
    Ok(agent)
}

pub(crate) fn taken(error: StoreError) -> Error {
    match error {
        StoreError::Conflict(Constraint::AgentEmail) => Error::invalid("email", Problem::EmailTaken),
        StoreError::Conflict(Constraint::Slug) => Error::invalid("slug", Problem::SlugTaken),
        other => other.into(),
    }
}

/// Monday to Friday, 09:00 to 17:00.
#[must_use]
pub fn weekdays_nine_to_five() -> Availability {
    let mut availability = Availability::default();
    let nine_to_five = TimeOfDay::from_minutes(9 * 60).zip(TimeOfDay::from_minutes(17 * 60));
    let Some(hours) = nine_to_five.and_then(|(start, end)| Interval::new(start, end)) else {
        return availability;
    };
    for day in [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday] {
        *availability.weekly.day_mut(day) = vec![hours];
    }
    availability
}

fn first_meeting_type(agent_id: AgentId) -> MeetingType {
    MeetingType {
        id: MeetingTypeId::new(fresh::uuid()),
        agent_id,
        slug: MeetingTypeSlug::stored("meeting"),
        name: MeetingTypeName::stored("Video meeting"),
        description: None,
        place: None,
        rules: Rules::usual(30),
        version: 1,
    }
}
