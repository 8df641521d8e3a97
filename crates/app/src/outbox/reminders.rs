//! What leaves some time before or after a meeting: written when it is booked or moved, taken back when that changes.

use super::after::AFTER;
use super::tell::{attendees, row};
use super::texts;
use crate::App;
use jiff::Timestamp;
use nameplate_domain::account::{Agent, Notification, RecipientRole, Switch};
use nameplate_domain::meetings::Meeting;
use nameplate_domain::sms;
use nameplate_store::{Error, OutboxRow, ReminderRow, Tx};

/// The messages that leave by themselves.
fn kinds() -> impl Iterator<Item = Notification> {
    Notification::ALL.iter().copied().filter(|kind| kind.is_planned())
}

/// When one of this kind leaves; none where the meeting came too late for it.
fn due(kind: Notification, meeting: &Meeting, agent: &Agent) -> Option<Timestamp> {
    let Some(timing) = agent.notifications.timing(kind) else { return Some(meeting.end + AFTER) };
    let in_time = meeting.start.duration_since(meeting.timed_at) >= timing.notice();
    in_time.then(|| meeting.start - timing.before())
}

/// All of one kind that a meeting has, but for those that the agent switched off.
fn planned(app: &App, kind: Notification, meeting: &Meeting, agent: &Agent) -> Vec<OutboxRow> {
    let Some(due_at) = due(kind, meeting, agent) else { return Vec::new() };
    let is_wanted = |to| kind.goes_to(to) && agent.notifications.is_on(kind, to);
    let wanted = attendees(meeting, agent).filter(|to| is_wanted(to.0));
    let mails = wanted.map(|to| OutboxRow { due_at, ..row(kind, to, meeting) });
    // A text message does not ring at night: it comes earlier, or not at all.
    let zone = app.tzdb().zone(&meeting.customer_side.zone);
    let text_due_at = sms::pulled(due_at, &zone);
    let text = texts::row(app, kind, meeting, agent).filter(|_| text_due_at >= meeting.timed_at);
    mails.chain(text.map(|text| OutboxRow { due_at: text_due_at, ..text })).collect()
}

/// The reminders of a meeting that was just booked or moved.
pub(super) fn of(app: &App, meeting: &Meeting, agent: &Agent) -> impl Iterator<Item = OutboxRow> {
    kinds().flat_map(move |kind| planned(app, kind, meeting, agent))
}

/// The reminders of a meeting that is another agent's from now on, at the same time. To be asked before the earlier ones are taken
/// back.
pub(super) async fn of_next(
    app: &App,
    tx: &Tx,
    meeting: &Meeting,
    agent: &Agent,
) -> Result<Vec<OutboxRow>, Error> {
    let mut rows = Vec::new();
    for kind in kinds() {
        let stood = tx.reminders_since(meeting.id, kind.as_str(), meeting.timed_at).await?;
        let wanted = planned(app, kind, meeting, agent).into_iter();
        rows.extend(wanted.filter_map(|row| {
            // One that is due and has not left goes with the others that are taken back.
            let due =
                |one: &&ReminderRow| is_same(one, &row) && one.is_queued && one.due_at <= meeting.changed_at;
            match stood.iter().find(due) {
                Some(one) => Some(OutboxRow { due_at: one.due_at, ..row }),
                None => instead(&stood, row, meeting.changed_at),
            }
        }));
    }
    Ok(rows)
}

/// The reminders of those who are invited to a meeting after it was booked.
pub(super) fn of_guests(app: &App, meeting: &Meeting, agent: &Agent, before: &Meeting) -> Vec<OutboxRow> {
    let guests: Vec<_> = meeting.guests_without(&before.guests).map(ToString::to_string).collect();
    let planned = of(app, meeting, agent);
    planned
        .filter(|row| row.role == RecipientRole::Guest.as_str() && guests.contains(&row.recipient))
        .filter(|row| row.due_at > meeting.changed_at)
        .collect()
}

/// Takes back what an agent does not want any more, and plans what is wanted from now on for the meetings that are ahead.
pub(crate) async fn replan(
    app: &App,
    tx: &Tx,
    (before, after): (&Agent, &Agent),
    ahead: &[Meeting],
    now: Timestamp,
) -> Result<(), Error> {
    for kind in kinds() {
        let chosen = |agent: &Agent| {
            let on = Switch::ALL.iter().map(|switch| agent.notifications.is_on(kind, *switch));
            (agent.notifications.timing(kind), on.collect::<Vec<_>>())
        };
        if chosen(before) == chosen(after) {
            continue;
        }
        let mut rows = Vec::new();
        for meeting in ahead {
            let stood = tx.reminders_since(meeting.id, kind.as_str(), meeting.timed_at).await?;
            let wanted = planned(app, kind, meeting, after).into_iter();
            rows.extend(wanted.filter_map(|row| instead(&stood, row, now)));
        }
        tx.supersede_planned(after.id, kind.as_str(), now).await?;
        tx.enqueue_all(&rows).await?;
    }
    Ok(())
}

/// A reminder in place of the one that stands in the outbox. Nobody is reminded twice by it, and who was to be reminded is: where
/// the new time has passed, the old one stays.
fn instead(stood: &[ReminderRow], new: OutboxRow, now: Timestamp) -> Option<OutboxRow> {
    let same = |one: &&ReminderRow| is_same(one, &new);
    if stood.iter().filter(same).any(|one| !one.is_queued || one.due_at <= now) {
        return None;
    }
    match stood.iter().find(same) {
        _ if new.due_at > now => Some(new),
        Some(one) => Some(OutboxRow { due_at: one.due_at, ..new }),
        None => None,
    }
}

fn is_same(stood: &ReminderRow, new: &OutboxRow) -> bool {
    (stood.channel, &stood.recipient) == (new.channel, &new.recipient)
}

/// Takes back all of an agent's reminders.
pub(crate) async fn take_back(tx: &Tx, agent: &Agent) -> Result<(), Error> {
    for kind in kinds() {
        tx.supersede_of(agent.id, kind.as_str()).await?;
    }
    Ok(())
}
