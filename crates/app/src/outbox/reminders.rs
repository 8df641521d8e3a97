//! What leaves some time before a meeting: written when it is booked or moved, taken back when that changes.

use super::{row, texts};
use crate::App;
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, Notification, RecipientRole};
use nameplate_domain::meetings::Meeting;
use nameplate_domain::sms;
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

    /// The same as a text message, which does not ring at night: it comes earlier, or not at all.
    fn text_of(&self, app: &App, meeting: &Meeting, agent: &Agent) -> Option<OutboxRow> {
        let mail = self.of(meeting, agent).filter(|_| self.to == RecipientRole::Customer)?;
        let zone = app.tzdb().zone(&meeting.customer_side.zone);
        let due_at = sms::pulled(mail.due_at, &zone);
        let text = texts::row(app, self.kind, meeting, agent).filter(|_| due_at >= meeting.changed_at)?;
        Some(OutboxRow { due_at, ..text })
    }

    fn all(&self, app: &App, meeting: &Meeting, agent: &Agent) -> impl Iterator<Item = OutboxRow> {
        self.of(meeting, agent).into_iter().chain(self.text_of(app, meeting, agent))
    }
}

/// The reminders of a meeting that was just booked or moved.
pub(super) fn of(app: &App, meeting: &Meeting, agent: &Agent) -> impl Iterator<Item = OutboxRow> {
    plans().flat_map(move |plan| plan.all(app, meeting, agent).collect::<Vec<_>>())
}

/// Takes back what an agent does not want any more, and plans what is wanted from now on for the meetings that are ahead.
pub(crate) async fn replan(
    app: &App,
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
                let rows = ahead.iter().flat_map(|meeting| plan.all(app, meeting, after));
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
