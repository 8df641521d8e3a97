//! The agent's own data: what is kept, a copy of it, and the end of the account.

use super::Shell;
use super::account::LinkState;
use askama::Template;

/// `/account/data`: posts `form_token` alone to `/account/data/download`.
#[derive(Debug, Clone, Template)]
#[template(path = "data/data.html")]
pub struct Data {
    /// The frame; errors of `download`.
    pub shell: Shell,
}

impl Data {
    fn heading(&self) -> String {
        self.shell.t("data-title")
    }
}

/// A meeting that has not begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingAhead {
    /// The customer's name.
    pub customer: String,
    /// The meeting type's name.
    pub what: String,
    /// When, with the zone.
    pub when: String,
}

/// `/account/data/delete`: posts `meetings` (`now` or `later`), `confirmation` and `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "data/delete.html")]
pub struct Delete {
    /// The frame; errors of `meetings` and `confirmation`.
    pub shell: Shell,
    /// The account's address: where the link goes that keeps it.
    pub email: String,
    /// The word that is typed to say that it is meant.
    pub slug: String,
    /// When the account is erased, with the zone.
    pub erase_at: String,
    /// "You have 3 meetings ahead"
    pub meetings_ahead: String,
    /// The next of them.
    pub meetings: Vec<MeetingAhead>,
    /// "And 12 more", when the list does not hold them all.
    pub more_meetings: Option<String>,
    /// Which choice stands: false cancels all of them now.
    pub keeps_meetings: bool,
    /// What was typed.
    pub confirmation: String,
    /// Whether the account cannot be deleted, because nobody would be left to run the organisation.
    pub is_last_admin: bool,
    /// Whether this server sends mail.
    pub mail: bool,
}

impl Delete {
    fn heading(&self) -> String {
        self.shell.t("delete-title")
    }

    fn until_text(&self) -> String {
        if !self.mail {
            return self.shell.t2("delete-until-no-mail", ("email", &self.email), ("when", &self.erase_at));
        }
        self.shell.t2("delete-until-text", ("email", &self.email), ("when", &self.erase_at))
    }
}

/// What somebody sees whose account was just closed.
#[derive(Debug, Clone, Template)]
#[template(path = "data/closed.html")]
pub struct Closed {
    /// The frame, without an agent's menu.
    pub shell: Shell,
    /// Where the link went that keeps the account.
    pub email: String,
    /// When the account is erased, with the zone.
    pub erase_at: String,
    /// Whether this server sends mail.
    pub mail: bool,
    /// How many meetings were cancelled, if any were.
    pub cancelled: Option<String>,
}

impl Closed {
    fn heading(&self) -> String {
        self.shell.t("closed-title")
    }
}

/// `/undo/deletion/{token}`: posts `form_token` alone.
#[derive(Debug, Clone, Template)]
#[template(path = "data/keep.html")]
pub struct Keep {
    /// The frame.
    pub shell: Shell,
    /// `/undo/deletion/{token}`
    pub action: String,
    /// The account's address; empty when the link is over.
    pub email: String,
    /// When the account is erased, with the zone; empty when the link is over.
    pub erase_at: String,
    /// What can be done.
    pub state: LinkState,
}

impl Keep {
    fn heading(&self) -> String {
        self.shell.t("keep-title")
    }
}
