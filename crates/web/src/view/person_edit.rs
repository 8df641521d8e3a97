//! Somebody else's account, as an admin edits it (AD-06).

use super::Shell;
use super::account::{LocationForm, VisibilityRow};
use super::fields::{FieldInput, ProfileInput};
use super::zones::ZoneChoice;
use askama::Template;

/// `/admin/people/agt_…/edit`: posts all that My Account has in its boxes, and `external_ids`.
#[derive(Debug, Clone, Template)]
#[template(path = "people/edit.html")]
pub struct Edit {
    /// The frame; errors of the fields.
    pub shell: Shell,
    /// The version of the account that the form was made from.
    pub version: String,
    /// Whose account.
    pub who: String,
    /// The account's page.
    pub href: String,
    /// The address they sign in with.
    pub email: String,
    /// Whether they are told by mail.
    pub is_told: bool,
    /// The full name.
    pub name: String,
    /// The name customers see.
    pub display_name: String,
    /// `book.example.com/`, what stands before the slug.
    pub url_prefix: String,
    /// The slug.
    pub slug: String,
    /// Every zone, one chosen.
    pub time_zone: ZoneChoice,
    /// As typed.
    pub phone_number: String,
    /// Job title.
    pub job_title: String,
    /// See `LocationForm`.
    pub location: LocationForm,
    /// The profile fields, all open.
    pub fields: Vec<ProfileInput>,
    /// See `VisibilityRow`.
    pub visibility: Vec<VisibilityRow>,
    /// `crm:0031x`, a line each.
    pub external_ids: String,
    /// Where a POST sends a link for a new password, where one can be sent.
    pub reset: Option<String>,
}

impl Edit {
    fn heading(&self) -> String {
        self.shell.t1("edit-title", "name", &self.who)
    }

    fn lead(&self) -> String {
        self.shell.t1(if self.is_told { "edit-lead" } else { "edit-lead-quiet" }, "name", &self.who)
    }

    fn password_text(&self) -> String {
        self.shell.t2("person-password-text", ("name", &self.who), ("email", &self.email))
    }

    fn check_label(&self, row: &VisibilityRow, place: &str) -> String {
        self.shell.t2("visibility-check", ("field", &row.label), ("place", &self.shell.t(place)))
    }

    fn stored_tick(&self, row: &VisibilityRow, place: &str) -> Option<&str> {
        self.shell.stored(&format!("{}_{place}", row.key))
    }
}
