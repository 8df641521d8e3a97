//! What was done to the account.

use super::{NewPassword, Shell, StepUp};
use askama::Template;

/// One entry of the audit log.
#[derive(Debug, Clone)]
pub struct ActivityItem {
    /// "Signed in"
    pub what: String,
    /// When, with the zone.
    pub at: String,
    /// "Name: Anna Berg (before: Anna Bérg)"
    pub changes: Vec<String>,
    /// "By an administrator"; none when it was the agent.
    pub by: Option<String>,
    /// "Firefox on Windows", where a browser was used.
    pub device: Option<String>,
    /// "From 192.0.2.0/24", where there was a network.
    pub address: Option<String>,
    /// Where "This was not me" leads, for a sign-in.
    pub not_me: Option<String>,
}

/// `/account/activity`
#[derive(Debug, Clone, Template)]
#[template(path = "activity/list.html")]
pub struct Activity {
    /// The frame.
    pub shell: Shell,
    /// Newest first.
    pub items: Vec<ActivityItem>,
    /// Whether these are the newest.
    pub is_newest: bool,
    /// Where earlier ones are.
    pub older: Option<String>,
}

impl Activity {
    fn heading(&self) -> String {
        self.shell.t("activity-title")
    }
}

/// `/account/activity/not-me`: posts `entry`, `current_password`, `new_password` and `revoke_tokens` to itself.
#[derive(Debug, Clone, Template)]
#[template(path = "activity/not_me.html")]
pub struct NotMe {
    /// The frame.
    pub shell: Shell,
    /// Names the sign-in.
    pub entry: String,
    /// The sign-in.
    pub item: ActivityItem,
    /// The account's address, for password managers.
    pub email: String,
    /// What is asked for beside the new password.
    pub step: StepUp,
    /// What a new password must be.
    pub new_password: NewPassword,
    /// Whether API tokens end too.
    pub revoke_tokens: bool,
    /// Whether passkeys end too.
    pub remove_passkeys: bool,
}

impl NotMe {
    fn heading(&self) -> String {
        self.shell.t("not-me-title")
    }
}
