//! `/account/availability`: weekly hours, overrides, travel, and what they come to.

use super::Shell;
use super::zones::ZoneChoice;
use askama::Template;
use std::fmt::Display;

/// One range of a weekday, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HoursRange {
    /// "09:00"
    pub from: String,
    /// "17:00"
    pub until: String,
    /// Whether it ends on the next day (V-02), which is said in text.
    pub next_day: bool,
}

/// A weekday of the weekly hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WeekdayHours {
    /// `mon` … `sun`. Fields are `mon_from` and `mon_until`, repeated for each range in order.
    pub key: String,
    /// "Monday"
    pub label: String,
    /// Empty means closed.
    pub ranges: Vec<HoursRange>,
}

/// A date whose hours differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateOverride {
    /// The civil date, `2026-12-24`, which the remove button sends as `date`.
    pub date: String,
    /// "Thursday 24 December 2026"
    pub label: String,
    /// "Closed" or "09:00-12:00"
    pub hours: String,
}

/// Dates spent in another zone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TravelOverride {
    /// What the remove button sends as `trip`.
    pub key: String,
    /// "Monday 4 January 2027 to Friday 8 January 2027"
    pub dates: String,
    /// "Lisbon (UTC)"
    pub place: String,
}

/// A day of the preview, from the same engine as the public page (V-04).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviewDay {
    /// "Friday 27 November"
    pub day: String,
    /// When meetings can be booked: "09:00-12:00, 13:00-17:00"; empty when nothing is free.
    pub free: String,
    /// Why it is shorter or different: "2 meetings", "Closed", "Clocks go forward", "Lisbon time".
    pub note: String,
}

/// What was typed into the form for a new override; posts to `/account/availability/overrides`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewOverride {
    /// `date_from`, a civil date.
    pub date_from: String,
    /// `date_until`, empty for one day.
    pub date_until: String,
    /// `hours_from`, empty for closed.
    pub hours_from: String,
    /// `hours_until`
    pub hours_until: String,
}

/// What was typed into the form for a trip; posts to `/account/availability/travel`.
#[derive(Debug, Clone)]
pub struct NewTrip {
    /// `trip_from`, a civil date.
    pub from: String,
    /// `trip_until`
    pub until: String,
    /// `trip_zone`
    pub zone: ZoneChoice,
}

/// `/account/availability`. Weekly hours post to `/account/availability/hours` by the buttons `save`, `add=mon` and
/// `remove=mon-0` (weekday and index); add and remove save nothing and show the rows as typed.
#[derive(Debug, Clone, Template)]
#[template(path = "availability.html")]
pub struct AvailabilityPage {
    /// The frame; errors of `mon` … `sun` (a whole weekday) and of the fields of the two add forms.
    pub shell: Shell,
    /// The version this page was made from.
    pub version: String,
    /// "Amsterdam time"
    pub zone_place: String,
    /// "UTC+1", unless the place is UTC itself.
    pub zone_offset: Option<String>,
    /// "11:04"
    pub zone_now: String,
    /// No weekly hours and no override at all: shows the one-click way, POST `/account/availability/standard` (V-10).
    pub nobody_can_book: bool,
    /// Seven days in the order of the locale.
    pub days: Vec<WeekdayHours>,
    /// Future overrides in order; remove posts `date` to `/account/availability/overrides/remove`.
    pub overrides: Vec<DateOverride>,
    /// What was typed.
    pub new_override: NewOverride,
    /// Future trips; remove posts `trip` to `/account/availability/travel/remove`.
    pub travel: Vec<TravelOverride>,
    /// What was typed.
    pub new_trip: NewTrip,
    /// "Fri 27 Nov 2026, 09:00 (Amsterdam, UTC+1)"
    pub next_bookable: Option<String>,
    /// The meeting type that the next days are shown for; `None` when there is none.
    pub preview_of: Option<String>,
    /// The next 14 days.
    pub preview: Vec<PreviewDay>,
}

impl AvailabilityPage {
    fn heading(&self) -> String {
        self.shell.t("availability-title")
    }

    fn range_label(&self, key: &str, day: &str, number: impl Display) -> String {
        self.shell.t2(key, ("day", day), ("number", &number.to_string()))
    }
}
