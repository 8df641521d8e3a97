//! Templates before they are saved: what is built in, and what a message with them would look like. The code that sends makes
//! it.

use crate::meeting::{self, MeetingNotice};
use crate::preview::{CalendarEntry, calendar_entry_of};
use crate::{blocks, mime, values};
use jiff::Timestamp;
use nameplate_domain::account::RecipientRole;
use nameplate_domain::placeholder::{Sink, Template, escape};
use nameplate_domain::templates::{Part, TemplateName};
use nameplate_domain::time::Tzdb;
use nameplate_i18n::Locale;

/// The text of a part that is built in.
#[must_use]
pub fn built_in(name: TemplateName, role: RecipientRole, locale: Locale, part: Part) -> &'static str {
    blocks::built_in_part(name, role, locale, part)
}

/// A message as its reader gets it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its subject.
    pub subject: String,
    /// Its HTML part, with the picture at an address.
    pub html: String,
    /// Its text part.
    pub text: String,
    /// What a calendar shows of it.
    pub entry: CalendarEntry,
    /// The calendar file, when one comes with it.
    pub calendar: Option<String>,
}

/// Makes a message to look at; `picture_url` is where the agent's picture is found outside the mail.
#[must_use]
pub fn show(notice: &MeetingNotice<'_>, picture_url: &str, tzdb: &Tzdb, now: Timestamp) -> Shown {
    let content = meeting::content(notice, tzdb, now);
    Shown {
        subject: content.subject,
        html: content.parts.html.replace(&format!("cid:{}", mime::PICTURE_ID), &escape(picture_url)),
        text: content.parts.text,
        entry: calendar_entry_of(notice.facts, notice.role, notice.kind, tzdb),
        calendar: content.parts.calendar.map(|(_, file)| file),
    }
}

/// What a placeholder of this name prints in this message; empty where it has no value.
#[must_use]
pub fn example(notice: &MeetingNotice<'_>, name: &str, tzdb: &Tzdb) -> String {
    let content = values::of(notice.facts, notice.role, Some(notice.kind), tzdb);
    let fields = &notice.facts.fields.known;
    Template::parse_with(&format!("{{{{ {name} }}}}"), Sink::Text, &|_| true, fields)
        .map(|template| template.render(&content.values, &content.reader))
        .unwrap_or_default()
}
