//! The texts of messages.

use super::{Link, Shell};
use askama::Template;

/// A template in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateLink {
    /// The language, in its own words.
    pub language: String,
    /// Its page.
    pub href: String,
    /// Whether anything was written.
    pub edited: bool,
    /// All of it in words, for who hears the link alone.
    pub spoken: String,
}

/// A template for one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// "Meeting booked"
    pub name: String,
    /// "to the customer"
    pub to: String,
    /// One for each language.
    pub links: Vec<TemplateLink>,
}

/// `/admin/templates`
#[derive(Debug, Clone, Template)]
#[template(path = "templates/list.html")]
pub struct TemplateList {
    /// The frame.
    pub shell: Shell,
    /// All templates.
    pub rows: Vec<TemplateRow>,
}

/// A text of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartField {
    /// The field.
    pub name: String,
    /// What it is.
    pub label: String,
    /// How to write it; may be empty.
    pub hint: String,
    /// What stands there.
    pub value: String,
    /// Lines of the field; 1 for a field of one line.
    pub rows: usize,
    /// All that is wrong with it.
    pub errors: Vec<String>,
    /// The built-in text, where this one differs.
    pub built_in: Option<String>,
}

impl PartField {
    /// The ids of its hint, its errors and what is stored, for `aria-describedby`.
    pub(super) fn described_by(&self, shell: &Shell) -> String {
        let parts = [
            (!self.hint.is_empty(), "hint"),
            (!self.errors.is_empty(), "errors"),
            (shell.stored(&self.name).is_some(), "stored"),
        ];
        let ids =
            parts.iter().filter(|(is_there, _)| *is_there).map(|(_, part)| format!("{}-{part}", self.name));
        ids.collect::<Vec<_>>().join(" ")
    }
}

/// A placeholder to put into a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placeholder {
    /// `customer.name`
    pub path: String,
    /// "Customer's name"
    pub label: String,
    /// What it prints.
    pub example: String,
}

/// An option of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// It is the one.
    pub chosen: bool,
}

/// What the reader of a message would get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplatePreview {
    /// The subject.
    pub subject: String,
    /// The address of the HTML part, unless the draft is too long for one.
    pub frame: Option<String>,
    /// The text part.
    pub text: String,
    /// The title in a calendar.
    pub entry_title: String,
    /// The text in a calendar.
    pub entry_text: String,
    /// The calendar file, if one comes with the message.
    pub file: Option<String>,
    /// Its size as SMS and the text, if it leaves as one.
    pub sms: Option<(String, String)>,
}

/// `/admin/templates/{name}/{recipient}/{language}`: posts a field for each part, `sample`, `customer_zone`, `version` and
/// `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "templates/edit.html")]
pub struct TemplateEdit {
    /// The frame, with an error for each fault.
    pub shell: Shell,
    /// "Meeting booked, to the customer"
    pub title: String,
    /// What the template is for.
    pub lead: String,
    /// Its languages; the one of this page has no address.
    pub languages: Vec<Link>,
    /// Where the form is sent; below it are `/preview`, `/test` and `/history`.
    pub action: String,
    /// The version that the form was made from.
    pub version: String,
    /// The texts.
    pub fields: Vec<PartField>,
    /// What may stand in them.
    pub placeholders: Vec<Placeholder>,
    /// The meetings to look at it with.
    pub samples: Vec<Choice>,
    /// Where the customer is.
    pub zones: Vec<Choice>,
    /// How it looks, when that was asked.
    pub preview: Option<TemplatePreview>,
    /// What became of a test message: whether it arrived, and the sentence.
    pub test: Option<(bool, String)>,
}

impl TemplateEdit {
    fn heading(&self) -> String {
        self.title.clone()
    }
}

/// A version of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateVersionRow {
    /// The version; 0 is the built-in template.
    pub version: String,
    /// "Version 3, saved on … by …"
    pub title: String,
    /// It is in force.
    pub current: bool,
    /// The texts that differ from the built-in ones; for the built-in template, all.
    pub texts: Vec<Link>,
}

/// `/admin/templates/{name}/{recipient}/{language}/history`: posts `version`, `seen` and `form_token`.
#[derive(Debug, Clone, Template)]
#[template(path = "templates/history.html")]
pub struct TemplateHistory {
    /// The frame.
    pub shell: Shell,
    /// "Earlier versions: Meeting booked, to the customer"
    pub title: String,
    /// How many are shown, in which language.
    pub lead: String,
    /// The template's page.
    pub back: Link,
    /// Where the form is sent.
    pub action: String,
    /// The version in force.
    pub seen: String,
    /// The versions.
    pub rows: Vec<TemplateVersionRow>,
}

impl TemplateList {
    fn heading(&self) -> String {
        self.shell.t("templates-title")
    }
}

impl TemplateHistory {
    fn heading(&self) -> String {
        self.title.clone()
    }
}
