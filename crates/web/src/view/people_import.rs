//! People from a file: handing in, looking, what became of it (AD-04).

use super::account::SelectField;
use super::{Link, Shell};
use askama::Template;

/// A file that was handed in before.
#[derive(Debug, Clone)]
pub struct FileRow {
    /// "people.csv"
    pub name: String,
    /// Its page.
    pub href: String,
    /// "Mon 23 Nov 2026, 09:25, Robin Admin"
    pub when: String,
    /// "40 rows"
    pub rows: String,
    /// "Not confirmed"
    pub state: String,
}

/// `/admin/people/import`: posts `file` or `pasted` (multipart).
#[derive(Debug, Clone, Template)]
#[template(path = "people/import.html")]
pub struct ImportStart {
    /// The frame; errors of `file`.
    pub shell: Shell,
    /// What was pasted.
    pub pasted: String,
    /// The latest files.
    pub files: Vec<FileRow>,
}

impl ImportStart {
    fn heading(&self) -> String {
        self.shell.t("import-title")
    }
}

/// Rows of a kind.
#[derive(Debug, Clone)]
pub struct Kind {
    /// "Ready to invite"
    pub label: String,
    /// How many.
    pub count: String,
    /// Shows them alone.
    pub href: String,
    /// They are shown.
    pub chosen: bool,
}

/// A row of the file.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// The line on which it begins.
    pub line: String,
    /// The name in it.
    pub name: String,
    /// The address in it.
    pub email: String,
    /// "Invalid"
    pub verdict: String,
    /// Whether it stops the row.
    pub wrong: bool,
    /// What is wrong or what changes, each a sentence or a name.
    pub reasons: Vec<String>,
}

/// A column of the file, and what it is taken for.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// The choice, named after the header.
    pub select: SelectField,
    /// What stands in its first rows.
    pub example: String,
}

/// `/admin/people/import/imp_…` of a file that is not confirmed.
#[derive(Debug, Clone, Template)]
#[template(path = "people/import_draft.html")]
pub struct ImportDraft {
    /// The frame; errors of `column_0` and so on.
    pub shell: Shell,
    /// "people.csv"
    pub name: String,
    /// The page's own address.
    pub href: String,
    /// "40 rows, read as UTF-8 with semicolons."
    pub read_as: String,
    /// The columns, posted to `columns`.
    pub columns: Vec<ColumnRow>,
    /// What is said instead of a preview, where none can be made.
    pub missing: Option<String>,
    /// What the columns were when the page was made, posted to `confirm`.
    pub seen: String,
    /// The kinds of rows.
    pub kinds: Vec<Kind>,
    /// The rows on this page.
    pub rows: Vec<ImportRow>,
    /// "Rows, page 1 of 3"
    pub caption: String,
    /// "Page 1 of 3"; none when there is one.
    pub pages: Option<String>,
    /// Where the page before is.
    pub previous: Option<String>,
    /// Where the page behind is.
    pub next: Option<String>,
    /// "Invite 12 people and change 3"; none where nothing would be done.
    pub confirm: Option<String>,
    /// What becomes of the others.
    pub left: Option<String>,
}

impl ImportDraft {
    fn heading(&self) -> String {
        self.shell.t1("import-draft-title", "name", &self.name)
    }
}

/// How far a file is: the answer of `/admin/people/import/imp_…/progress` (an HTML fragment), and the same in the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "people/import_progress.html")]
pub struct ImportProgress {
    /// Rows that are worked off.
    pub done: i64,
    /// All rows.
    pub all: i64,
    /// "120 of 400 rows"
    pub text: String,
    /// What they came to: a label and a number.
    pub counts: Vec<Link>,
    /// Whether none is left.
    pub is_over: bool,
}

impl askama::filters::HtmlSafe for ImportProgress {}

/// `/admin/people/import/imp_…` of a file that was confirmed.
#[derive(Debug, Clone, Template)]
#[template(path = "people/import_result.html")]
pub struct ImportResult {
    /// The frame.
    pub shell: Shell,
    /// "people.csv"
    pub name: String,
    /// The page's own address.
    pub href: String,
    /// How far it is.
    pub progress: ImportProgress,
    /// The first rows that failed.
    pub failed: Vec<ImportRow>,
    /// "The first 50 of 80 rows"; none when all are shown.
    pub more: Option<String>,
    /// Until when the file is kept.
    pub kept: String,
}

impl ImportResult {
    fn heading(&self) -> String {
        let key = if self.progress.is_over { "import-done-title" } else { "import-running-title" };
        self.shell.t1(key, "name", &self.name)
    }
}
