use crate::meeting::{Links, MeetingFacts, Notification, Organisation, RecipientRole};
use crate::values;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{
    Agent, AgentStatus, CustomerName, EmailAddress, FullName, Location, Place, Preferences, Role, Slug,
    Visibility,
};
use nameplate_domain::ids::{AgentId, MeetingId, MeetingTypeId};
use nameplate_domain::meetings::{Booking, Customer, Meeting};
use nameplate_domain::placeholder::{Sink, Template};
use nameplate_domain::time::slots::Rules;
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_i18n::Locale;
use nameplate_i18n::time::{Clock, HourCycle};
use uuid::Uuid;

/// An agent in Amsterdam who reads 12 hours, and a customer in New York.
fn facts(tzdb: &Tzdb) -> MeetingFacts {
    let agent = Agent {
        id: AgentId::new(Uuid::from_u128(1)),
        name: FullName::stored("Anna Berg"),
        display_name: None,
        email: EmailAddress::stored("anna@harbour.example"),
        slug: Slug::parse("anna-berg").unwrap(),
        time_zone: ZoneId::stored("Europe/Amsterdam"),
        phone_number: None,
        job_title: None,
        location: Location::default(),
        picture: None,
        visibility: Visibility::default(),
        preferences: Preferences::default(),
        notifications: nameplate_domain::account::Notifications::default(),
        role: Role::Agent,
        status: AgentStatus::Active,
        version: 1,
    };
    let booking = Booking {
        id: MeetingId::new(Uuid::from_u128(2)),
        agent_id: agent.id,
        meeting_type_id: MeetingTypeId::new(Uuid::from_u128(3)),
        title: "Introduction".into(),
        place: None,
        rules: Rules {
            duration_minutes: 30,
            interval_minutes: 30,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            notice_minutes: 0,
            horizon_days: 60,
            daily_limit: None,
        },
        start: "2026-12-01T13:00:00Z".parse().unwrap(),
        customer: Customer {
            name: CustomerName::stored("Zoë Okafor"),
            email: EmailAddress::stored("zoe@customer.example"),
            phone_number: None,
            locale: "en".into(),
        },
        note: None,
        sms_consent: None,
        agent_zone: agent.time_zone.clone(),
        customer_zone: ZoneId::stored("America/New_York"),
        host: "meet.example.com".into(),
        now: "2026-11-20T09:30:00Z".parse().unwrap(),
    };
    let link = || "https://meet.example.com/x".to_owned();
    MeetingFacts {
        organisation: Organisation { name: "Harbour".into(), host: "meet.example.com".into(), url: link() },
        agent: Card::of(&agent, Place::Messages),
        agent_email: agent.email,
        agent_locale: Locale::En,
        agent_hours: HourCycle::H12,
        agent_picture: None,
        previous_agent: None,
        guest: None,
        wrap_up: None,
        answers: Vec::new(),
        asks_answer: false,
        meeting: Meeting::book(booking, tzdb),
        links: Links {
            profile: link(),
            meeting_type: link(),
            manage: link(),
            reschedule: link(),
            cancel: link(),
            ics: link(),
        },
        written: std::sync::Arc::default(),
        own: nameplate_domain::templates::OwnTexts::default(),
        fields: crate::meeting::AgentFields::default(),
        mail_from: EmailAddress::stored("nameplate@mail.example.com"),
        organizer_token: "0a1b2c3d4e".into(),
    }
}

#[test]
fn a_template_prints_times_as_mails_and_pages_do() {
    let tzdb = Tzdb::bundled();
    let facts = facts(&tzdb);
    let (start, end) = (facts.meeting.start, facts.meeting.end);
    let clock = |zone: &str, hours| Clock::new(Locale::En, &tzdb, &ZoneId::stored(zone), hours);
    let day = "2026-12-01".parse().unwrap();
    for (role, own, hours) in [
        (RecipientRole::Customer, "America/New_York", HourCycle::H24),
        (RecipientRole::Agent, "Europe/Amsterdam", HourCycle::H12),
    ] {
        let content = values::of(&facts, role, Some(Notification::Scheduled), &tzdb);
        let print = |tag: &str, sink| {
            let template = Template::parse(&format!("{{{{ {tag} }}}}"), sink).unwrap();
            template.render(&content.values, &content.reader)
        };
        let (own, tokyo) = (clock(own, hours), clock("Asia/Tokyo", hours));
        let (agent, customer) = (clock("Europe/Amsterdam", hours), clock("America/New_York", hours));
        for (tag, expected) in [
            ("meeting.start", own.full(start)),
            ("meeting.start | datetime('short')", own.short(start)),
            ("meeting.start | date", own.date_full(day)),
            ("meeting.start | date('short')", own.date_short(day)),
            ("meeting.start | time", own.time_full(start)),
            ("meeting.end | time('short')", own.time_short(end)),
            ("meeting.start | in_zone('agent')", agent.full(start)),
            ("meeting.start | in_zone('customer')", customer.full(start)),
            ("meeting.when | range('short')", own.short_range(start, end)),
            ("meeting.when | in_zone('customer')", customer.full_range(start, end)),
            ("meeting.when | in_zone('Asia/Tokyo')", tokyo.full_range(start, end)),
        ] {
            assert_eq!(print(tag, Sink::Text), expected, "{role:?} {tag}");
        }
        assert_eq!(print("meeting.start", Sink::Header), own.short(start));
        assert_eq!(print("meeting.when", Sink::Sms), own.short_range(start, end));
        let both = print("meeting.when", Sink::Text);
        assert_eq!(both.lines().next(), Some(&*own.full_range(start, end)));
        assert_eq!(both.lines().count(), 2, "{both}");
    }
    // One in full, so that not only the two agree.
    let content = values::of(&facts, RecipientRole::Agent, None, &tzdb);
    let template =
        Template::parse("{{ meeting.start | time }} {{ meeting.duration_minutes }}", Sink::Text).unwrap();
    let printed = template.render(&content.values, &content.reader);
    assert_eq!(printed, "2:00 pm (Amsterdam, CET, UTC+1) 30");
}
