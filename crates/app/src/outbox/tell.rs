//! What became of a meeting, told to whoever takes part in it.

use super::handover::Handover;
use super::{reminders, texts};
use crate::{App, fresh};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, EmailAddress, Note, Notification, RecipientRole};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::meetings::Meeting;
use nameplate_store::{Channel, Error, OutboxRow, Tx};

/// Somebody who takes part, with the address at which they are told.
pub(super) type Attendee<'a> = (RecipientRole, &'a EmailAddress);

/// Whoever takes part in a meeting.
pub(super) fn attendees<'a>(meeting: &'a Meeting, agent: &'a Agent) -> impl Iterator<Item = Attendee<'a>> {
    let sides = [(RecipientRole::Customer, &meeting.customer.email), (RecipientRole::Agent, &agent.email)];
    // An agent who is a guest too reads all of it as the agent: what takes a guest off would end the agent's own entry.
    let guests = meeting.guests.iter().filter(|guest| !is_agent(agent, guest));
    sides.into_iter().chain(guests.map(|guest| (RecipientRole::Guest, guest)))
}

fn is_agent(agent: &Agent, address: &EmailAddress) -> bool {
    agent.email.canonical() == address.canonical()
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
        } else if let Some(waits) = waits.filter(|_| !agent.notifications.is_on(kind, to.0)) {
            // Who does not want to hear of a move has not heard of what was before it either: that is told as it is now.
            rows.push(as_it_is_now(waits, meeting));
        } else if agent.notifications.is_on(kind, to.0) {
            let knows = to.0 != RecipientRole::Guest
                || kind != Notification::Cancelled
                || tx.may_know(&meeting.uid, to.1.as_str()).await?;
            rows.extend(knows.then(|| row(kind, to, meeting)));
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
    // Who stays as a guest keeps the entry.
    let stays = meeting.has_guest(&previous.email);
    if previous.notifications.is_on(kind, RecipientRole::Agent) && !stays {
        rows.push(told((RecipientRole::PreviousAgent, &previous.email)));
    }
    rows.extend(reminders::of_next(app, tx, meeting, agent).await?);
    tx.supersede(meeting.id, i64::from(meeting.sequence)).await?;
    tx.enqueue_all(&rows).await
}

/// Tells everybody that a meeting has other guests: those who are new, those who are none any more, and whoever stays. What has
/// not left yet stays true, and tells of the meeting as it is then.
///
/// # Errors
/// The database's.
pub(crate) async fn tell_guests(
    app: &App,
    tx: &Tx,
    (before, meeting): (&Meeting, &Meeting),
    agent: &Agent,
) -> Result<(), Error> {
    let version = i64::from(meeting.sequence);
    let untold = untold(tx, meeting).await?;
    let mut rows = Vec::new();
    for to in attendees(meeting, agent) {
        if to.0 == RecipientRole::Guest && !before.has_guest(to.1) {
            rows.push(row(Notification::GuestAdded, to, meeting));
            continue;
        }
        tx.carry_over(meeting.id, version, (to.0.as_str(), to.1.as_str())).await?;
        // One that was tried before may tell of the guests as they were.
        let tells = waiting(&untold, to).is_some_and(|waits| waits.attempts == 0);
        if !tells && agent.notifications.is_on(Notification::Changed, to.0) {
            rows.push(row(Notification::Changed, to, meeting));
        }
    }
    for guest in before.guests_without(&meeting.guests).filter(|guest| !is_agent(agent, guest)) {
        // Who has heard nothing of it has nothing to forget.
        if tx.may_know(&meeting.uid, guest.as_str()).await? {
            let row = row(Notification::GuestRemoved, (RecipientRole::Guest, guest), meeting);
            rows.push(OutboxRow { body: Handover::without(meeting).to_json(), ..row });
        }
    }
    rows.extend(reminders::of_guests(app, meeting, agent, before));
    tx.supersede(meeting.id, version).await?;
    tx.enqueue_all(&rows).await
}

/// Sends the customer what the agent writes after a meeting.
///
/// # Errors
/// The database's.
pub(crate) async fn tell_wrap_up(
    tx: &Tx,
    meeting: &Meeting,
    note: &Note,
    now: Timestamp,
) -> Result<(), Error> {
    let row = row(Notification::WrapUp, (RecipientRole::Customer, &meeting.customer.email), meeting);
    let body = Handover::noted(note).to_json();
    tx.enqueue(&OutboxRow { body, created_at: now, due_at: now, ..row }).await
}

/// What has not left, the latest first. Reminders are planned anew by themselves.
async fn untold(tx: &Tx, meeting: &Meeting) -> Result<Vec<OutboxRow>, Error> {
    let mut rows = tx.untold(meeting.id).await?;
    rows.retain(|row| Notification::parse(&row.kind).is_ok_and(|kind| !kind.is_planned()));
    Ok(rows)
}

/// The mail to somebody that has not left.
fn waiting<'a>(untold: &'a [OutboxRow], (to, address): Attendee<'_>) -> Option<&'a OutboxRow> {
    let is_theirs = |row: &&OutboxRow| row.role == to.as_str() && row.recipient == address.as_str();
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
