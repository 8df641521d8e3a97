//! How a text leaves as SMS: its encoding, and how many messages it takes (messages.md 5). Encoding is ours, so that what was
//! counted is what is paid for.

mod quiet;
mod words;

pub use quiet::{is_quiet, pulled};
pub use words::Word;

use std::fmt;

/// The default table of GSM 03.38, without the escape.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension: an escape and a character, which stay together.
const EXTENDED: &str = "\u{C}^{}\\[~]|€";

/// The alphabet of a text. One character outside of the short one makes all of it Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The short alphabet of 7 bits.
    Gsm7,
    /// Unicode, 16 bits for a unit.
    Ucs2,
}

impl Encoding {
    /// What a message holds: alone, and as a part of several, where a header takes room.
    const fn room(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    /// The units of a character; it is never cut between two of them.
    fn units(self, c: char) -> usize {
        match self {
            Self::Gsm7 => gsm7(c).unwrap_or(1),
            Self::Ucs2 => c.len_utf16(),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "Unicode",
        })
    }
}

/// What a finished text takes.
///
/// ```
/// use nameplate_domain::sms::{Encoding, Segments};
///
/// let segments = Segments::of("Zoë meets you on Friday at 14:00 CET");
/// assert_eq!((segments.encoding, segments.forced_by), (Encoding::Ucs2, Some('ë')));
/// assert_eq!((segments.characters, segments.messages), (36, 1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// Its alphabet.
    pub encoding: Encoding,
    /// What is counted: `€` and its like are two in the short alphabet, an emoji is two or more in Unicode.
    pub characters: usize,
    /// The messages that are sent, and paid for. An empty text takes none.
    pub messages: usize,
    /// The first character that is not in the short alphabet.
    pub forced_by: Option<char>,
}

impl Segments {
    /// Counts a text as it is sent: with every value in its place.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let forced_by = text.chars().find(|c| gsm7(*c).is_none());
        let encoding = if forced_by.is_some() { Encoding::Ucs2 } else { Encoding::Gsm7 };
        let characters = text.chars().map(|c| encoding.units(c)).sum();
        let (alone, part) = encoding.room();
        let messages = if characters <= alone {
            usize::from(characters > 0)
        } else {
            let (full, _) = text.chars().map(|c| encoding.units(c)).fold((0, 0), |(full, used), units| {
                if used + units > part { (full + 1, units) } else { (full, used + units) }
            });
            full + 1
        };
        Self { encoding, characters, messages, forced_by }
    }
}

/// How many units of the short alphabet a character takes; none where it is not in it.
fn gsm7(c: char) -> Option<usize> {
    if BASIC.contains(c) { Some(1) } else { EXTENDED.contains(c).then_some(2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (Encoding, usize, usize) {
        let segments = Segments::of(text);
        (segments.encoding, segments.characters, segments.messages)
    }

    #[test]
    fn c09_messages_are_full_at_160_and_153_at_70_and_67() {
        use Encoding::{Gsm7, Ucs2};
        for (characters, messages) in
            [(0, 0), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)]
        {
            assert_eq!(counted(&"a".repeat(characters)), (Gsm7, characters, messages));
        }
        for (characters, messages) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)] {
            assert_eq!(counted(&"ć".repeat(characters)), (Ucs2, characters, messages));
        }
    }

    #[test]
    fn c09_two_units_of_one_character_stay_together() {
        use Encoding::{Gsm7, Ucs2};
        assert_eq!(counted(&"€".repeat(80)), (Gsm7, 160, 1));
        // 153 is odd: 76 of them fill a part, and one unit stays empty.
        assert_eq!(counted(&"€".repeat(152)), (Gsm7, 304, 2));
        assert_eq!(counted(&"€".repeat(153)), (Gsm7, 306, 3));
        assert_eq!(counted(&format!("a{}", "€".repeat(152))), (Gsm7, 305, 2));
        assert_eq!(counted(&"😀".repeat(35)), (Ucs2, 70, 1));
        assert_eq!(counted(&"😀".repeat(66)), (Ucs2, 132, 2));
        assert_eq!(counted(&"😀".repeat(67)), (Ucs2, 134, 3));
        assert_eq!(counted(&format!("ć{}", "😀".repeat(66))), (Ucs2, 133, 2));
    }

    #[test]
    fn c09_what_forces_unicode_is_named() {
        for c in "^{}\\[]~|€\u{C}ÇéèùìòàäöüñÅÆßΔΦΓΛΩΠΨΣΘΞ\n\r".chars() {
            assert_eq!(Segments::of(&c.to_string()).forced_by, None, "{c:?}");
        }
        for c in "çë`\t\u{A0}\u{202F}\u{2019}ćáíóúñ́αя–…\u{1B}".chars().filter(|c| *c != 'ñ')
        {
            let segments = Segments::of(&format!("a{c}b"));
            assert_eq!((segments.encoding, segments.forced_by), (Encoding::Ucs2, Some(c)), "{c:?}");
        }
        let text = "a".repeat(152);
        assert_eq!(counted(&text), (Encoding::Gsm7, 152, 1));
        assert_eq!(counted(&format!("{text}ć")), (Encoding::Ucs2, 153, 3));
    }
}
