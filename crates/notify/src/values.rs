//! From the facts of a meeting to the values of its placeholders.

use crate::links::{AddToCalendar, Entry};
use crate::meeting::{MeetingFacts, Notification, RecipientRole};
use crate::reader::Reader;
use crate::{blocks, ics};
use nameplate_domain::account::{EmailAddress, FieldValue, LocationField, Note};
use nameplate_domain::meetings::{Party, Status};
use nameplate_domain::placeholder::{Path, Sink, Value, Values};
use nameplate_domain::time::Tzdb;
use nameplate_i18n::{Locale, country, field_value, yes_no};

/// What the templates of one message to one recipient are filled with.
pub(crate) struct Content<'a> {
    pub(crate) values: Values,
    pub(crate) reader: Reader<'a>,
}

/// The content for one recipient. `kind` is none for a calendar file that is downloaded.
pub(crate) fn of<'a>(
    facts: &'a MeetingFacts,
    role: RecipientRole,
    kind: Option<Notification>,
    tzdb: &'a Tzdb,
) -> Content<'a> {
    let mut values = Values::default();
    let set = &mut values;
    set.set_text(Path::OrganisationName, &facts.organisation.name);
    set.set_text(Path::OrganisationHost, &facts.organisation.host);
    set.set_text(Path::OrganisationUrl, &facts.organisation.url);
    agent(facts, facts.locale(role), set);
    if let Some(previous) = &facts.previous_agent {
        set.set_text(Path::PreviousAgentName, &previous.name);
    }
    customer(facts, set);
    meeting(facts, role, kind, set);
    let mut content = Content { values, reader: Reader { facts, role, tzdb } };
    let add = AddToCalendar::of(&entry(&content));
    content.values.set_text(Path::MeetingGoogleCalendarUrl, add.google);
    content.values.set_text(Path::MeetingOutlookCalendarUrl, add.outlook);
    content
}

pub(crate) fn add_to_calendar(facts: &MeetingFacts, role: RecipientRole, tzdb: &Tzdb) -> AddToCalendar {
    AddToCalendar::of(&entry(&of(facts, role, None, tzdb)))
}

fn entry(content: &Content<'_>) -> Entry {
    let Reader { facts, role, .. } = content.reader;
    let (start, end) = (facts.meeting.start, facts.meeting.end);
    Entry {
        title: blocks::title(role, content),
        details: format!("{}\n\n{}", content.reader.both(start, end), facts.links.manage)
            .trim_end()
            .to_owned(),
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
    for (key, value) in &facts.fields.shown {
        set.set_field(key.clone(), field(locale, value));
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

/// A number with decimals is printed with the reader's mark; a whole one can be compared.
fn field(locale: Locale, value: &FieldValue) -> Value {
    match value {
        FieldValue::Date(date) => Value::Date(*date),
        FieldValue::YesNo(answer) => Value::Answer(*answer, yes_no(locale, *answer)),
        FieldValue::Number(number) => match number.parse() {
            Ok(whole) => Value::Number(whole),
            Err(_) => Value::text(field_value(locale, value)),
        },
        FieldValue::Text(text) | FieldValue::Url(text) | FieldValue::Choice(text) => Value::text(text),
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

fn meeting(facts: &MeetingFacts, role: RecipientRole, kind: Option<Notification>, set: &mut Values) {
    let meeting = &facts.meeting;
    set.set_text(Path::MeetingId, meeting.id.to_string());
    set.set_text(Path::MeetingTitle, &meeting.title);
    set.set_text(Path::MeetingTypeName, &meeting.title);
    set.set_text(Path::MeetingTypeUrl, &facts.links.meeting_type);
    set.set_text(Path::MeetingStatus, meeting.status.as_str());
    set.set_text(Path::MeetingDescription, delink(meeting.note.as_ref().map_or("", Note::as_str)));
    set.set(Path::MeetingStart, Value::Time(meeting.start));
    set.set(Path::MeetingEnd, Value::Time(meeting.end));
    set.set(Path::MeetingWhen, Value::Range(meeting.start, meeting.end));
    let minutes = meeting.end.duration_since(meeting.start).as_mins();
    set.set(Path::MeetingDurationMinutes, Value::Number(minutes));
    set.set(Path::MeetingTypeDurationMinutes, Value::Number(minutes));
    let guests: Vec<_> = meeting.guests.iter().map(EmailAddress::as_str).collect();
    set.set_text(Path::MeetingGuests, guests.join(", "));
    // Nobody else can book yet.
    set.set(Path::MeetingBookedByCustomer, Value::Boolean(true));
    let reason = delink(meeting.reason.as_ref().map_or("", Note::as_str));
    if kind == Some(Notification::Rescheduled) {
        if let Some(previous) = meeting.previous {
            set.set(Path::MeetingPreviousStart, Value::Time(previous.0));
            set.set(Path::MeetingPreviousWhen, Value::Range(previous.0, previous.1));
        }
        set.set_text(Path::MeetingReschedulingReason, reason);
    } else if kind == Some(Notification::Reassigned) {
        set.set_text(Path::MeetingReschedulingReason, reason);
    } else if meeting.status == Status::Cancelled {
        set.set_text(Path::MeetingCancellationReason, reason);
        set.set_text(Path::MeetingCancelledBy, meeting.cancelled_by.map_or("", Party::as_str));
    }
    if let Some(note) = &facts.wrap_up {
        set.set_text(Path::MeetingWrapUp, note.as_str());
    }
    match ics::join_url(meeting) {
        Some(url) => set.set_text(Path::MeetingJoinUrl, url),
        None => set.set_text(Path::MeetingPlace, meeting.place.as_deref().unwrap_or_default()),
    }
    set.set_text(Path::MeetingManageUrl, &facts.links.manage);
    if role == RecipientRole::Customer && meeting.status == Status::Completed {
        set.set_text(Path::MeetingReviewUrl, format!("{}#review", facts.links.manage));
    }
    if meeting.status != Status::Cancelled {
        set.set_text(Path::MeetingRescheduleUrl, &facts.links.reschedule);
        set.set_text(Path::MeetingCancelUrl, &facts.links.cancel);
        set.set_text(Path::MeetingIcsUrl, &facts.links.ics);
    }
    let name = match role {
        RecipientRole::Customer => delink(meeting.customer.name.as_str()),
        RecipientRole::Agent => facts.agent.name.to_string(),
        RecipientRole::PreviousAgent => {
            facts.previous_agent.as_ref().map_or_else(String::new, |one| one.name.clone())
        }
        // Nobody has told us.
        RecipientRole::Guest => String::new(),
    };
    set.set_text(Path::RecipientName, name);
    let role = if role == RecipientRole::PreviousAgent { RecipientRole::Agent } else { role };
    set.set_text(Path::RecipientRole, role.as_str());
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
