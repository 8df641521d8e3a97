//! A country, as it stands in an address and decides how a national phone number is read.

use super::Problem;
use super::country_names::COUNTRIES;
use super::text::{Lines, required};
use serde::{Serialize, Serializer};
use std::fmt;

/// A country code of ISO 3166-1 alpha-2, upper case (`XK`, which the standard leaves to its users, is Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode {
    code: &'static str,
    name: &'static str,
}

impl CountryCode {
    /// Every country, by English name: the options of a select.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.iter().map(|(code, name)| Self { code, name })
    }

    /// Reads a code or an English name, in any case.
    ///
    /// # Errors
    /// [`Problem::Empty`], [`Problem::CountryUnknown`], and the problems of one line of text.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = required(typed, Lines::One, 200)?;
        Self::all()
            .find(|country| text.eq_ignore_ascii_case(country.code))
            .or_else(|| Self::all().find(|country| text.to_lowercase() == country.name.to_lowercase()))
            .ok_or(Problem::CountryUnknown)
    }

    /// The code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.code
    }

    /// The English name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_read_by_code_or_name() {
        for typed in ["NL", "nl", " Nl ", "Netherlands", "NETHERLANDS"] {
            assert_eq!(CountryCode::parse(typed).map(CountryCode::as_str), Ok("NL"), "{typed}");
        }
        assert_eq!(CountryCode::parse("türkiye").map(CountryCode::as_str), Ok("TR"));
        assert_eq!(CountryCode::parse("ÅLAND ISLANDS").map(CountryCode::as_str), Ok("AX"));
        assert_eq!(CountryCode::parse("Atlantis"), Err(Problem::CountryUnknown));
        assert_eq!(CountryCode::parse(" "), Err(Problem::Empty));
    }

    #[test]
    fn every_country_reads_back_by_its_code_and_by_its_name() {
        assert_eq!(CountryCode::all().count(), 250);
        for country in CountryCode::all() {
            assert_eq!(CountryCode::parse(country.as_str()), Ok(country));
            assert_eq!(CountryCode::parse(country.name()), Ok(country));
        }
    }
}
