//! The passwords that everybody tries first.
//!
//! `common.txt` is made of the ten million passwords that Mark Burnett published in 2015 (public domain), from the
//! million most frequent of them in the order kept by `SecLists` (MIT): for every minimum length from 8 to 15 at least
//! the first 3,000 that are long enough, each in the form of [`fold::word`], sorted by bytes, one a
//! line.

use super::fold;
use std::cmp::Ordering;

const LIST: &str = include_str!("common.txt");

/// True for a listed password in any case or leet form, alone, with digits or signs around it, or twice and more.
pub(super) fn is_form_of_common(password: &str) -> bool {
    let word: Vec<char> = fold::word(password).chars().collect();
    let typed: Vec<char> = password.to_lowercase().chars().collect();
    units(&word).any(|unit| is_listed(&unit)) || units(&typed).any(|unit| is_listed(&fold::word(core(&unit))))
}

/// A text without the digits and signs around it.
fn core(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

/// Every text that, said once or more often, is the whole.
fn units(whole: &[char]) -> impl Iterator<Item = String> {
    (1..=whole.len()).filter_map(|period| {
        let repeats = whole.iter().zip(whole.iter().skip(period)).all(|(one, next)| one == next);
        let unit = whole.get(..period).filter(|_| repeats && whole.len().is_multiple_of(period))?;
        Some(unit.iter().collect())
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
