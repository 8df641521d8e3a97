//! How instants are printed. Languages and zones belong to whoever sends the message: here is only what a template can ask
//! for.

use crate::time::ZoneId;
use jiff::Timestamp;
use jiff::civil::Date;

/// Whose clock an instant is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// That of the reader of the message: the default.
    Recipient,
    /// `in_zone("agent")`.
    Agent,
    /// `in_zone("customer")`.
    Customer,
    /// `in_zone("Europe/Amsterdam")`.
    Zone(ZoneId),
}

/// What is printed of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePart {
    /// `{{ meeting.start | date }}`
    Date,
    /// `{{ meeting.start | time }}`, with its zone: nothing hides it.
    Time,
    /// `{{ meeting.start | datetime }}`, and without a filter.
    DateTime,
}

/// `"full"` for bodies, `"short"` for one line: subjects and SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Words in full.
    Full,
    /// Words cut short.
    Short,
}

/// Prints instants in the language of a message.
pub trait Clock {
    /// One instant.
    fn instant(&self, at: Timestamp, part: TimePart, width: Width, whose: &Whose) -> String;

    /// From a start to an end. The recipient's full form may have a second line, with another person's reading.
    fn range(&self, start: Timestamp, end: Timestamp, width: Width, whose: &Whose) -> String;

    /// A day of the calendar, which has no zone.
    fn day(&self, day: Date, _width: Width) -> String {
        day.to_string()
    }
}
