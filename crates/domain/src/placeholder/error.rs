//! What can be wrong with a template.

use std::ops::Range;

/// The most characters of a [`TemplateError::snippet`].
const SNIPPET: usize = 80;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// The kind of an error; [`ErrorCode::as_str`] is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code for the API and the catalogue.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

codes! {
    /// `{{`, `{%` or `{#` without its end.
    UnclosedTag = "unclosed_tag";
    /// Something else was expected here.
    UnexpectedToken = "unexpected_token";
    /// No path of this name.
    UnknownVariable = "unknown_variable";
    /// The path never has a value in this notification.
    NotInThisMessage = "not_in_this_message";
    /// No filter of this name.
    UnknownFilter = "unknown_filter";
    /// The filter takes another argument, or the path never has this value.
    BadArgument = "bad_argument";
    /// The filter does not fit the path, or two things that cannot be equal are compared.
    WrongType = "wrong_type";
    /// `{% … %}` of another kind than `if`, `elif`, `else` and `endif`.
    UnknownBlock = "unknown_block";
    /// `elif`, `else` or `endif` without its `if`, or an `if` without its `endif`.
    UnbalancedIf = "unbalanced_if";
    /// A value cannot stand here: inside a tag, comment, script or style of HTML, or behind half an escape of JSON.
    ContextForbidden = "context_forbidden";
    /// A message needs something here. This and the following are told of parts of a template, not by [`Template::parse`].
    ///
    /// [`Template::parse`]: super::Template::parse
    Empty = "empty";
    /// Tags of HTML: readers would see them as they are.
    MarkupForbidden = "markup_forbidden";
    /// A line of details or buttons that is not `Label: value`.
    LabelMissing = "label_missing";
    /// A button whose value is no address.
    NotALink = "not_a_link";
    /// The text is longer (security.md P4) or deeper nested than it may be.
    TooLong = "too_long";
}

/// One error, and where it stands. Its message is a text of the catalogue, by the code.
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
    /// The text at that place, at most 80 characters of it.
    pub snippet: String,
    /// What was most likely meant.
    pub suggestion: Option<String>,
}

impl TemplateError {
    pub(crate) fn at(source: &str, fault: impl Into<Fault>, range: Range<usize>) -> Self {
        let Fault { code, suggestion } = fault.into();
        let before = source.get(..range.start).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let in_line = before.get(line_start..).unwrap_or_default();
        Self {
            code,
            line: before.matches('\n').count() + 1,
            column: in_line.encode_utf16().count() + 1,
            snippet: source.get(range.clone()).unwrap_or_default().chars().take(SNIPPET).collect(),
            range,
            suggestion,
        }
    }
}

/// An error whose place is known further up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(super) code: ErrorCode,
    pub(super) suggestion: Option<String>,
}

impl Fault {
    /// The error, with the word of a closed list that looks like what was written.
    pub(super) fn near(code: ErrorCode, written: &str, known: &[&str]) -> Self {
        let near = known.iter().find(|word| strsim::damerau_levenshtein(&written.to_lowercase(), word) <= 2);
        Self { code, suggestion: near.map(|word| (*word).to_owned()) }
    }
}

impl From<ErrorCode> for Fault {
    fn from(code: ErrorCode) -> Self {
        Self { code, suggestion: None }
    }
}
