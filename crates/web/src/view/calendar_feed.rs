//! The private calendar address.

use super::{Shell, StepUp};
use askama::Template;

/// The address that the agent has; never its text.
#[derive(Debug, Clone)]
pub struct CurrentFeed {
    /// Whether it shows times alone.
    pub is_busy_only: bool,
    /// When it was made, with the zone.
    pub made: String,
    /// When a calendar read it last, with the zone, or that none has.
    pub read: String,
}

/// An address that was just made, shown this once.
#[derive(Debug, Clone)]
pub struct MadeFeed {
    /// `https://…/feed/….ics`
    pub address: String,
    /// The same as programs on this device take it: `webcal://…`
    pub subscribe: String,
}

/// `/account/calendar`: posts `id`, `shows` (`details` or `busy`) and, when the sign-in is too old a proof,
/// `current_password`; `form_token` alone to `/account/calendar/end`.
#[derive(Debug, Clone, Template)]
#[template(path = "calendar_feed.html")]
pub struct CalendarFeed {
    /// The frame.
    pub shell: Shell,
    /// The one that was just made.
    pub made: Option<MadeFeed>,
    /// The one that works.
    pub current: Option<CurrentFeed>,
    /// The id of the address that the form would make.
    pub id: String,
    /// Which choice of `shows` stands.
    pub is_busy_only: bool,
    /// What it asks for when the sign-in is too old a proof (S-13).
    pub step: StepUp,
    /// The account's address, for password managers.
    pub email: String,
}

impl CalendarFeed {
    fn heading(&self) -> String {
        self.shell.t("calendar-feed-title")
    }
}
