//! The agent's own data.

use super::Shell;
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
