//! A password made of words that were drawn, easy to write down and to remember (S-03).

use std::sync::LazyLock;

/// As many are worth more than 50 bits: far more than anybody tries online, and a long time for whoever steals the
/// hashes.
const WORDS: usize = 5;

static LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../../data/words.txt").lines().collect());

/// The words to draw from, each as often as any other.
#[must_use]
pub fn words() -> &'static [&'static str] {
    &LIST
}

/// Joins five of the words that are drawn, or more where `minimum` characters ask for more.
///
/// ```
/// use nameplate_domain::account::passphrase;
///
/// let drawn = || ["otter", "glass", "kettle", "moon", "fern", "oat", "tin"].into_iter();
/// assert_eq!(passphrase::join(drawn(), 15), "otter glass kettle moon fern");
/// assert_eq!(passphrase::join(drawn(), 30), "otter glass kettle moon fern oat");
/// ```
#[must_use]
pub fn join<'a>(drawn: impl IntoIterator<Item = &'a str>, minimum: usize) -> String {
    let mut phrase = String::new();
    for (at, word) in drawn.into_iter().enumerate() {
        if at >= WORDS && phrase.chars().count() >= minimum {
            break;
        }
        if at > 0 {
            phrase.push(' ');
        }
        phrase.push_str(word);
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::password::{self, Context};

    #[test]
    fn the_list_is_plain_words_each_there_once() {
        assert!(words().len() >= 1_296, "{}", words().len());
        assert!(words().is_sorted_by(|one, next| one < next), "sorted, none twice");
        for word in words() {
            assert!((3..=12).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn five_words_are_worth_fifty_bits() {
        let count = u64::try_from(words().len()).unwrap();
        assert!(count.pow(5) > 1 << 50);
    }

    #[test]
    fn every_word_is_in_a_phrase_that_is_accepted() {
        for start in 0..words().len() {
            // Far from each other in the alphabet, as drawn words are.
            let drawn = words().iter().copied().cycle().skip(start).step_by(307);
            let phrase = join(drawn, 15);
            assert!(password::check(&phrase, 15, &Context::default()).is_ok(), "{phrase}");
        }
    }

    #[test]
    fn a_phrase_is_as_long_as_it_must_be() {
        let phrase = join(words().iter().copied().cycle(), password::MAX - 16);
        assert!((password::MAX - 16..=password::MAX).contains(&phrase.len()), "{}", phrase.len());
    }
}
