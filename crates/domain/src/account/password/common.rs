//! The passwords that everybody tries first.
//!
//! `common.txt` is made of the ten million passwords that Mark Burnett published in 2015 (public domain), from the
//! million most frequent of them in the order kept by `SecLists` (MIT): for every minimum length from 8 to 15 at least the first
//! 3,000 that are long enough, each in the form of [`fold::word`](super::fold::word), sorted by bytes, one a line.

use super::fold;
use std::cmp::Ordering;

const LIST: &str = include_str!("common.txt");

/// True for a listed password in any case or leet form, alone, with digits or signs around it, or twice and more.
pub(super) fn is_form_of_common(password: &str) -> bool {
    let whole = fold::word(password);
    let core: String = password.trim_matches(|c: char| !c.is_alphabetic()).chars().collect();
    is_listed(&whole) || is_listed(&fold::word(&core)) || repeated(&whole).is_some_and(is_listed)
}

/// The first half of a text that says it twice, or the first third, and so on.
fn repeated(word: &str) -> Option<&str> {
    (2..=word.len()).filter(|times| word.len().is_multiple_of(*times)).find_map(|times| {
        let unit = word.get(..word.len() / times)?;
        (unit.repeat(times) == word).then_some(unit)
    })
}

/// Binary search over the bytes of the list, without an index.
fn is_listed(word: &str) -> bool {
    let (mut from, mut until) = (0, LIST.len());
    while from < until {
        let middle = from.midpoint(until);
        let start = LIST.get(..middle).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = LIST.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        match line.cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => from = start + line.len() + 1,
            Ordering::Greater => until = start,
        }
    }
    false
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    LIST.lines()
}
