//! Where the account is signed in.

use super::Shell;
use askama::Template;

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct SessionItem {
    /// Names it in the form.
    pub id: String,
    /// "Firefox on Windows"
    pub device: String,
    /// Whether it is the browser that shows the page.
    pub is_this: bool,
    /// When it was last used, with the zone; the own one is in use now.
    pub last_used: String,
    /// When it was signed in.
    pub started: String,
    /// "Ends Mon 23 Nov 2026, 12:12 (New York, UTC-5), unless it is used before"
    pub ends: String,
    /// The network it was signed in from.
    pub address: String,
}

/// `/account/sessions`: posts `id` to `/account/sessions/end`, or nothing to `/account/sessions/end-others`.
#[derive(Debug, Clone, Template)]
#[template(path = "sessions.html")]
pub struct Sessions {
    /// The frame.
    pub shell: Shell,
    /// The own one first.
    pub sessions: Vec<SessionItem>,
}

impl Sessions {
    fn heading(&self) -> String {
        self.shell.t("sessions-title")
    }

    fn others(&self) -> String {
        self.sessions.iter().filter(|one| !one.is_this).count().to_string()
    }
}
