//! What became of a meeting, told to whoever takes part in it.

use super::handover::Handover;
use super::{reminders, texts};
use crate::{App, fresh};
use nameplate_domain::account::{Agent, EmailAddress, Notification, RecipientRole};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::meetings::Meeting;
use nameplate_store::{Channel, Error, OutboxRow, Tx};

/// Somebody who takes part, with the address at which they are told.
pub(super) type Attendee<'a> = (RecipientRole, &'a EmailAddress);

/// Whoever takes part in a meeting.
pub(super) fn attendees<'a>(meeting: &'a Meeting, agent: &'a Agent) -> impl Iterator<Item = Attendee<'a>> {
    let sides = [(RecipientRole::Customer, &meeting.customer.email), (RecipientRole::Agent, &agent.email)];
    sides.into_iter().chain(meeting.guests.iter().map(|guest| (RecipientRole::Guest, guest)))
}

/// A message about a meeting as it stands now, that leaves at once.
pub(super) fn row(kind: Notification, (to, address): Attendee<'_>, meeting: &Meeting) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(fresh::uuid()),
        kind: kind.to_string(),
        uid: meeting.uid.clone(),
        recipient: address.to_string(),
        role: to.to_string(),
        meeting_id: Some(meeting.id),
        meeting_version: i64::from(meeting.sequence),
        body: "{}".to_owned(),
        attempts: 0,
        created_at: meeting.changed_at,
        due_at: meeting.changed_at,
        channel: Channel::Email,
    }
}

/// Tells everybody what became of a meeting, and plans its reminders anew.
///
/// # Errors
/// The database's.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    kind: Notification,
    meeting: &Meeting,
    agent: &Agent,
) -> Result<(), Error> {
    let untold = if kind == Notification::Rescheduled { untold(tx, meeting).await? } else { Vec::new() };
    let mut rows = Vec::new();
    for to in attendees(meeting, agent) {
        let waits = waiting(&untold, to);
        if waits.is_some_and(is_invitation) {
            rows.push(row(Notification::GuestAdded, to, meeting));
        } else if agent.notifications.is_on(kind, to.0) {
            rows.push(row(kind, to, meeting));
        } else if waits.is_some() {
            // Who does not want to hear of a move has not heard of the meeting either: its booking is told as it is now.
            rows.push(row(Notification::Scheduled, to, meeting));
        }
    }
    rows.extend(texts::row(app, kind, meeting, agent));
    if kind != Notification::Scheduled {
        tx.supersede(meeting.id, i64::from(meeting.sequence)).await?;
    }
    if kind != Notification::Cancelled {
        rows.extend(reminders::of(app, meeting, agent));
    }
    tx.enqueue_all(&rows).await
}

/// Tells everybody that a meeting is another agent's now: whoever takes part, and the agent who held it. Its reminders are the new
/// agent's.
///
/// # Errors
/// The database's.
pub(crate) async fn tell_reassigned(
    app: &App,
    tx: &Tx,
    meeting: &Meeting,
    (previous, agent): (&Agent, &Agent),
) -> Result<(), Error> {
    let kind = Notification::Reassigned;
    let untold = untold(tx, meeting).await?;
    let body = Handover::of(meeting, previous).to_json();
    let told = |to| OutboxRow { body: body.clone(), ..row(kind, to, meeting) };
    let mut rows = Vec::new();
    for to in attendees(meeting, agent) {
        if waiting(&untold, to).is_some_and(is_invitation) {
            rows.push(row(Notification::GuestAdded, to, meeting));
        } else if agent.notifications.is_on(kind, to.0) {
            rows.push(told(to));
        }
    }
    if previous.notifications.is_on(kind, RecipientRole::Agent) {
        rows.push(told((RecipientRole::PreviousAgent, &previous.email)));
    }
    rows.extend(reminders::of_next(app, tx, meeting, agent).await?);
    tx.supersede(meeting.id, i64::from(meeting.sequence)).await?;
    tx.enqueue_all(&rows).await
}

/// Tells everybody that a meeting has other guests: those who are new, those who are none any more, and whoever stays. What had
/// not left yet is told of the meeting as it is now.
///
/// # Errors
/// The database's.
pub(crate) async fn tell_guests(
    app: &App,
    tx: &Tx,
    (before, meeting): (&Meeting, &Meeting),
    agent: &Agent,
) -> Result<(), Error> {
    let untold = untold(tx, meeting).await?;
    let mut rows = Vec::new();
    for to in attendees(meeting, agent) {
        if to.0 == RecipientRole::Guest && !before.has_guest(to.1) {
            rows.push(row(Notification::GuestAdded, to, meeting));
        } else if let Some(waits) = waiting(&untold, to) {
            rows.push(as_it_is_now(waits, meeting));
        } else if agent.notifications.is_on(Notification::Changed, to.0) {
            rows.push(row(Notification::Changed, to, meeting));
        }
    }
    let text = untold.iter().find(|one| one.channel == Channel::Sms);
    rows.extend(text.map(|waits| as_it_is_now(waits, meeting)));
    for guest in before.guests_without(&meeting.guests) {
        // Who has heard nothing of it has nothing to forget.
        if tx.first_message(&meeting.uid, guest.as_str()).await?.is_some() {
            let row = row(Notification::GuestRemoved, (RecipientRole::Guest, guest), meeting);
            rows.push(OutboxRow { body: Handover::without(meeting).to_json(), ..row });
        }
    }
    rows.extend(reminders::of_next(app, tx, meeting, agent).await?);
    tx.supersede(meeting.id, i64::from(meeting.sequence)).await?;
    tx.enqueue_all(&rows).await
}

/// What has not left, the latest first. Reminders are planned anew by themselves.
async fn untold(tx: &Tx, meeting: &Meeting) -> Result<Vec<OutboxRow>, Error> {
    let mut rows = tx.untold(meeting.id, meeting.changed_at).await?;
    rows.retain(|row| Notification::parse(&row.kind).is_ok_and(|kind| kind.usual_timing().is_none()));
    Ok(rows)
}

/// The mail to somebody that has not left.
fn waiting<'a>(untold: &'a [OutboxRow], (to, address): Attendee<'_>) -> Option<&'a OutboxRow> {
    let is_theirs = |row: &&OutboxRow| {
        row.channel == Channel::Email && row.role == to.as_str() && row.recipient == address.as_str()
    };
    untold.iter().find(is_theirs)
}

fn is_invitation(row: &OutboxRow) -> bool {
    row.kind == Notification::GuestAdded.as_str()
}

fn as_it_is_now(row: &OutboxRow, meeting: &Meeting) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(fresh::uuid()),
        meeting_version: i64::from(meeting.sequence),
        attempts: 0,
        created_at: meeting.changed_at,
        due_at: meeting.changed_at,
        ..row.clone()
    }
}
