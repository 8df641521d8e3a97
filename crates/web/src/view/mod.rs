//! What the pages show: plain structs of finished texts, one per page, each with its template.
//!
//! A handler fills a struct and renders it; no struct here computes a time, a permission or an address.
//! Texts that never change come from the catalogue inside the templates (`shell.t(…)`).

pub mod account;
pub mod activity;
pub mod api_docs;
pub mod api_tokens;
pub mod availability;
pub mod booking;
pub mod calendar;
pub mod calendar_feed;
pub mod data;
pub mod error;
pub mod fields;
pub mod linked_data;
pub mod mailbox;
pub mod manage;
pub mod meeting_types;
pub mod meetings;
pub mod notifications;
pub mod oidc;
pub mod own_texts;
pub mod passkeys;
pub mod password_reset;
pub mod people;
pub mod people_bulk;
pub mod people_import;
pub mod person_edit;
pub mod plate;
pub mod preview;
pub mod reassign;
pub mod security;
pub mod sessions;
pub mod shell;
pub mod sign_in;
pub mod templates;
pub mod two_step;
pub mod undelivered;
pub mod webhooks;
pub mod zones;

pub use linked_data::LinkedData;
pub use plate::{Phone, Picture, Plate, PlateField};
pub use shell::{AgentMenu, FieldError, Section, Shell, Theme};

/// What is said beside a field for a new password (S-03).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPassword {
    /// The fewest characters that are accepted.
    pub minimum: String,
    /// A passphrase as it could be, for whoever has no script that suggests one.
    pub example: String,
}

/// By what somebody shows anew who they are (S-13); nothing when that is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepUp {
    /// By the current password.
    pub password: bool,
    /// By a code of the app, or a recovery code, too.
    pub code: bool,
    /// Or by a passkey instead.
    pub passkey: bool,
    /// Where the passkey leads back to.
    pub return_to: String,
}

/// A link or a choice: what it says and where it leads (or which value it sends).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// The visible text.
    pub text: String,
    /// The address, or the value for a button or an option.
    pub href: String,
}

impl Link {
    /// A link with this text to this address.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}
