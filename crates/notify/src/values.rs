//! From the facts of a meeting to the values of its placeholders.

use crate::links::{AddToCalendar, Entry};
use crate::meeting::{Kind, MeetingFacts, RecipientRole};
use crate::{blocks, ics};
use jiff::Timestamp;
use nameplate_domain::account::{LocationField, Note};
use nameplate_domain::meetings::{Party, Status};
use nameplate_domain::placeholder::{Path, Sink, Value, Values};
use nameplate_domain::time::Tzdb;
use nameplate_i18n::time::Clock;
use nameplate_i18n::{Locale, Texts, country};

/// The values for one recipient. `kind` is none for a calendar file that is downloaded.
pub(crate) fn of(facts: &MeetingFacts, role: RecipientRole, kind: Option<Kind>, tzdb: &Tzdb) -> Values {
    let mut values = Values::default();
    let set = &mut values;
    set.set_text(Path::OrganisationName, &facts.organisation.name);
    set.set_text(Path::OrganisationHost, &facts.organisation.host);
    set.set_text(Path::OrganisationUrl, &facts.organisation.url);
    agent(facts, facts.locale(role), set);
    customer(facts, set);
    meeting(facts, role, kind, tzdb, set);
    let entry = entry(facts, role, &values, tzdb);
    let add = AddToCalendar::of(&entry);
    values.set_text(Path::MeetingGoogleCalendarUrl, add.google);
    values.set_text(Path::MeetingOutlookCalendarUrl, add.outlook);
    values
}

pub(crate) fn add_to_calendar(facts: &MeetingFacts, role: RecipientRole, tzdb: &Tzdb) -> AddToCalendar {
    AddToCalendar::of(&entry(facts, role, &of(facts, role, None, tzdb), tzdb))
}

fn entry(facts: &MeetingFacts, role: RecipientRole, values: &Values, tzdb: &Tzdb) -> Entry {
    let (reader, other) = facts.clocks(role, tzdb);
    let (start, end) = (facts.meeting.start, facts.meeting.end);
    Entry {
        title: blocks::summary(role, facts.locale(role), values),
        details: format!("{}\n\n{}", when(facts, role, &reader, &other, (start, end)), facts.links.manage),
        place: facts.meeting.place.clone().unwrap_or_default(),
        start,
        end,
    }
}

fn agent(facts: &MeetingFacts, locale: Locale, set: &mut Values) {
    let card = &facts.agent;
    set.set_text(Path::AgentName, card.name.as_str());
    set.set_text(Path::AgentFirstName, first_name(card.name.as_str()));
    set.set_text(Path::AgentProfileUrl, &facts.links.profile);
    set.set_text(Path::AgentTimeZone, card.time_zone.as_str());
    if let Some(email) = &card.email {
        set.set_text(Path::AgentEmail, email.as_str());
    }
    if let Some(number) = &card.phone_number {
        set.set(Path::AgentPhoneNumber, Value::Phone(number.clone()));
    }
    if let Some(title) = &card.job_title {
        set.set_text(Path::AgentJobTitle, title.as_str());
    }
    if let Some(location) = &card.location {
        for (path, field) in [
            (Path::AgentLocationName, LocationField::Name),
            (Path::AgentLocationStreet, LocationField::Street),
            (Path::AgentLocationPostcode, LocationField::Postcode),
            (Path::AgentLocationCity, LocationField::City),
            (Path::AgentLocationState, LocationField::State),
        ] {
            set.set_text(path, location.part(field));
        }
        set.set_text(
            Path::AgentLocationCountry,
            location.country.map_or_else(String::new, |known| country(locale, known.name())),
        );
        set.set_text(Path::AgentLocationAddress, location.lines().join("\n"));
    }
}

fn customer(facts: &MeetingFacts, set: &mut Values) {
    let customer = &facts.meeting.customer;
    set.set_text(Path::CustomerName, delink(customer.name.as_str()));
    set.set_text(Path::CustomerFirstName, delink(first_name(customer.name.as_str())));
    set.set_text(Path::CustomerEmail, customer.email.as_str());
    set.set_text(Path::CustomerTimeZone, facts.meeting.customer_side.zone.as_str());
    set.set_text(Path::CustomerLanguage, &customer.locale);
    if let Some(number) = &customer.phone_number {
        set.set(Path::CustomerPhoneNumber, Value::Phone(number.clone()));
    }
}

fn meeting(facts: &MeetingFacts, role: RecipientRole, kind: Option<Kind>, tzdb: &Tzdb, set: &mut Values) {
    let meeting = &facts.meeting;
    let (reader, other) = facts.clocks(role, tzdb);
    let time = |at| Value::Time { full: reader.full(at), short: reader.short(at) };
    set.set_text(Path::MeetingId, meeting.id.to_string());
    set.set_text(Path::MeetingTitle, &meeting.title);
    set.set_text(Path::MeetingTypeName, &meeting.title);
    set.set_text(Path::MeetingTypeUrl, &facts.links.meeting_type);
    set.set_text(Path::MeetingStatus, meeting.status.as_str());
    set.set_text(Path::MeetingDescription, delink(meeting.note.as_ref().map_or("", Note::as_str)));
    set.set(Path::MeetingStart, time(meeting.start));
    set.set(Path::MeetingEnd, time(meeting.end));
    let span = |span| when(facts, role, &reader, &other, span);
    set.set_text(Path::MeetingWhen, span((meeting.start, meeting.end)));
    let minutes = meeting.end.duration_since(meeting.start).as_mins().to_string();
    set.set_text(Path::MeetingDurationMinutes, &minutes);
    set.set_text(Path::MeetingTypeDurationMinutes, &minutes);
    let reason = delink(meeting.reason.as_ref().map_or("", Note::as_str));
    if kind == Some(Kind::Rescheduled) {
        if let Some(previous) = meeting.previous {
            set.set(Path::MeetingPreviousStart, time(previous.0));
            set.set_text(Path::MeetingPreviousWhen, span(previous));
        }
        set.set_text(Path::MeetingReschedulingReason, reason);
    } else if meeting.status == Status::Cancelled {
        set.set_text(Path::MeetingCancellationReason, reason);
        set.set_text(Path::MeetingCancelledBy, meeting.cancelled_by.map_or("", Party::as_str));
    }
    match ics::join_url(meeting) {
        Some(url) => set.set_text(Path::MeetingJoinUrl, url),
        None => set.set_text(Path::MeetingPlace, meeting.place.as_deref().unwrap_or_default()),
    }
    set.set_text(Path::MeetingManageUrl, &facts.links.manage);
    if meeting.status != Status::Cancelled {
        set.set_text(Path::MeetingRescheduleUrl, &facts.links.reschedule);
        set.set_text(Path::MeetingCancelUrl, &facts.links.cancel);
        set.set_text(Path::MeetingIcsUrl, &facts.links.ics);
    }
    let name = match role {
        RecipientRole::Customer => delink(meeting.customer.name.as_str()),
        RecipientRole::Agent => facts.agent.name.to_string(),
    };
    set.set_text(Path::RecipientName, name);
    set.set_text(Path::RecipientRole, role.as_str());
}

/// The reader's reading, and the other party's on a second line where it is another one (`time.md` section 8).
fn when(
    facts: &MeetingFacts,
    role: RecipientRole,
    reader: &Clock,
    other: &Clock,
    (start, end): (Timestamp, Timestamp),
) -> String {
    let own = reader.full_range(start, end);
    if !reader.differs_from(other, start, end) {
        return own;
    }
    let name = match role {
        RecipientRole::Customer => facts.agent.name.to_string(),
        RecipientRole::Agent => delink(facts.meeting.customer.name.as_str()),
    };
    let time = other.full_range(start, end);
    let texts = Texts::of(facts.locale(role));
    format!("{own}\n{}", texts.format("message-other-clock", &[("name", &name), ("time", &time)]))
}

/// The first word, else all.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// What a customer typed, so that no mail program makes a link of it (security.md C7): an invisible break (U+200B, which
/// no typed field can contain) behind each `.`, `@` and `:` that stands inside a word.
pub(crate) fn delink(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        broken.push(c);
        if matches!(c, '.' | '@' | ':') && chars.peek().is_some_and(|next| !next.is_whitespace()) {
            broken.push('\u{200B}');
        }
    }
    broken
}

/// The text of the summary, one line of at most 200 characters.
pub(crate) fn one_line(text: &str, sink: Sink) -> String {
    let line = nameplate_domain::placeholder::clean(text, sink == Sink::Text);
    line.chars().take(200).collect()
}
