//! What customers will get of an agent, to be looked at beforehand. The code that prints messages prints it.

use crate::letter::Plate;
use crate::meeting::{MeetingFacts, Notification, RecipientRole};
use crate::{blocks, html, values};
use nameplate_domain::time::Tzdb;
use nameplate_i18n::Texts;

const ROLE: RecipientRole = RecipientRole::Customer;

/// The agent's card below every mail, as an HTML document; `picture_url` is where the picture is found outside the mail.
#[must_use]
pub fn signature(facts: &MeetingFacts, picture_url: &str, tzdb: &Tzdb) -> String {
    let content = values::of(facts, ROLE, Some(Notification::Scheduled), tzdb);
    let texts = Texts::of(facts.locale(ROLE));
    html::signature(&Plate::of(facts, &content, texts), facts.locale(ROLE), picture_url)
}

/// What a customer's calendar shows of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Its title.
    pub title: String,
    /// Its text, which begins with the time.
    pub text: String,
}

/// The entry in a customer's calendar.
#[must_use]
pub fn calendar_entry(facts: &MeetingFacts, tzdb: &Tzdb) -> CalendarEntry {
    calendar_entry_of(facts, ROLE, Notification::Scheduled, tzdb)
}

pub(crate) fn calendar_entry_of(
    facts: &MeetingFacts,
    role: RecipientRole,
    kind: Notification,
    tzdb: &Tzdb,
) -> CalendarEntry {
    let content = values::of(facts, role, Some(kind), tzdb);
    CalendarEntry { title: blocks::title(role, &content), text: blocks::description(role, &content) }
}
