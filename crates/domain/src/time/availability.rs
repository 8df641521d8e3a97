//! When an agent takes meetings: weekly hours, date overrides and travel, all civil time in the agent's zone.

mod overnight;
mod parse;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::ZoneId;
pub use overnight::Shift;
pub use parse::AvailabilityProblem;

/// A wall-clock time in whole minutes from `00:00` to `24:00`, the end of the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The start of the date.
    pub const START: Self = Self(0);
    /// The end of the date, `24:00`.
    pub const END: Self = Self(24 * 60);

    /// `HH:MM`; nothing else is read.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let two =
            |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u16>().ok());
        Self::from_minutes(two(hours)?? * 60 + two(minutes)?.filter(|m| *m < 60)?)
    }

    /// The time this many minutes after `00:00`, at most 1440.
    #[must_use]
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes <= Self::END.0).then_some(Self(minutes))
    }

    /// Minutes after `00:00`.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Hours of one date, `[start, end)`, with `start < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start: TimeOfDay,
    end: TimeOfDay,
}

impl Interval {
    /// The hours from `start` to `end`; `None` unless `start < end`.
    #[must_use]
    pub fn new(start: TimeOfDay, end: TimeOfDay) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The first minute that belongs to the hours.
    #[must_use]
    pub fn start(self) -> TimeOfDay {
        self.start
    }

    /// The first minute after the hours.
    #[must_use]
    pub fn end(self) -> TimeOfDay {
        self.end
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start.to_string(), self.end.to_string()].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[String; 2]>::deserialize(deserializer)?;
        TimeOfDay::parse(&start)
            .zip(TimeOfDay::parse(&end))
            .and_then(|(start, end)| Self::new(start, end))
            .ok_or_else(|| de::Error::custom("not an interval of one date"))
    }
}

/// The hours of each weekday; a day without intervals is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names of the days")]
pub struct Weekly {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<Interval>,
}

impl Weekly {
    /// The hours of one weekday.
    #[must_use]
    pub fn day(&self, weekday: Weekday) -> &[Interval] {
        match weekday {
            Weekday::Monday => &self.mon,
            Weekday::Tuesday => &self.tue,
            Weekday::Wednesday => &self.wed,
            Weekday::Thursday => &self.thu,
            Weekday::Friday => &self.fri,
            Weekday::Saturday => &self.sat,
            Weekday::Sunday => &self.sun,
        }
    }

    /// The hours of one weekday, to be changed.
    pub fn day_mut(&mut self, weekday: Weekday) -> &mut Vec<Interval> {
        match weekday {
            Weekday::Monday => &mut self.mon,
            Weekday::Tuesday => &mut self.tue,
            Weekday::Wednesday => &mut self.wed,
            Weekday::Thursday => &mut self.thu,
            Weekday::Friday => &mut self.fri,
            Weekday::Saturday => &mut self.sat,
            Weekday::Sunday => &mut self.sun,
        }
    }
}

/// A trip: on the dates `from..=to` the agent's hours mean this zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneOverride {
    /// The first date of the trip.
    pub from: Date,
    /// The last date of the trip.
    pub to: Date,
    /// The zone of these dates.
    pub zone: ZoneId,
}

/// The agent's hours. The JSON shape is that of the API and of the acceptance vectors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Availability {
    /// The hours of an ordinary week.
    pub weekly: Weekly,
    /// The hours of single dates; they replace the weekly ones, and an empty list closes the date.
    pub overrides: BTreeMap<Date, Vec<Interval>>,
    /// Trips, sorted by their first date; no two share a date.
    pub zone_overrides: Vec<ZoneOverride>,
}

impl Availability {
    /// The hours of a date.
    #[must_use]
    pub fn hours(&self, date: Date) -> &[Interval] {
        self.overrides.get(&date).map_or_else(|| self.weekly.day(date.weekday()), Vec::as_slice)
    }

    /// The zone of a date: that of the trip it belongs to, else the account's.
    #[must_use]
    pub fn zone_of<'a>(&'a self, date: Date, account: &'a ZoneId) -> &'a ZoneId {
        let trip = self.zone_overrides.iter().find(|trip| (trip.from..=trip.to).contains(&date));
        trip.map_or(account, |trip| &trip.zone)
    }

    /// These hours with dates on which the organisation is closed.
    #[must_use]
    pub fn with_closures(mut self, closures: impl IntoIterator<Item = Date>) -> Self {
        self.overrides.extend(closures.into_iter().map(|date| (date, Vec::new())));
        self
    }
}
