//! What an agent writes in messages to customers.

use super::Shell;
use super::templates::{PartField, Placeholder, TemplatePreview};
use askama::Template;

/// `/account/signature`: posts `signature`, `note`, `seen_signature`, `seen_note` and `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "account/own_texts.html")]
pub struct OwnTextsPage {
    /// The frame, with an error for each fault.
    pub shell: Shell,
    /// The signature and the note.
    pub fields: Vec<PartField>,
    /// What may stand in them.
    pub placeholders: Vec<Placeholder>,
    /// What is stored, as the form brings it back: name and text.
    pub seen: Vec<(String, String)>,
    /// How it looks, when that was asked.
    pub preview: Option<TemplatePreview>,
}

impl OwnTextsPage {
    fn heading(&self) -> String {
        self.shell.t("own-texts-title")
    }
}
