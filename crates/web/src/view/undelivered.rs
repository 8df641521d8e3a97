//! Messages that reached nobody.

use super::Shell;
use askama::Template;

/// One of them.
#[derive(Debug, Clone)]
pub struct UndeliveredItem {
    /// "Reminder"
    pub what: String,
    /// The address that it did not reach.
    pub to: String,
    /// "Mortgage introduction with Sam Carter, ..."; none when it is not about a meeting.
    pub about: Option<String>,
    /// When it was planned for, with the zone.
    pub when: String,
    /// In plain words.
    pub why: String,
    /// In the words of the mail server; none when there was no answer.
    pub answer: Option<String>,
    /// Where a POST sends it once more; none when it would tell nothing any more.
    pub again: Option<String>,
}

/// `/admin/undelivered`
#[derive(Debug, Clone, Template)]
#[template(path = "admin/undelivered.html")]
pub struct Undelivered {
    /// The frame.
    pub shell: Shell,
    /// The latest first.
    pub items: Vec<UndeliveredItem>,
    /// Whether these are the latest.
    pub is_newest: bool,
    /// Where older ones are.
    pub older: Option<String>,
}

impl Undelivered {
    fn heading(&self) -> String {
        self.shell.t("undelivered-title")
    }
}
