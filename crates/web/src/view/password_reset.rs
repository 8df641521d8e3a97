//! A forgotten password.

use super::{NewPassword, Shell};
use askama::Template;

/// `/forgot-password`: posts `email` and `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "password_reset/ask.html")]
pub struct Ask {
    /// The frame; errors of `email`.
    pub shell: Shell,
    /// What was typed.
    pub email: String,
    /// Set once it was asked for: what happens now, the same whether or not there is an account (S-08).
    pub sent: Option<String>,
    /// Whether this server sends mail.
    pub mail: bool,
}

impl Ask {
    fn heading(&self) -> String {
        self.shell.t(if self.sent.is_some() { "forgot-sent-title" } else { "forgot-title" })
    }
}

/// `/reset/{token}`: posts `new_password` and `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "password_reset/choose.html")]
pub struct Choose {
    /// The frame; errors of `new_password`.
    pub shell: Shell,
    /// `/reset/{token}`
    pub action: String,
    /// The account's address, for password managers.
    pub email: String,
    /// Whether the box that ends the account's API tokens is ticked: `revoke_tokens`.
    pub revoke_tokens: bool,
    /// Whether the box that ends its passkeys is ticked: `remove_passkeys`; none where they stay.
    pub remove_passkeys: Option<bool>,
    /// What a new password must be.
    pub new_password: NewPassword,
}

impl Choose {
    fn heading(&self) -> String {
        self.shell.t("reset-title")
    }
}

/// A link that was used or is too old.
#[derive(Debug, Clone, Template)]
#[template(path = "password_reset/dead.html")]
pub struct Dead {
    /// The frame.
    pub shell: Shell,
}

impl Dead {
    fn heading(&self) -> String {
        self.shell.t("reset-dead-title")
    }
}
