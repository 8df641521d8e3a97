//! Security: how the account is signed in to.

use super::Shell;
use super::passkeys::Passkeys;
use askama::Template;

/// `/account/security`: each way to sign in is a section of its own, in `templates/security/`.
#[derive(Debug, Clone, Template)]
#[template(path = "security.html")]
pub struct Security {
    /// The frame.
    pub shell: Shell,
    /// The first section.
    pub passkeys: Passkeys,
    /// "Last changed on 3 November 2026"
    pub password_changed: Option<String>,
}

impl Security {
    fn heading(&self) -> String {
        self.shell.t("security-title")
    }
}
