//! Why a row cannot be done, kept so that each admin reads it in their language.

use super::columns::Column;
use crate::{Error, Invalid};
use nameplate_domain::account::{Problem, ProfileField};
use nameplate_i18n::Texts;
use serde::{Deserialize, Serialize};

/// What is wrong with a cell, or with the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The column by its name in files; empty for the row as a whole.
    pub column: String,
    /// The end of its message's name: `problem-…` or, of a row, `import-fault-…`.
    pub code: String,
    /// What the message names.
    pub args: Vec<(String, String)>,
}

/// What can be wrong with a row as a whole; each has a message `import-fault-…`.
pub(super) const ROW_CODES: [&str; 11] = [
    "more-cells",
    "duplicate",
    "name-missing",
    "email-missing",
    "role-stays",
    "closed",
    "limited",
    "not-admin",
    "slug-twice",
    "id-twice",
    "server",
];

impl Fault {
    pub(super) fn cell(column: &Column, problem: &Problem) -> Self {
        Self::of(column.word(), problem)
    }

    fn of(column: String, problem: &Problem) -> Self {
        let args = problem.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { column, code: problem.code().replace('_', "-"), args }
    }

    pub(super) fn row(code: &'static str) -> Self {
        debug_assert!(ROW_CODES.contains(&code), "{code}");
        Self { column: String::new(), code: code.to_owned(), args: Vec::new() }
    }

    pub(super) fn beside_line(column: &str, code: &'static str, line: i64) -> Self {
        let args = vec![("line".to_owned(), line.to_string())];
        Self { column: column.to_owned(), args, ..Self::row(code) }
    }

    /// The sentence that people read.
    #[must_use]
    pub fn text(&self, texts: Texts, fields: &[ProfileField]) -> String {
        let args: Vec<(&str, &str)> =
            self.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if ROW_CODES.contains(&self.code.as_str()) {
            return texts.format(&format!("import-fault-{}", self.code), &args);
        }
        // As beside a field of a form, which may have words of its own.
        let key = format!("problem-{}", self.code);
        let own = format!("{key}-{}", self.column.replace(['_', '.'], "-"));
        let text = texts.format(&own, &args);
        let text = if text == own { texts.format(&key, &args) } else { text };
        let label = Column::parse(&self.column).map(|column| column.label(texts, fields));
        match label {
            Some(label) => texts.format("import-fault-cell", &[("column", &label), ("problem", &text)]),
            None => text,
        }
    }
}

/// What a use case refused of a row; none where another try may do it.
pub(super) fn faults_of(error: &Error) -> Option<Vec<Fault>> {
    use crate::Refusal::{OtherStatus, OwnAccount};
    let invalid = |one: &Invalid| match (one.pointer.as_str(), &one.problem) {
        ("/name", Problem::Empty) => Fault::row("name-missing"),
        (pointer, problem) => Fault::of(pointer.trim_start_matches('/').replace('/', "."), problem),
    };
    Some(match error {
        Error::Invalid(problems) => problems.iter().map(invalid).collect(),
        Error::Refused(OwnAccount) => vec![Fault::row("role-stays")],
        Error::Refused(OtherStatus) => vec![Fault::row("closed")],
        Error::Limited(_) => vec![Fault::row("limited")],
        Error::NotSignedIn => vec![Fault::row("not-admin")],
        _ => return None,
    })
}
