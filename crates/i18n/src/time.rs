//! Printed times (design section 8): every one shows weekday, date, time, and the zone as city and UTC offset.

mod parts;
mod zones;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};
pub use nameplate_domain::account::HourCycle;
use nameplate_domain::time::reading::{self, Reading};
use nameplate_domain::time::{Tzdb, ZoneId};

use crate::cities::city_of;
use crate::{Locale, Texts};
use parts::{Width, date, wall};
pub use parts::{full_date, month_heading, offset, time_of_day, weekday, weekday_short};
pub use zones::{zone_change, zone_option};

/// Prints instants for one reader: language, zone and hours.
#[derive(Clone)]
pub struct Clock {
    texts: Texts,
    zone: TimeZone,
    id: ZoneId,
    hours: HourCycle,
}

impl Clock {
    /// The clock of a reader in `zone`.
    #[must_use]
    pub fn new(locale: Locale, tzdb: &Tzdb, zone: &ZoneId, hours: HourCycle) -> Self {
        Self { texts: Texts::of(locale), zone: tzdb.zone(zone), id: zone.clone(), hours }
    }

    /// The zone that this clock shows.
    #[must_use]
    pub fn zone(&self) -> &ZoneId {
        &self.id
    }

    /// The civil date and time at an instant, for grouping by date.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// `Tuesday 1 December 2026, 14:00-14:30 (Amsterdam, CET, UTC+1)`: pages, mail bodies, ICS descriptions.
    #[must_use]
    pub fn full_range(&self, start: Timestamp, end: Timestamp) -> String {
        self.range(start, end, Width::Full)
    }

    /// `Tue 1 Dec 2026, 14:00-14:30 (Amsterdam, UTC+1)`: subjects and SMS.
    #[must_use]
    pub fn short_range(&self, start: Timestamp, end: Timestamp) -> String {
        self.range(start, end, Width::Short)
    }

    fn range(&self, start: Timestamp, end: Timestamp, width: Width) -> String {
        let (from, to) = (self.read(start), self.read(end));
        let apart = from.ambiguous || to.ambiguous || from.offset_seconds != to.offset_seconds;
        let (first, second) = (self.time(&from, apart), self.time(&to, apart));
        let first = self.on_date(&from, &first, width);
        let same_date = from.local.date() == to.local.date();
        let second = if same_date { second } else { self.on_date(&to, &second, width) };
        let range = if apart || !same_date { "time-range-wide" } else { "time-range" };
        let time = self.texts.format(range, &[("start", &first), ("end", &second)]);
        let abbreviation = abbreviation(&from)
            .filter(|_| matches!(width, Width::Full) && from.abbreviation == to.abbreviation);
        self.in_zone(&time, abbreviation, (!apart).then_some(from.offset_seconds))
    }

    /// `Tuesday 1 December 2026, 14:00 (Amsterdam, CET, UTC+1)`: one instant where there is room.
    #[must_use]
    pub fn full(&self, at: Timestamp) -> String {
        let read = self.read(at);
        let time = self.on_date(&read, &self.time(&read, false), Width::Full);
        self.in_zone(&time, abbreviation(&read), Some(read.offset_seconds))
    }

    /// `Tue 1 Dec 2026, 14:00 (Amsterdam, UTC+1)`: subjects, SMS, lists.
    #[must_use]
    pub fn short(&self, at: Timestamp) -> String {
        let read = self.read(at);
        let time = self.on_date(&read, &self.time(&read, false), Width::Short);
        self.in_zone(&time, None, Some(read.offset_seconds))
    }

    /// `14:00 (Amsterdam, CET, UTC+1)`: beside a date.
    #[must_use]
    pub fn time_full(&self, at: Timestamp) -> String {
        let read = self.read(at);
        self.in_zone(&self.time(&read, false), abbreviation(&read), Some(read.offset_seconds))
    }

    /// `14:00 (Amsterdam, UTC+1)`: beside a date in short.
    #[must_use]
    pub fn time_short(&self, at: Timestamp) -> String {
        let read = self.read(at);
        self.in_zone(&self.time(&read, false), None, Some(read.offset_seconds))
    }

    /// The labels of a list of slots under [`Clock::heading`]: `14:00`, and `01:45 (UTC-4)` when the time is ambiguous or
    /// the list shows one label twice.
    #[must_use]
    pub fn bare_list(&self, starts: &[Timestamp]) -> Vec<String> {
        let readings: Vec<Reading> = starts.iter().map(|start| self.read(*start)).collect();
        let twice = |read: &Reading| readings.iter().filter(|other| other.local == read.local).count() > 1;
        readings.iter().map(|read| self.time(read, read.ambiguous || twice(read))).collect()
    }

    /// `14:00`, and `01:45 (UTC-4)` when the time is ambiguous: only under [`Clock::heading`].
    #[must_use]
    pub fn bare(&self, at: Timestamp) -> String {
        let read = self.read(at);
        self.time(&read, read.ambiguous)
    }

    /// The accessible name of a slot: `14:00 to 14:30, Tuesday 1 December, Amsterdam time`.
    #[must_use]
    pub fn slot_name(&self, start: Timestamp, end: Timestamp) -> String {
        let (from, to) = (self.read(start), self.read(end));
        let apart = from.ambiguous || to.ambiguous || from.offset_seconds != to.offset_seconds;
        let date = date(self.texts, from.local.date(), Width::Full, false);
        let (start, end) = (self.time(&from, apart), self.time(&to, apart));
        let place = self.place();
        let values = [("start", &*start), ("end", &*end), ("date", &*date), ("place", &*place)];
        self.texts.format("time-slot-name", &values)
    }

    /// `Times in Amsterdam (UTC+1), now 11:04`: what stands over bare times.
    #[must_use]
    pub fn heading(&self, now: Timestamp) -> String {
        let values = [("zone", &*self.zone_label(now)), ("time", &*self.bare(now))];
        self.texts.format("time-zone-now", &values)
    }

    /// `Amsterdam (UTC+1)`: the zone with the offset that it has at an instant. UTC is just `UTC`.
    #[must_use]
    pub fn zone_label(&self, at: Timestamp) -> String {
        let city = city_of(self.texts.locale(), &self.id);
        match self.offset(at) {
            Some(offset) => self.texts.format("time-with-offset", &[("time", &city), ("offset", &offset)]),
            None => city,
        }
    }

    /// `Amsterdam time`: where a time or hours belong to. UTC is just `UTC`.
    #[must_use]
    pub fn place(&self) -> String {
        let city = city_of(self.texts.locale(), &self.id);
        if self.id == ZoneId::utc() { city } else { self.texts.format("time-of-place", &[("city", &city)]) }
    }

    /// `UTC+1`: the offset at an instant, to stand beside the place. UTC itself has none: its name says it already.
    #[must_use]
    pub fn offset(&self, at: Timestamp) -> Option<String> {
        (self.id != ZoneId::utc()).then(|| offset(self.read(at).offset_seconds))
    }

    /// `Tuesday 1 December`, with the year unless it is that of `now`: a heading on a page.
    #[must_use]
    pub fn day_heading(&self, day: Date, now: Timestamp) -> String {
        date(self.texts, day, Width::Full, day.year() != self.local(now).year())
    }

    /// `Tuesday 1 December 2026`: a date where no heading says the year.
    #[must_use]
    pub fn date_full(&self, day: Date) -> String {
        date(self.texts, day, Width::Full, true)
    }

    /// `Tue 1 Dec 2026`: the same where there is little room.
    #[must_use]
    pub fn date_short(&self, day: Date) -> String {
        date(self.texts, day, Width::Short, true)
    }

    /// `Amsterdam`: the city that the zone is named after.
    #[must_use]
    pub fn city(&self) -> String {
        city_of(self.texts.locale(), &self.id)
    }

    /// Whether the other clock reads something else at the start or the end: then both are shown, the reader's first.
    #[must_use]
    pub fn differs_from(&self, other: &Self, start: Timestamp, end: Timestamp) -> bool {
        [start, end].into_iter().any(|at| self.local(at) != other.local(at))
    }

    fn read(&self, at: Timestamp) -> Reading {
        reading::read(at, &self.zone)
    }

    fn time(&self, read: &Reading, with_offset: bool) -> String {
        let time = wall(self.texts, read.local.time(), self.hours);
        if !with_offset {
            return time;
        }
        let offset = offset(read.offset_seconds);
        self.texts.format("time-with-offset", &[("time", &time), ("offset", &offset)])
    }

    fn on_date(&self, read: &Reading, time: &str, width: Width) -> String {
        let date = date(self.texts, read.local.date(), width, true);
        self.texts.format("time-on-date", &[("date", &date), ("time", time)])
    }

    /// `offset` is left out when it already stands beside each time.
    fn in_zone(&self, time: &str, abbreviation: Option<&str>, offset_seconds: Option<i32>) -> String {
        let mut zone = city_of(self.texts.locale(), &self.id);
        if self.id != ZoneId::utc() {
            for part in abbreviation.map(str::to_owned).into_iter().chain(offset_seconds.map(offset)) {
                zone = self.texts.format("time-zone-part", &[("first", &zone), ("second", &part)]);
            }
        }
        self.texts.format("time-in-zone", &[("time", time), ("zone", &zone)])
    }
}

/// `-03` and `+0545` are offsets in disguise and never printed.
fn abbreviation(read: &Reading) -> Option<&str> {
    let text = read.abbreviation.as_str();
    text.bytes().all(|b| b.is_ascii_alphabetic()).then_some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
