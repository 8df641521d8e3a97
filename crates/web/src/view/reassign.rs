//! `/account/meetings/{id}/reassign`: giving a meeting to a colleague.

use super::Shell;
use super::manage::MeetingFacts;
use askama::Template;

/// Somebody to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Their id.
    pub id: String,
    /// Their name, and why they cannot take the meeting when they cannot.
    pub label: String,
    /// Whether they can.
    pub free: bool,
    /// Whether they were chosen.
    pub chosen: bool,
}

/// Asks for the colleague; posts `agent`, `reason`, `version` and `form_token` to `action`.
#[derive(Debug, Clone, Template)]
#[template(path = "manage/reassign.html")]
pub struct Reassign {
    /// The frame; errors of `agent` and `reason`.
    pub shell: Shell,
    /// The page itself.
    pub action: String,
    /// Back to the meeting.
    pub back: String,
    /// What, when and where.
    pub facts: MeetingFacts,
    /// Who booked.
    pub customer_name: String,
    /// Who holds it, when somebody else looks.
    pub agent_name: Option<String>,
    /// The meeting's sequence: only the meeting that was seen is given away.
    pub version: u32,
    /// All active colleagues by name.
    pub colleagues: Vec<Colleague>,
    /// Whether one of them can take it.
    pub any_free: bool,
    /// What was typed.
    pub reason: String,
}

impl Reassign {
    fn heading(&self) -> String {
        self.shell.t("reassign-title")
    }
}
