//! Fixtures.

use jiff::Timestamp;
use nameplate_domain::account::{
    Agent, AgentStatus, EmailAddress, FullName, Location, Role, Slug, Visibility,
};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::ZoneId;
use uuid::Uuid;

/// The instant of every test.
pub fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// An agent with nothing but what every agent has.
pub fn agent(n: u128, email: &str, slug: &str) -> Agent {
    Agent {
        id: AgentId::new(Uuid::from_u128(n)),
        name: FullName::parse("Anna Bérg").unwrap(),
        display_name: None,
        email: EmailAddress::parse(email).unwrap(),
        slug: Slug::parse(slug).unwrap(),
        time_zone: ZoneId::stored("Europe/Berlin"),
        phone_number: None,
        job_title: None,
        location: Location::default(),
        picture: None,
        visibility: Visibility::default(),
        role: Role::Agent,
        status: AgentStatus::Active,
        version: 1,
    }
}
