//! Profile fields, as admins define them.

use super::account::SelectField;
use super::{Link, Shell};
use askama::Template;

/// A field in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldRow {
    /// "Languages"
    pub label: String,
    /// `languages`
    pub key: String,
    /// "Text"
    pub kind: String,
    /// "Required" or nothing.
    pub is_required: bool,
    /// "Agent" or "Administrators"
    pub editor: String,
    /// "Booking page and messages"
    pub places: String,
    /// `/admin/fields/{key}`; `/move` and `/delete` are below it.
    pub href: String,
}

/// `/admin/fields`
#[derive(Debug, Clone, Template)]
#[template(path = "fields/list.html")]
pub struct FieldList {
    /// The frame.
    pub shell: Shell,
    /// In their order.
    pub rows: Vec<FieldRow>,
    /// Why no field can be added: there are as many as there can be.
    pub full: Option<String>,
}

impl FieldList {
    fn heading(&self) -> String {
        self.shell.t("fields-title")
    }
}

/// One of a few words that exclude each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordChoice {
    /// What is sent.
    pub value: &'static str,
    /// What is read.
    pub label: String,
    /// What it means.
    pub text: String,
    /// Whether it is the one.
    pub chosen: bool,
}

/// `/admin/fields/new` and `/admin/fields/{key}`: posts `label`, `key`, `kind`, `choices`, `required`, `editor`, `places`, `version`.
#[derive(Debug, Clone, Template)]
#[template(path = "fields/edit.html")]
pub struct FieldEdit {
    /// The frame; errors of the fields.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// The version that the form was made from; empty for a new field.
    pub version: String,
    /// What was typed.
    pub typed_label: String,
    /// What cannot change any more: the key, and the type in words. None for a new field.
    pub fixed: Option<(String, String)>,
    /// The stored label.
    pub stored_label: String,
    /// What was typed.
    pub typed_key: String,
    /// The types.
    pub kind: SelectField,
    /// One in each line; none where the type has none.
    pub choices: Option<String>,
    /// Whether it must not be emptied.
    pub required: bool,
    /// Who fills it in.
    pub editors: Vec<WordChoice>,
    /// Where customers see it.
    pub places: Vec<WordChoice>,
}

impl FieldEdit {
    fn heading(&self) -> String {
        if self.fixed.is_some() { self.stored_label.clone() } else { self.shell.t("fields-new-title") }
    }

    fn choices_hint(&self) -> String {
        self.shell.t(if self.fixed.is_some() { "fields-choices-hint" } else { "fields-choices-hint-new" })
    }
}

/// `/admin/fields/{key}/delete`: asks once.
#[derive(Debug, Clone, Template)]
#[template(path = "fields/delete.html")]
pub struct FieldDelete {
    /// The frame.
    pub shell: Shell,
    /// `/admin/fields/{key}`
    pub href: String,
    /// "Languages"
    pub label: String,
    /// `{{ agent.fields.languages }}`
    pub placeholder: String,
    /// "3 people have filled it in."
    pub effect: String,
    /// The templates that use it, with their pages.
    pub templates: Vec<Link>,
    /// The agents whose own texts use it.
    pub agents: Vec<String>,
}

impl FieldDelete {
    fn heading(&self) -> String {
        self.shell.t1("fields-delete-title", "label", &self.label)
    }
}

/// What a profile field is filled in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldInput {
    /// A line, with its attributes.
    Line(&'static str),
    /// One of these: values and texts.
    Choice(Vec<(String, String)>),
    /// Nothing: it is read here.
    Shown,
}

/// A profile field in My Account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileInput {
    /// `fields_languages`
    pub name: String,
    /// "Languages"
    pub label: String,
    /// Why it cannot be changed.
    pub hint: String,
    /// Whether it must not be emptied.
    pub required: bool,
    /// What stands in it.
    pub value: String,
    /// What is stored, as people read it.
    pub shown: String,
    /// How it is filled in.
    pub control: FieldInput,
}
