//! One release of the time-zone data, independent of the machine's and of jiff's own.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::places::{self, ZoneHit};
use super::search;
use super::zone::{self, UnknownZone, ZoneId};

/// The release that is part of the program; see `data/README.md`.
static BUNDLED: LazyLock<Tzdb> = LazyLock::new(|| Tzdb::unpack(include_bytes!("../../data/tzdb.pack")));

/// Changes of the clock that tell releases apart when a directory does not name its version, newest first:
/// zone, second of the instant, offset in seconds, the release that brought it.
const PROBES: [(&str, i64, i32, &str); 6] = [
    ("America/Havana", 1_796_126_400, -4 * 3600, "2026f"),
    ("America/Winnipeg", 1_796_126_400, -5 * 3600, "2026e"),
    ("Africa/Casablanca", 1_796_126_400, 0, "2026c"),
    ("America/Vancouver", 1_796_126_400, -7 * 3600, "2026b"),
    ("Europe/Chisinau", 1_774_746_000 - 1800, 2 * 3600, "2026a"),
    ("America/Asuncion", 1_782_864_000, -3 * 3600, "2025a"),
];

/// The version of data that carries no name and lacks every probed change. Sorts before each real version.
pub const UNKNOWN_VERSION: &str = "0000";

/// One release of the time-zone data. Immutable and cheap to clone; two releases can live in one process.
#[derive(Clone)]
pub struct Tzdb(Arc<Inner>);

struct Inner {
    version: String,
    source: String,
    zones: HashMap<Cow<'static, str>, Zone>,
    /// Zones of `zone.tab` and `zone1970.tab`: what may be stored although CLDR does not know it yet.
    /// Each with the code of its first country.
    tabled: BTreeMap<String, String>,
    picker: OnceLock<Vec<ZoneHit>>,
    /// What the search compares, one for each of `picker`.
    keys: OnceLock<Vec<search::Key>>,
}

struct Zone {
    tzif: Cow<'static, [u8]>,
    built: OnceLock<Option<TimeZone>>,
}

/// The files are no usable time-zone data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no time zone files")]
pub struct NoZones;

impl std::fmt::Debug for Tzdb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tzdb {} ({})", self.version(), self.source())
    }
}

impl Tzdb {
    /// The release embedded in the program.
    #[must_use]
    pub fn bundled() -> Self {
        BUNDLED.clone()
    }

    /// The release in `files`, pairs of a name inside a zoneinfo directory (`Europe/Berlin`, `zone.tab`,
    /// `tzdata.zi`) and its bytes. `source` is shown to admins. A zone that the files lack is taken from the
    /// embedded release.
    ///
    /// # Errors
    /// [`NoZones`] when no file is a time zone.
    pub fn from_files(
        source: &str,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self, NoZones> {
        let files = files.into_iter().map(|(name, bytes)| (Cow::Owned(name), Cow::Owned(bytes)));
        let tzdb = Self::build(source, files.collect());
        if tzdb.0.zones.is_empty() { Err(NoZones) } else { Ok(tzdb) }
    }

    /// The version that the files of a zoneinfo directory state, such as `2026f`: the first line of `tzdata.zi`,
    /// else `+VERSION`, else probes of known changes; [`UNKNOWN_VERSION`] when none of them is there.
    pub fn version_of(read: impl Fn(&str) -> Option<Vec<u8>>) -> String {
        let stated = |name: &str, prefix: &str| {
            let bytes = read(name)?;
            let line = bytes.split(|b| *b == b'\n').next()?;
            let text = std::str::from_utf8(line).ok()?.strip_prefix(prefix)?.trim().to_owned();
            is_version(&text).then_some(text)
        };
        let probed = || {
            let probe = PROBES.iter().find(|(zone, second, offset, _)| {
                read(zone)
                    .and_then(|bytes| TimeZone::tzif(zone, &bytes).ok())
                    .zip(Timestamp::from_second(*second).ok())
                    .is_some_and(|(zone, at)| zone.to_offset(at).seconds() == *offset)
            });
            probe.map_or(UNKNOWN_VERSION, |(.., version)| version).to_owned()
        };
        stated("tzdata.zi", "# version ").or_else(|| stated("+VERSION", "")).unwrap_or_else(probed)
    }

    /// The release, such as `2026f`. Releases compare as text.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// Where the data came from: `bundled` or a directory.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// The rules of a zone. A zone that this release lacks is taken from the embedded one, and one that both lack
    /// reads as UTC: [`Tzdb::has`] tells.
    #[must_use]
    pub fn zone(&self, id: &ZoneId) -> TimeZone {
        self.find(id).or_else(|| BUNDLED.find(id)).unwrap_or(TimeZone::UTC)
    }

    /// Whether this release, without help from the embedded one, has the zone.
    #[must_use]
    pub fn has(&self, id: &ZoneId) -> bool {
        self.find(id).is_some()
    }

    /// Whether the rules of the zone are known at all, from this release or the embedded one.
    #[must_use]
    pub fn knows(&self, id: &ZoneId) -> bool {
        self.has(id) || BUNDLED.has(id)
    }

    /// The zones a person may choose that this release lacks and the embedded one has.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let chosen = BUNDLED.picker().iter().map(|hit| hit.zone.as_str());
        chosen.filter(|id| !self.0.zones.contains_key(*id)).collect()
    }

    /// The zone that a text from outside names: any case, old spellings, Windows names.
    ///
    /// # Errors
    /// [`UnknownZone`] for abbreviations, offsets, paths and everything else that is no place.
    pub fn normalise(&self, text: &str) -> Result<ZoneId, UnknownZone> {
        self.named(text).ok_or_else(|| UnknownZone { nearest: zone::nearest(text) })
    }

    /// [`Tzdb::normalise`] for who needs no near names, which cost most of the time.
    pub(super) fn named(&self, text: &str) -> Option<ZoneId> {
        let text = text.trim();
        zone::known(text).or_else(|| {
            let tabled = self.0.tabled.keys().find(|id| id.eq_ignore_ascii_case(text));
            tabled.map(|id| ZoneId::stored(id)).filter(|id| self.has(id))
        })
    }

    /// Every zone that a person may choose, by city; UTC is the last.
    #[must_use]
    pub fn picker(&self) -> &[ZoneHit] {
        self.0.picker.get_or_init(|| places::picker(self, self.0.tabled.keys().cloned()))
    }

    pub(super) fn keys(&self) -> &[search::Key] {
        self.0.keys.get_or_init(|| self.picker().iter().map(search::Key::of).collect())
    }

    /// The code of the first country of a zone of the tables.
    pub(super) fn country_of(&self, id: &ZoneId) -> Option<&str> {
        self.0.tabled.get(id.as_str()).map(String::as_str)
    }

    /// The bytes of a zone, for a test that makes another release of them.
    #[cfg(test)]
    pub(super) fn tzif(&self, name: &str) -> Option<Vec<u8>> {
        self.0.zones.get(name).map(|zone| zone.tzif.to_vec())
    }

    fn find(&self, id: &ZoneId) -> Option<TimeZone> {
        let zone = self.0.zones.get(id.as_str())?;
        zone.built.get_or_init(|| TimeZone::tzif(id.as_str(), &zone.tzif).ok()).clone()
    }

    fn unpack(pack: &'static [u8]) -> Self {
        let split = pack.windows(2).position(|pair| pair == b"\n\n").unwrap_or(0);
        let (index, blob) = pack.split_at_checked(split + 2).unwrap_or_default();
        let index = std::str::from_utf8(index).unwrap_or_default();
        let entry = |line: &'static str| {
            let mut fields = line.split(' ');
            let name = fields.next()?;
            let start: usize = fields.next()?.parse().ok()?;
            let length: usize = fields.next()?.parse().ok()?;
            Some((Cow::Borrowed(name), Cow::Borrowed(blob.get(start..start + length)?)))
        };
        Self::build("bundled", index.lines().filter_map(entry).collect())
    }

    fn build(source: &str, files: HashMap<Cow<'static, str>, Cow<'static, [u8]>>) -> Self {
        let version = Self::version_of(|name| files.get(name).map(|bytes| bytes.to_vec()));
        // zone.tab comes last: of two countries it names the zone's own.
        let texts = ["zone1970.tab", "zone.tab"].into_iter().filter_map(|name| files.get(name));
        let tabled = texts.flat_map(|table| zones_of(table)).collect();
        let zones = files
            .into_iter()
            .filter(|(_, bytes)| bytes.starts_with(b"TZif"))
            .map(|(name, tzif)| (name, Zone { tzif, built: OnceLock::new() }))
            .collect();
        Self(Arc::new(Inner {
            version,
            source: source.to_owned(),
            zones,
            tabled,
            picker: OnceLock::new(),
            keys: OnceLock::new(),
        }))
    }
}

/// Zone and first country of the lines of `zone.tab` or `zone1970.tab`.
fn zones_of(table: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(table);
    let row = |line: &str| {
        let mut fields = line.split('\t');
        let countries = fields.next()?;
        let zone = fields.nth(1)?;
        Some((zone.to_owned(), countries.split(',').next()?.to_owned()))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

/// `2026f`, also `2026` and `2026f-dirty`, but not a word.
fn is_version(text: &str) -> bool {
    text.len() >= 4 && text.len() <= 32 && text.bytes().take(4).all(|b| b.is_ascii_digit())
}
