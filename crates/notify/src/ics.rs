//! Calendar files (`messages.md` section 2; RFC 5545, 5546, 7986). All times are UTC: readers of a file have zone data of
//! other ages. The local reading stands as text in DESCRIPTION.

use crate::blocks;
use crate::content_lines::Writer;
use crate::links::compact;
use crate::meeting::{MeetingFacts, Notification, RecipientRole};
use crate::values;
use jiff::Timestamp;
use nameplate_domain::account::EmailAddress;
use nameplate_domain::meetings::{Answer, Meeting, Status, answer_of};
use nameplate_domain::placeholder::clean;
use nameplate_domain::time::Tzdb;
use nameplate_i18n::Texts;

/// The iTIP method of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// An invitation or its update, by mail.
    Request,
    /// The meeting is off, by mail.
    Cancel,
    /// A file that is downloaded; it invites nobody.
    Publish,
}

impl Method {
    /// The word in METHOD and in the part's `method=`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// The file behind a "Calendar file" link, as the recipient of the link reads it.
#[must_use]
pub fn download(facts: &MeetingFacts, role: RecipientRole, tzdb: &Tzdb, now: Timestamp) -> String {
    file(facts, role, Method::Publish, tzdb, now)
}

/// A file of several meetings, as their agent reads them.
#[must_use]
pub fn collection(all: &[MeetingFacts], tzdb: &Tzdb, now: Timestamp) -> String {
    let mut file = begun(Method::Publish);
    for facts in all {
        event(&mut file, facts, RecipientRole::Agent, Method::Publish, tzdb, now);
    }
    file.line("END", "VCALENDAR");
    file.finish()
}

/// The whole file. `now` is DTSTAMP: when this message was made.
pub(crate) fn file(
    facts: &MeetingFacts,
    role: RecipientRole,
    method: Method,
    tzdb: &Tzdb,
    now: Timestamp,
) -> String {
    let mut file = begun(method);
    event(&mut file, facts, role, method, tzdb, now);
    file.line("END", "VCALENDAR");
    file.finish()
}

pub(crate) fn begun(method: Method) -> Writer {
    let mut file = Writer::default();
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", concat!("-//Nameplate//", env!("CARGO_PKG_VERSION"), "//EN"));
    file.line("CALSCALE", "GREGORIAN");
    file.line("METHOD", method.as_str());
    file
}

pub(crate) fn event(
    file: &mut Writer,
    facts: &MeetingFacts,
    role: RecipientRole,
    method: Method,
    tzdb: &Tzdb,
    now: Timestamp,
) {
    let meeting = &facts.meeting;
    let cancelled = meeting.status == Status::Cancelled;
    let kind = if cancelled { Notification::Cancelled } else { Notification::Scheduled };
    let content = values::of(facts, role, Some(kind), tzdb);
    opened(file, meeting, now);
    let locale = facts.locale(role);
    file.text("SUMMARY", &blocks::title(role, &content));
    file.text("DESCRIPTION", &blocks::description(role, &content));
    if let Some(place) = meeting.place.as_deref().filter(|_| !cancelled) {
        file.text("LOCATION", &clean(place, false));
    }
    if let Some(url) = join_url(meeting).filter(|_| !cancelled) {
        let label = Texts::of(locale).text("message-join-label");
        file.line("URL", url);
        // ical.js 1.5 refuses a whole calendar over a `;` in an address behind a quoted parameter.
        if !url.contains(';') {
            file.with(
                "CONFERENCE",
                &[("VALUE", "URI"), ("FEATURE", "AUDIO,VIDEO")],
                Some(("LABEL", &label)),
                url,
            );
        }
    }
    file.with(
        "ORGANIZER",
        &[],
        Some(("CN", &facts.organizer_name())),
        &format!("mailto:{}", facts.organizer()),
    );
    if method != Method::Publish {
        attendees(facts, role, file);
    }
    closed(file, meeting);
}

/// Which meeting, in which version, and when.
pub(crate) fn opened(file: &mut Writer, meeting: &Meeting, now: Timestamp) {
    file.line("BEGIN", "VEVENT");
    file.text("UID", &meeting.uid);
    file.line("SEQUENCE", &meeting.sequence.to_string());
    file.line("DTSTAMP", &compact(now));
    file.line("CREATED", &compact(meeting.created_at));
    file.line("LAST-MODIFIED", &compact(meeting.changed_at));
    file.line("DTSTART", &compact(meeting.start));
    file.line("DTEND", &compact(meeting.end));
}

/// Whether it takes place.
pub(crate) fn closed(file: &mut Writer, meeting: &Meeting) {
    let status = match meeting.status {
        Status::Cancelled => "CANCELLED",
        Status::Pending => "TENTATIVE",
        Status::Scheduled | Status::Completed | Status::Missed => "CONFIRMED",
    };
    file.line("STATUS", status);
    file.line("TRANSP", "OPAQUE");
    file.line("CLASS", "PUBLIC");
    file.line("END", "VEVENT");
}

/// The agent is left out where the customer may not see the address. The customer has booked, so has answered; a guest is
/// asked where the answer reaches us.
fn attendees(facts: &MeetingFacts, role: RecipientRole, file: &mut Writer) {
    let agent = match role {
        RecipientRole::Customer | RecipientRole::Guest => facts.agent.email.as_ref(),
        RecipientRole::Agent => Some(&facts.agent_email),
        RecipientRole::PreviousAgent => facts.previous_agent.as_ref().map(|one| &one.email),
    };
    let name = match (role, &facts.previous_agent) {
        (RecipientRole::PreviousAgent, Some(previous)) => previous.name.as_str(),
        _ => facts.agent.name.as_str(),
    };
    let person = |role, answer, asked| {
        [("CUTYPE", "INDIVIDUAL"), ("ROLE", role), ("PARTSTAT", answer), ("RSVP", asked)]
    };
    let answered = |address: &EmailAddress| answer_of(&facts.answers, address).map(partstat);
    if let Some(email) = agent {
        let address = format!("mailto:{email}");
        file.with("ATTENDEE", &person("CHAIR", "ACCEPTED", "FALSE"), Some(("CN", name)), &address);
    }
    let customer = &facts.meeting.customer;
    let address = format!("mailto:{}", customer.email);
    let fixed = person("REQ-PARTICIPANT", answered(&customer.email).unwrap_or("ACCEPTED"), "FALSE");
    file.with("ATTENDEE", &fixed, Some(("CN", customer.name.as_str())), &address);
    for guest in &facts.meeting.guests {
        let asked = if facts.asks_answer { "TRUE" } else { "FALSE" };
        let fixed = person("REQ-PARTICIPANT", answered(guest).unwrap_or("NEEDS-ACTION"), asked);
        file.with("ATTENDEE", &fixed, Some(("CN", guest.as_str())), &format!("mailto:{guest}"));
    }
}

/// The word of PARTSTAT.
const fn partstat(answer: Answer) -> &'static str {
    match answer {
        Answer::Accepted => "ACCEPTED",
        Answer::Declined => "DECLINED",
        Answer::Tentative => "TENTATIVE",
    }
}

/// The place, when it is a link to join by.
pub(crate) fn join_url(meeting: &Meeting) -> Option<&str> {
    let place = meeting.place.as_deref()?;
    let is_link = place.starts_with("https://") || place.starts_with("http://");
    let plain =
        place.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\'));
    (is_link && plain).then_some(place)
}
