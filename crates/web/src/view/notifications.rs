//! Which messages about meetings leave.

use super::Shell;
use super::account::SelectField;
use askama::Template;

/// Whether a message leaves to one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The field: `reminder_agent`.
    pub name: String,
    /// It cannot be switched off.
    pub always: bool,
    /// It leaves.
    pub on: bool,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRow {
    /// "Reminder"
    pub label: String,
    /// When it leaves, and when it does not.
    pub when: String,
    /// To the customer.
    pub customer: Switch,
    /// To the agent, where the agent is told at all.
    pub agent: Option<Switch>,
    /// To the customer by text message, where there are any.
    pub texts: Option<Switch>,
}

/// When a reminder leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimingRow {
    /// "Reminder"
    pub label: String,
    /// How long before the start.
    pub before: SelectField,
    /// How long before its start a meeting must be booked or moved.
    pub notice: SelectField,
}

/// `/account/notifications`: posts a field for each message and switch that is on, `reminder_before`, `reminder_notice` and the like
/// in minutes, `seen` and `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "notifications.html")]
pub struct NotificationsPage {
    /// The frame; an error of `notifications`.
    pub shell: Shell,
    /// "9 on, 1 off"
    pub overview: String,
    /// What is stored, as the form brings it back.
    pub seen: String,
    /// The messages, in the order of a meeting's life.
    pub rows: Vec<NotificationRow>,
    /// Whether there are text messages.
    pub has_texts: bool,
    /// "Booked → reminder, 24 hours before → …"
    pub line: String,
    /// When the reminders leave.
    pub timings: Vec<TimingRow>,
}

impl NotificationsPage {
    fn heading(&self) -> String {
        self.shell.t("notifications-title")
    }

    fn switch_label(&self, row: &NotificationRow, to: &str) -> String {
        self.shell.t2("notification-switch", ("message", &row.label), ("to", &self.shell.t(to)))
    }
}
