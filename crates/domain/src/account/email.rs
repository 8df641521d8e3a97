//! Email addresses.

use super::Problem;
use super::text::{Lines, required};
use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use serde::{Serialize, Serializer};
use std::fmt;

/// The most bytes of an address (RFC 5321 4.5.3.1.3, erratum 1690).
const MAX: usize = 254;
/// The most bytes before the @ (RFC 5321 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// Domains at which many people have their mail.
const WELL_KNOWN: [&str; 14] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "proton.me",
    "protonmail.com",
    "fastmail.com",
    "zoho.com",
    "yandex.com",
    "mail.com",
    "ymail.com",
];

/// An address that may stand in a header and an envelope as it is: visible ASCII, one @, no spaces, quotes or brackets.
///
/// The rule (security.md C11):
/// - the part before the @ is an RFC 5321 dot-atom. Other letters than ASCII are refused, not folded, so that no
///   Turkish i, sharp s or Kelvin sign can ever become somebody else's address; its case is kept for sending;
/// - the domain is mapped by UTS #46 (nontransitional: `ß` stays a letter of its own) to its lower-case ASCII form,
///   which is the very domain that DNS would look up; it needs a dot, and the last label a letter;
/// - [`canonical`](Self::canonical) is what must be unique: the address in ASCII lower case. Providers that tell `Anna@`
///   from `anna@` are unheard of, two accounts that differ in nothing else are a trap. Dots and `+tags` count.
///
/// ```
/// use nameplate_domain::account::EmailAddress;
///
/// let address = EmailAddress::parse(" Anna@Bücher.example ")?;
/// assert_eq!(address.as_str(), "Anna@xn--bcher-kva.example");
/// assert_eq!(address.canonical(), "anna@xn--bcher-kva.example");
/// assert_eq!(address.shown(), "Anna@bücher.example");
/// # Ok::<(), nameplate_domain::account::Problem>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads a typed address.
    ///
    /// # Errors
    /// [`Problem::Empty`], [`Problem::TooLong`], [`Problem::EmailFormat`], [`Problem::EmailLocalPart`],
    /// [`Problem::EmailDomain`], and the problems of one line of text.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = required(typed, Lines::One, MAX)?;
        let (local, domain) = text.split_once('@').ok_or(Problem::EmailFormat)?;
        if local.is_empty() || domain.is_empty() || domain.contains('@') || text.contains(char::is_whitespace)
        {
            return Err(Problem::EmailFormat);
        }
        if !local.is_ascii() {
            return Err(Problem::EmailLocalPart);
        }
        if local.split('.').any(str::is_empty) || !local.bytes().all(is_local) {
            return Err(Problem::EmailFormat);
        }
        if local.len() > MAX_LOCAL {
            return Err(Problem::TooLong { max: MAX_LOCAL });
        }
        let address = format!("{local}@{}", ascii_domain(domain)?);
        if address.len() > MAX { Err(Problem::TooLong { max: MAX }) } else { Ok(Self(address)) }
    }

    /// An address that `parse` accepted earlier.
    #[must_use]
    pub fn stored(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// The address as it is written to: ASCII, the domain in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that was probably meant, when the domain is a slip away from one that many people have (A-02). Advice
    /// only: the address itself may be right.
    #[must_use]
    pub fn probably(&self) -> Option<Self> {
        let (local, domain) = self.0.split_once('@')?;
        if WELL_KNOWN.contains(&domain) {
            return None;
        }
        let meant = WELL_KNOWN.iter().find(|known| strsim::damerau_levenshtein(known, domain) == 1)?;
        Some(Self(format!("{local}@{meant}")))
    }

    /// The form by which addresses are compared and are unique: ASCII lower case.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The address as people read it, with the domain in its own script.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.0.split_once('@') {
            Some((local, domain)) => format!("{local}@{}", idna::domain_to_unicode(domain).0),
            None => self.0.clone(),
        }
    }
}

/// `atext` of RFC 5322 3.2.3, and the dot.
const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-'..=b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~'
        )
}

fn ascii_domain(domain: &str) -> Result<String, Problem> {
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .map_err(|_| Problem::EmailDomain)?;
    match ascii.rsplit_once('.') {
        Some((_, last)) if last.bytes().any(|byte| byte.is_ascii_alphabetic()) => Ok(ascii.into_owned()),
        _ => Err(Problem::EmailDomain),
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for EmailAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
