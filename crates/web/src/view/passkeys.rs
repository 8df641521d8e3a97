//! Passkeys: the section of the Security page, and the pages behind it.

use super::{Shell, StepUp};
use askama::Template;

/// The section of the Security page.
#[derive(Debug, Clone, Default)]
pub struct Passkeys {
    /// Whether the server's address has a name that passkeys can be bound to.
    pub possible: bool,
    /// Whether one must show first who one is.
    pub asks: bool,
    /// The agent's passkeys.
    pub items: Vec<PasskeyItem>,
}

/// A passkey.
#[derive(Debug, Clone)]
pub struct PasskeyItem {
    /// `/account/passkeys/{id}`
    pub href: String,
    /// What it is called.
    pub name: String,
    /// Whether this session was signed in with it.
    pub is_this: bool,
    /// When it was added, with the zone.
    pub added: String,
    /// When it was last used, with the zone; none when it was not used yet.
    pub used: Option<String>,
}

/// `/account/passkeys/{id}`: posts `name` to the same path.
#[derive(Debug, Clone, Template)]
#[template(path = "passkeys/rename.html")]
pub struct PasskeyRename {
    /// The frame; errors of `name`.
    pub shell: Shell,
    /// `/account/passkeys/{id}`
    pub href: String,
    /// What it is called now.
    pub stored_name: String,
    /// What was typed.
    pub name: String,
}

impl PasskeyRename {
    fn heading(&self) -> String {
        self.shell.t1("passkey-rename-title", "name", &self.stored_name)
    }
}

/// `/account/passkeys/{id}/remove`: asks once, posts to the same path.
#[derive(Debug, Clone, Template)]
#[template(path = "passkeys/remove.html")]
pub struct PasskeyRemove {
    /// The frame.
    pub shell: Shell,
    /// `/account/passkeys/{id}`
    pub href: String,
    /// What it is called.
    pub name: String,
    /// What is left to sign in with: "You can still sign in with your password."
    pub left: String,
}

impl PasskeyRemove {
    fn heading(&self) -> String {
        self.shell.t1("passkey-remove-title", "name", &self.name)
    }
}

/// `/account/confirm?return_to=…`: posts `current_password`, `app_code` and `return_to` to the same path, or a passkey's answer to
/// `/passkeys/confirm`.
#[derive(Debug, Clone, Template)]
#[template(path = "passkeys/confirm.html")]
pub struct Confirm {
    /// The frame; errors of `current_password`, `app_code` and `passkey`.
    pub shell: Shell,
    /// The account's address, for password managers.
    pub email: String,
    /// What is asked for, and the path to go to afterwards.
    pub step: StepUp,
}

impl Confirm {
    /// Where somebody goes who does not want to after all.
    fn way_back(&self) -> &'static str {
        if self.step.return_to.starts_with("/account/data") { "/account/data" } else { "/account/security" }
    }

    fn heading(&self) -> String {
        self.shell.t("confirm-title")
    }
}
