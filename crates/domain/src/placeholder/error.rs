//! What can be wrong with a template.

use std::ops::Range;

/// The kind of an error; [`ErrorCode::as_str`] is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// `{{` without its `}}`.
    UnclosedTag,
    /// Something else was expected here.
    UnexpectedToken,
    /// No path of this name.
    UnknownVariable,
    /// No filter of this name.
    UnknownFilter,
    /// The filter takes another argument.
    BadArgument,
    /// The filter does not fit the path.
    WrongType,
    /// `{% … %}` and `{# … #}` are not part of the language.
    UnknownBlock,
    /// A placeholder inside an HTML tag.
    ContextForbidden,
}

impl ErrorCode {
    /// The code for the API and the catalogue.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnclosedTag => "unclosed_tag",
            Self::UnexpectedToken => "unexpected_token",
            Self::UnknownVariable => "unknown_variable",
            Self::UnknownFilter => "unknown_filter",
            Self::BadArgument => "bad_argument",
            Self::WrongType => "wrong_type",
            Self::UnknownBlock => "unknown_block",
            Self::ContextForbidden => "context_forbidden",
        }
    }
}

/// One error, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong.
    pub code: ErrorCode,
    /// Line, from 1.
    pub line: usize,
    /// Column in UTF-16 units, from 1: what an editor in a browser counts.
    pub column: usize,
    /// The place in bytes of the source.
    pub range: Range<usize>,
    /// What was most likely meant.
    pub suggestion: Option<String>,
}

impl TemplateError {
    pub(super) fn at(source: &str, code: ErrorCode, range: Range<usize>) -> Self {
        let before = source.get(..range.start).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let in_line = before.get(line_start..).unwrap_or_default();
        Self {
            code,
            line: before.matches('\n').count() + 1,
            column: in_line.encode_utf16().count() + 1,
            range,
            suggestion: None,
        }
    }
}
