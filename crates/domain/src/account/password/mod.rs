//! The password policy (security.md A1, A2, P4; NIST SP 800-63B-4 section 3.1.1).
//!
//! Any characters, no composition rules, no expiry. A password is normalised to NFC once, here, both when it is chosen
//! and when it is typed at sign-in, so that the same keys give the same bytes on every device.

mod common;
mod context;
mod fold;

pub use context::Context;

use super::Problem;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The most code points after NFC; in bytes that is 1,024 at most.
pub const MAX: usize = 256;

/// Least number of guesses, as a power of ten, by the estimate of zxcvbn (which sees the first 128 characters).
const LEAST_GUESSES: f64 = 5.0;
/// The cost of the estimate grows with the square of the length.
const SCORED: usize = 128;

/// How long a password must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    alone: usize,
    with_second_factor: usize,
}

impl Policy {
    /// The least number of code points that any configuration can ask for.
    pub const FLOOR: usize = 8;

    /// A policy with these minimums, in code points; below the floor of 8 they are 8.
    #[must_use]
    pub fn new(alone: usize, with_second_factor: usize) -> Self {
        let within = |minimum: usize| minimum.clamp(Self::FLOOR, MAX);
        Self { alone: within(alone), with_second_factor: within(with_second_factor) }
    }

    /// The minimum for an account.
    #[must_use]
    pub const fn minimum(self, has_second_factor: bool) -> usize {
        if has_second_factor { self.with_second_factor } else { self.alone }
    }
}

impl Default for Policy {
    /// 15 when the password is the only factor, 8 with a second one.
    fn default() -> Self {
        Self::new(15, 8)
    }
}

/// A password in the form that is hashed. It never shows in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// What somebody typed at sign-in: normalised, not judged.
    ///
    /// # Errors
    /// [`Problem::Empty`] and [`Problem::PasswordTooLong`]: no account can have such a password.
    pub fn typed(text: &str) -> Result<Self, Problem> {
        // Before NFC a code point of the result is at most four, of four bytes each.
        if text.len() > 16 * MAX {
            return Err(Problem::PasswordTooLong { max: MAX });
        }
        let normal: String = text.nfc().collect();
        match normal.chars().count() {
            0 => Err(Problem::Empty),
            1..=MAX => Ok(Self(normal)),
            _ => Err(Problem::PasswordTooLong { max: MAX }),
        }
    }

    /// Its length in code points, as the policy counts.
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Judges a new password for an account; `minimum` comes from [`Policy::minimum`].
///
/// # Errors
/// [`Problem::Empty`], [`Problem::PasswordTooLong`], [`Problem::PasswordTooShort`], [`Problem::PasswordCommon`],
/// [`Problem::PasswordContext`], [`Problem::PasswordTooSimple`].
///
/// ```
/// use nameplate_domain::account::{Problem, password::{self, Context, Policy}};
///
/// let minimum = Policy::default().minimum(false);
/// let context = Context { name: "Anna Bérg", slug: "anna-berg", ..Context::default() };
/// assert!(password::check("quiet otter under glass", minimum, &context).is_ok());
/// assert_eq!(password::check("Ann4-B3rg-2026!", minimum, &context), Err(Problem::PasswordContext));
/// ```
pub fn check(candidate: &str, minimum: usize, context: &Context<'_>) -> Result<Password, Problem> {
    let password = Password::typed(candidate)?;
    if password.length() < minimum {
        return Err(Problem::PasswordTooShort { min: minimum });
    }
    if common::is_form_of_common(&password.0) {
        return Err(Problem::PasswordCommon);
    }
    if context.makes_up(&password.0, minimum) {
        return Err(Problem::PasswordContext);
    }
    if is_simple(&password.0) {
        return Err(Problem::PasswordTooSimple);
    }
    Ok(password)
}

/// True for sequences, repetitions and the like.
fn is_simple(text: &str) -> bool {
    guesses(text) < LEAST_GUESSES || repeats(text)
}

fn guesses(text: &str) -> f64 {
    let scored: String = text.chars().take(SCORED).map(plain_sign).collect();
    zxcvbn::zxcvbn(&scored, &[]).guesses_log10()
}

/// Puts another sign for each that zxcvbn reads as a letter: it would try all their readings together, minutes for a
/// hundred of them. The list of common passwords does that without.
const fn plain_sign(c: char) -> char {
    match c {
        '@' => '&',
        '(' => ')',
        '{' => '}',
        '[' => ']',
        '<' => '>',
        '#' => '"',
        '!' => '?',
        '|' => '\\',
        '$' => '=',
        '+' => '*',
        '%' => '^',
        other => other,
    }
}

/// True for a text of up to four characters, again and again.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    (1..=4).any(|period| chars.iter().zip(chars.iter().skip(period)).all(|(one, next)| one == next))
}

#[cfg(test)]
mod tests;
