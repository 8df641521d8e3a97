//! A customer's (or agent's) view of one meeting, `/m/{token}`.

use super::calendar::Picker;
use super::templates::Choice;
use super::{Link, Plate, Shell};
use askama::Template;

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingState {
    /// Waits for the agent.
    Pending,
    /// Will take place.
    Scheduled,
    /// Was called off.
    Cancelled,
    /// Has taken place.
    Completed,
    /// Nobody came.
    Missed,
}

/// Whose link it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The one who booked.
    Customer,
    /// The one who is booked.
    Agent,
}

/// The facts of a meeting, the same on all its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingFacts {
    /// The meeting type's name.
    pub what: String,
    /// In full, in the reader's zone.
    pub when: String,
    /// In full in the other side's zone, when that reads differently, with whose it is: "Anna Berg: Tuesday …".
    pub when_other: Option<String>,
    /// Where or how.
    pub place: Option<String>,
}

/// A message about the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// "Reminder"
    pub what: String,
    /// The address it goes to.
    pub to: String,
    /// When it is or was due, with the zone.
    pub when: String,
    /// "Sent"
    pub state: String,
    /// Why it reached nobody, in plain words.
    pub why: Option<String>,
    /// The same in the words of the mail server.
    pub answer: Option<String>,
    /// Where a POST sends it once more.
    pub again: Option<String>,
}

/// What is said of text messages on a meeting's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsPart {
    /// "Text messages about this meeting go to +31 6 12345678."
    pub text: String,
    /// Whether the reader can stop them.
    pub can_stop: bool,
}

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// The address as it is posted.
    pub address: String,
    /// The address as people read it.
    pub shown: String,
    /// "Declined", as their calendar answered.
    pub answer: Option<String>,
}

/// Who else is invited; posts `guest`, `version` and `form_token` to `{base}/guests` and `{base}/guests/remove`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestsPart {
    /// They.
    pub guests: Vec<Guest>,
    /// Whether the list can still be changed.
    pub may_change: bool,
    /// Whether there is room for one more.
    pub may_add: bool,
    /// The most that there can be.
    pub most: String,
    /// The meeting's sequence: others are invited to the meeting that was seen.
    pub version: u32,
    /// What was typed.
    pub typed: String,
}

/// What the customer says of a meeting; posts `rating`, `comment` and `form_token` to `{base}/review`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewForm {
    /// The best first.
    pub ratings: Vec<Choice>,
    /// What was written or typed.
    pub comment: String,
    /// Whether it was left before.
    pub is_left: bool,
}

/// The review as the agent reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewShown {
    /// "5 – very good"
    pub rating: String,
    /// In the customer's words.
    pub comment: Option<String>,
    /// When it was left, with the zone.
    pub when: String,
}

/// `/m/{token}`: the current state, which is also the confirmation (B-17, M-01).
#[derive(Debug, Clone, Template)]
#[template(path = "manage/meeting.html")]
pub struct MeetingPage {
    /// The frame.
    pub shell: Shell,
    /// `/m/{token}` without a slash at the end; `/reschedule`, `/cancel` and `/meeting.ics` are below it.
    pub base: String,
    /// Who reads it.
    pub reader: Reader,
    /// Where the meeting stands.
    pub state: MeetingState,
    /// What, when and where.
    pub facts: MeetingFacts,
    /// The agent's card.
    pub plate: Plate,
    /// The customer's name.
    pub customer_name: String,
    /// Where messages go.
    pub customer_email: String,
    /// "Declined", as the customer's calendar answered.
    pub customer_answer: Option<String>,
    /// The customer's phone number.
    pub customer_phone_number: Option<String>,
    /// What the customer wrote.
    pub note: Option<String>,
    /// What to quote on the phone.
    pub reference: String,
    /// Google, Outlook.com, Microsoft 365, Yahoo: name and address; empty hides the box.
    pub calendars: Vec<Link>,
    /// Whether Reschedule and Cancel are offered.
    pub may_change: bool,
    /// Whether Reschedule is one of them: not where the agent cannot be booked.
    pub may_move: bool,
    /// Where an agent gives it to a colleague.
    pub reassign: Option<String>,
    /// Why they are not, when the meeting still lies ahead (M-06).
    pub closed_reason: Option<String>,
    /// Why it was cancelled, as the one who cancelled wrote.
    pub cancel_reason: Option<String>,
    /// The agent's booking page, to book again or another one; `None` when the agent cannot be booked.
    pub book_again: Option<String>,
    /// Who else is invited; none where nobody is and nobody can be.
    pub guests: Option<GuestsPart>,
    /// What was typed of the agent's note after the meeting; none where none can be sent.
    pub wrap_up: Option<String>,
    /// Whether the agent marked it as missed; none where nothing can be said of that. Posts `attendance` to `{base}/attendance`.
    pub is_missed: Option<bool>,
    /// The customer's review, to be left or changed.
    pub review_form: Option<ReviewForm>,
    /// The customer's review, for the agent.
    pub review: Option<ReviewShown>,
    /// Text messages, where the customer asked for them.
    pub sms: Option<SmsPart>,
    /// What was sent and will be; empty for the customer.
    pub messages: Vec<LogLine>,
}

impl MeetingPage {
    fn heading(&self) -> String {
        match self.state {
            MeetingState::Pending => self.own("meeting-title-pending", "meeting-title-pending-agent"),
            MeetingState::Scheduled => self.own("meeting-title-scheduled", "meeting-title-scheduled-agent"),
            MeetingState::Cancelled => self.shell.t("meeting-title-cancelled"),
            MeetingState::Completed => self.shell.t("meeting-title-completed"),
            MeetingState::Missed => self.shell.t("meeting-title-missed"),
        }
    }

    fn lead(&self) -> String {
        match self.state {
            MeetingState::Pending => self.shell.t1("meeting-lead-pending", "email", &self.customer_email),
            MeetingState::Scheduled => self.own("meeting-lead-scheduled", "meeting-lead-scheduled-agent"),
            MeetingState::Cancelled => self.shell.t("meeting-lead-cancelled"),
            MeetingState::Completed => self.own("meeting-lead-completed", "meeting-lead-completed-agent"),
            MeetingState::Missed => self.own("meeting-lead-missed", "meeting-lead-missed-agent"),
        }
    }

    /// A text that each side has in its own words.
    fn own(&self, to_customer: &str, to_agent: &str) -> String {
        let (key, name) = match self.reader {
            Reader::Customer => (to_customer, &self.plate.name),
            Reader::Agent => (to_agent, &self.customer_name),
        };
        self.shell.t2(key, ("name", name), ("email", &self.customer_email))
    }

    fn is_scheduled(&self) -> bool {
        self.state == MeetingState::Scheduled
    }

    fn is_cancelled(&self) -> bool {
        self.state == MeetingState::Cancelled
    }
}

/// `/m/{token}/reschedule`: the current time and the times that are free.
#[derive(Debug, Clone, Template)]
#[template(path = "manage/reschedule.html")]
pub struct Reschedule {
    /// The frame.
    pub shell: Shell,
    /// `/m/{token}`
    pub base: String,
    /// What, when (now) and where.
    pub facts: MeetingFacts,
    /// The agent's card.
    pub plate: Plate,
    /// Times lead to `/m/{token}/reschedule?start=…`.
    pub picker: Picker,
}

impl Reschedule {
    fn heading(&self) -> String {
        self.shell.t("reschedule-title")
    }
}

/// `/m/{token}/reschedule?start=…`: now and new side by side; posts `start`, `time_zone`, `reason`, `version`,
/// `form_token` to `{base}/reschedule` (M-03).
#[derive(Debug, Clone, Template)]
#[template(path = "manage/reschedule_confirm.html")]
pub struct RescheduleConfirm {
    /// The frame; errors of `reason` and `start`.
    pub shell: Shell,
    /// `/m/{token}`
    pub base: String,
    /// What, when (now) and where.
    pub facts: MeetingFacts,
    /// The new time in full, in the reader's zone.
    pub new_when: String,
    /// The new time in the other side's zone, when that reads differently.
    pub new_when_other: Option<String>,
    /// The agent's card.
    pub plate: Plate,
    /// The meeting's sequence: only the meeting that was seen is moved.
    pub version: u32,
    /// The new start, RFC 3339 in UTC.
    pub start: String,
    /// The zone the reader chose in.
    pub time_zone: String,
    /// What was typed.
    pub reason: String,
    /// Whether a reason must be given (the agent must, the customer need not).
    pub reason_required: bool,
    /// "Move to 10:00 on Tuesday 8 December"
    pub button: String,
    /// Back to the times.
    pub change_href: String,
    /// Set when the new time is gone (409).
    pub taken: Option<super::booking::Taken>,
}

impl RescheduleConfirm {
    fn heading(&self) -> String {
        self.shell.t("reschedule-confirm-title")
    }
}

/// `/m/{token}/cancel`: asks once; posts `reason`, `version` and `form_token` to `{base}/cancel`.
#[derive(Debug, Clone, Template)]
#[template(path = "manage/cancel.html")]
pub struct Cancel {
    /// The frame; errors of `reason`.
    pub shell: Shell,
    /// `/m/{token}`
    pub base: String,
    /// The meeting's sequence: only the meeting that was seen is cancelled.
    pub version: u32,
    /// What, when and where.
    pub facts: MeetingFacts,
    /// The agent's card.
    pub plate: Plate,
    /// The name of the other side, who is told.
    pub other_name: String,
    /// Whether guests are told too.
    pub has_guests: bool,
    /// What was typed.
    pub reason: String,
    /// Whether a reason must be given.
    pub reason_required: bool,
    /// "Cancel meeting on 8 December"
    pub button: String,
}

impl Cancel {
    fn heading(&self) -> String {
        self.shell.t("cancel-title")
    }
}
