//! Fills a database for `cargo xtask bench`: `load URL AGENTS MEETINGS REMINDERS` adds `agent-0`, `agent-1`, … with so many meetings
//! each, of which so many have a reminder that is due, and `busy-0`, `busy-100`, `busy-1000` with so many meetings in the coming 31
//! days. All work Mon-Fri 9-17 in Berlin and offer `intro`, 30 minutes long.

use anyhow::{Context, Result, anyhow};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{
    Agent, AgentStatus, CustomerName, EmailAddress, FullName, Location, MeetingTypeName, MeetingTypeSlug,
    Notification, Notifications, Preferences, Problem, RecipientRole, Role, Slug, Visibility,
};
use nameplate_domain::ids::{AgentId, MeetingId, MeetingTypeId, OutboxId};
use nameplate_domain::meetings::{Booking, Customer, Meeting, MeetingType};
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::slots::Rules;
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_store::{Channel, Error, Organisation, OutboxRow, Store, Tx};
use serde_json::json;
use uuid::Uuid;

/// How many agents go in one transaction.
const CHUNK: usize = 50;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().context("which database?")?;
    let agents: usize = arguments.next().context("how many agents?")?.parse()?;
    let meetings: i64 = arguments.next().context("how many meetings each?")?.parse()?;
    let reminders: usize = arguments.next().context("how many reminders each?")?.parse()?;
    let store = Store::open(&url).await?;
    #[expect(clippy::disallowed_methods, reason = "no request gives the loader its instant")]
    let mut maker = Maker { now: Timestamp::now(), serial: 0, tzdb: Tzdb::bundled(), hours: hours()? };
    let mut all = Vec::new();
    for busy in [0, 100, 1000] {
        all.push(maker.person(&format!("busy-{busy}"), busy, 0)?);
    }
    for number in 0..agents {
        all.push(maker.person(&format!("agent-{number}"), meetings, reminders)?);
    }
    let organisation = Organisation { name: "Example".to_owned(), locale: "en".to_owned() };
    store.write(|tx| async move { tx.save_organisation(&organisation).await }).await?;
    let now = maker.now;
    while !all.is_empty() {
        let chunk = all.split_off(all.len().saturating_sub(CHUNK));
        let hours = maker.hours.clone();
        store.write(move |tx| async move { keep(&tx, chunk, &hours, now).await }).await?;
    }
    Ok(())
}

/// An agent with what they offer and what they have.
struct Person {
    agent: Agent,
    offers: MeetingType,
    meetings: Vec<Meeting>,
    reminders: Vec<OutboxRow>,
}

async fn keep(tx: &Tx, people: Vec<Person>, hours: &Availability, now: Timestamp) -> Result<(), Error> {
    for person in people {
        tx.insert_agent(&person.agent, None, now).await?;
        tx.save_availability(person.agent.id, hours, 0).await?;
        tx.insert_meeting_type(&person.offers, now).await?;
        for meeting in &person.meetings {
            tx.insert_meeting(meeting).await?;
        }
        tx.enqueue_all(&person.reminders).await?;
    }
    Ok(())
}

struct Maker {
    now: Timestamp,
    serial: u64,
    tzdb: Tzdb,
    hours: Availability,
}

impl Maker {
    fn person(&mut self, slug: &str, meetings: i64, reminders: usize) -> Result<Person> {
        let zone = ZoneId::stored("Europe/Berlin");
        let agent = Agent {
            id: AgentId::new(self.id()),
            name: FullName::parse("Ada Agent").map_err(wrong)?,
            display_name: None,
            email: EmailAddress::parse(&format!("{slug}@example.org")).map_err(wrong)?,
            slug: Slug::parse(slug).map_err(wrong)?,
            time_zone: zone.clone(),
            phone_number: None,
            job_title: None,
            location: Location::default(),
            picture: None,
            visibility: Visibility::default(),
            preferences: Preferences::default(),
            notifications: Notifications::default(),
            role: Role::Agent,
            status: AgentStatus::Active,
            version: 1,
        };
        let offers = MeetingType {
            id: MeetingTypeId::new(self.id()),
            agent_id: agent.id,
            slug: MeetingTypeSlug::parse("intro").map_err(wrong)?,
            name: MeetingTypeName::parse("Introduction").map_err(wrong)?,
            description: None,
            place: None,
            rules: rules(),
            version: 1,
        };
        let gap = SignedDuration::from_mins(31 * 24 * 60 / meetings.max(1));
        let mut start = self.now.round(jiff::Unit::Hour)? + SignedDuration::from_hours(24);
        let mut booked = Vec::new();
        for _ in 0..meetings {
            let booking = Booking {
                id: MeetingId::new(self.id()),
                agent_id: agent.id,
                meeting_type_id: offers.id,
                title: "Introduction".to_owned(),
                place: None,
                rules: rules(),
                start,
                customer: Customer {
                    name: CustomerName::parse("Carla Customer").map_err(wrong)?,
                    email: EmailAddress::parse("carla@example.org").map_err(wrong)?,
                    phone_number: None,
                    locale: "en".to_owned(),
                },
                sms_consent: None,
                note: None,
                agent_zone: zone.clone(),
                customer_zone: ZoneId::stored("America/New_York"),
                host: "localhost".to_owned(),
                now: self.now,
            };
            booked.push(Meeting::book(booking, &self.tzdb));
            start += gap;
        }
        let reminders = booked.iter().take(reminders).map(|meeting| self.reminder(meeting)).collect();
        Ok(Person { agent, offers, meetings: booked, reminders })
    }

    /// The customer's reminder of the day before, due now.
    fn reminder(&mut self, meeting: &Meeting) -> OutboxRow {
        OutboxRow {
            id: OutboxId::new(self.id()),
            kind: Notification::Reminder.to_string(),
            uid: meeting.uid.clone(),
            channel: Channel::Email,
            recipient: meeting.customer.email.to_string(),
            role: RecipientRole::Customer.to_string(),
            meeting_id: Some(meeting.id),
            meeting_version: i64::from(meeting.sequence),
            body: "{}".to_owned(),
            attempts: 0,
            created_at: self.now,
            due_at: self.now,
        }
    }

    /// Ids in their order; what is random elsewhere is counted here.
    fn id(&mut self) -> Uuid {
        self.serial += 1;
        let millis = self.now.as_millisecond().unsigned_abs();
        let mut rest = [0; 10];
        if let Some(end) = rest.last_chunk_mut() {
            *end = self.serial.to_be_bytes();
        }
        uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
    }
}

const fn rules() -> Rules {
    Rules {
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 365,
        daily_limit: None,
    }
}

fn hours() -> Result<Availability> {
    let day = json!([["09:00", "17:00"]]);
    let weekly = json!({"weekly": {"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}});
    Availability::parse(weekly, &Tzdb::bundled()).map_err(|problems| anyhow!("{problems:?}"))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn wrong(problem: Problem) -> anyhow::Error {
    anyhow!("{problem:?}")
}
