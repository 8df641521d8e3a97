//! What becomes of generated meetings, and what every reader must read of their calendar files: said here once more, from
//! what was generated and not from the files.

use crate::common::{self, Typed, at};
use crate::consumers::{delinked, person, utc};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{CustomerName, EmailAddress, Note, Visibility};
use nameplate_domain::ids::{MeetingId, MeetingTypeId};
use nameplate_domain::meetings::{Booking, Customer, Meeting, Party};
use nameplate_domain::placeholder::clean;
use nameplate_domain::time::slots::Rules;
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_i18n::Locale;
use nameplate_i18n::time::{Clock, HourCycle};
use nameplate_notify::Composed;
use nameplate_notify::meeting::{
    self, Links, MeetingFacts, MeetingNotice, Notification, PreviousAgent, RecipientRole,
};
use serde_json::{Value, json};
use std::sync::LazyLock;
use uuid::Uuid;

/// What can become of a meeting: each is done to what the one before left.
pub const OPERATIONS: &[(&str, Operation)] = &[
    ("create", created),
    ("reschedule", rescheduled),
    ("reassign", reassigned),
    ("add-guest", guest_added),
    ("cancel", cancelled),
];

/// Who is a guest from the start where a guest reads it, and who is one later.
const GUESTS: [&str; 2] = ["kim.o'hara+1@guest.example", "Ana@bücher.example"];

static TZDB: LazyLock<Tzdb> = LazyLock::new(common::tzdb);

type Operation = fn(&Case, &MeetingFacts) -> (Notification, Meeting);

/// A meeting to be, and how it goes on.
#[derive(Debug, Clone)]
pub struct Case {
    pub n: u8,
    pub typed: Typed,
    pub role: RecipientRole,
    pub hides_email: bool,
    pub zones: (&'static str, &'static str),
    pub start: Timestamp,
    pub moved_by: i64,
    pub minutes: u16,
    pub address: &'static str,
}

/// One file: the mail that brings it, and what must be read of its calendar part.
pub struct Sent {
    pub name: String,
    pub mail: Composed,
    pub expected: Value,
    pub facts: MeetingFacts,
}

fn rules(minutes: u16) -> Rules {
    Rules {
        duration_minutes: minutes.into(),
        interval_minutes: 5,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 60,
        daily_limit: None,
    }
}

impl Case {
    fn id(&self) -> MeetingId {
        let role = match self.role {
            RecipientRole::Customer => 0,
            RecipientRole::Guest => 1,
            RecipientRole::Agent | RecipientRole::PreviousAgent => 2,
        };
        MeetingId::new(Uuid::from_u128(
            0x0198_f2c4_0000_7000_8000_0000_0000_0000 + u128::from(self.n) * 3 + role,
        ))
    }

    fn first(&self) -> MeetingFacts {
        let visibility = if self.hides_email { common::hidden_email() } else { Visibility::default() };
        let facts = common::facts(&self.typed, visibility);
        let booking = Booking {
            id: self.id(),
            agent_id: facts.meeting.agent_id,
            meeting_type_id: MeetingTypeId::new(Uuid::from_u128(7)),
            title: self.typed.title.clone(),
            place: Some(self.typed.place.clone()).filter(|place| !place.is_empty()),
            rules: rules(self.minutes),
            start: self.start,
            customer: Customer {
                name: CustomerName::stored(&*self.typed.customer),
                email: EmailAddress::parse(self.address).unwrap(),
                phone_number: None,
                locale: "en".into(),
            },
            sms_consent: None,
            note: Some(&*self.typed.note).filter(|note| !note.is_empty()).map(Note::stored),
            agent_zone: ZoneId::stored(self.zones.0),
            customer_zone: ZoneId::stored(self.zones.1),
            host: "meet.example.com".into(),
            now: at("2026-10-01T09:30:00Z"),
        };
        let previous = PreviousAgent {
            name: "Kim Rivers".into(),
            email: EmailAddress::parse("kim@harbour.example").unwrap(),
            locale: Locale::En,
            hours: HourCycle::H24,
            zone: ZoneId::stored(self.zones.0),
        };
        let is_guest = self.role == RecipientRole::Guest;
        let none = || String::new();
        let links = if is_guest {
            Links { manage: none(), reschedule: none(), cancel: none(), ics: none(), ..facts.links }
        } else {
            facts.links
        };
        let guest = is_guest.then(|| guest(0));
        MeetingFacts {
            meeting: Meeting { guests: guest.iter().cloned().collect(), ..Meeting::book(booking, &TZDB) },
            previous_agent: Some(previous),
            guest,
            links,
            ..facts
        }
    }

    /// What is sent of it, in its order, each made when it is asked for.
    pub fn life(&self) -> impl Iterator<Item = Sent> {
        (0_u8..).zip(OPERATIONS).scan(self.first(), |facts, (n, (operation, act))| {
            let (kind, meeting) = act(self, facts);
            facts.meeting = meeting;
            let id = common::outbox(u128::from(self.n) * 100 + u128::from(n));
            let notice = MeetingNotice { kind, role: self.role, id, first: None, test: None, facts };
            let mail = meeting::compose(&notice, &TZDB, at("2026-10-02T00:00:00Z")).unwrap();
            let name = format!("{:03}-{}-{n}-{operation}", self.n, self.role.as_str());
            let expected = self.expected(u32::from(n), facts);
            Some(Sent { name, mail, expected, facts: facts.clone() })
        })
    }

    /// What must be read. `sequence`: each operation is one change.
    fn expected(&self, sequence: u32, facts: &MeetingFacts) -> Value {
        let (typed, meeting) = (&self.typed, &facts.meeting);
        let is_off = meeting.cancelled_by.is_some();
        let (agent, customer) = (clean(&typed.agent, false), clean(&delinked(&typed.customer), false));
        let other = if self.role == RecipientRole::Agent { &customer } else { &agent };
        let prefix = if is_off { "Cancelled: " } else { "" };
        let summary = format!("{prefix}{} with {other}", clean(&typed.title, false));
        let start = if sequence == 0 { self.start } else { self.moved() };
        let place = if is_off { "" } else { &typed.place };
        let address = EmailAddress::parse(self.address).unwrap().to_string();
        let agent = person("anna.berg@harbour.example", &typed.agent, "CHAIR", "ACCEPTED", "FALSE");
        let customer = person(&address, &typed.customer, "REQ-PARTICIPANT", "ACCEPTED", "FALSE");
        let shown = self.role == RecipientRole::Agent || !self.hides_email;
        let guests = ["kim.o'hara+1@guest.example", "Ana@xn--bcher-kva.example"];
        let invited = match (self.role == RecipientRole::Guest, sequence >= 3) {
            (false, false) => &[][..],
            (true, false) => &guests[..1],
            (true, true) => &guests,
            (false, true) => &guests[1..],
        };
        let sides = if shown { vec![agent, customer] } else { vec![customer] };
        let guests =
            invited.iter().map(|guest| person(guest, guest, "REQ-PARTICIPANT", "NEEDS-ACTION", "FALSE"));
        let attendees: Vec<Value> = sides.into_iter().chain(guests).collect();
        let organizer = format!("{} ({})", typed.agent, typed.organisation);
        json!({
            "method": if is_off { "CANCEL" } else { "REQUEST" },
            "uid": format!("{}@meet.example.com", self.id()),
            "sequence": sequence,
            "start": utc(start),
            "end": utc(start + SignedDuration::from_mins(self.minutes.into())),
            "summary": summary.chars().take(200).collect::<String>(),
            "description": self.description(facts, start),
            "location": clean(place, false),
            "url": if is_link(place) { place } else { "" },
            "status": if is_off { "CANCELLED" } else { "CONFIRMED" },
            "organizer": person("meetings+0a1b2c3d4e@mail.example.com", &organizer, "", "", ""),
            "attendees": attendees,
        })
    }

    fn moved(&self) -> Timestamp {
        self.start + SignedDuration::from_mins(self.moved_by)
    }

    /// The text of the entry, put together by hand.
    fn description(&self, facts: &MeetingFacts, start: Timestamp) -> String {
        let (typed, end) = (&self.typed, start + SignedDuration::from_mins(self.minutes.into()));
        let clock = |zone: &str| Clock::new(Locale::En, &TZDB, &ZoneId::stored(zone), HourCycle::H24);
        let (agent_clock, customer_clock) = (clock(self.zones.0), clock(self.zones.1));
        let is_off = facts.meeting.cancelled_by.is_some();
        let (agent, customer) = (clean(&typed.agent, false), clean(&delinked(&typed.customer), false));
        let (organisation, title) = (clean(&typed.organisation, false), clean(&typed.title, false));
        let (own, other, who) = match self.role {
            RecipientRole::Customer | RecipientRole::Guest => (&customer_clock, &agent_clock, &agent),
            RecipientRole::Agent | RecipientRole::PreviousAgent => (&agent_clock, &customer_clock, &customer),
        };
        let mut lines = Vec::new();
        if is_link(&typed.place) {
            lines.push(typed.place.clone());
        }
        lines.push(own.full_range(start, end));
        if own.differs_from(other, start, end) {
            lines.push(format!("For {who}: {}", other.full_range(start, end)));
        }
        lines.push(String::new());
        let labelled = |label: &str, text: &str| {
            let text = clean(&delinked(text), true);
            (!text.is_empty()).then(|| format!("{label}: {text}"))
        };
        match self.role {
            RecipientRole::Customer => lines.push(format!("{title} with {agent}, {organisation}")),
            RecipientRole::Guest => {
                lines.push(format!("{title} with {agent}, {organisation}"));
                lines.push(format!("Customer: {customer}"));
            }
            RecipientRole::Agent | RecipientRole::PreviousAgent => {
                lines.push(format!("Customer: {customer}"));
                lines.push(format!("Email: {}", EmailAddress::parse(self.address).unwrap()));
            }
        }
        let is_guest = self.role == RecipientRole::Guest;
        if !is_guest {
            lines.extend(labelled("Note", &typed.note));
        }
        if is_off && !is_guest {
            lines.extend(labelled("Reason", &typed.reason));
        }
        lines.push(String::new());
        if !is_off && !is_guest {
            lines.push(format!("Reschedule: {}", facts.links.reschedule));
            lines.push(format!("Cancel: {}", facts.links.cancel));
        }
        if self.role != RecipientRole::Agent {
            lines.extend([
                String::new(),
                agent,
                "Senior mortgage adviser".into(),
                organisation,
                "Utrecht office".into(),
            ]);
            lines.push("Phone: +31 30 123 4567".into());
            if !self.hides_email {
                lines.push("Email: anna.berg@harbour.example".into());
            }
            lines.push(format!("Book a meeting with me: {}", facts.links.profile));
        }
        without_runs(&lines)
    }
}

/// The lines of a template: no blank one twice, and none at either end. A value keeps the lines that it has.
fn without_runs(lines: &[String]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    while kept.last() == Some(&"") {
        kept.pop();
    }
    kept.join("\n")
}

fn is_link(place: &str) -> bool {
    place.starts_with("https://")
        && place.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\'))
}

fn created(case: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let is_guest = case.role == RecipientRole::Guest;
    let kind = if is_guest { Notification::GuestAdded } else { Notification::Scheduled };
    (kind, facts.meeting.clone())
}

fn guest(n: usize) -> EmailAddress {
    EmailAddress::parse(GUESTS[n]).unwrap()
}

fn guest_added(_: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let guests = facts.meeting.guests.iter().cloned().chain([guest(1)]).collect();
    let changed = facts.meeting.clone().with_guests(guests, at("2026-10-02T16:00:00Z"));
    (Notification::Changed, changed.unwrap())
}

fn rescheduled(case: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let zone = ZoneId::stored(case.zones.0);
    let reason = Some(Note::stored(&*case.typed.reason));
    let moved = facts.meeting.clone().reschedule(
        case.moved(),
        (&zone, None),
        &rules(case.minutes),
        reason,
        &TZDB,
        at("2026-10-02T08:00:00Z"),
    );
    (Notification::Rescheduled, moved.unwrap())
}

/// To the agent who reads it, from another one.
fn reassigned(case: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let (meeting, zone) = (facts.meeting.clone(), ZoneId::stored(case.zones.0));
    let (agent, meeting_type) = ((meeting.agent_id, &zone), meeting.meeting_type_id);
    let reason = Some(Note::stored(&*case.typed.reason));
    let given = meeting.reassign(agent, meeting_type, reason, &TZDB, at("2026-10-02T12:00:00Z"));
    (Notification::Reassigned, given.unwrap())
}

fn cancelled(case: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let reason = Some(Note::stored(&*case.typed.reason));
    let gone = facts.meeting.clone().cancel(Party::Customer, reason, at("2026-10-03T08:00:00Z"));
    (Notification::Cancelled, gone.unwrap())
}
