//! A typed local time (design section 2): it becomes an instant when exactly one reads so, and is never shifted silently.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// The instants at which a wall clock reads one local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instants {
    /// One instant.
    Unique(Timestamp),
    /// Two: clocks went back.
    Fold {
        /// The first pass.
        earlier: Timestamp,
        /// The second pass.
        later: Timestamp,
    },
    /// None: clocks went forward. The two suggestions are the local time with the offset after the gap and with the one
    /// before it.
    Gap {
        /// The suggestion that reads earlier than what was typed.
        before: Timestamp,
        /// The suggestion that reads later.
        after: Timestamp,
    },
}

/// Why a typed local time is no instant. Each is a 422 with its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WallProblem {
    /// `local_time_ambiguous`: the time occurs twice; the offset must say which.
    #[error("the local time occurs twice")]
    Ambiguous {
        /// The first pass.
        earlier: Timestamp,
        /// The second pass.
        later: Timestamp,
    },
    /// `local_time_does_not_exist`: the clock skips the time.
    #[error("the local time does not exist")]
    DoesNotExist {
        /// Suggestion before the gap.
        before: Timestamp,
        /// Suggestion after the gap.
        after: Timestamp,
    },
    /// `offset_not_valid_in_zone`: the zone does not have this offset at that time.
    #[error("the zone does not have this offset then")]
    OffsetNotValid,
    /// `local_time_out_of_range`: the year is outside the calendar.
    #[error("the local time is outside the calendar")]
    OutOfRange,
}

impl WallProblem {
    /// The stable code of the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ambiguous { .. } => "local_time_ambiguous",
            Self::DoesNotExist { .. } => "local_time_does_not_exist",
            Self::OffsetNotValid => "offset_not_valid_in_zone",
            Self::OutOfRange => "local_time_out_of_range",
        }
    }
}

/// The instants at which the clock of `zone` reads `local`; `None` at the ends of the calendar.
#[must_use]
pub fn instants(local: DateTime, zone: &TimeZone) -> Option<Instants> {
    let with = |offset: Offset| offset.to_timestamp(local).ok();
    let sorted = |a: Offset, b: Offset| {
        let (a, b) = (with(a)?, with(b)?);
        Some(if a <= b { (a, b) } else { (b, a) })
    };
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => with(offset).map(Instants::Unique),
        AmbiguousOffset::Fold { before, after } => {
            sorted(before, after).map(|(earlier, later)| Instants::Fold { earlier, later })
        }
        AmbiguousOffset::Gap { before, after } => {
            sorted(before, after).map(|(before, after)| Instants::Gap { before, after })
        }
    }
}

/// The one instant that a person means by a local time in a zone and, when the time occurs twice, one of its two
/// offsets in seconds.
///
/// # Errors
/// [`WallProblem`] when there is not exactly one.
pub fn resolve(
    local: DateTime,
    zone: &TimeZone,
    offset_seconds: Option<i32>,
) -> Result<Timestamp, WallProblem> {
    let has = |at: &Timestamp| offset_seconds.is_none_or(|wanted| zone.to_offset(*at).seconds() == wanted);
    match instants(local, zone).ok_or(WallProblem::OutOfRange)? {
        Instants::Unique(at) => Some(at).filter(has).ok_or(WallProblem::OffsetNotValid),
        Instants::Fold { earlier, later } if offset_seconds.is_none() => {
            Err(WallProblem::Ambiguous { earlier, later })
        }
        Instants::Fold { earlier, later } => {
            [earlier, later].into_iter().find(has).ok_or(WallProblem::OffsetNotValid)
        }
        Instants::Gap { before, after } => Err(WallProblem::DoesNotExist { before, after }),
    }
}
