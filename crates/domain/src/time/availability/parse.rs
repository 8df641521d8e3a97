//! Availability as a client sends it: every fault is named with its place, none is repaired.

use jiff::civil::{Date, Weekday};
use serde_json::{Map, Value};

use super::{Availability, Interval, TimeOfDay, ZoneOverride};
use crate::time::Tzdb;

/// Hours of one date; more is a mistake or an attack.
const MAX_INTERVALS: usize = 24;
/// Date overrides and trips of one agent; both are looked through for each page of slots.
const MAX_DATES: usize = 1000;

/// One thing that is wrong with availability that a client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvailabilityProblem {
    /// JSON pointer (RFC 6901) to the faulty value.
    pub pointer: String,
    /// Stable code of the API.
    pub code: &'static str,
}

#[derive(Default)]
struct Problems(Vec<AvailabilityProblem>);

impl Problems {
    fn add(&mut self, pointer: &str, code: &'static str) {
        self.0.push(AvailabilityProblem { pointer: pointer.to_owned(), code });
    }
}

impl Availability {
    /// Availability from the JSON of the API.
    ///
    /// # Errors
    /// Every fault, with the codes `wrong_type`, `unknown_field`, `missing`, `date_format`, `time_format`,
    /// `end_before_start`, `intervals_overlap`, `time_zone_unknown`, `dates_overlap` and `too_many`.
    #[expect(clippy::needless_pass_by_value, reason = "a request body is used up by parsing it")]
    pub fn parse(value: Value, tzdb: &Tzdb) -> Result<Self, Vec<AvailabilityProblem>> {
        let mut problems = Problems::default();
        let mut availability = Self::default();
        for (key, value) in object(&value, "", &mut problems) {
            let pointer = format!("/{}", escape(key));
            match key.as_str() {
                "weekly" => weekly(value, &pointer, &mut availability, &mut problems),
                "overrides" => overrides(value, &pointer, &mut availability, &mut problems),
                "zone_overrides" => trips(value, &pointer, tzdb, &mut availability, &mut problems),
                _ => problems.add(&pointer, "unknown_field"),
            }
        }
        if problems.0.is_empty() { Ok(availability) } else { Err(problems.0) }
    }
}

fn weekly(value: &Value, pointer: &str, availability: &mut Availability, problems: &mut Problems) {
    for (key, value) in object(value, pointer, problems) {
        let pointer = format!("{pointer}/{}", escape(key));
        match weekday(key) {
            Some(day) => *availability.weekly.day_mut(day) = intervals(value, &pointer, problems),
            None => problems.add(&pointer, "unknown_field"),
        }
    }
}

fn overrides(value: &Value, pointer: &str, availability: &mut Availability, problems: &mut Problems) {
    let dates = object(value, pointer, problems);
    if dates.len() > MAX_DATES {
        return problems.add(pointer, "too_many");
    }
    for (key, value) in dates {
        let pointer = format!("{pointer}/{}", escape(key));
        let hours = intervals(value, &pointer, problems);
        match date(key) {
            Some(date) => drop(availability.overrides.insert(date, hours)),
            None => problems.add(&pointer, "date_format"),
        }
    }
}

fn trips(
    value: &Value,
    pointer: &str,
    tzdb: &Tzdb,
    availability: &mut Availability,
    problems: &mut Problems,
) {
    let Some(items) = value.as_array() else {
        return problems.add(pointer, "wrong_type");
    };
    if items.len() > MAX_DATES {
        return problems.add(pointer, "too_many");
    }
    let mut places = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let pointer = format!("{pointer}/{index}");
        if let Some(trip) = trip(item, &pointer, tzdb, problems) {
            places.push((trip, pointer));
        }
    }
    places.sort_by_key(|(trip, _)| trip.from);
    for pair in places.windows(2) {
        if let [(first, _), (second, pointer)] = pair
            && second.from <= first.to
        {
            problems.add(pointer, "dates_overlap");
        }
    }
    availability.zone_overrides = places.into_iter().map(|(trip, _)| trip).collect();
}

fn trip(value: &Value, pointer: &str, tzdb: &Tzdb, problems: &mut Problems) -> Option<ZoneOverride> {
    let fields = object(value, pointer, problems);
    if !value.is_object() {
        return None;
    }
    for (key, _) in &fields {
        if !["from", "to", "zone"].contains(&key.as_str()) {
            problems.add(&format!("{pointer}/{}", escape(key)), "unknown_field");
        }
    }
    let mut text = |name: &str| match value.get(name) {
        None => {
            problems.add(&format!("{pointer}/{name}"), "missing");
            None
        }
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => {
            problems.add(&format!("{pointer}/{name}"), "wrong_type");
            None
        }
    };
    let (from, to, zone) = (text("from"), text("to"), text("zone"));
    let mut dated = |name: &str, text: Option<String>| {
        let date = date(&text?);
        if date.is_none() {
            problems.add(&format!("{pointer}/{name}"), "date_format");
        }
        date
    };
    let (from, to) = (dated("from", from), dated("to", to));
    let zone = zone.and_then(|zone| {
        let zone = tzdb.normalise(&zone).ok();
        if zone.is_none() {
            problems.add(&format!("{pointer}/zone"), "time_zone_unknown");
        }
        zone
    });
    let trip = ZoneOverride { from: from?, to: to?, zone: zone? };
    if trip.to < trip.from {
        problems.add(&format!("{pointer}/to"), "end_before_start");
        return None;
    }
    Some(trip)
}

fn intervals(value: &Value, pointer: &str, problems: &mut Problems) -> Vec<Interval> {
    let Some(items) = value.as_array() else {
        problems.add(pointer, "wrong_type");
        return Vec::new();
    };
    if items.len() > MAX_INTERVALS {
        problems.add(pointer, "too_many");
        return Vec::new();
    }
    let mut hours: Vec<Interval> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let pointer = format!("{pointer}/{index}");
        match interval(item) {
            Err(code) => problems.add(&pointer, code),
            Ok(new) if hours.iter().any(|old| new.start() < old.end() && old.start() < new.end()) => {
                problems.add(&pointer, "intervals_overlap");
            }
            Ok(new) => hours.push(new),
        }
    }
    hours.sort();
    hours
}

fn interval(value: &Value) -> Result<Interval, &'static str> {
    let Some([Value::String(start), Value::String(end)]) = value.as_array().map(Vec::as_slice) else {
        return Err("wrong_type");
    };
    let (start, end) = TimeOfDay::parse(start).zip(TimeOfDay::parse(end)).ok_or("time_format")?;
    Interval::new(start, end).ok_or("end_before_start")
}

fn object<'a>(value: &'a Value, pointer: &str, problems: &mut Problems) -> Vec<(&'a String, &'a Value)> {
    if !value.is_object() {
        problems.add(pointer, "wrong_type");
    }
    value.as_object().map(Map::iter).into_iter().flatten().collect()
}

fn weekday(key: &str) -> Option<Weekday> {
    Some(match key {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// `YYYY-MM-DD`; jiff alone would also take a date with a time behind it.
fn date(text: &str) -> Option<Date> {
    text.parse().ok().filter(|date: &Date| date.to_string() == text)
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
