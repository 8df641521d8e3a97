//! Dates, clock times and offsets.

use jiff::civil::{Date, Time, Weekday};
use nameplate_domain::time::availability::TimeOfDay;

use super::HourCycle;
use crate::{Locale, Texts};

#[derive(Clone, Copy)]
pub(super) enum Width {
    Full,
    Short,
}

impl Width {
    fn key(self, kind: &str, number: i8) -> String {
        match self {
            Self::Full => format!("time-{kind}-{number}"),
            Self::Short => format!("time-{kind}-short-{number}"),
        }
    }
}

/// `Tuesday 1 December 2026`, in short `Tue 1 Dec 2026`.
pub(super) fn date(texts: Texts, date: Date, width: Width, with_year: bool) -> String {
    let weekday = texts.text(&width.key("weekday", date.weekday().to_monday_one_offset()));
    let month = texts.text(&width.key("month", date.month()));
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let values = [("weekday", &*weekday), ("day", &*day), ("month", &*month), ("year", &*year)];
    texts.format(if with_year { "time-date" } else { "time-date-no-year" }, &values)
}

/// `28 March`.
pub(super) fn day_and_month(texts: Texts, date: Date) -> String {
    let month = texts.text(&Width::Full.key("month", date.month()));
    texts.format("time-date-day", &[("day", &date.day().to_string()), ("month", &month)])
}

pub(super) fn wall(texts: Texts, time: Time, hours: HourCycle) -> String {
    clock(texts, u16::from(time.hour().unsigned_abs()), u16::from(time.minute().unsigned_abs()), hours)
}

fn clock(texts: Texts, hour: u16, minute: u16, hours: HourCycle) -> String {
    let minute = format!("{minute:02}");
    let (key, hour) = match hours {
        HourCycle::H24 => ("time-clock-24", format!("{hour:02}")),
        HourCycle::H12 => {
            let key = if hour % 24 < 12 { "time-clock-am" } else { "time-clock-pm" };
            (key, ((hour + 11) % 12 + 1).to_string())
        }
    };
    texts.format(key, &[("hour", &hour), ("minute", &minute)])
}

/// A time of the weekly hours, `09:00` or `9:00 am`; the end of the date is `24:00` or `12:00 am`.
#[must_use]
pub fn time_of_day(locale: Locale, time: TimeOfDay, hours: HourCycle) -> String {
    clock(Texts::of(locale), time.minutes() / 60, time.minutes() % 60, hours)
}

/// `Monday`.
#[must_use]
pub fn weekday(locale: Locale, weekday: Weekday) -> String {
    Texts::of(locale).text(&Width::Full.key("weekday", weekday.to_monday_one_offset()))
}

/// `Mon`: the head of a column.
#[must_use]
pub fn weekday_short(locale: Locale, weekday: Weekday) -> String {
    Texts::of(locale).text(&Width::Short.key("weekday", weekday.to_monday_one_offset()))
}

/// `Thursday 24 December 2026`: a civil date, such as that of an override or of a trip.
#[must_use]
pub fn full_date(locale: Locale, day: Date) -> String {
    date(Texts::of(locale), day, Width::Full, true)
}

/// `December 2026`: the heading of a month of slots.
#[must_use]
pub fn month_heading(locale: Locale, date: Date) -> String {
    let texts = Texts::of(locale);
    let month = texts.text(&Width::Full.key("month", date.month()));
    texts.format("time-month-year", &[("month", &month), ("year", &date.year().to_string())])
}

/// `UTC+1`, `UTC-3`, `UTC+5:45`; the same in every language.
#[must_use]
pub fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (minutes, rest) {
        (0, 0) => format!("UTC{sign}{hours}"),
        (_, 0) => format!("UTC{sign}{hours}:{minutes:02}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}:{rest:02}"),
    }
}
