//! Zone identifiers: one function normalises what browsers, API clients, calendars and people send.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The canonical IANA identifier of a time zone, such as `Europe/Amsterdam`, or `UTC`.
///
/// Text from outside becomes one through [`Tzdb::normalise`](super::Tzdb::normalise).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoneId(String);

impl ZoneId {
    /// A value that was normalised before it was stored.
    #[must_use]
    pub fn stored(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// The zone without a place.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The identifier as it is stored and sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ZoneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text names no time zone that may be stored. API code `time_zone_unknown`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such time zone")]
pub struct UnknownZone {
    /// Up to three identifiers that look like the text, the nearest first.
    pub nearest: Vec<String>,
}

/// Accepted spellings in lower case with the identifier that is stored: CLDR `bcp47/timezone`, without the
/// names that stand for an offset and not for a place.
static ALIASES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../data/aliases.tsv")));

/// Windows names in lower case with the zone of CLDR `windowsZones` for territory 001.
static WINDOWS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../data/windows.tsv")));

fn pairs(table: &'static str) -> HashMap<&'static str, &'static str> {
    table.lines().filter_map(|line| line.split_once('\t')).collect()
}

/// The stored identifier of a name that CLDR knows, whatever its case or age.
pub(super) fn known(text: &str) -> Option<ZoneId> {
    // The longest name has 36 letters: nothing longer needs a copy in lower case.
    if text.len() > 64 {
        return None;
    }
    let key = text.to_ascii_lowercase();
    let key = WINDOWS.get(key.as_str()).map_or(key, |zone| zone.to_ascii_lowercase());
    ALIASES.get(key.as_str()).map(|id| ZoneId::stored(id))
}

/// The accepted identifiers that look most like `text`.
pub(super) fn nearest(text: &str) -> Vec<String> {
    let wanted: String = text.chars().take(64).collect::<String>().to_ascii_lowercase();
    if wanted.trim().is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(f64, &str)> = ALIASES
        .iter()
        .map(|(spelling, id)| {
            let city = spelling.rsplit('/').next().unwrap_or(spelling);
            (strsim::jaro_winkler(&wanted, spelling).max(strsim::jaro_winkler(&wanted, city)), *id)
        })
        .filter(|(score, _)| *score > 0.7)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut ids: Vec<String> = Vec::new();
    for (_, id) in scored {
        if !ids.iter().any(|seen| seen == id) {
            ids.push(id.to_owned());
        }
        if ids.len() == 3 {
            break;
        }
    }
    ids
}
