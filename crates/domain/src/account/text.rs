//! Free text, and the one set of rules for it (security.md P4).

use super::Problem;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How many lines a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// A line break is refused.
    One,
    /// Line breaks stay, all written as U+000A.
    Many,
}

/// Cleans a typed text: NFC, U+200B and U+FEFF and outer space removed. Cleaning twice changes nothing.
///
/// # Errors
/// [`Problem::ForbiddenCharacter`] for NUL, C0, C1 and bidi controls (LRM and RLM stay), [`Problem::LineBreak`],
/// [`Problem::TooLong`] above `max` code points after NFC. The answer may be empty.
pub fn clean(typed: &str, lines: Lines, max: usize) -> Result<String, Problem> {
    // NFC joins at most four code points into one: what is far longer than that needs no further look (R25).
    if typed.len() > 16 * max + 4_096 {
        return Err(Problem::TooLong { max });
    }
    let kept = typed.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept: String = kept.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}')).collect();
    let normal = if is_nfc(&kept) { kept } else { kept.nfc().collect() };
    let text = normal.trim();
    if text.chars().any(is_forbidden) {
        return Err(Problem::ForbiddenCharacter);
    }
    if lines == Lines::One && text.contains('\n') {
        return Err(Problem::LineBreak);
    }
    if text.chars().count() > max {
        return Err(Problem::TooLong { max });
    }
    Ok(text.to_owned())
}

/// Like [`clean`], but the text must show something.
///
/// # Errors
/// Those of [`clean`], and [`Problem::Empty`] when nothing is left that can be seen.
pub fn required(typed: &str, lines: Lines, max: usize) -> Result<String, Problem> {
    let text = clean(typed, lines, max)?;
    if is_blank(&text) { Err(Problem::Empty) } else { Ok(text) }
}

/// Parses a field that may stay empty.
///
/// # Errors
/// Those of `parse`, but for [`Problem::Empty`], which is `None`.
pub fn optional<T>(
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    match parse(typed) {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Empty) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// True for C0 and C1 controls but the newline, and for embeddings, overrides and isolates of direction.
pub(super) fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// True when no character of the text leaves a mark on the page.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
                    | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{2800}'
                    | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
            )
    })
}

/// Declares a newtype over cleaned text.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $lines:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most code points after NFC.
            pub const MAX: usize = $max;

            /// Cleans and checks a typed text.
            ///
            /// # Errors
            /// Those of [`required`](crate::account::text::required).
            pub fn parse(typed: &str) -> Result<Self, $crate::account::Problem> {
                $crate::account::text::required(typed, $crate::account::text::Lines::$lines, Self::MAX).map(Self)
            }

            /// Text that `parse` accepted earlier.
            #[must_use]
            pub fn stored(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(super) use text_type;

text_type!(
    /// An agent's name, or the one that customers see: one field, any script.
    FullName, One, 200
);
text_type!(
    /// What an agent does.
    JobTitle, One, 120
);
text_type!(
    /// What an agent calls an API token.
    TokenName, One, 100
);
text_type!(
    /// A customer's name.
    CustomerName, One, 200
);
text_type!(
    /// A customer's note, or a reason given for a change.
    Note, Many, 2_000
);
text_type!(
    /// The name of a meeting type.
    MeetingTypeName, One, 200
);
text_type!(
    /// What a meeting type is about.
    MeetingTypeDescription, Many, 2_000
);
text_type!(
    /// What an agent calls a passkey, to tell it from the others (S-10).
    PasskeyName, One, 60
);
text_type!(
    /// The id by which another system knows an agent.
    ExternalId, One, 200
);
text_type!(
    /// What people read beside a profile field.
    FieldLabel, One, 60
);
