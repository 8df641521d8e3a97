//! Words that an attacker of this very account would try.

use super::{common, fold, is_simple};

/// The product: every account's context.
const PRODUCT: &str = "Nameplate";
/// A word of fewer letters says nothing.
const LEAST_WORD: usize = 3;

/// What is known of an account without its password. Empty text says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The full name; behind a space the one that customers see, where there is one.
    pub name: &'a str,
    /// The email address.
    pub email: &'a str,
    /// The slug.
    pub slug: &'a str,
    /// The phone number, in any form.
    pub phone: &'a str,
    /// The organisation's name.
    pub organisation: &'a str,
}

impl Context<'_> {
    /// True when the words of this context make up half of what a password needs, or when it would be too weak without
    /// them: context words count for nothing.
    pub(super) fn makes_up(&self, password: &str, minimum: usize) -> bool {
        let mut rest: Vec<char> = fold::letters(password).collect();
        let whole = rest.len();
        for word in self.words() {
            remove(&mut rest, &word);
        }
        if rest.len() == whole {
            return false;
        }
        let rest: String = rest.into_iter().collect();
        rest.chars().count() < minimum.div_ceil(2) || common::is_form_of_common(&rest) || is_simple(&rest)
    }

    /// The words of the context as classes, the longest first.
    fn words(&self) -> Vec<Vec<char>> {
        let phone: String = self.phone.chars().filter(char::is_ascii_digit).collect();
        let national = phone.get(phone.len().saturating_sub(8)..).unwrap_or_default();
        // The last label of the domain is common to half the world.
        let email = self.email.rsplit_once('.').map_or(self.email, |(rest, _)| rest);
        let mut words: Vec<Vec<char>> = [self.name, email, self.slug, self.organisation, PRODUCT]
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]))
            .chain([phone.as_str(), national])
            .map(|word| fold::word(word).chars().collect())
            .filter(|word: &Vec<char>| word.len() >= LEAST_WORD)
            .collect();
        words.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        words.dedup();
        words
    }
}

/// Takes every occurrence of a word out of a text, comparing by class.
fn remove(text: &mut Vec<char>, word: &[char]) {
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let found = rest
            .windows(word.len())
            .position(|part| part.iter().zip(word).all(|(typed, wanted)| fold::class(*typed) == *wanted));
        match found {
            Some(at) => {
                text.drain(from + at..from + at + word.len());
                from += at;
            }
            None => return,
        }
    }
}
