//! The cities that stand for time zones. `domain` has the English names; the others are of the Unicode CLDR, read by
//! `tests/oracle/city_names.mjs`, and only those that differ.

use crate::Locale;
use nameplate_domain::time::{ZoneHit, ZoneId, places};
use std::collections::HashMap;
use std::sync::LazyLock;

static DUTCH: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("../data/cities.nl.tsv").lines().filter_map(|line| line.split_once('\t')).collect()
});

/// The city that stands for a zone: `Brussels`, `Brussel`.
pub fn city_of(locale: Locale, zone: &ZoneId) -> String {
    let own = match locale {
        Locale::En => None,
        Locale::Nl => DUTCH.get(zone.as_str()),
    };
    own.map_or_else(|| places::city_of(zone), |city| (*city).to_owned())
}

/// The city of a place that was found: that of its zone in the language, another as it is.
pub fn city(locale: Locale, hit: &ZoneHit) -> String {
    if hit.city == places::city_of(&hit.zone) { city_of(locale, &hit.zone) } else { hit.city.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_called_by_its_name_in_the_language() {
        let brussels = ZoneId::stored("Europe/Brussels");
        assert_eq!(city_of(Locale::En, &brussels), "Brussels");
        assert_eq!(city_of(Locale::Nl, &brussels), "Brussel");
        assert_eq!(city_of(Locale::Nl, &ZoneId::stored("Europe/Amsterdam")), "Amsterdam");
        let other = ZoneHit { city: "Ghent".into(), country: "Belgium".into(), zone: brussels };
        assert_eq!(city(Locale::Nl, &other), "Ghent");
        for zone in DUTCH.keys() {
            assert_ne!(
                city_of(Locale::Nl, &ZoneId::stored(zone)),
                city_of(Locale::En, &ZoneId::stored(zone))
            );
        }
    }
}
