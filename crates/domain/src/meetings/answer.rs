//! What those who are invited to a meeting answer.

use super::Meeting;
use crate::account::EmailAddress;
use crate::account::words::words;
use jiff::Timestamp;

words!(
    /// Whether somebody will come.
    Answer {
        /// Yes.
        Accepted = "accepted",
        /// No. The meeting stands until somebody cancels it.
        Declined = "declined",
        /// Perhaps.
        Tentative = "tentative",
    }
);

/// Somebody's latest answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The [canonical](EmailAddress::canonical) address of who answered.
    pub attendee: String,
    /// What.
    pub answer: Answer,
    /// When.
    pub at: Timestamp,
}

impl Meeting {
    /// The customer or the guest with this address.
    #[must_use]
    pub fn invited(&self, address: &EmailAddress) -> Option<&EmailAddress> {
        let mut invited = std::iter::once(&self.customer.email).chain(&self.guests);
        invited.find(|one| one.canonical() == address.canonical())
    }
}

/// What somebody answered, if they did.
#[must_use]
pub fn answer_of(answers: &[Answered], address: &EmailAddress) -> Option<Answer> {
    let canonical = address.canonical();
    answers.iter().find(|one| one.attendee == canonical).map(|one| one.answer)
}
