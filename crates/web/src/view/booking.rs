//! The public booking form, `/{slug}` and below.

use super::calendar::Picker;
use super::{Link, LinkedData, Plate, Shell};
use askama::Template;

/// A meeting type as customers see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingTypeHead {
    /// "Mortgage introduction"
    pub name: String,
    /// "30 minutes"
    pub duration: String,
    /// Where or how, as text: "Video call".
    pub place: Option<String>,
    /// The description, plain text.
    pub description: Option<String>,
    /// Its booking page: `/{slug}/{meeting_type}` with the query that must survive.
    pub href: String,
}

/// `/{slug}`: who the agent is and what can be booked (screen 1).
#[derive(Debug, Clone, Template)]
#[template(path = "booking/agent.html")]
pub struct AgentPage {
    /// The frame.
    pub shell: Shell,
    /// The agent's card; its name is the heading (`is_heading`).
    pub plate: Plate,
    /// The same card for machines.
    pub linked_data: LinkedData,
    /// `/{slug}.vcf`
    pub contact: String,
    /// The full profile URL, for paper.
    pub url: String,
    /// What can be booked; empty shows how to get in touch.
    pub meeting_types: Vec<MeetingTypeHead>,
}

impl AgentPage {
    fn heading(&self) -> String {
        self.plate.name.clone()
    }
}

/// `/{slug}/{meeting_type}`: day and time (screen 2).
#[derive(Debug, Clone, Template)]
#[template(path = "booking/choose_time.html")]
pub struct ChooseTime {
    /// The frame.
    pub shell: Shell,
    /// The agent's card.
    pub plate: Plate,
    /// What is booked.
    pub meeting_type: MeetingTypeHead,
    /// `/{slug}.vcf`
    pub contact: String,
    /// Back to the list, when there is more than one meeting type.
    pub all_meeting_types: Option<String>,
    /// Month, times and zone.
    pub picker: Picker,
}

impl ChooseTime {
    fn heading(&self) -> String {
        self.meeting_type.name.clone()
    }
}

/// The chosen time was taken meanwhile (B-12). The error summary is made from this; leave `Shell::errors` for fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// "09:30 was just taken"
    pub text: String,
    /// Up to three nearest free times: the button's text ("Book 10:00 on Tuesday 8 December") and the start it sends.
    pub nearby: Vec<Link>,
}

/// `/{slug}/{meeting_type}/book`: who the customer is (screen 3). Posts to `action` with `start`, `time_zone`,
/// `form_token`, `name`, `email`, `phone_number`, `sms`, `note`; `website` is a trap that people leave empty.
#[derive(Debug, Clone, Template)]
#[template(path = "booking/details.html")]
pub struct Details {
    /// The frame; errors of the fields `name`, `email`, `phone_number`, `note`, and `book` when nothing is wrong with them.
    pub shell: Shell,
    /// The agent's card.
    pub plate: Plate,
    /// What is booked.
    pub meeting_type: MeetingTypeHead,
    /// The chosen time in full, with its zone.
    pub when: String,
    /// Where the form is posted to go back to the times of the chosen day, with what was typed kept (B-16).
    pub change_action: String,
    /// Where the form is posted.
    pub action: String,
    /// The chosen start, RFC 3339 in UTC.
    pub start: String,
    /// The zone the customer reads in.
    pub time_zone: String,
    /// What was typed, or prefilled.
    pub name: String,
    /// What was typed, or prefilled.
    pub email: String,
    /// What was typed.
    pub phone_number: String,
    /// Whether text messages can be asked for.
    pub offers_sms: bool,
    /// Whether they were.
    pub sms: bool,
    /// What was typed, or prefilled.
    pub note: String,
    /// "Book 09:30 on Tuesday 8 December"
    pub button: String,
    /// Set when the chosen time is gone (answered with 409).
    pub taken: Option<Taken>,
}

impl Details {
    fn heading(&self) -> String {
        self.shell.t1("details-title", "meeting_type", &self.meeting_type.name)
    }
}
