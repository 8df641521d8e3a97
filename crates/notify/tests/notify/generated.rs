//! Meetings that a generator makes, the same ones in every run: odd and hostile values, far zones, days on which clocks
//! change; and what becomes of each. What every reader must read of their calendar files is said here once more, from what
//! was generated and not from the files.

use crate::common::{self, Typed, at, tzdb};
use crate::consumers::{delinked, parameter, person, utc};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{CustomerName, EmailAddress, Note, Visibility};
use nameplate_domain::ids::{MeetingId, MeetingTypeId};
use nameplate_domain::meetings::{Booking, Customer, Meeting, Party};
use nameplate_domain::placeholder::clean;
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::slots::Rules;
use nameplate_i18n::Locale;
use nameplate_i18n::time::{Clock, HourCycle};
use nameplate_notify::Composed;
use nameplate_notify::meeting::{self, MeetingFacts, MeetingNotice, Notification, RecipientRole};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many sets of values; each makes two meetings.
pub const SETS: u8 = 250;

/// What can become of a meeting: each is done to what the one before left.
pub const OPERATIONS: &[(&str, Operation)] =
    &[("create", created), ("reschedule", rescheduled), ("cancel", cancelled)];

type Operation = fn(&Case, &MeetingFacts) -> (Notification, Meeting);

/// Pieces of text that writers, readers and templates have stumbled over (`messages.md` section 2).
const PIECES: [&str; 40] = [
    ";ATTENDEE:mailto:evil@example.org",
    "\r\nATTENDEE:mailto:evil@example.org",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "\r\n METHOD:CANCEL",
    "^n",
    "^'",
    "^^",
    "^",
    "{{7*7}}",
    "{{ customer.email }}",
    "{% if x %}",
    "${7*7}",
    "C:\\new",
    "\\n",
    "\\",
    "\\,",
    ";",
    ",",
    ":",
    "\"",
    "\";CN=\"x",
    "'",
    "a=b",
    "<b>&amp;</b>",
    "👩\u{200D}💻",
    "🇳🇱",
    "👍🏽",
    "مرحبا ليلى",
    "שלום",
    "\u{200F}",
    "漢字かな",
    "e\u{301}",
    "ß",
    "Ⅷ",
    "\u{202E}",
    "\u{2028}",
    "\0",
    "\u{85}",
    "\t",
    "https://evil.example/x?y=1",
];

const ZONES: [&str; 16] = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Pacific/Marquesas",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Antarctica/Troll",
    "America/Scoresbysund",
    "Asia/Kolkata",
    "Etc/UTC",
    "Africa/Monrovia",
];

/// Hours that come twice or never somewhere, the turn of a year, a leap day, the year in which 32 bits end.
const HOURS: [&str; 10] = [
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2027-03-28T00:59:00Z",
    "2027-03-28T01:00:00Z",
    "2026-11-01T05:30:00Z",
    "2026-11-01T06:30:00Z",
    "2027-04-03T15:15:00Z",
    "2026-12-31T23:45:00Z",
    "2028-02-29T12:00:00Z",
    "2038-01-19T03:14:00Z",
];

const ADDRESSES: [&str; 5] = [
    "zoe.o'kafor+x@customer.example",
    "a@b.example",
    "{{7*7}}@customer.example",
    "x!#$%&*/=?^_`|~-@customer.example",
    "post@bücher.example",
];

/// A meeting to be, and how it goes on.
#[derive(Debug, Clone)]
pub struct Case {
    pub n: u8,
    pub typed: Typed,
    pub role: RecipientRole,
    hides_email: bool,
    zones: (&'static str, &'static str),
    start: Timestamp,
    moved_by: i64,
    minutes: u16,
    address: &'static str,
}

/// One file: the mail that brings it, and what must be read of its calendar part.
pub struct Sent {
    pub name: String,
    pub mail: Composed,
    pub expected: Value,
    pub facts: MeetingFacts,
}

/// A text of pieces, words and any letters; always with a letter that stays, and never longer than `most`.
fn text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => select(&PIECES[..]).prop_map(str::to_owned),
        3 => "[A-Za-z]{1,12}",
        2 => "\\PC{1,6}",
        1 => Just(" ".to_owned()),
    ];
    let joined = vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    ("[A-Z]", joined, any::<bool>()).prop_map(move |(letter, rest, first)| {
        // U+200B and U+FEFF never get past a field; they would hide here what de-linking adds.
        let rest: String = rest.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}')).collect();
        let whole = if first { format!("{letter}{rest}") } else { format!("{rest}{letter}") };
        if whole.chars().count() <= most {
            return whole;
        }
        letter.chars().chain(whole.chars()).take(most).collect()
    })
}

/// Exactly 60 characters.
fn sixty() -> impl Strategy<Value = String> {
    text(60).prop_map(|name| name.chars().cycle().take(60).collect())
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => text(60), 1 => sixty()]
}

fn long(most: usize) -> impl Strategy<Value = String> {
    vec(text(120), 1..40)
        .prop_map(move |lines| lines.join("\n").chars().take(most).collect())
}

fn place() -> impl Strategy<Value = String> {
    prop_oneof![
        text(200),
        Just(String::new()),
        Just("https://video.example.com/anna".to_owned()),
        Just("https://video.example.com/a;jsessionid=1?x=1,2&y=%3B".to_owned()),
        "https://video\\.example\\.com/[a-z;,:=&%'()*+$!?#/-]{1,80}",
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let typed = (name(), text(60), name(), text(120), place(), prop_oneof![Just(String::new()), text(200), long(2_000)], long(500));
    let typed = typed.prop_map(|(agent, organisation, customer, title, place, note, reason)| Typed {
        label: "generated",
        agent,
        organisation,
        customer,
        title,
        place,
        note,
        reason,
    });
    let start = prop_oneof![
        select(&HOURS[..]).prop_map(at),
        // Between November 2026 and November 2028, at any minute.
        (0_i64..1_051_200).prop_map(|minutes| at("2026-11-23T00:00:00Z") + SignedDuration::from_mins(minutes)),
    ];
    let zones = (select(&ZONES[..]), select(&ZONES[..]));
    let rest = (any::<bool>(), -2_000_i64..200_000, 5_u16..=1_440, select(&ADDRESSES[..]));
    (typed, zones, start, rest).prop_map(|(typed, zones, start, (hides_email, moved_by, minutes, address))| Case {
        n: 0,
        typed,
        role: RecipientRole::Customer,
        hides_email,
        zones,
        start,
        moved_by,
        minutes,
        address,
    })
}

/// All of them; two meetings of each set of values, one told to its customer and one to its agent.
pub fn cases() -> Vec<Case> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[20; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut cases = Vec::new();
    for n in 0..SETS {
        let mut case = case().new_tree(&mut runner).unwrap().current();
        // The first ones are those that people thought of.
        if let Some(known) = common::hostile().into_iter().nth(n.into()) {
            case.typed = known;
        }
        for role in RecipientRole::ALL {
            cases.push(Case { n, role: *role, ..case.clone() });
        }
    }
    cases
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
        let role = u128::from(self.role == RecipientRole::Agent);
        MeetingId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_0000 + u128::from(self.n) * 2 + role))
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
        MeetingFacts { meeting: Meeting::book(booking, &tzdb()), ..facts }
    }

    /// What is sent of it, in its order.
    pub fn life(&self) -> Vec<Sent> {
        let mut facts = self.first();
        let mut sent = Vec::new();
        for (n, (operation, act)) in (0_u8..).zip(OPERATIONS) {
            let (kind, meeting) = act(self, &facts);
            facts.meeting = meeting;
            let id = common::outbox(u128::from(self.n) * 100 + u128::from(n));
            let notice = MeetingNotice { kind, role: self.role, id, first: None, test: None, facts: &facts };
            let mail = meeting::compose(&notice, &tzdb(), at("2026-10-02T00:00:00Z")).unwrap();
            let name = format!("{:03}-{}-{n}-{operation}", self.n, self.role.as_str());
            sent.push(Sent { name, mail, expected: self.expected(u32::from(n), &facts), facts: facts.clone() });
        }
        sent
    }

    /// What must be read. `sequence`: each operation is one change.
    fn expected(&self, sequence: u32, facts: &MeetingFacts) -> Value {
        let (typed, meeting) = (&self.typed, &facts.meeting);
        let is_off = meeting.cancelled_by.is_some();
        let (agent, customer) = (clean(&typed.agent, false), clean(&delinked(&typed.customer), false));
        let other = if self.role == RecipientRole::Customer { &agent } else { &customer };
        let prefix = if is_off { "Cancelled: " } else { "" };
        let summary = format!("{prefix}{} with {other}", clean(&typed.title, false));
        let start = if sequence == 0 { self.start } else { self.moved() };
        let place = if is_off { "" } else { &typed.place };
        let address = EmailAddress::parse(self.address).unwrap().to_string();
        let agent = person("anna.berg@harbour.example", &typed.agent, "CHAIR", "ACCEPTED", "FALSE");
        let customer = person(&address, &typed.customer, "REQ-PARTICIPANT", "ACCEPTED", "FALSE");
        let shown = self.role == RecipientRole::Agent || !self.hides_email;
        let organizer = format!("{} ({})", typed.agent, typed.organisation);
        json!({
            "method": if is_off { "CANCEL" } else { "REQUEST" },
            "uid": format!("{}@meet.example.com", self.id()),
            "sequence": sequence,
            "start": utc(start),
            "end": utc(start + SignedDuration::from_mins(self.minutes.into())),
            "summary": summary.chars().take(200).collect::<String>(),
            "description": self.description(facts, start),
            "location": plain(place),
            "url": if is_link(place) { place } else { "" },
            "status": if is_off { "CANCELLED" } else { "CONFIRMED" },
            "organizer": person("meetings+0a1b2c3d4e@mail.example.com", &organizer, "", "", ""),
            "attendees": if shown { json!([agent, customer]) } else { json!([customer]) },
        })
    }

    fn moved(&self) -> Timestamp {
        self.start + SignedDuration::from_mins(self.moved_by)
    }

    /// The text of the entry, put together by hand.
    fn description(&self, facts: &MeetingFacts, start: Timestamp) -> String {
        let (typed, end) = (&self.typed, start + SignedDuration::from_mins(self.minutes.into()));
        let tzdb = tzdb();
        let clock = |zone: &str| Clock::new(Locale::En, &tzdb, &ZoneId::stored(zone), HourCycle::H24);
        let (agent_clock, customer_clock) = (clock(self.zones.0), clock(self.zones.1));
        let is_off = facts.meeting.cancelled_by.is_some();
        let (agent, customer) = (clean(&typed.agent, false), clean(&delinked(&typed.customer), false));
        let (organisation, title) = (clean(&typed.organisation, false), clean(&typed.title, false));
        let (own, other, who) = match self.role {
            RecipientRole::Customer => (&customer_clock, &agent_clock, &agent),
            RecipientRole::Agent => (&agent_clock, &customer_clock, &customer),
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
            RecipientRole::Agent => {
                lines.push(format!("Customer: {customer}"));
                lines.push(format!("Email: {}", EmailAddress::parse(self.address).unwrap()));
            }
        }
        lines.extend(labelled("Note", &typed.note));
        if is_off {
            lines.extend(labelled("Reason", &typed.reason));
        }
        lines.push(String::new());
        if !is_off {
            lines.push(format!("Reschedule: {}", facts.links.reschedule));
            lines.push(format!("Cancel: {}", facts.links.cancel));
        }
        if self.role == RecipientRole::Agent {
            let add = meeting::add_to_calendar(facts, self.role, &tzdb);
            lines.push(format!("Google Calendar: {}", add.google));
            lines.push(format!("Outlook: {}", add.outlook));
            if !is_off {
                lines.push(format!("Calendar file: {}", facts.links.ics));
            }
        } else {
            lines.extend([String::new(), agent, "Senior mortgage adviser".into(), organisation, "Utrecht office".into()]);
            if !self.hides_email {
                lines.push("Email: anna.berg@harbour.example".into());
            }
            lines.push(format!("Book a meeting with me: {}", facts.links.profile));
        }
        without_runs(&lines.join("\n"))
    }
}

/// No blank line twice, and none at either end.
fn without_runs(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        let is_blank = line.trim().is_empty();
        if !(is_blank && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(if is_blank { "" } else { line });
        }
    }
    kept.join("\n").trim_end_matches('\n').to_owned()
}

fn is_link(place: &str) -> bool {
    place.starts_with("https://")
        && place.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\'))
}

/// TEXT as it is written: controls go but newline and tab.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn created(_: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    (Notification::Scheduled, facts.meeting.clone())
}

fn rescheduled(case: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let zone = ZoneId::stored(case.zones.0);
    let reason = Some(Note::stored(&*case.typed.reason));
    let moved = facts.meeting.clone().reschedule(
        case.moved(),
        (&zone, None),
        &rules(case.minutes),
        reason,
        &tzdb(),
        at("2026-10-02T08:00:00Z"),
    );
    (Notification::Rescheduled, moved.unwrap())
}

fn cancelled(case: &Case, facts: &MeetingFacts) -> (Notification, Meeting) {
    let reason = Some(Note::stored(&*case.typed.reason));
    let gone = facts.meeting.clone().cancel(Party::Customer, reason, at("2026-10-03T08:00:00Z"));
    (Notification::Cancelled, gone.unwrap())
}
