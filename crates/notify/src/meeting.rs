//! Messages about a meeting: what became of it, and reminders, to its customer and to its agent.

use crate::blocks::{self, Blocks};
use crate::ics::{self, Method};
use crate::letter::{self, Letter, Prose};
use crate::mime::{self, Headers, Parts};
use crate::{ComposeError, Composed, html, links, text, values};
use jiff::Timestamp;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{EmailAddress, FieldKey, FieldValue, Note};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::meetings::{Answered, Meeting};
use nameplate_domain::placeholder::{Fields, Sink};
use nameplate_domain::templates::{OwnTexts, Part, Written};
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_i18n::time::{Clock, HourCycle};
use nameplate_i18n::{Locale, Texts};
use std::sync::Arc;

pub use nameplate_domain::account::{Notification, RecipientRole};

/// The calendar file that comes with a message. Reminders change nothing, so they bring none.
const fn method(kind: Notification, role: RecipientRole) -> Option<Method> {
    match kind {
        // It is off for the one who held it.
        Notification::Reassigned if matches!(role, RecipientRole::PreviousAgent) => Some(Method::Cancel),
        Notification::Scheduled
        | Notification::Rescheduled
        | Notification::Reassigned
        | Notification::Changed
        | Notification::GuestAdded => Some(Method::Request),
        Notification::Cancelled | Notification::GuestRemoved => Some(Method::Cancel),
        Notification::Reminder
        | Notification::StartsSoon
        | Notification::WrapUp
        | Notification::ReviewRequest
        | Notification::Missed => None,
    }
}

/// The organisation as messages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// The host of this server.
    pub host: String,
    /// The address of this server, without a slash at the end.
    pub url: String,
}

/// The links of a meeting, each in full; those under `/m/` are personal to the recipient. Those that lead to a booking are
/// empty where nobody can book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The agent's profile URL.
    pub profile: String,
    /// The booking form of the meeting type.
    pub meeting_type: String,
    /// The meeting's page.
    pub manage: String,
    /// Where it can be moved.
    pub reschedule: String,
    /// Where it can be cancelled.
    pub cancel: String,
    /// Its calendar file.
    pub ics: String,
}

/// Who held a meeting before it was reassigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousAgent {
    /// The name that customers read.
    pub name: String,
    /// The agent's own address: the recipient of the message that takes the meeting back.
    pub email: EmailAddress,
    /// The language that the agent reads.
    pub locale: Locale,
    /// 12 or 24 hours, as the agent reads them.
    pub hours: HourCycle,
    /// The zone in which the agent reads times.
    pub zone: ZoneId,
}

/// The organisation's profile fields in the messages of one agent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentFields {
    /// All that texts may name, and what was deleted since.
    pub known: Fields,
    /// What messages show of the agent.
    pub shown: Vec<(FieldKey, FieldValue)>,
}

/// All that the messages and calendar files of one meeting to one recipient are made of.
#[derive(Debug, Clone)]
pub struct MeetingFacts {
    /// The organisation.
    pub organisation: Organisation,
    /// The agent as customers see them in messages (`Card::of(agent, Place::Messages)`).
    pub agent: Card,
    /// The agent's own address: the recipient of the agent's copy. It never reaches the customer from here.
    pub agent_email: EmailAddress,
    /// The language that the agent reads. The customer's stands in the meeting.
    pub agent_locale: Locale,
    /// 12 or 24 hours, as the agent reads them. Customers get 24, which nobody misreads.
    pub agent_hours: HourCycle,
    /// The JPEG of `agent.picture`, 192 px; shown when both are there.
    pub agent_picture: Option<Vec<u8>>,
    /// Who held the meeting before, where the message tells of that.
    pub previous_agent: Option<PreviousAgent>,
    /// The guest who reads the message, where one does. Nobody but their address is known.
    pub guest: Option<EmailAddress>,
    /// What the agent writes after the meeting.
    pub wrap_up: Option<Note>,
    /// What those who are invited answered.
    pub answers: Vec<Answered>,
    /// Whether answers by mail reach us.
    pub asks_answer: bool,
    /// The meeting as it stands now.
    pub meeting: Meeting,
    /// The links.
    pub links: Links,
    /// What the organisation has written in place of the built-in templates.
    pub written: Arc<Written>,
    /// What the agent has written for customers.
    pub own: OwnTexts,
    /// What the organisation's profile fields hold.
    pub fields: AgentFields,
    /// The plain From address; its domain is that of all our mail.
    pub mail_from: EmailAddress,
    /// `[A-Za-z0-9_-]`, fixed for the meeting's life: it stands in From and ORGANIZER.
    pub organizer_token: String,
}

impl MeetingFacts {
    /// `meetings+{token}@our-domain`: From and ORGANIZER.
    pub(crate) fn organizer(&self) -> String {
        format!("meetings+{}@{}", self.organizer_token, self.domain())
    }

    /// `Agent (Organisation)`.
    pub(crate) fn organizer_name(&self) -> String {
        format!("{} ({})", self.agent.name, self.organisation.name)
    }

    pub(crate) fn domain(&self) -> &str {
        mime::domain(&self.mail_from)
    }

    pub(crate) fn hours(&self, role: RecipientRole) -> HourCycle {
        match role {
            RecipientRole::Customer | RecipientRole::Guest => HourCycle::H24,
            RecipientRole::Agent => self.agent_hours,
            RecipientRole::PreviousAgent => {
                self.previous_agent.as_ref().map_or(self.agent_hours, |one| one.hours)
            }
        }
    }

    /// The reader's clock, and the other party's.
    pub(crate) fn clocks(&self, role: RecipientRole, tzdb: &Tzdb) -> (Clock, Clock) {
        let hours = self.hours(role);
        let clock = |zone: &ZoneId| Clock::new(self.locale(role), tzdb, zone, hours);
        let (agent, customer) = (&self.meeting.agent_side.zone, &self.meeting.customer_side.zone);
        match role {
            // A guest's zone is not known: more likely than not it is that of whoever they know.
            RecipientRole::Customer | RecipientRole::Guest => (clock(customer), clock(agent)),
            RecipientRole::Agent => (clock(agent), clock(customer)),
            RecipientRole::PreviousAgent => {
                (clock(self.previous_agent.as_ref().map_or(agent, |one| &one.zone)), clock(customer))
            }
        }
    }

    pub(crate) fn locale(&self, role: RecipientRole) -> Locale {
        match role {
            RecipientRole::Customer | RecipientRole::Guest => {
                Locale::parse(&self.meeting.customer.locale).unwrap_or_default()
            }
            RecipientRole::Agent => self.agent_locale,
            RecipientRole::PreviousAgent => {
                self.previous_agent.as_ref().map_or(self.agent_locale, |one| one.locale)
            }
        }
    }
}

/// One message about a meeting.
#[derive(Debug, Clone, Copy)]
pub struct MeetingNotice<'a> {
    /// What it tells.
    pub kind: Notification,
    /// Who reads it.
    pub role: RecipientRole,
    /// The id of its outbox row: the local part of the Message-ID, the same on every try.
    pub id: OutboxId,
    /// The first message of this meeting to this recipient: later ones are threaded behind it.
    pub first: Option<OutboxId>,
    /// A message to look at goes to this address instead, says so, and invites nobody.
    pub test: Option<&'a EmailAddress>,
    /// The rest.
    pub facts: &'a MeetingFacts,
}

/// What the message is made of, before it is put into an envelope.
pub(crate) struct Content {
    pub(crate) subject: String,
    pub(crate) parts: Parts,
}

pub(crate) fn content(notice: &MeetingNotice<'_>, tzdb: &Tzdb, now: Timestamp) -> Content {
    let MeetingNotice { kind, role, test, facts, .. } = *notice;
    let values = values::of(facts, role, Some(kind), tzdb);
    let blocks = Blocks::of(facts, kind.into(), role);
    let subject = blocks.render(Part::Subject, Sink::Header, &values);
    let letter = letter(notice, &blocks, &values, &subject);
    let calendar = method(kind, role).map(|method| {
        let method = if test.is_some() { Method::Publish } else { method };
        (method, ics::file(facts, role, method, tzdb, now))
    });
    let (text, html, picture) = (text::print(&letter), html::print(&letter), letter.picture());
    Content { subject, parts: Parts { text, html, picture, calendar } }
}

/// Makes the message (`messages.md` sections 1 and 2). `now` is DTSTAMP and Date.
///
/// # Errors
/// When an address cannot stand in a header.
pub fn compose(notice: &MeetingNotice<'_>, tzdb: &Tzdb, now: Timestamp) -> Result<Composed, ComposeError> {
    let MeetingNotice { kind, role, test, facts, .. } = *notice;
    let Content { mut subject, parts } = content(notice, tzdb, now);
    let (to_name, mut to) = match role {
        RecipientRole::Customer => (facts.meeting.customer.name.as_str(), &facts.meeting.customer.email),
        RecipientRole::Agent => (facts.agent.name.as_str(), &facts.agent_email),
        RecipientRole::PreviousAgent => facts
            .previous_agent
            .as_ref()
            .map_or((facts.agent.name.as_str(), &facts.agent_email), |previous| {
                (previous.name.as_str(), &previous.email)
            }),
        RecipientRole::Guest => ("", facts.guest.as_ref().unwrap_or(&facts.meeting.customer.email)),
    };
    if let Some(address) = test {
        to = address;
        subject = Texts::of(facts.locale(role)).format("message-test-subject", &[("subject", &subject)]);
    }
    // A hidden address is answered through the plus address of From.
    let reply_to = match role {
        RecipientRole::Customer | RecipientRole::Guest => {
            facts.agent.email.as_ref().map(|email| (facts.agent.name.as_str(), email))
        }
        RecipientRole::Agent => Some((facts.meeting.customer.name.as_str(), &facts.meeting.customer.email)),
        RecipientRole::PreviousAgent => Some((facts.agent.name.as_str(), &facts.agent_email)),
    };
    let headers = Headers {
        id: notice.id,
        first: notice.first,
        from: (&facts.organizer_name(), &facts.organizer()),
        to: (to_name, to.as_str()),
        reply_to: reply_to.map(|(name, email)| (name, email.as_str())),
        subject: &subject,
        domain: facts.domain(),
        date: now,
        // The note is a person's.
        auto_submitted: method(kind, role).is_none() && kind != Notification::WrapUp,
    };
    mime::build(&headers, parts)
}

fn letter<'a>(
    notice: &MeetingNotice<'a>,
    blocks: &Blocks<'_>,
    content: &values::Content<'_>,
    subject: &str,
) -> Letter<'a> {
    let MeetingNotice { kind, role, facts, .. } = *notice;
    let texts = Texts::of(facts.locale(role));
    let (clock, _) = facts.clocks(role, content.reader.tzdb);
    Letter {
        locale: facts.locale(role),
        title: subject.to_owned(),
        preheader: clock.full_range(facts.meeting.start, facts.meeting.end),
        organisation: facts.organisation.name.clone(),
        heading: blocks.pair(Part::Heading, content),
        lead: blocks.paragraphs(Part::Text, content),
        code: None,
        rows: blocks.rows(Part::Details, content),
        actions: blocks.links(Part::Buttons, content),
        closing: if has_note(kind, role) { blocks::note(facts, content) } else { Prose::default() },
        calendar: (method(kind, role) == Some(Method::Request)).then(|| letter::Calendar {
            heading: texts.text("message-add-to-calendar"),
            links: blocks::calendar_links(facts.locale(role), content),
            hint: texts.text("message-not-updated"),
        }),
        plate: (!role.is_agent()).then(|| letter::Plate::of(facts, content, texts)),
        footer: blocks.paragraphs(Part::Footer, content),
        sent_by: texts.format("message-sent-by", &[("organisation", &facts.organisation.name)]),
    }
}

/// Whether the agent's note stands in it: what tells a customer, or a guest, of a meeting ahead.
fn has_note(kind: Notification, role: RecipientRole) -> bool {
    let is_off = matches!(kind, Notification::Cancelled | Notification::GuestRemoved);
    !is_off && !kind.is_after() && !role.is_agent()
}

/// The links that add a meeting to a calendar on the web; see [`links`].
#[must_use]
pub fn add_to_calendar(facts: &MeetingFacts, role: RecipientRole, tzdb: &Tzdb) -> links::AddToCalendar {
    values::add_to_calendar(facts, role, tzdb)
}
