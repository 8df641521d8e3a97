//! How the recipient of a message reads its times.

use crate::meeting::{MeetingFacts, RecipientRole};
use crate::values::delink;
use jiff::Timestamp;
use jiff::civil::Date;
use nameplate_domain::placeholder::{self, TimePart, Whose, Width};
use nameplate_domain::time::Tzdb;
use nameplate_i18n::Texts;
use nameplate_i18n::time::Clock;

/// Prints times in the recipient's language, hours and zone.
pub(crate) struct Reader<'a> {
    pub(crate) facts: &'a MeetingFacts,
    pub(crate) role: RecipientRole,
    pub(crate) tzdb: &'a Tzdb,
}

impl Reader<'_> {
    fn clock(&self, whose: &Whose) -> Clock {
        let (reader, other) = self.facts.clocks(self.role, self.tzdb);
        match (whose, self.role) {
            (Whose::Recipient, _)
            | (Whose::Agent, RecipientRole::Agent | RecipientRole::PreviousAgent)
            | (Whose::Customer, RecipientRole::Customer | RecipientRole::Guest) => reader,
            (Whose::Agent, RecipientRole::Customer | RecipientRole::Guest)
            | (Whose::Customer, RecipientRole::Agent | RecipientRole::PreviousAgent) => other,
            (Whose::Zone(zone), role) => {
                Clock::new(self.facts.locale(role), self.tzdb, zone, self.facts.hours(role))
            }
        }
    }

    /// The reader's reading, and the other party's on a second line where it is another one (`time.md` section 8).
    pub(crate) fn both(&self, start: Timestamp, end: Timestamp) -> String {
        let (reader, other) = self.facts.clocks(self.role, self.tzdb);
        let own = reader.full_range(start, end);
        if !reader.differs_from(&other, start, end) {
            return own;
        }
        let name = match self.role {
            RecipientRole::Customer | RecipientRole::Guest => self.facts.agent.name.to_string(),
            RecipientRole::Agent | RecipientRole::PreviousAgent => {
                delink(self.facts.meeting.customer.name.as_str())
            }
        };
        let name = placeholder::clean(&name, false);
        let time = other.full_range(start, end);
        let texts = Texts::of(self.facts.locale(self.role));
        format!("{own}\n{}", texts.format("message-other-clock", &[("name", &name), ("time", &time)]))
    }
}

impl placeholder::Clock for Reader<'_> {
    fn instant(&self, at: Timestamp, part: TimePart, width: Width, whose: &Whose) -> String {
        let clock = self.clock(whose);
        match (part, width) {
            (TimePart::DateTime, Width::Full) => clock.full(at),
            (TimePart::DateTime, Width::Short) => clock.short(at),
            (TimePart::Date, Width::Full) => clock.date_full(clock.local(at).date()),
            (TimePart::Date, Width::Short) => clock.date_short(clock.local(at).date()),
            (TimePart::Time, Width::Full) => clock.time_full(at),
            (TimePart::Time, Width::Short) => clock.time_short(at),
        }
    }

    fn day(&self, day: Date, width: Width) -> String {
        let clock = self.clock(&Whose::Recipient);
        match width {
            Width::Full => clock.date_full(day),
            Width::Short => clock.date_short(day),
        }
    }

    fn range(&self, start: Timestamp, end: Timestamp, width: Width, whose: &Whose) -> String {
        match (width, whose) {
            (Width::Full, Whose::Recipient) => self.both(start, end),
            (Width::Full, whose) => self.clock(whose).full_range(start, end),
            (Width::Short, whose) => self.clock(whose).short_range(start, end),
        }
    }
}

#[cfg(test)]
mod tests;
