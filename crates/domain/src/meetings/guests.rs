//! Who else comes to a meeting.

use super::{ChangeRefusal, Meeting};
use crate::account::{EmailAddress, Problem};
use jiff::Timestamp;

/// So many guests a meeting can have: more is an event.
pub const MOST_GUESTS: usize = 10;

impl Meeting {
    /// Whether somebody is a guest.
    #[must_use]
    pub fn has_guest(&self, address: &EmailAddress) -> bool {
        has(&self.guests, address)
    }

    /// What is wrong with a list of guests, each with its place. The agent's own address is not looked at: whoever asks may be
    /// one who must not learn it.
    #[must_use]
    pub fn guest_problems(&self, guests: &[EmailAddress]) -> Vec<(usize, Problem)> {
        let mut found = Vec::new();
        for (n, guest) in guests.iter().enumerate() {
            let before = guests.get(..n).unwrap_or_default();
            if same(guest, &self.customer.email) || has(before, guest) {
                found.push((n, Problem::TakesPart));
            } else if n >= MOST_GUESTS {
                found.push((n, Problem::TooManyGuests { max: MOST_GUESTS }));
            }
        }
        found
    }

    /// The meeting with these guests. The caller has asked [`Meeting::guest_problems`].
    ///
    /// # Errors
    /// When it was cancelled or has started.
    pub fn with_guests(mut self, guests: Vec<EmailAddress>, now: Timestamp) -> Result<Self, ChangeRefusal> {
        self.changeable(now)?;
        self.guests = guests;
        self.sequence += 1;
        self.changed_at = now;
        Ok(self)
    }

    /// The guests who are not those of another list.
    pub fn guests_without<'a>(
        &'a self,
        others: &'a [EmailAddress],
    ) -> impl Iterator<Item = &'a EmailAddress> {
        self.guests.iter().filter(move |guest| !has(others, guest))
    }
}

fn same(one: &EmailAddress, other: &EmailAddress) -> bool {
    one.canonical() == other.canonical()
}

fn has(guests: &[EmailAddress], address: &EmailAddress) -> bool {
    guests.iter().any(|guest| same(guest, address))
}
