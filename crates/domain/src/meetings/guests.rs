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
        if guests.len() > MOST_GUESTS {
            return vec![(MOST_GUESTS, Problem::TooManyGuests { max: MOST_GUESTS })];
        }
        let takes_part = |(n, guest): &(usize, &EmailAddress)| {
            same(guest, &self.customer.email) || has(guests.get(..*n).unwrap_or_default(), guest)
        };
        guests.iter().enumerate().filter(takes_part).map(|(n, _)| (n, Problem::TakesPart)).collect()
    }

    /// A list of guests in which whoever is one already is written as before; none where it is the same list.
    #[must_use]
    pub fn other_guests(&self, guests: Vec<EmailAddress>) -> Option<Vec<EmailAddress>> {
        let is_same = guests.len() == self.guests.len() && guests.iter().all(|guest| self.has_guest(guest));
        let known =
            |guest: EmailAddress| self.guests.iter().find(|one| same(one, &guest)).cloned().unwrap_or(guest);
        (!is_same).then(|| guests.into_iter().map(known).collect())
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
