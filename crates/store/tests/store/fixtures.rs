//! Fixtures.

use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{
    Agent, AgentStatus, CustomerName, EmailAddress, FullName, Location, MeetingTypeName, MeetingTypeSlug,
    Notifications, Preferences, Role, Slug, Visibility,
};
use nameplate_domain::ids::{AgentId, MeetingId, MeetingTypeId, OutboxId};
use nameplate_domain::meetings::{Customer, Meeting, MeetingType, Side, Status};
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::slots::{Busy, Rules};
use nameplate_store::{OutboxRow, Store};
use nameplate_testkit::engines::TestDatabase;
use uuid::Uuid;

/// The agents of [`open`].
pub const ANNA: AgentId = AgentId::new(Uuid::from_u128(1));
pub const BERT: AgentId = AgentId::new(Uuid::from_u128(2));

/// The instant of every test.
pub fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// So many seconds after [`now`].
pub fn at(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

pub fn email(typed: &str) -> EmailAddress {
    EmailAddress::parse(typed).unwrap()
}

/// An agent with nothing but what every agent has.
pub fn agent(n: u128, address: &str, slug: &str) -> Agent {
    Agent {
        id: AgentId::new(Uuid::from_u128(n)),
        name: FullName::parse("Anna Bérg").unwrap(),
        display_name: None,
        email: email(address),
        slug: Slug::parse(slug).unwrap(),
        time_zone: ZoneId::stored("Europe/Berlin"),
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
    }
}

/// A store with two agents, each with one meeting type.
pub async fn open(database: &TestDatabase) -> Store {
    let store = Store::open(database.url()).await.unwrap();
    commit!(store, |tx| {
        tx.insert_agent(&agent(1, "anna@example.com", "anna"), None, now()).await?;
        tx.insert_agent(&agent(2, "bert@example.com", "bert"), None, now()).await?;
        tx.insert_meeting_type(&meeting_type(1, ANNA, "intro"), now()).await?;
        tx.insert_meeting_type(&meeting_type(2, BERT, "intro"), now()).await?;
    })
    .unwrap();
    store
}

/// A meeting type with nothing but what every one has.
pub fn meeting_type(n: u128, agent: AgentId, slug: &str) -> MeetingType {
    MeetingType {
        id: MeetingTypeId::new(Uuid::from_u128(n)),
        agent_id: agent,
        slug: MeetingTypeSlug::parse(slug).unwrap(),
        name: MeetingTypeName::parse("Introduction").unwrap(),
        description: None,
        place: None,
        rules: Rules {
            duration_minutes: 30,
            interval_minutes: 15,
            buffer_before_minutes: 5,
            buffer_after_minutes: 10,
            notice_minutes: 120,
            horizon_days: 60,
            daily_limit: None,
        },
        version: 1,
    }
}

/// A scheduled meeting of Anna that keeps her busy from one second after [`now`] to another, with nothing but what
/// every one has.
pub fn meeting(n: u128, from: i64, until: i64) -> Meeting {
    let side = |zone: &str, local: &str, offset_seconds| Side {
        zone: ZoneId::stored(zone),
        local: local.parse().unwrap(),
        offset_seconds,
    };
    let id = MeetingId::new(Uuid::from_u128(n));
    Meeting {
        guests: vec![EmailAddress::parse("kim@example.org").unwrap()],
        missed_at: Some(at(7)),
        id,
        agent_id: ANNA,
        meeting_type_id: MeetingTypeId::new(Uuid::from_u128(1)),
        title: "Introduction".into(),
        place: None,
        status: Status::Scheduled,
        start: at(from),
        end: at(until),
        busy: Busy { from: at(from), until: at(until) },
        previous: None,
        customer: Customer {
            name: CustomerName::parse("Zoë Müller").unwrap(),
            email: email("zoe@example.org"),
            phone_number: None,
            locale: "en".into(),
        },
        note: None,
        sms_consent: None,
        agent_side: side("Europe/Berlin", "2026-11-23T10:00:00", 3_600),
        customer_side: side("America/St_Johns", "2026-11-23T05:30:00", -12_600),
        tzdb_version: "2026b".into(),
        uid: format!("{id}@book.example.com"),
        sequence: 0,
        link_version: 1,
        agent_link_version: 1,
        cancelled_by: None,
        reason: None,
        created_at: now(),
        timed_at: now(),
        changed_at: now(),
    }
}

pub fn outbox_id(n: u128) -> OutboxId {
    OutboxId::new(Uuid::from_u128(n))
}

/// A message that may leave from [`now`] on.
pub fn message(n: u128, uid: &str, recipient: &str) -> OutboxRow {
    OutboxRow {
        id: outbox_id(n),
        kind: "meeting_booked".into(),
        uid: uid.into(),
        recipient: recipient.into(),
        role: "customer".into(),
        meeting_id: None,
        meeting_version: 0,
        body: "{}".into(),
        attempts: 0,
        created_at: now(),
        due_at: now(),
        channel: nameplate_store::Channel::Email,
    }
}
