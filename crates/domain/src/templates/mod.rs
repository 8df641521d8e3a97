//! The templates of messages, and what an organisation has written in their place (`messages.md` sections 6 and 7).
//!
//! A template has parts, each a text with placeholders. The layout around the parts is ours, so that every mail holds in every
//! mail program; nobody writes HTML.

mod check;
mod lines;

pub use check::{check, check_own, is_web_address};
pub use lines::{Labelled, labelled};

use crate::account::words::words;
use crate::account::{Notification, RecipientRole};
use crate::placeholder::Path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words!(
    /// A template. Most are those of a [`Notification`].
    TemplateName {
        /// The meeting is booked.
        Scheduled = "meeting_scheduled",
        /// It has another time.
        Rescheduled = "meeting_rescheduled",
        /// Another agent holds it.
        Reassigned = "meeting_reassigned",
        /// Other guests come.
        Changed = "meeting_changed",
        /// The reader is invited to it.
        GuestAdded = "guest_added",
        /// The reader is invited no more.
        GuestRemoved = "guest_removed",
        /// It does not take place.
        Cancelled = "meeting_cancelled",
        /// It takes place tomorrow.
        Reminder = "reminder",
        /// It takes place within the hour.
        StartsSoon = "starts_soon",
        /// It is over, and its agent writes to the customer.
        WrapUp = "wrap_up",
        /// It is over, and the customer is asked how it was.
        ReviewRequest = "review_request",
        /// The customer did not come.
        Missed = "meeting_missed",
        /// What a calendar shows of a meeting.
        CalendarEntry = "calendar_entry",
        /// The agent's card below every email to a customer, and in the customer's calendar.
        Signature = "signature",
    }
);

words!(
    /// A text of a template.
    Part {
        /// The subject of an email.
        Subject = "subject",
        /// The heading above its text.
        Heading = "heading",
        /// Its text: paragraphs between blank lines.
        Text = "text",
        /// The table below: a label and a value in each line.
        Details = "details",
        /// Its buttons: a label and an address in each line.
        Buttons = "buttons",
        /// The small print at its end.
        Footer = "footer",
        /// The text as SMS.
        Sms = "sms",
        /// The title of a calendar entry.
        Title = "title",
        /// The same when the meeting does not take place.
        CancelledTitle = "cancelled_title",
        /// The text of a calendar entry.
        Description = "description",
        /// The lines of a signature, with or without a label.
        Lines = "lines",
    }
);

const EMAIL: &[Part] =
    &[Part::Subject, Part::Heading, Part::Text, Part::Details, Part::Buttons, Part::Footer];
const EMAIL_AND_SMS: &[Part] =
    &[Part::Subject, Part::Heading, Part::Text, Part::Details, Part::Buttons, Part::Footer, Part::Sms];
const CALENDAR: &[Part] = &[Part::Title, Part::CancelledTitle, Part::Description];

impl TemplateName {
    /// Its parts, in the order of the message.
    #[must_use]
    pub const fn parts(self, to: RecipientRole) -> &'static [Part] {
        match (self, to) {
            (Self::CalendarEntry, _) => CALENDAR,
            (Self::Signature, _) => &[Part::Lines],
            (_, RecipientRole::Customer)
                if !matches!(
                    self,
                    Self::Reassigned | Self::Changed | Self::WrapUp | Self::ReviewRequest | Self::Missed
                ) =>
            {
                EMAIL_AND_SMS
            }
            _ => EMAIL,
        }
    }

    /// The sides that have one.
    #[must_use]
    pub const fn recipients(self) -> &'static [RecipientRole] {
        match self {
            Self::Signature | Self::WrapUp | Self::ReviewRequest => &[RecipientRole::Customer],
            Self::Reassigned => RecipientRole::ALL,
            // A guest hears of it by the invitation.
            Self::Scheduled | Self::Missed => RecipientRole::SIDES,
            Self::GuestAdded | Self::GuestRemoved => &[RecipientRole::Guest],
            _ => RecipientRole::ATTENDEES,
        }
    }

    /// The notification that it is written for.
    #[must_use]
    pub fn notification(self) -> Option<Notification> {
        Notification::parse(self.as_str()).ok()
    }

    /// Whether the path can have a value in this template.
    #[must_use]
    pub fn has(self, path: Path) -> bool {
        match self.notification() {
            Some(notification) => notification.has(path),
            // One text for all that becomes of a meeting.
            None if self == Self::CalendarEntry => {
                Notification::Scheduled.has(path) || Notification::Cancelled.has(path)
            }
            None => matches!(path.as_str().split('.').next(), Some("organisation" | "agent")),
        }
    }
}

impl Notification {
    /// Whether one in this role is told of it at all.
    #[must_use]
    pub fn goes_to(self, to: RecipientRole) -> bool {
        TemplateName::from(self).recipients().contains(&to)
    }
}

impl From<Notification> for TemplateName {
    fn from(notification: Notification) -> Self {
        match notification {
            Notification::Scheduled => Self::Scheduled,
            Notification::Rescheduled => Self::Rescheduled,
            Notification::Reassigned => Self::Reassigned,
            Notification::Changed => Self::Changed,
            Notification::GuestAdded => Self::GuestAdded,
            Notification::GuestRemoved => Self::GuestRemoved,
            Notification::Cancelled => Self::Cancelled,
            Notification::Reminder => Self::Reminder,
            Notification::StartsSoon => Self::StartsSoon,
            Notification::WrapUp => Self::WrapUp,
            Notification::ReviewRequest => Self::ReviewRequest,
            Notification::Missed => Self::Missed,
        }
    }
}

/// The parts of a template that differ from the built-in ones. In JSON: `{"subject": "…"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parts(BTreeMap<Part, String>);

impl Parts {
    /// What was written in place of the built-in text.
    #[must_use]
    pub fn get(&self, part: Part) -> Option<&str> {
        self.0.get(&part).map(String::as_str)
    }

    /// The same, with this text in place of the built-in one.
    #[must_use]
    pub fn with(mut self, part: Part, text: impl Into<String>) -> Self {
        self.0.insert(part, text.into());
        self
    }

    /// All that was written.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What an agent writes in messages to customers, whatever their language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTexts {
    /// In place of the organisation's signature; empty where that one holds.
    pub signature: String,
    /// Below every email that tells of a meeting ahead; empty where there is none.
    pub note: String,
}

/// Which template: its name, who reads it, and the tag of its language.
pub type TemplateKey = (TemplateName, RecipientRole, String);

/// All templates that an organisation has written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written(BTreeMap<TemplateKey, Parts>);

impl Written {
    /// What was written of one template.
    #[must_use]
    pub fn get(&self, name: TemplateName, to: RecipientRole, language: &str) -> Option<&Parts> {
        self.0.get(&(name, to, language.to_owned()))
    }

    /// All templates that were written.
    pub fn all(&self) -> impl Iterator<Item = (&TemplateKey, &Parts)> {
        self.0.iter()
    }

    /// The same, with this template.
    #[must_use]
    pub fn with(mut self, key: TemplateKey, parts: Parts) -> Self {
        self.0.insert(key, parts);
        self
    }
}

impl FromIterator<(TemplateKey, Parts)> for Written {
    fn from_iter<T: IntoIterator<Item = (TemplateKey, Parts)>>(templates: T) -> Self {
        Self(templates.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notification_has_its_template() {
        for notification in Notification::ALL {
            assert_eq!(TemplateName::from(*notification).notification(), Some(*notification));
        }
        assert_eq!(TemplateName::Signature.notification(), None);
    }

    #[test]
    fn a_signature_knows_the_agent_and_no_meeting() {
        for (path, has) in [
            (Path::AgentJobTitle, true),
            (Path::OrganisationName, true),
            (Path::CustomerName, false),
            (Path::MeetingStart, false),
        ] {
            assert_eq!(TemplateName::Signature.has(path), has, "{path:?}");
        }
        assert!(TemplateName::CalendarEntry.has(Path::MeetingCancellationReason));
        assert!(TemplateName::CalendarEntry.has(Path::MeetingCancelUrl));
        assert!(!TemplateName::CalendarEntry.has(Path::MeetingPreviousStart));
    }

    #[test]
    fn what_was_written_reads_back() {
        let parts = Parts::default().with(Part::Subject, "Hello").with(Part::Text, "");
        let json = serde_json::to_string(&parts).unwrap();
        assert_eq!(json, r#"{"subject":"Hello","text":""}"#);
        assert_eq!(serde_json::from_str::<Parts>(&json).unwrap(), parts);
        assert!(serde_json::from_str::<Parts>(r#"{"colour":"red"}"#).is_err());
    }
}
