//! The search of the zone field: city, country, old and new spelling, any marks.

use std::cmp::Reverse;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::places::{PLACES, ZoneHit, country_name};
use super::zone::nearest;
use super::{Tzdb, ZoneId};

/// What the field shows at most.
const MAX_HITS: usize = 10;

/// `cities.tsv`: lines sorted by folded name, searched where they lie.
static CITIES: &str = include_str!("../../data/cities.tsv");

/// How well a place answers, and how many people live there (ten times the logarithm).
type Score = (u8, u8);

const NAMED: u8 = 6;
const CITY: u8 = 5;
const COUNTRY: u8 = 4;
const CITY_START: u8 = 3;
const WORD_START: u8 = 2;
const COUNTRY_START: u8 = 1;
/// The city of a zone comes before other cities that answer as well.
const ZONE_CITY: u8 = 100;

impl Tzdb {
    /// The places that a person may mean, the best first, at most ten.
    #[must_use]
    pub fn search(&self, text: &str) -> Vec<ZoneHit> {
        let text: String = text.chars().take(64).collect();
        let wanted = fold(&text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Score, ZoneHit)> = Vec::new();
        if let Some(zone) = self.named(&text) {
            found.push(((NAMED, 0), self.place(&zone)));
        }
        self.zone_cities(&wanted, &mut found);
        cities(&wanted, &mut found);
        if found.is_empty() {
            // Muenster for Münster.
            let plain = wanted.replace("ae", "a").replace("oe", "o").replace("ue", "u");
            cities(&plain, &mut found);
        }
        if found.is_empty() {
            let ids = nearest(&text);
            found.extend(ids.iter().map(|id| ((0, 0), self.place(&ZoneId::stored(id)))));
        }
        found.sort_by(|a, b| Reverse(a.0).cmp(&Reverse(b.0)).then_with(|| a.1.cmp(&b.1)));
        let mut hits: Vec<ZoneHit> = Vec::new();
        for (_, hit) in found {
            if !hits.contains(&hit) {
                hits.push(hit);
            }
            if hits.len() == MAX_HITS {
                break;
            }
        }
        hits
    }

    /// The zones whose own city or country answers.
    fn zone_cities(&self, wanted: &str, found: &mut Vec<(Score, ZoneHit)>) {
        for (hit, Key { city, country, people }) in self.picker().iter().zip(self.keys()) {
            let kind = if city == wanted {
                CITY
            } else if country == wanted {
                COUNTRY
            } else if city.starts_with(wanted) {
                CITY_START
            } else if city.split(' ').any(|word| word.starts_with(wanted)) {
                WORD_START
            } else if country.starts_with(wanted) {
                COUNTRY_START
            } else {
                continue;
            };
            let bonus = if kind == COUNTRY || kind == COUNTRY_START { 0 } else { ZONE_CITY };
            found.push(((kind, bonus + people), hit.clone()));
        }
    }
}

/// The city and the country of a zone, folded once, and the people of the city, by which the zones of a country are
/// ordered.
pub(super) struct Key {
    city: String,
    country: String,
    people: u8,
}

impl Key {
    pub(super) fn of(hit: &ZoneHit) -> Self {
        let city = fold(&hit.city);
        let people = lines_from(&city).next().filter(|line| line.key == city).map_or(0, |line| line.people);
        Self { city, country: fold(&hit.country), people }
    }
}

/// The cities over 15,000 people whose name or other spelling is `wanted` or begins with it. One letter begins thousands:
/// it is left to the cities of the zones.
fn cities(wanted: &str, found: &mut Vec<(Score, ZoneHit)>) {
    if wanted.len() < 2 {
        return;
    }
    let mut lines: Vec<(Score, Line)> = lines_from(wanted)
        .take_while(|line| line.key.starts_with(wanted))
        .map(|line| ((if line.key == wanted { CITY } else { CITY_START }, line.people), line))
        .collect();
    lines.sort_by_key(|(score, _)| Reverse(*score));
    // Several spellings of one city are several lines.
    lines.truncate(3 * MAX_HITS);
    found.extend(lines.into_iter().filter_map(|(score, line)| Some((score, line.hit()?))));
}

struct Line {
    key: &'static str,
    name: &'static str,
    country: &'static str,
    place: usize,
    people: u8,
}

impl Line {
    fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let mut field = || fields.next();
        let (key, name, country) = (field()?, field()?, field()?);
        Some(Self { key, name, country, place: field()?.parse().ok()?, people: field()?.parse().ok()? })
    }

    fn hit(&self) -> Option<ZoneHit> {
        let place = PLACES.get(self.place)?;
        let city = if self.name.is_empty() { title(self.key) } else { self.name.to_owned() };
        let country = country_name(if self.country.is_empty() { place.country } else { self.country });
        Some(ZoneHit { city, country, zone: ZoneId::stored(place.zone) })
    }
}

/// The lines whose key is `wanted` or sorts after it.
fn lines_from(wanted: &str) -> impl Iterator<Item = Line> {
    let bytes = CITIES.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low.midpoint(high);
        let before = bytes.get(low..middle).and_then(|part| part.iter().rposition(|b| *b == b'\n'));
        let start = before.map_or(low, |newline| low + newline + 1);
        let line = CITIES.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        if line.split('\t').next().unwrap_or_default() < wanted {
            low = start + line.len() + 1;
        } else {
            high = start;
        }
    }
    CITIES.get(low..).unwrap_or_default().lines().filter_map(Line::parse)
}

fn title(key: &str) -> String {
    let words = key.split(' ').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Lower case, no marks, words separated by one space. `tools/time_data.py` folds the keys of the cities alike.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.to_lowercase().nfkd() {
        match letter {
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ə' => folded.push('e'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ŋ' => folded.push('n'),
            mark if is_combining_mark(mark) => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests;
