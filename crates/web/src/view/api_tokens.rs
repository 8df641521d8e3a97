//! API tokens.

use super::{Link, Shell, StepUp};
use askama::Template;

/// A token as its owner sees it; never its text.
#[derive(Debug, Clone)]
pub struct TokenItem {
    /// Names it in the form.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// "Never used" or when it was used last, with the zone.
    pub used: String,
    /// When it was made.
    pub made: String,
    /// Until when it works, or when it ended.
    pub ends: String,
    /// Whether it ended.
    pub is_over: bool,
}

/// A token that was just made, shown this once.
#[derive(Debug, Clone)]
pub struct MadeToken {
    /// What its owner calls it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// `/account/api-tokens`: posts `id`, `name`, `days` and, when the sign-in is too old a proof, `current_password`;
/// `id` alone to `/account/api-tokens/revoke`.
#[derive(Debug, Clone, Template)]
#[template(path = "api_tokens.html")]
pub struct ApiTokens {
    /// The frame.
    pub shell: Shell,
    /// The one that was just made.
    pub made: Option<MadeToken>,
    /// The newest first.
    pub tokens: Vec<TokenItem>,
    /// The id of the token that the form would make.
    pub id: String,
    /// What was typed.
    pub name: String,
    /// How long it works: "90 days" as text, 90 as value.
    pub lives: Vec<Link>,
    /// The one chosen.
    pub days: String,
    /// What it asks for when the sign-in is too old a proof (S-13).
    pub step: StepUp,
    /// The account's address, for password managers.
    pub email: String,
}

impl ApiTokens {
    fn heading(&self) -> String {
        self.shell.t("api-tokens-title")
    }
}
