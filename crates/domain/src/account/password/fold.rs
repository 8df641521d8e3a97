//! The form in which passwords and words are compared: what is left when case, accents, separators and the usual
//! substitutions ("leet") do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text in lower case, without accents.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || matches!(c, '@' | '$' | '!' | '|'))
}

/// The one character that stands for all that are written for each other.
pub(super) const fn class(c: char) -> char {
    match c {
        '4' | '@' => 'a',
        '8' => 'b',
        '3' => 'e',
        '6' | '9' => 'g',
        '1' | '!' | '|' | 'l' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' => 't',
        '2' => 'z',
        other => other,
    }
}

/// A word by its classes.
pub(super) fn word(text: &str) -> String {
    letters(text).map(class).collect()
}
