//! What leaves some time before a meeting: written when it is booked or moved, taken back when that changes.

use super::row;
use jiff::SignedDuration;
use nameplate_domain::account::Agent;
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_notify::meeting::Kind;
use nameplate_store::OutboxRow;

/// A reminder and its time (`messages.md` section 7).
struct Plan {
    kind: Kind,
    to: Party,
    /// How long before the start it leaves.
    before: SignedDuration,
    /// It is not sent about a meeting that was booked or moved less than this before its start.
    notice: SignedDuration,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const LAST_NOTICE: SignedDuration = SignedDuration::from_hours(3);

const PLANS: [Plan; 3] = [
    Plan { kind: Kind::Reminder, to: Party::Customer, before: DAY, notice: DAY },
    Plan { kind: Kind::StartsSoon, to: Party::Customer, before: HOUR, notice: LAST_NOTICE },
    Plan { kind: Kind::StartsSoon, to: Party::Agent, before: HOUR, notice: LAST_NOTICE },
];

/// The reminders of a meeting that was just booked or moved.
pub(super) fn of(meeting: &Meeting, agent: &Agent) -> impl Iterator<Item = OutboxRow> {
    let noticed = meeting.start.duration_since(meeting.changed_at);
    let planned = PLANS.into_iter().filter(move |plan| noticed >= plan.notice);
    planned.map(move |plan| OutboxRow {
        due_at: meeting.start - plan.before,
        ..row(plan.kind.as_str(), plan.to, meeting, agent)
    })
}

/// The kinds that are taken back when the meeting changes.
pub(super) const KINDS: [&str; 2] = [Kind::Reminder.as_str(), Kind::StartsSoon.as_str()];

/// How long before the start a message of this kind has no use any more: the day's reminder when the hour's is due, all at the
/// start. None for what is told whenever it can be.
pub(super) const fn too_late(kind: Kind) -> Option<SignedDuration> {
    match kind {
        Kind::Reminder => Some(HOUR),
        Kind::StartsSoon => Some(SignedDuration::ZERO),
        Kind::Scheduled | Kind::Rescheduled | Kind::Cancelled => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_has_some_use_when_it_is_due() {
        for plan in PLANS {
            assert!(plan.notice >= plan.before, "it would be due before the booking");
            assert!(too_late(plan.kind).is_some_and(|end| end < plan.before));
            assert!(KINDS.contains(&plan.kind.as_str()));
        }
    }
}
