//! New time-zone data and a meeting that was confirmed under older data (design section 6, V-12).

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::{Tzdb, ZoneId, reading, wall};

/// Closer to its start than this nothing is moved or sent by itself.
const FLAG_ONLY: SignedDuration = SignedDuration::from_hours(24);

/// What one party was promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The zone of the party when the meeting was confirmed.
    pub zone: ZoneId,
    /// The civil start as confirmed.
    pub local: DateTime,
    /// The offset as confirmed, in seconds.
    pub offset_seconds: i32,
}

impl Promise {
    /// Whether the party's clock reads something else at `at` than was promised.
    #[must_use]
    pub fn broken(&self, tzdb: &Tzdb, at: Timestamp) -> bool {
        reading::read(at, &tzdb.zone(&self.zone)).local != self.local
    }

    /// The instant that keeps the promise under `tzdb`, if there is exactly one.
    fn kept_at(&self, tzdb: &Tzdb) -> Option<Timestamp> {
        let zone = tzdb.zone(&self.zone);
        match wall::instants(self.local, &zone)? {
            wall::Instants::Unique(at) => Some(at),
            wall::Instants::Fold { .. } => wall::resolve(self.local, &zone, Some(self.offset_seconds)).ok(),
            wall::Instants::Gap { .. } => None,
        }
    }
}

/// A future meeting as it was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The stored instant.
    pub start: Timestamp,
    /// The release of the data at that time.
    pub tzdb_version: String,
    /// What the agent was promised.
    pub agent: Promise,
    /// What the customer was promised.
    pub customer: Promise,
}

/// Why a meeting is only shown to the agent and the admins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It starts in less than 24 hours.
    StartsSoon,
    /// No data knows one of its zones any more: show it by the stored offset.
    ZoneVanished,
}

/// What happens to the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The loaded data is older than the stored version: warn, change nothing, keep the stored version.
    OlderData,
    /// Both clocks read what was promised.
    Nothing,
    /// Show it; nothing moves and nothing is sent.
    Flag(Flag),
    /// Both promises mean this one new instant: move there, same UID, SEQUENCE+1, tell both.
    Move(Timestamp),
    /// The new instant overlaps a meeting or leaves the agent's hours: the agent chooses, the meeting stays meanwhile.
    AskAgent(Timestamp),
    /// The instant stays; whoever's clock changed is told.
    KeepInstant {
        /// The agent's clock changed.
        tell_agent: bool,
        /// The customer's clock changed.
        tell_customer: bool,
    },
}

/// What new data means for one meeting. `fits` says whether the agent is free and open at another start.
#[must_use]
pub fn decide(
    meeting: &Confirmed,
    tzdb: &Tzdb,
    now: Timestamp,
    fits: impl FnOnce(Timestamp) -> bool,
) -> Decision {
    if tzdb.version() < meeting.tzdb_version.as_str() {
        return Decision::OlderData;
    }
    let sides = [&meeting.agent, &meeting.customer];
    if sides.iter().any(|side| !tzdb.knows(&side.zone)) {
        return Decision::Flag(Flag::ZoneVanished);
    }
    let [tell_agent, tell_customer] = sides.map(|side| side.broken(tzdb, meeting.start));
    if !tell_agent && !tell_customer {
        return Decision::Nothing;
    }
    if meeting.start.duration_since(now) < FLAG_ONLY {
        return Decision::Flag(Flag::StartsSoon);
    }
    let [agent, customer] = sides.map(|side| side.kept_at(tzdb));
    match agent {
        Some(start) if agent == customer && fits(start) => Decision::Move(start),
        Some(start) if agent == customer => Decision::AskAgent(start),
        _ => Decision::KeepInstant { tell_agent, tell_customer },
    }
}

#[cfg(test)]
mod tests;
