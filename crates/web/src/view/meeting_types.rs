//! `/account/meeting-types`: what can be booked.

use super::Shell;
use askama::Template;

/// A row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingTypeRow {
    /// "Mortgage introduction"
    pub name: String,
    /// "30 minutes"
    pub duration: String,
    /// In one sentence: "Customers can book from 4 hours to 60 days ahead." (V-06)
    pub rules: String,
    /// The full public URL, to open and copy.
    pub url: String,
    /// Its own page: `/account/meeting-types/{id}`; `/delete` is below it.
    pub href: String,
}

/// `/account/meeting-types`.
#[derive(Debug, Clone, Template)]
#[template(path = "meeting_types/list.html")]
pub struct MeetingTypes {
    /// The frame.
    pub shell: Shell,
    /// In the order customers see.
    pub rows: Vec<MeetingTypeRow>,
}

impl MeetingTypes {
    fn heading(&self) -> String {
        self.shell.t("types-title")
    }
}

/// The form as typed; every field posts under its own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingTypeForm {
    /// 1 to 120 characters.
    pub name: String,
    /// Part of the URL; empty is made from the name.
    pub slug: String,
    /// Plain text.
    pub description: String,
    /// Where or how: "Video call".
    pub place: String,
    /// Whole minutes.
    pub duration_minutes: String,
    /// Whole minutes between possible starts.
    pub interval_minutes: String,
    /// Whole minutes.
    pub buffer_before_minutes: String,
    /// Whole minutes.
    pub buffer_after_minutes: String,
    /// Whole minutes.
    pub notice_minutes: String,
    /// Whole days.
    pub horizon_days: String,
    /// Whole number; empty is no limit.
    pub daily_limit: String,
}

/// `/account/meeting-types/new` and `/account/meeting-types/{id}`: posts to `action`.
#[derive(Debug, Clone, Template)]
#[template(path = "meeting_types/edit.html")]
pub struct MeetingTypeEdit {
    /// The frame; errors by the names of `MeetingTypeForm`.
    pub shell: Shell,
    /// Where the form is posted.
    pub action: String,
    /// The version, empty for a new one.
    pub version: String,
    /// What stands before the slug: `book.example.com/anna-berg/`.
    pub url_prefix: String,
    /// The stored name; `None` for a new meeting type.
    pub stored_name: Option<String>,
    /// Where it is deleted; `None` for a new one.
    pub delete_href: Option<String>,
    /// What was typed.
    pub form: MeetingTypeForm,
}

impl MeetingTypeEdit {
    fn heading(&self) -> String {
        self.stored_name.clone().unwrap_or_else(|| self.shell.t("types-new-title"))
    }
}

/// `/account/meeting-types/{id}/delete`: asks once, posts to the same path.
#[derive(Debug, Clone, Template)]
#[template(path = "meeting_types/delete.html")]
pub struct MeetingTypeDelete {
    /// The frame.
    pub shell: Shell,
    /// `/account/meeting-types/{id}`
    pub href: String,
    /// The name.
    pub name: String,
    /// What becomes of booked meetings: "3 booked meetings stay as they are."
    pub effect: String,
}

impl MeetingTypeDelete {
    fn heading(&self) -> String {
        self.shell.t1("types-delete-title", "name", &self.name)
    }
}
