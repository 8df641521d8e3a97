//! `/account/meetings`: what is booked.

use super::manage::MeetingState;
use super::{Link, Shell};
use askama::Template;

/// A meeting in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// "09:30-10:00" in the agent's zone, with its offset where ambiguous.
    pub time: String,
    /// The customer's name.
    pub customer: String,
    /// The customer's address.
    pub email: String,
    /// The customer's phone number.
    pub phone_number: Option<String>,
    /// The meeting type's name.
    pub what: String,
    /// Where it stands.
    pub state: MeetingState,
    /// Its page for the agent, without a slash at the end; `/reschedule` and `/cancel` are below it.
    pub href: String,
    /// Whether it can still be moved or cancelled.
    pub may_change: bool,
}

/// The meetings of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingDay {
    /// "Tuesday 8 December 2026"
    pub day: String,
    /// At least one.
    pub meetings: Vec<MeetingRow>,
}

/// `/account/meetings` (upcoming) and `/account/meetings?past=1`.
#[derive(Debug, Clone, Template)]
#[template(path = "meetings.html")]
pub struct Meetings {
    /// The frame.
    pub shell: Shell,
    /// Whether these are the past ones.
    pub past: bool,
    /// "Times in Amsterdam (UTC+1), now 11:04"
    pub zone_line: String,
    /// Days in order.
    pub days: Vec<MeetingDay>,
    /// The agent's profile URL, to share when the list is empty.
    pub profile_url: String,
    /// The pages before and after this one, where there are more.
    pub pages: Vec<Link>,
}

impl Meetings {
    fn heading(&self) -> String {
        self.shell.t("meetings-title")
    }
}
