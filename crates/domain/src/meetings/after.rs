//! What is said of a meeting when it is over: that the customer did not come, and how it was.

use super::{Meeting, Status};
use crate::account::{Note, Problem};
use jiff::{SignedDuration, Timestamp};

/// So long after its end an agent can say whether a meeting took place (`product.md`, "Words").
pub const MISSED_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Whether the customer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// Yes, or nobody has said otherwise.
    Came,
    /// No.
    Missed,
}

/// Why nothing can be said of it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttendanceRefusal {
    /// It was cancelled.
    Cancelled,
    /// It has not begun.
    Ahead,
    /// It is over for longer than [`MISSED_WITHIN`].
    LongOver,
}

/// Why a meeting has no review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewRefusal {
    /// It was cancelled.
    Cancelled,
    /// It is not over.
    Ahead,
    /// The customer did not come.
    Missed,
}

/// From 1, poor, to 5, very good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating(u8);

impl Rating {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self(5), Self(4), Self(3), Self(2), Self(1)];

    /// The rating in digits.
    ///
    /// # Errors
    /// `Empty` where there is none; `NotAChoice`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.trim().is_empty() {
            return Err(Problem::Empty);
        }
        let found = text.trim().parse().ok().and_then(Self::new);
        found.ok_or(Problem::NotAChoice)
    }

    /// The rating with this number, if there is one.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.0 == number)
    }

    /// 1 to 5.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// What the customer says of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How it was.
    pub rating: Rating,
    /// In the customer's words.
    pub comment: Option<Note>,
    /// When that was said last.
    pub at: Timestamp,
}

impl Meeting {
    /// Whether its agent can say now if the customer came.
    ///
    /// # Errors
    /// Why not.
    pub fn attendance_open(&self, now: Timestamp) -> Result<(), AttendanceRefusal> {
        if self.status == Status::Cancelled {
            Err(AttendanceRefusal::Cancelled)
        } else if now < self.start {
            Err(AttendanceRefusal::Ahead)
        } else if now.duration_since(self.end) > MISSED_WITHIN {
            Err(AttendanceRefusal::LongOver)
        } else {
            Ok(())
        }
    }

    /// The meeting with what its agent says.
    #[must_use]
    pub fn with_attendance(self, attendance: Attendance, now: Timestamp) -> Self {
        let missed_at = match attendance {
            Attendance::Missed => self.missed_at.or(Some(now)),
            Attendance::Came => None,
        };
        Self { missed_at, ..self }
    }

    /// Whether its customer can say how it was.
    ///
    /// # Errors
    /// Why not.
    pub fn reviewable(&self, now: Timestamp) -> Result<(), ReviewRefusal> {
        match self.status_at(now) {
            Status::Completed => Ok(()),
            Status::Cancelled => Err(ReviewRefusal::Cancelled),
            Status::Missed => Err(ReviewRefusal::Missed),
            Status::Pending | Status::Scheduled => Err(ReviewRefusal::Ahead),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_one_of_five() {
        for (typed, expected) in [
            ("5", Ok(5)),
            (" 1 ", Ok(1)),
            ("", Err(Problem::Empty)),
            ("0", Err(Problem::NotAChoice)),
            ("6", Err(Problem::NotAChoice)),
            ("4.5", Err(Problem::NotAChoice)),
            ("-1", Err(Problem::NotAChoice)),
            ("261", Err(Problem::NotAChoice)),
        ] {
            assert_eq!(Rating::parse(typed).map(Rating::get), expected, "{typed:?}");
        }
    }
}
