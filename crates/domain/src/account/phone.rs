//! Phone numbers. The one module that knows the crate `phonenumber`.

use super::text::{Lines, required};
use super::{CountryCode, Problem};
use phonenumber::Mode;
use phonenumber::country::Id;
use phonenumber::metadata::{DATABASE, Descriptors};
use regex::Regex;
use serde::{Serialize, Serializer};

/// The most code points that may be typed.
const MAX: usize = 60;

/// A phone number that exists, as E.164 (a `+` and at most 15 digits) beside what was typed (A-07; messages.md 5).
///
/// ```
/// use nameplate_domain::account::{CountryCode, PhoneNumber, Problem};
///
/// let nl = Some(CountryCode::parse("NL")?);
/// for typed in ["06 12345678", "+31 (0)6-12 34 56 78", "0031 6 12345678", "٠٦ ١٢٣٤٥٦٧٨"] {
///     assert_eq!(PhoneNumber::parse(typed, nl)?.e164(), "+31612345678");
/// }
/// # Ok::<(), Problem>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    e164: String,
    typed: String,
}

impl PhoneNumber {
    /// Reads a number typed in national form, where a country is given, or beginning with `+` or `00`.
    ///
    /// # Errors
    /// [`Problem::Empty`], [`Problem::PhoneLetters`], [`Problem::PhoneCharacter`], [`Problem::PhoneCountry`],
    /// [`Problem::PhoneInvalid`] (short codes too), and the problems of one line of text.
    pub fn parse(typed: &str, default_country: Option<CountryCode>) -> Result<Self, Problem> {
        let typed = required(typed, Lines::One, MAX)?;
        let dialled = dialled(&typed)?;
        let region = default_country.and_then(region);
        if region.is_none() && !dialled.starts_with('+') && !dialled.starts_with("00") {
            return Err(Problem::PhoneCountry);
        }
        let e164 = e164(&dialled, region)
            .ok_or_else(|| Problem::PhoneInvalid { example: example(region, dialled.starts_with('+')) })?;
        Ok(Self { e164, typed })
    }

    /// A number that `parse` accepted earlier.
    #[must_use]
    pub fn stored(e164: impl Into<String>, typed: impl Into<String>) -> Self {
        Self { e164: e164.into(), typed: typed.into() }
    }

    /// The number as `+` and digits.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// What was typed, cleaned of outer spaces.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The country whose number it is; none for what is no country's, such as a satellite phone.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        let number = phonenumber::parse(None, &self.e164).ok()?;
        number.country().id().and_then(|id| CountryCode::parse(id.as_ref()).ok())
    }

    /// As it is dialled inside its country: `06 12345678`.
    #[must_use]
    pub fn national(&self) -> String {
        self.formatted(Mode::National)
    }

    /// As it is dialled from anywhere: `+31 6 12345678`.
    #[must_use]
    pub fn international(&self) -> String {
        self.formatted(Mode::International)
    }

    fn formatted(&self, mode: Mode) -> String {
        phonenumber::parse(None, &self.e164)
            .map_or_else(|_| self.e164.clone(), |number| number.format().mode(mode).to_string())
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.e164)
    }
}

/// The digits that were meant, with a `+` before them if one was typed. The crate would turn letters into digits and
/// read extensions: it never gets to see any.
fn dialled(typed: &str) -> Result<String, Problem> {
    let mut digits = String::new();
    let trunk = typed.split_once("(0)").filter(|(before, _)| is_country_code(before));
    let typed = trunk.map_or_else(|| typed.to_owned(), |(before, after)| format!("{before}{after}"));
    for c in typed.chars() {
        match ascii_digit(c) {
            Some(digit) => digits.push(digit),
            None if matches!(c, '+' | '\u{FF0B}') && digits.is_empty() => digits.push('+'),
            None if is_separator(c) => {}
            None if c.is_alphabetic() => return Err(Problem::PhoneLetters),
            None => return Err(Problem::PhoneCharacter),
        }
    }
    Ok(digits)
}

/// True for `+31 ` and `0031`: a zero in brackets behind it is the one that falls away from abroad.
fn is_country_code(before: &str) -> bool {
    let digits: String = before.chars().filter_map(ascii_digit).collect();
    let code = match (before.trim_start().starts_with(['+', '\u{FF0B}']), digits.strip_prefix("00")) {
        (true, _) => digits.as_str(),
        (false, Some(code)) => code,
        (false, None) => return false,
    };
    (1..=3).contains(&code.len())
}

fn ascii_digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{FF08}' | '\u{FF09}')
        || matches!(c, '\u{FF0D}'..='\u{FF0F}' | '\u{200E}' | '\u{200F}')
}

fn region(country: CountryCode) -> Option<Id> {
    country.as_str().parse().ok().filter(|id: &Id| DATABASE.by_id(id.as_ref()).is_some())
}

fn e164(dialled: &str, region: Option<Id>) -> Option<String> {
    // A + number is read by its own country's rules only: the crate would strip the default country's prefix from it.
    if dialled.starts_with('+') {
        return reading(dialled, None);
    }
    // "00" means + but in countries that dial another prefix, where what follows "00" is no country code.
    let from_abroad = dialled.strip_prefix("00").and_then(|rest| reading(&format!("+{rest}"), None));
    from_abroad.or_else(|| reading(dialled, Some(region?)))
}

fn reading(dialled: &str, region: Option<Id>) -> Option<String> {
    let number = phonenumber::parse(region, dialled).ok().filter(phonenumber::is_valid)?;
    let text = number.format().mode(Mode::E164).to_string();
    let code = number.code().value();
    let national = text.strip_prefix(&format!("+{code}"))?;
    let typed = dialled.strip_prefix(&format!("+{code}")).map_or(0, str::len);
    let is_known = DATABASE.by_code(&code)?.into_iter().any(|country| {
        // From "+31 06…" the crate takes the 0, as people mean it; but it would take a second one too.
        let prefix = country.national_prefix().map_or(1, str::len);
        typed <= national.len() + prefix && is_whole(country.descriptors(), national)
    });
    (text.len() <= 16 && is_known).then_some(text)
}

/// True when one of a country's patterns matches the number to its end: the crate asks only for the beginning.
fn is_whole(kinds: &Descriptors, national: &str) -> bool {
    let kinds = [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
        kinds.voicemail(),
    ];
    kinds.into_iter().flatten().filter(|kind| kind.is_match(national)).any(|kind| {
        let pattern = kind.national_number();
        pattern.find(national).is_some_and(|found| found.end() == national.len())
            // The first alternative that matches may be a short one.
            || Regex::new(&format!("(?x)^(?:{})$", pattern.as_str())).is_ok_and(|whole| whole.is_match(national))
    })
}

/// A mobile number of the country that could exist, from the crate's metadata; without a country a British one.
fn example(region: Option<Id>, international: bool) -> String {
    let shown = region.and_then(|region| {
        let descriptors = DATABASE.by_id(region.as_ref())?.descriptors();
        let digits = descriptors.mobile().or(descriptors.fixed_line())?.example()?;
        let number = phonenumber::parse(Some(region), digits).ok()?;
        let mode = if international { Mode::International } else { Mode::National };
        Some(number.format().mode(mode).to_string())
    });
    shown.unwrap_or_else(|| "+44 7400 123456".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Option<CountryCode> {
        (!code.is_empty()).then(|| CountryCode::parse(code).unwrap())
    }

    #[test]
    fn one_number_in_many_forms() {
        for (typed, default) in [
            ("06 12345678", "NL"),
            ("0612345678", "NL"),
            ("06-12 34 56 78", "NL"),
            ("(06) 12.34.56.78", "NL"),
            ("06/12345678", "NL"),
            ("+31 (0)6 12345678", ""),
            ("+31 (0)6-12 34 56 78", "US"),
            ("0031 (0)6 12345678", "NL"),
            ("0031 6 12345678", ""),
            ("0031 6 12345678", "US"),
            ("011 31 6 12345678", "US"),
            ("\u{FF10}\u{FF16}12345678", "NL"),
            ("\u{FF0B}31 6 12345678", "NL"),
            ("٠٦ ١٢٣٤٥٦٧٨", "NL"),
            ("۰۶ ۱۲۳۴۵۶۷۸", "NL"),
            ("\u{A0}06\u{A0}12345678\u{200B}", "NL"),
        ] {
            let number = PhoneNumber::parse(typed, country(default));
            assert_eq!(number.as_ref().map(PhoneNumber::e164), Ok("+31612345678"), "{typed} in {default}");
        }
        let number = PhoneNumber::parse(" 06 12345678 ", country("NL")).unwrap();
        assert_eq!(number.typed(), "06 12345678");
        assert_eq!(number.national(), "06 12345678");
        assert_eq!(number.international(), "+31 6 12345678");
    }

    #[test]
    fn a_number_is_one_of_its_country() {
        for (typed, expected) in [
            ("+31612345678", "NL"),
            ("+32470123456", "BE"),
            ("+12125550123", "US"),
            ("+14165550123", "CA"),
            ("+393123456789", "IT"),
            ("+881612345678", ""),
        ] {
            let found = PhoneNumber::stored(typed, typed).country();
            assert_eq!(found, country(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_why() {
        let dutch = Problem::PhoneInvalid { example: "06 12345678".to_owned() };
        for (typed, default, problem) in [
            ("", "NL", Problem::Empty),
            ("1-800-FLOWERS", "US", Problem::PhoneLetters),
            ("06 12345678 ext 5", "NL", Problem::PhoneLetters),
            ("06 12345678x5", "NL", Problem::PhoneLetters),
            ("06 12345678;5", "NL", Problem::PhoneCharacter),
            ("06+12345678", "NL", Problem::PhoneCharacter),
            ("06 12345678", "", Problem::PhoneCountry),
            ("06 12345678", "AQ", Problem::PhoneCountry),
            ("112", "NL", dutch.clone()),
            ("06 1234567", "NL", dutch.clone()),
            ("06 123456789", "NL", dutch),
            ("+31 6 1234567", "NL", Problem::PhoneInvalid { example: "+31 6 12345678".to_owned() }),
            ("+999 123456789", "", Problem::PhoneInvalid { example: "+44 7400 123456".to_owned() }),
        ] {
            assert_eq!(PhoneNumber::parse(typed, country(default)), Err(problem), "{typed}");
        }
    }
}
