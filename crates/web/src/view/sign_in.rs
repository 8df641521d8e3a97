//! Sign-in and first-run set-up.

use super::zones::ZoneChoice;
use super::{NewPassword, Shell};
use askama::Template;

/// `/sign-in`: posts `email`, `password`, `return_to`, `form_token`. A wrong pair is one error on `email`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// The frame; errors of `email` and `password`.
    pub shell: Shell,
    /// What was typed.
    pub email: String,
    /// The path to go to afterwards; empty for My Account.
    pub return_to: String,
    /// Why the person is here, when there is something to say ("You were signed out.").
    pub notice: Option<String>,
    /// Whether a passkey may be used instead; its answer is posted to `/passkeys/sign-in`, with `return_to`. What is wrong
    /// with it is an error on `passkey`.
    pub passkeys: bool,
    /// What the identity provider is called that may be used instead, by a form to `/sign-in/oidc` with `return_to`.
    pub provider: Option<String>,
}

impl SignIn {
    fn heading(&self) -> String {
        self.shell.t("sign-in-title")
    }
}

/// `/setup?token=…`: the first admin. Posts `token`, `name`, `email`, `password`, `organisation`, `time_zone`, `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "setup.html")]
pub struct SetUp {
    /// The frame; errors of the fields above.
    pub shell: Shell,
    /// The one-time token of the link.
    pub token: String,
    /// What was typed.
    pub name: String,
    /// What was typed.
    pub email: String,
    /// What was typed.
    pub organisation: String,
    /// What a new password must be.
    pub new_password: NewPassword,
    /// Every zone, one chosen.
    pub time_zone: ZoneChoice,
    /// Whether the device's zone is chosen in its place: nobody has chosen one yet.
    pub guesses_zone: bool,
}

impl SetUp {
    fn heading(&self) -> String {
        self.shell.t("setup-title")
    }
}
