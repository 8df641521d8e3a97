//! Hours past midnight: one row for people, two intervals in the week (V-02).

use jiff::civil::Weekday;

use super::{Interval, TimeOfDay, Weekly};

/// Hours as people type and read them; an end at or before the start is on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// When the hours begin.
    pub start: TimeOfDay,
    /// When they end.
    pub end: TimeOfDay,
    /// Whether the end is on the next day.
    pub ends_next_day: bool,
}

impl Weekly {
    /// Adds hours as they were typed: `22:00` to `06:00` ends on the next day.
    ///
    /// # Errors
    /// `end_before_start` when nothing lies between the two times, `intervals_overlap` when hours are there already; the
    /// week is unchanged then.
    pub fn add(&mut self, day: Weekday, start: TimeOfDay, end: TimeOfDay) -> Result<(), &'static str> {
        let next_day = day.next();
        let parts = if start < end {
            [Interval::new(start, end).map(|hours| (day, hours)), None]
        } else {
            let today = Interval::new(start, TimeOfDay::END).map(|hours| (day, hours));
            [today, Interval::new(TimeOfDay::START, end).map(|hours| (next_day, hours))]
        };
        if start == end || parts == [None, None] {
            return Err("end_before_start");
        }
        for (day, new) in parts.iter().flatten() {
            if self.day(*day).iter().any(|old| new.start() < old.end() && old.start() < new.end()) {
                return Err("intervals_overlap");
            }
        }
        for (day, hours) in parts.into_iter().flatten() {
            self.day_mut(day).push(hours);
            self.day_mut(day).sort_unstable();
        }
        Ok(())
    }

    /// The hours that begin on a weekday, in order. Hours until `24:00` that go on at `00:00` are one row of the day on
    /// which they begin; hours that fill a whole day stay a row of that day.
    #[must_use]
    pub fn shifts(&self, day: Weekday) -> Vec<Shift> {
        let rest = |day: Weekday| self.day(day).first().filter(|hours| goes_on(**hours));
        let runs_over = |day: Weekday| self.day(day).last().is_some_and(|hours| runs_over(*hours));
        let mut shifts = Vec::new();
        for hours in self.day(day) {
            let plain = Shift { start: hours.start(), end: hours.end(), ends_next_day: false };
            if goes_on(*hours) && runs_over(day.previous()) {
                continue;
            }
            match rest(day.next()) {
                Some(rest) if self::runs_over(*hours) => {
                    shifts.push(Shift { end: rest.end(), ends_next_day: true, ..plain });
                }
                _ => shifts.push(plain),
            }
        }
        shifts
    }
}

/// The second half of hours past midnight: shorter than a day, and read back as typed only when it ends before the hours
/// of the day before could have begun.
fn goes_on(hours: Interval) -> bool {
    hours.start() == TimeOfDay::START && hours.end() < NOON
}

/// The first half.
fn runs_over(hours: Interval) -> bool {
    hours.end() == TimeOfDay::END && hours.start() >= NOON
}

const NOON: TimeOfDay = TimeOfDay(12 * 60);
