//! The languages that have a catalogue, and which of them somebody reads best.

/// How many entries of `Accept-Language` are looked at: browsers send at most a dozen.
const RANGES: usize = 32;

/// A language that has a catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Locale {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// Reads a language tag; `None` for a language without a catalogue.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| language.eq_ignore_ascii_case(locale.tag()))
    }

    /// The language that suits `Accept-Language` best (RFC 9110 section 12.5.4): the one with the highest weight, of
    /// equals the first. A region falls back to its language, what cannot be read is passed over, and without a match it
    /// is English.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        let ranges: Vec<Range> = accept_language.split(',').take(RANGES).filter_map(Range::parse).collect();
        let names = |locale: Self| ranges.iter().any(|range| range.tag.eq_ignore_ascii_case(locale.tag()));
        let refused = |locale: Self| {
            let own = |range: &&Range| range.tag.eq_ignore_ascii_case(locale.tag());
            ranges.iter().filter(own).any(|range| range.weight == 0)
        };
        let mut best: Option<(u16, Self)> = None;
        for range in ranges.iter().filter(|range| range.weight > 0) {
            let wanted = match range.tag {
                // Anything that is not named by itself.
                "*" => Self::ALL.into_iter().find(|locale| !names(*locale)),
                tag => Self::parse(tag).filter(|locale| !refused(*locale)),
            };
            if let Some(locale) = wanted
                && best.is_none_or(|(weight, _)| range.weight > weight)
            {
                best = Some((range.weight, locale));
            }
        }
        best.map(|(_, locale)| locale).unwrap_or_default()
    }

    /// The BCP 47 tag, for `html[lang]` and `Content-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The name that those who read it call it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Nl => "Nederlands",
        }
    }

    /// The direction of writing, for `html[dir]`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Nl => "ltr",
        }
    }
}

/// One entry of `Accept-Language`: a language range and its weight in thousandths.
struct Range<'a> {
    tag: &'a str,
    weight: u16,
}

impl<'a> Range<'a> {
    fn parse(entry: &'a str) -> Option<Self> {
        let (tag, weight) = match entry.split_once(';') {
            Some((tag, parameter)) => (tag, weight(parameter)?),
            None => (entry, 1000),
        };
        let tag = tag.trim_matches([' ', '\t']);
        (tag == "*" || is_range(tag)).then_some(Self { tag, weight })
    }
}

/// RFC 4647 section 2.1: letters, then parts of letters and digits, each of 1 to 8.
fn is_range(tag: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = tag.split('-').next().unwrap_or_default();
    language.bytes().all(|b| b.is_ascii_alphabetic()) && tag.split('-').all(part)
}

/// `q=0.8`: a number from 0 to 1 with at most three decimals.
fn weight(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.trim_matches([' ', '\t']).split_once('=')?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let digits = decimals.len() <= 3 && decimals.bytes().all(|b| b.is_ascii_digit());
    if !name.eq_ignore_ascii_case("q") || !digits {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
