//! The words by which people say that they want no messages, or want them again.

/// What a message from a customer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// No more messages from this sender.
    Stop,
    /// Messages again.
    Start,
    /// Who is this? The word is Dutch or not.
    Help {
        /// Whether it was asked in Dutch.
        dutch: bool,
    },
}

const STOP: [&str; 10] = [
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "STOPPEN",
    "AFMELDEN",
    "UITSCHRIJVEN",
    "EINDE",
];
const START: [&str; 3] = ["START", "UNSTOP", "AANMELDEN"];
const HELP: [&str; 2] = ["HELP", "INFO"];

impl Word {
    /// The word that a message is. A sentence that holds one is a sentence: somebody who writes "can we stop by at 5" wants
    /// their messages.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
        let is = |words: &[&str]| words.contains(&bare.as_str());
        match bare.as_str() {
            "HULP" => Some(Self::Help { dutch: true }),
            _ if is(&STOP) => Some(Self::Stop),
            _ if is(&START) => Some(Self::Start),
            _ if is(&HELP) => Some(Self::Help { dutch: false }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_any_writing_and_a_sentence_is_none() {
        for text in [
            "STOP",
            "stop",
            " Stop. ",
            "\"STOP\"",
            "Stop!\n",
            "stopall",
            "Unsubscribe",
            "afmelden",
            "quit",
            "END",
        ] {
            assert_eq!(Word::of(text), Some(Word::Stop), "{text}");
        }
        for text in ["START", "unstop", "Aanmelden"] {
            assert_eq!(Word::of(text), Some(Word::Start), "{text}");
        }
        assert_eq!(Word::of("help?"), Some(Word::Help { dutch: false }));
        assert_eq!(Word::of("Hulp"), Some(Word::Help { dutch: true }));
        for text in ["", "  ", "Can we stop by at 5?", "stopping", "please stop", "OK", "👍"] {
            assert_eq!(Word::of(text), None, "{text}");
        }
    }
}
