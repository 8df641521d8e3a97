//! A meeting and its people, ordinary and hostile.

use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{
    Agent, AgentStatus, CardField, CountryCode, CustomerName, EmailAddress, FullName, JobTitle, Location,
    LocationField, Note, Notifications, PhoneNumber, PictureKey, Place, Preferences, Role, Slug, Visibility,
};
use nameplate_domain::ids::{AgentId, MeetingId, MeetingTypeId, OutboxId};
use nameplate_domain::meetings::{Booking, Customer, Meeting, Party};
use nameplate_domain::time::slots::Rules;
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_notify::Composed;
use nameplate_notify::meeting::{
    self, Links, MeetingFacts, MeetingNotice, Notification, Organisation, PreviousAgent, RecipientRole,
};
use uuid::Uuid;

pub const NOW: &str = "2026-11-22T12:00:00Z";

/// What people typed.
#[derive(Debug, Clone)]
pub struct Typed {
    pub label: &'static str,
    pub agent: String,
    pub organisation: String,
    pub customer: String,
    pub title: String,
    pub place: String,
    pub note: String,
    pub reason: String,
}

pub fn ordinary() -> Typed {
    Typed {
        label: "ordinary",
        agent: "Anna Berg".into(),
        organisation: "Harbour Advice".into(),
        customer: "Zoë Okafor".into(),
        title: "Mortgage introduction".into(),
        place: "https://video.example.com/anna".into(),
        note: "I would like to talk about a first house.\nBudget: about 400,000; not more.".into(),
        reason: "A train is late.".into(),
    }
}

/// Values that try to leave their place. Controls that input refuses are here too: the writers remove them again.
pub fn hostile() -> Vec<Typed> {
    let base = ordinary();
    vec![
        base.clone(),
        Typed {
            label: "no note, words for a place",
            place: "Room 4.12, second floor; ring twice".into(),
            note: String::new(),
            ..base.clone()
        },
        Typed {
            label: "emoji",
            agent: "👩‍💻 Ada 🇳🇱".into(),
            customer: "Zoë 🎉".into(),
            note: "👍".repeat(300),
            ..base.clone()
        },
        Typed {
            label: "arabic",
            agent: "محمد علي".into(),
            organisation: "مكتب الميناء".into(),
            customer: "ليلى ابن‌سينا".into(),
            note: "مرحبا، أريد موعدا".into(),
            ..base.clone()
        },
        Typed {
            label: "parameters",
            agent: "A;ATTENDEE:mailto:evil@example.org".into(),
            customer: "B\";CN=\"C, D: E".into(),
            title: "T;X=1:y,z\\n".into(),
            note: "\\n ; , : \" ^n ^^ ^' \\; \\, C:\\new".into(),
            ..base.clone()
        },
        Typed {
            label: "carets",
            agent: "Al^nice ^'x^' ^^".into(),
            customer: "Bo^^nd".into(),
            ..base.clone()
        },
        Typed {
            label: "line breaks",
            agent: "Anna\r\nBcc: evil@example.org".into(),
            organisation: "Org\r\n\r\n<b>body</b>".into(),
            customer: "Zoë\r\nATTENDEE:mailto:evil@example.org\r\n".into(),
            note: "one\r\nEND:VEVENT\rtwo\n\nthree\0\u{1b}[31m".into(),
            ..base.clone()
        },
        Typed {
            label: "templates",
            agent: "{{ agent.email }} {% if x %}".into(),
            customer: "{{ customer.email }}".into(),
            title: "{{7*7}} ${7*7}".into(),
            note: "{{ meeting.manage_url }}".into(),
            ..base.clone()
        },
        Typed {
            label: "markup",
            agent: "<script>alert(1)</script>".into(),
            customer: "<a href=\"https://evil.example\">x</a>".into(),
            note: "</td><img src=x onerror=alert(1)> & &amp; 'q' \"q\"".into(),
            ..base.clone()
        },
        Typed {
            label: "links",
            customer: "Win at https://evil.example/x now".into(),
            note: "www.evil.example a@evil.example //evil.example".into(),
            ..base.clone()
        },
        Typed {
            label: "quotes",
            agent: "O'Neill \"Ed\" Garcia, Jr.".into(),
            organisation: "A, B & C; \"D\"".into(),
            customer: "\\\"Q\\\" (z)".into(),
            ..base.clone()
        },
        Typed { label: "bidi", customer: "\u{202E}olleh\u{202C} \u{2066}x\u{2069}".into(), ..base.clone() },
        Typed {
            label: "a link with a semicolon",
            place: "https://video.example.com/a;jsessionid=1?x=1,2&y=%3B".into(),
            ..base.clone()
        },
        Typed {
            label: "long",
            agent: "Ä".repeat(200),
            customer: "ß".repeat(200),
            title: "é ".repeat(60),
            note: "long, longer; \\ x\n".repeat(124).chars().take(2_000).collect(),
            ..base
        },
    ]
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn tzdb() -> Tzdb {
    Tzdb::bundled()
}

pub fn outbox(n: u128) -> OutboxId {
    OutboxId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_0000 + n))
}

pub fn agent(typed: &Typed) -> Agent {
    let mut location = Location::default();
    location.set(LocationField::Name, "Utrecht office").unwrap();
    location.set(LocationField::Country, "NL").unwrap();
    Agent {
        id: AgentId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_000d)),
        name: FullName::stored(&*typed.agent),
        display_name: None,
        email: EmailAddress::parse("anna.berg@harbour.example").unwrap(),
        slug: Slug::parse("anna-berg").unwrap(),
        time_zone: ZoneId::stored("Europe/Amsterdam"),
        phone_number: Some(PhoneNumber::parse("030 123 4567", CountryCode::parse("NL").ok()).unwrap()),
        job_title: Some(JobTitle::parse("Senior mortgage adviser").unwrap()),
        location,
        picture: Some(PictureKey::parse(&"k".repeat(22)).unwrap()),
        visibility: Visibility::default(),
        preferences: Preferences::default(),
        notifications: Notifications::default(),
        role: Role::Agent,
        status: AgentStatus::Active,
        version: 1,
    }
}

fn meeting(typed: &Typed) -> Meeting {
    let rules = Rules {
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 60,
        daily_limit: None,
    };
    let booking = Booking {
        id: MeetingId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_0042)),
        agent_id: agent(typed).id,
        meeting_type_id: MeetingTypeId::new(Uuid::from_u128(7)),
        title: typed.title.clone(),
        place: Some(typed.place.clone()),
        rules,
        start: at("2026-12-01T13:00:00Z"),
        customer: Customer {
            name: CustomerName::stored(&*typed.customer),
            email: EmailAddress::parse("zoe.o'kafor+x@customer.example").unwrap(),
            phone_number: Some(PhoneNumber::parse("+12125550123", None).unwrap()),
            locale: "en".into(),
        },
        sms_consent: None,
        note: Some(&typed.note).filter(|note| !note.is_empty()).map(|note| Note::stored(&**note)),
        agent_zone: ZoneId::stored("Europe/Amsterdam"),
        customer_zone: ZoneId::stored("America/New_York"),
        host: "meet.example.com".into(),
        now: at("2026-11-20T09:30:00Z"),
    };
    Meeting::book(booking, &tzdb())
}

pub fn facts(typed: &Typed, visibility: Visibility) -> MeetingFacts {
    let agent = Agent { visibility, ..agent(typed) };
    let link = |end: &str| format!("https://meet.example.com/m/AbC-_{}{end}", "x1".repeat(30));
    MeetingFacts {
        organisation: Organisation {
            name: typed.organisation.clone(),
            host: "meet.example.com".into(),
            url: "https://meet.example.com".into(),
        },
        agent: Card::of(&agent, Place::Messages),
        agent_email: agent.email,
        agent_locale: nameplate_i18n::Locale::En,
        agent_hours: nameplate_i18n::time::HourCycle::H24,
        agent_picture: None,
        previous_agent: None,
        guest: None,
        wrap_up: None,
        answers: Vec::new(),
        asks_answer: false,
        meeting: meeting(typed),
        links: Links {
            profile: "https://meet.example.com/anna-berg".into(),
            meeting_type: "https://meet.example.com/anna-berg/introduction".into(),
            manage: link(""),
            reschedule: link("/reschedule"),
            cancel: link("/cancel"),
            ics: link("/invite.ics"),
        },
        written: std::sync::Arc::default(),
        own: nameplate_domain::templates::OwnTexts::default(),
        fields: meeting::AgentFields::default(),
        mail_from: EmailAddress::parse("nameplate@mail.example.com").unwrap(),
        organizer_token: "0a1b2c3d4e".into(),
    }
}

/// The life of a meeting: booked, moved over the clock change in New York's neighbourhood, reminded of, cancelled.
pub fn life(typed: &Typed, visibility: Visibility) -> Vec<(Notification, MeetingFacts)> {
    let booked = facts(typed, visibility);
    let reason = || Some(Note::stored(&*typed.reason));
    let rules = Rules {
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 60,
        daily_limit: None,
    };
    let zone = ZoneId::stored("Europe/Amsterdam");
    let moved = booked.meeting.clone();
    let moved = moved.reschedule(
        at("2026-12-02T15:30:00Z"),
        (&zone, None),
        &rules,
        reason(),
        &tzdb(),
        at("2026-11-21T08:00:00Z"),
    );
    let moved = MeetingFacts { meeting: moved.unwrap(), ..booked.clone() };
    let given = moved.meeting.clone();
    let given = given.reassign(
        (booked.meeting.agent_id, &zone),
        booked.meeting.meeting_type_id,
        reason(),
        &tzdb(),
        at("2026-11-21T12:00:00Z"),
    );
    let previous = PreviousAgent {
        name: "Kim Rivers".into(),
        email: EmailAddress::parse("kim@harbour.example").unwrap(),
        locale: nameplate_i18n::Locale::En,
        hours: nameplate_i18n::time::HourCycle::H24,
        zone,
    };
    let given = MeetingFacts { meeting: given.unwrap(), previous_agent: Some(previous), ..booked.clone() };
    let gone = given.meeting.clone().cancel(Party::Customer, reason(), at("2026-11-22T08:00:00Z")).unwrap();
    let gone = MeetingFacts { meeting: gone, ..booked.clone() };
    vec![
        (Notification::Scheduled, booked),
        (Notification::Rescheduled, moved.clone()),
        (Notification::Reassigned, given),
        (Notification::Reminder, moved.clone()),
        (Notification::StartsSoon, moved),
        (Notification::Cancelled, gone),
    ]
}

/// The messages of a life to one recipient, one hour apart.
/// What becomes of it with a guest: what the customer and the agent read of that, too.
pub fn changed(typed: &Typed, visibility: Visibility) -> (Notification, MeetingFacts) {
    let booked = facts(typed, visibility);
    let guests = vec![EmailAddress::parse("kim@guest.example").unwrap()];
    let meeting = booked.meeting.clone().with_guests(guests, at("2026-11-21T09:00:00Z")).unwrap();
    (Notification::Changed, MeetingFacts { meeting, ..booked })
}

/// What a guest is told of it, from the invitation to the end.
pub fn guest_life(typed: &Typed, visibility: Visibility) -> Vec<(Notification, MeetingFacts)> {
    let (_, changed) = changed(typed, visibility);
    let mut gone = changed.clone();
    gone.meeting.status = nameplate_domain::meetings::Status::Cancelled;
    let of_guests = [
        (Notification::GuestAdded, changed.clone()),
        (Notification::Changed, changed.clone()),
        (Notification::GuestRemoved, gone),
    ];
    let others = life(typed, visibility).into_iter().skip(1);
    let links = Links {
        manage: String::new(),
        reschedule: String::new(),
        cancel: String::new(),
        ics: String::new(),
        ..changed.links.clone()
    };
    let as_guest = |(kind, facts): (Notification, MeetingFacts)| {
        let guests = changed.meeting.guests.clone();
        let meeting = Meeting { guests, ..facts.meeting };
        let guest = changed.meeting.guests.first().cloned();
        (kind, MeetingFacts { meeting, guest, links: links.clone(), ..facts })
    };
    of_guests.into_iter().chain(others).map(as_guest).collect()
}

pub fn messages(
    typed: &Typed,
    visibility: Visibility,
    role: RecipientRole,
) -> Vec<(Notification, MeetingFacts, Composed)> {
    let mut made = Vec::new();
    for (n, (kind, facts)) in (0_u8..).zip(life(typed, visibility)) {
        let notice = MeetingNotice {
            kind,
            role,
            id: outbox(n.into()),
            first: Some(outbox(0)),
            test: None,
            facts: &facts,
        };
        let now = at(NOW) + SignedDuration::from_hours(n.into());
        let composed = meeting::compose(&notice, &tzdb(), now).unwrap();
        made.push((kind, facts, composed));
    }
    made
}

/// The agent's choices with the email address hidden.
pub fn hidden_email() -> Visibility {
    Visibility::default().with(CardField::Email, &[])
}
