//! What leaves some time before a meeting: written when it is booked or moved, taken back when that changes.

use super::row;
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, Notification, RecipientRole};
use nameplate_domain::meetings::Meeting;
use nameplate_store::{Error, OutboxRow, Tx};

/// A reminder and its time (`messages.md` section 7).
struct Plan {
    kind: Notification,
    to: RecipientRole,
    /// How long before the start it leaves.
    before: SignedDuration,
    /// It is not sent about a meeting that was booked or moved less than this before its start.
    notice: SignedDuration,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const LAST_NOTICE: SignedDuration = SignedDuration::from_hours(3);

fn plans() -> impl Iterator<Item = Plan> {
    RecipientRole::ALL.iter().flat_map(|to| {
        [
            Plan { kind: Notification::Reminder, to: *to, before: DAY, notice: DAY },
            Plan { kind: Notification::StartsSoon, to: *to, before: HOUR, notice: LAST_NOTICE },
        ]
    })
}

impl Plan {
    /// The message; none where the meeting came too late for it, or the agent switched it off.
    fn of(&self, meeting: &Meeting, agent: &Agent) -> Option<OutboxRow> {
        let noticed = meeting.start.duration_since(meeting.changed_at);
        let wanted = noticed >= self.notice && agent.notifications.is_on(self.kind, self.to);
        let due_at = meeting.start - self.before;
        wanted.then(|| OutboxRow { due_at, ..row(self.kind, self.to, meeting, agent) })
    }
}

/// The reminders of a meeting that was just booked or moved.
pub(super) fn of(meeting: &Meeting, agent: &Agent) -> impl Iterator<Item = OutboxRow> {
    plans().filter_map(move |plan| plan.of(meeting, agent))
}

/// Takes back what an agent does not want any more, and plans what is wanted from now on for the meetings that are ahead.
pub(crate) async fn replan(
    tx: &Tx,
    (before, after): (&Agent, &Agent),
    ahead: &[Meeting],
    now: Timestamp,
) -> Result<(), Error> {
    for plan in plans() {
        let on = |agent: &Agent| agent.notifications.is_on(plan.kind, plan.to);
        match (on(before), on(after)) {
            (true, false) => tx.supersede_of(after.id, plan.kind.as_str(), plan.to.as_str()).await?,
            (false, true) => {
                let rows = ahead.iter().filter_map(|meeting| plan.of(meeting, after));
                tx.enqueue_all(&rows.filter(|row| row.due_at > now).collect::<Vec<_>>()).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Takes back all of an agent's reminders.
pub(crate) async fn take_back(tx: &Tx, agent: &Agent) -> Result<(), Error> {
    for plan in plans() {
        tx.supersede_of(agent.id, plan.kind.as_str(), plan.to.as_str()).await?;
    }
    Ok(())
}

/// How long before the start a message of this kind has no use any more: the day's reminder when the hour's is due, all at the
/// start. None for what is told whenever it can be.
pub(super) const fn too_late(kind: Notification) -> Option<SignedDuration> {
    match kind {
        Notification::Reminder => Some(HOUR),
        Notification::StartsSoon => Some(SignedDuration::ZERO),
        Notification::Scheduled | Notification::Rescheduled | Notification::Cancelled => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_has_some_use_when_it_is_due() {
        for plan in plans() {
            assert!(plan.notice >= plan.before, "it would be due before the booking");
            assert!(too_late(plan.kind).is_some_and(|end| end < plan.before));
        }
    }
}
