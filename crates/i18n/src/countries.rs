//! The names of countries. They are stored by their codes and known to `domain` by their English names; the others are of
//! the Unicode CLDR, read by `tests/oracle/country_names.mjs`.

use crate::Locale;
use nameplate_domain::account::CountryCode;
use std::collections::HashMap;
use std::sync::LazyLock;

/// By English name: the place in a Dutch list, and the Dutch name.
static DUTCH: LazyLock<HashMap<&str, (usize, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../data/countries.nl.tsv").lines().enumerate();
    lines.filter_map(|(at, line)| line.split_once('\t').map(|(english, own)| (english, (at, own)))).collect()
});

/// A country in a language, by its English name.
#[must_use]
pub fn country(locale: Locale, english: &str) -> String {
    match locale {
        Locale::En => english.to_owned(),
        Locale::Nl => DUTCH.get(english).map_or(english, |(_, own)| own).to_owned(),
    }
}

/// All countries with their names, in the order of the language: the options of a select.
#[must_use]
pub fn countries(locale: Locale) -> Vec<(CountryCode, String)> {
    let mut all: Vec<_> = CountryCode::all().map(|code| (code, country(locale, code.name()))).collect();
    if locale == Locale::Nl {
        all.sort_by_key(|(code, _)| DUTCH.get(code.name()).map(|(at, _)| *at));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use nameplate_domain::time::Tzdb;

    #[test]
    fn every_country_of_an_address_and_of_a_zone_has_a_dutch_name() {
        let addresses = CountryCode::all().map(|country| country.name().to_owned());
        let tzdb = Tzdb::bundled();
        let zones = tzdb.picker().iter().map(|hit| hit.country.clone()).filter(|name| !name.is_empty());
        let missing: Vec<_> =
            addresses.chain(zones).filter(|name| !DUTCH.contains_key(name.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(country(Locale::Nl, "Netherlands"), "Nederland");
        let ordered: Vec<_> = countries(Locale::Nl).into_iter().map(|(_, name)| name).collect();
        assert_eq!(ordered.len(), CountryCode::all().count());
        assert_eq!(&ordered[..3], ["Afghanistan", "Åland", "Albanië"]);
        assert_eq!(country(Locale::En, "Netherlands"), "Netherlands");
    }
}
