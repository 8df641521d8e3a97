//! Messages that reached nobody: the agent is told, and they can be sent once more.

use super::tell::{Attendee, attendees, row};
use super::{account_message, after};
use crate::{Actor, App, Ctx, Error, accounts, meetings};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, Notification, RecipientRole, Role};
use nameplate_domain::ids::{MeetingId, OutboxId};
use nameplate_domain::meetings::{Meeting, Party, Status};
use nameplate_i18n::Texts;
use nameplate_notify::account::AccountEvent;
pub use nameplate_notify::report::Why;
use nameplate_store::{OutboxRow, Tx, UndeliveredRow};

/// The kind of message that tells an agent.
pub(crate) const KIND: &str = "delivery_problem";

/// Messages of a page.
pub const PAGE: usize = 50;

/// A message that reached nobody, as an admin sees it.
#[derive(Debug, Clone)]
pub struct Undelivered {
    /// Which.
    pub id: OutboxId,
    /// The notification.
    pub kind: String,
    /// The address that it did not reach.
    pub recipient: String,
    /// When it was to leave.
    pub due_at: Timestamp,
    /// In plain words.
    pub why: Why,
    /// In the words of the mail server.
    pub answer: String,
    /// The meeting that it is about, and who holds it.
    pub about: Option<(Meeting, Agent)>,
    /// Whether it makes sense to send it once more.
    pub may_send_again: bool,
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct UndeliveredPage {
    /// The latest first.
    pub messages: Vec<Undelivered>,
    /// Before which message the next page begins, when there is one.
    pub older: Option<OutboxId>,
}

/// All messages that reached nobody and were not sent again, for an admin.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn all(app: &App, ctx: &Ctx, before: Option<OutboxId>) -> Result<UndeliveredPage, Error> {
    if !matches!(ctx.actor, Actor::Agent { role: Role::Admin, .. }) {
        return Err(Error::NotFound);
    }
    let now = ctx.now;
    app.store()
        .read(move |tx| async move {
            let mut rows = tx.all_undelivered(before, PAGE + 1).await?;
            let is_more = rows.len() > PAGE;
            rows.truncate(PAGE);
            let older = rows.last().filter(|_| is_more).map(|row| row.message.id);
            let mut messages = Vec::with_capacity(rows.len());
            for row in rows {
                let about = about(&tx, row.message.meeting_id).await?;
                messages.push(Undelivered {
                    may_send_again: about.as_ref().is_some_and(|(meeting, agent)| {
                        may_send_again(words(&row.message), meeting, agent, now)
                    }),
                    id: row.message.id,
                    kind: row.message.kind,
                    recipient: row.message.recipient,
                    due_at: row.message.due_at,
                    why: Why::of(&row.answer),
                    answer: row.answer,
                    about,
                });
            }
            Ok::<_, Error>(UndeliveredPage { messages, older })
        })
        .await
}

async fn about(tx: &Tx, meeting: Option<MeetingId>) -> Result<Option<(Meeting, Agent)>, Error> {
    let Some(id) = meeting else { return Ok(None) };
    let Some(meeting) = tx.meeting(id).await? else { return Ok(None) };
    Ok(tx.agent(meeting.agent_id).await?.map(|agent| (meeting, agent)))
}

/// Whether a message of this kind still tells something true about a meeting as it is now.
#[must_use]
pub fn may_send_again(
    (kind, role, recipient): (&str, &str, &str),
    meeting: &Meeting,
    agent: &Agent,
    now: Timestamp,
) -> bool {
    let (Ok(kind), Ok(to)) = (Notification::parse(kind), RecipientRole::parse(role)) else { return false };
    let address = EmailAddress::stored(recipient);
    match kind {
        // To whom the meeting does not belong any more.
        _ if to == RecipientRole::PreviousAgent || kind == Notification::GuestRemoved => false,
        _ if to == RecipientRole::Guest && !meeting.has_guest(&address) => false,
        Notification::Cancelled => meeting.status == Status::Cancelled,
        Notification::WrapUp => true,
        Notification::Missed | Notification::ReviewRequest => {
            let holds = (kind == Notification::Missed) == meeting.missed_at.is_some();
            let in_time = after::use_until(kind, meeting, agent).is_none_or(|end| now < end);
            holds && in_time && meeting.end <= now && agent.notifications.is_on(kind, to)
        }
        _ if meeting.status == Status::Cancelled || meeting.end <= now => false,
        _ => agent
            .notifications
            .useless_before(kind)
            .is_none_or(|before| now < meeting.start - before && agent.notifications.is_on(kind, to)),
    }
}

fn words(row: &OutboxRow) -> (&str, &str, &str) {
    (&row.kind, &row.role, &row.recipient)
}

/// Sends a message once more that reached nobody: the same notification about the meeting as it is now, to the address as it is
/// now. False when there is nothing to be told any more. A second click changes nothing.
///
/// # Errors
/// `NotFound` for whoever may not see the meeting, and for its customer.
pub async fn send_again(app: &App, ctx: &Ctx, id: OutboxId) -> Result<bool, Error> {
    let found =
        app.store().read(move |tx| async move { tx.undelivered(id).await.map_err(Error::from) }).await?;
    let meeting = found.and_then(|found| found.message.meeting_id).ok_or(Error::NotFound)?;
    if meetings::see(app, ctx, meeting).await?.party == Party::Customer {
        return Err(Error::NotFound);
    }
    let now = ctx.now;
    let sent = app
        .store()
        .write(move |tx| async move {
            let unlocked = tx.meeting(meeting).await?.ok_or(Error::NotFound)?;
            tx.lock_agent(unlocked.agent_id).await?;
            let (meeting, agent) = about(&tx, Some(meeting)).await?.ok_or(Error::NotFound)?;
            let old = tx.undelivered(id).await?.ok_or(Error::NotFound)?;
            let again = again(&old, &meeting, &agent, now)?;
            let Some(again) = again else { return Ok::<_, Error>(old.sent_again) };
            if tx.note_sent_again(id, again.id).await? {
                tx.enqueue(&again).await?;
            }
            Ok(true)
        })
        .await?;
    app.wake_outbox();
    Ok(sent)
}

/// The row of a second sending; none when it would tell nothing.
fn again(
    old: &UndeliveredRow,
    meeting: &Meeting,
    agent: &Agent,
    now: Timestamp,
) -> Result<Option<OutboxRow>, Error> {
    let message = &old.message;
    if old.sent_again || !may_send_again(words(message), meeting, agent, now) {
        return Ok(None);
    }
    let unknown = || Error::Internal("an unknown kind of message");
    let kind = Notification::parse(&message.kind).map_err(|_| unknown())?;
    let to = RecipientRole::parse(&message.role).map_err(|_| unknown())?;
    // To the address as it is now; of several guests to the one whom it did not reach, if they are one still.
    let same = |one: &Attendee<'_>| {
        one.0 == to && (to != RecipientRole::Guest || one.1.as_str() == message.recipient)
    };
    let Some(to) = attendees(meeting, agent).find(same) else { return Ok(None) };
    let body = message.body.clone();
    Ok(Some(OutboxRow { body, created_at: now, due_at: now, ..row(kind, to, meeting) }))
}

/// Ends a message that was handed over and came back.
pub(crate) async fn came_back(app: &App, id: OutboxId, answer: &str, now: Timestamp) -> Result<(), Error> {
    let answer = answer.to_owned();
    let ended = app
        .store()
        .write(move |tx| async move {
            let ended = tx.bounce(id, &answer).await?;
            if ended {
                tell_agent(&tx, id, now).await?;
            }
            Ok::<_, Error>(ended)
        })
        .await?;
    if ended {
        tracing::warn!(message = %id, "a message came back");
        app.wake_outbox();
    }
    Ok(())
}

/// Tells the agent of a meeting, once for each address, that a message about it has not reached its customer or a guest.
pub(crate) async fn tell_agent(tx: &Tx, id: OutboxId, now: Timestamp) -> Result<(), Error> {
    let Some(UndeliveredRow { message, .. }) = tx.undelivered(id).await? else { return Ok(()) };
    // To an address of the agent's own that cannot be reached there is nothing to be told, and of one who was taken off nothing
    // can be done.
    let is_over = message.kind == Notification::GuestRemoved.as_str();
    if is_over
        || ![RecipientRole::Customer.as_str(), RecipientRole::Guest.as_str()].contains(&message.role.as_str())
    {
        return Ok(());
    }
    let Some((meeting, agent)) = about(tx, message.meeting_id).await? else { return Ok(()) };
    let is_note = message.kind == Notification::WrapUp.as_str();
    let over = (meeting.end <= now && !is_note) || agent.status != AgentStatus::Active;
    // A customer who does not hear of a cancellation will come, and each note is written by hand: that is told whatever was told
    // before.
    let told = message.kind != Notification::Cancelled.as_str()
        && !is_note
        && tx.is_unreached(meeting.id, &message.recipient, id).await?;
    if over || told {
        return Ok(());
    }
    let mut row = account_message(KIND, &agent, agent.email.as_str(), now);
    row.body = serde_json::json!({ "message": id.to_string() }).to_string();
    Ok(tx.enqueue(&row).await?)
}

/// What an agent is told of a message; none when it was sent once more meanwhile.
pub(super) async fn event(app: &App, id: OutboxId) -> Result<Option<AccountEvent>, Error> {
    let found = app
        .store()
        .read(move |tx| async move {
            let Some(row) = tx.undelivered(id).await?.filter(|row| !row.sent_again) else {
                return Ok::<_, Error>(None);
            };
            Ok(about(&tx, row.message.meeting_id).await?.map(|(meeting, agent)| (row, meeting, agent)))
        })
        .await?;
    Ok(found.map(|(row, meeting, agent)| AccountEvent::DeliveryProblem {
        customer: who(row.message.role == RecipientRole::Guest.as_str(), &meeting, &agent),
        address: EmailAddress::stored(row.message.recipient),
        link: meetings::manage_url(app, &meeting, Party::Agent),
        meeting: meeting.title,
        time: (meeting.start, meeting.end),
        why: Why::of(&row.answer),
    }))
}

/// The customer, or a guest, in the agent's language.
pub(super) fn who(is_guest: bool, meeting: &Meeting, agent: &Agent) -> String {
    let name = meeting.customer.name.as_str();
    if is_guest {
        let texts = Texts::of(accounts::language::of(agent));
        texts.format("message-delivery-problem-guest", &[("customer", name)])
    } else {
        name.to_owned()
    }
}
