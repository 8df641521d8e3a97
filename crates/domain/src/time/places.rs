//! The city and the country that stand for a zone.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Tzdb, ZoneId};

/// A zone as people look for it: a city, the country it is in, the zone that both use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ZoneHit {
    /// The city, in English.
    pub city: String,
    /// The country, in English; empty for UTC.
    pub country: String,
    /// What is stored when this is chosen.
    pub zone: ZoneId,
}

/// One line of `places.tsv`.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub zone: &'static str,
    pub city: &'static str,
    pub country: &'static str,
}

/// `places.tsv`, sorted by zone; `cities.tsv` refers to its lines by number.
pub(super) static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let place = |line: &'static str| {
        let mut fields = line.split('\t');
        Some(Place { zone: fields.next()?, city: fields.next()?, country: fields.next()? })
    };
    include_str!("../../data/places.tsv").lines().filter_map(place).collect()
});

static COUNTRIES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("../../data/countries.tsv").lines().filter_map(|line| line.split_once('\t')).collect()
});

/// The English name of a country code; the code itself when it is unknown.
pub(super) fn country_name(code: &str) -> String {
    COUNTRIES.get(code).copied().unwrap_or(code).to_owned()
}

fn known(zone: &ZoneId) -> Option<Place> {
    let index = PLACES.binary_search_by(|place| place.zone.cmp(zone.as_str())).ok()?;
    PLACES.get(index).copied()
}

/// The city that stands for a zone, in English: `Amsterdam`, `Kyiv`, `UTC`.
#[must_use]
pub fn city_of(zone: &ZoneId) -> String {
    known(zone).map_or_else(
        || zone.as_str().rsplit('/').next().unwrap_or_default().replace('_', " "),
        |place| place.city.to_owned(),
    )
}

impl Tzdb {
    /// The city and the country that stand for a zone.
    #[must_use]
    pub fn place(&self, zone: &ZoneId) -> ZoneHit {
        let code = known(zone).map(|place| place.country).filter(|code| !code.is_empty());
        let code = code.or_else(|| self.country_of(zone));
        let country = code.map(country_name).unwrap_or_default();
        ZoneHit { city: city_of(zone), country, zone: zone.clone() }
    }
}

/// All zones of the tables, each once under its stored name, by city; UTC last.
pub(super) fn picker(tzdb: &Tzdb, tabled: impl Iterator<Item = String>) -> Vec<ZoneHit> {
    let mut hits: Vec<ZoneHit> =
        tabled.filter_map(|name| tzdb.named(&name)).map(|zone| tzdb.place(&zone)).collect();
    hits.sort_by_cached_key(|hit| (super::search::fold(&hit.city), hit.zone.clone()));
    hits.dedup();
    hits.push(tzdb.place(&ZoneId::utc()));
    hits
}
