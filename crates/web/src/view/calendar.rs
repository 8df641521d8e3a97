//! Choosing a day and a time: month, times of the day, and the zone they are read in.

use super::zones::ZoneChoice;
use super::{Link, Phone};
use askama::Template;
use askama::filters::HtmlSafe;
use nameplate_i18n::Texts;

/// Weekday heading of a month column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekday {
    /// "Mon"
    pub short: String,
    /// "Monday"
    pub long: String,
}

/// One cell of a month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// "27"; empty for a cell outside the month.
    pub number: String,
    /// Where the day leads when it has free times (without fragment); `None` otherwise.
    pub href: Option<String>,
    /// The link's accessible name: "Friday 27 November 2026, 6 times" (B-03).
    pub name: String,
    /// Today, in the zone shown.
    pub today: bool,
    /// The day whose times are shown.
    pub chosen: bool,
}

/// A month as a table of links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    /// "December 2026"
    pub title: String,
    /// Seven, in the order of the locale.
    pub weekdays: Vec<Weekday>,
    /// Rows of seven cells.
    pub weeks: Vec<Vec<Day>>,
    /// The month before ("November 2026"), when it can be reached.
    pub previous: Option<Link>,
    /// The month after.
    pub next: Option<Link>,
}

/// One time that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// "09:30", with its offset when the label alone is ambiguous.
    pub text: String,
    /// "09:30 to 10:00, Friday 27 November, Berlin time" (B-06).
    pub name: String,
    /// Where it leads.
    pub href: String,
}

/// Times under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeGroup {
    /// "Morning", "Afternoon" or "Evening".
    pub heading: String,
    /// At least one.
    pub times: Vec<Time>,
}

/// What can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// The free times of the chosen day.
    Times {
        /// "Times on Friday 27 November"
        heading: String,
        /// Groups with times, empty groups left out.
        groups: Vec<TimeGroup>,
    },
    /// The month shown has no free time, another may.
    EmptyMonth {
        /// "December 2026"
        month: String,
        /// "Friday 8 January" and where it leads, when there is a later free day.
        next_free: Option<Link>,
    },
    /// No free time up to the horizon: no month is shown, only ways to get in touch (B-02).
    Nothing {
        /// The agent's visible name.
        agent: String,
        /// Shown when the agent allows it on the booking page.
        email: Option<String>,
        /// Shown when the agent allows it on the booking page.
        phone_number: Option<Phone>,
    },
}

/// "Times shown in Berlin time (UTC+1), now 11:04" with a way to change it (B-07, B-09).
#[derive(Debug, Clone)]
pub struct ZoneLine {
    /// "Berlin time"
    pub place: String,
    /// "UTC+1", unless the place is UTC itself.
    pub offset: Option<String>,
    /// "11:04"
    pub now: String,
    /// The agent's visible name when the zone is only the agent's, because the customer's is not known yet.
    pub agents_own: Option<String>,
    /// Every zone, with the shown one chosen.
    pub choice: ZoneChoice,
    /// The path the update form asks again (GET), without query.
    pub action: String,
    /// Other query fields that must survive the update: name and value.
    pub keep: Vec<(String, String)>,
}

/// Month, times and zone together; the same on the booking page and when a meeting is moved.
#[derive(Debug, Clone, Template)]
#[template(path = "part/picker.html")]
pub struct Picker {
    /// The catalogue.
    pub texts: Texts,
    /// The zone that everything is shown in.
    pub zone: ZoneLine,
    /// The month; not shown when nothing is free at all.
    pub month: Month,
    /// The times of the chosen day, or why there are none.
    pub offer: Offer,
}

impl HtmlSafe for Picker {}

impl Picker {
    fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }

    fn t1(&self, key: &str, name: &str, value: &str) -> String {
        self.texts.format(key, &[(name, value)])
    }
}
