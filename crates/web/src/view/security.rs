//! Security: how the account is signed in to.

use super::Shell;
use super::oidc::Provider;
use super::passkeys::Passkeys;
use askama::Template;

/// `/account/security`: each way to sign in is a section of its own, in `templates/security/`.
#[derive(Debug, Clone, Template)]
#[template(path = "security.html")]
pub struct Security {
    /// The frame.
    pub shell: Shell,
    /// One sentence, only when something is missing.
    pub advice: Option<String>,
    /// The first section.
    pub passkeys: Passkeys,
    /// The identity provider, where there is one.
    pub provider: Option<Provider>,
    /// "Last changed on 3 November 2026"
    pub password_changed: Option<String>,
    /// Two-step sign-in, when it is on.
    pub two_step: Option<TwoStep>,
}

/// Two-step sign-in that is on.
#[derive(Debug, Clone)]
pub struct TwoStep {
    /// "On since 3 November 2026 (Amsterdam)."
    pub since: String,
    /// "7 recovery codes are left."
    pub codes_left: String,
    /// Whether these are few.
    pub few: bool,
}

impl Security {
    fn heading(&self) -> String {
        self.shell.t("security-title")
    }
}
