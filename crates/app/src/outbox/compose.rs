//! From a row of the outbox to a message.

use super::facts::{facts, organisation};
use super::handover::{Handover, is_personal, previous_agent, without_links};
use super::{after, declined, texts, undelivered};
use crate::{App, Error, accounts, people, templates, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, Switch};
use nameplate_domain::ids::{DeletionId, EmailChangeId, EmailUndoId};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_notify::account::{AccountEvent, AccountNotice};
use nameplate_notify::meeting::{MeetingFacts, MeetingNotice, Notification, RecipientRole};
use nameplate_notify::sms::Text;
use nameplate_notify::{Composed, account, meeting};
use nameplate_store::{Channel, OutboxRow};
use serde::Deserialize;

/// What became of a row.
pub(super) enum Composition {
    /// To be handed over, and until when it has some use.
    Message(Composed, Option<Timestamp>),
    /// There is nothing to be sent any more, or nobody to send it to.
    Superseded,
    /// It has no use any more.
    Expired,
    /// A text message, to be handed over, and until when it has some use.
    Text(Text, Option<Timestamp>),
    /// Whoever it is for wants no text messages.
    OptedOut,
    /// A text message that its provider turns out to have: what it told of it.
    Told(String),
}

/// Makes the message of a row from the facts as they are now. The instant at which it was due is its date, so that every try of a
/// message has the same bytes.
pub(super) async fn compose(app: &App, row: &OutboxRow, now: Timestamp) -> Result<Composition, Error> {
    if let Some(answer) = texts::told(app, row).await? {
        return Ok(Composition::Told(answer));
    }
    if row.kind == super::SMS_HELP {
        return texts::help(app, row).await;
    }
    let Some(meeting) = row.meeting_id else { return account_message(app, row, now).await };
    let kind = Notification::parse(&row.kind).map_err(|_| Error::Internal("an unknown kind of message"))?;
    let role = RecipientRole::parse(&row.role).map_err(|_| Error::Internal("an unknown recipient"))?;
    let (id, uid, recipient) = (row.id, row.uid.clone(), row.recipient.clone());
    let handover = Handover::read(&row.body);
    let (from, wrap_up) = (handover.agent_id(), handover.wrap_up());
    let found = app
        .store()
        .read(|tx| async move {
            let Some(meeting) = tx.meeting(meeting).await? else { return Ok::<_, Error>(None) };
            let Some(agent) = tx.agent(meeting.agent_id).await? else { return Ok(None) };
            let previous = match from {
                Some(id) => tx.agent(id).await?,
                None => None,
            };
            // Only what comes with a calendar entry shows them.
            let answers = if kind.is_planned() || kind.is_after() {
                Vec::new()
            } else {
                tx.answers(meeting.id, meeting.timed_at).await?
            };
            let is_moot = after::is_moot(&tx, kind, &meeting).await?;
            let first = tx.first_message(&uid, &recipient).await?;
            // It may have been carried over since it was claimed.
            let version = tx.told_version(id).await?.unwrap_or_default();
            Ok(Some((meeting, agent, previous, first, answers, (version, is_moot))))
        })
        .await?;
    let (meeting, agent, previous, first, answers, (version, is_moot)) =
        found.ok_or(Error::Internal("a message about nothing"))?;
    let guest = (role == RecipientRole::Guest).then(|| EmailAddress::stored(row.recipient.clone()));
    let left = role == RecipientRole::PreviousAgent || kind == Notification::GuestRemoved;
    // Whoever it is nothing to any more is told whatever came after; an erased account is told nothing.
    if is_moot || if left { previous.is_none() } else { version < i64::from(meeting.sequence) } {
        return Ok(Composition::Superseded);
    }
    // Who was taken off is told of the meeting as they knew it.
    let was_guest = kind == Notification::GuestRemoved;
    let (agent, previous) = if was_guest { (previous.unwrap_or(agent), None) } else { (agent, previous) };
    let meeting = match meeting {
        meeting if left => handover.left(meeting, row.meeting_version, guest.clone()),
        meeting if kind.is_after() => Meeting { status: meeting.status_at(row.due_at), ..meeting },
        meeting => meeting,
    };
    // Who was deactivated holds no key to customers any more.
    if role == RecipientRole::Agent && agent.status == AgentStatus::Disabled {
        return Ok(Composition::Superseded);
    }
    let use_until = after::use_until(kind, &meeting, &agent);
    if use_until.is_some_and(|end| now >= end) {
        return Ok(Composition::Expired);
    }
    // Switched off while a try of it was under way.
    let switch = if row.channel == Channel::Sms { Switch::CustomerSms } else { role.into() };
    let waits = kind.is_planned() || kind == Notification::Missed;
    if waits && !agent.notifications.is_on(kind, switch) {
        return Ok(Composition::Superseded);
    }
    let party = if role == RecipientRole::Agent { Party::Agent } else { Party::Customer };
    let facts = MeetingFacts {
        previous_agent: previous.as_ref().map(previous_agent),
        guest,
        wrap_up,
        answers,
        ..facts(app, meeting, &agent, party, row.due_at).await?
    };
    let facts = if is_personal(role) { facts } else { without_links(facts) };
    if row.channel == Channel::Sms {
        return texts::compose(app, row, (kind, use_until), &facts, now).await;
    }
    let first = first.filter(|first| *first != row.id);
    let notice = MeetingNotice { kind, role, id: row.id, first, test: None, facts: &facts };
    meeting::compose(&notice, app.tzdb(), row.due_at)
        .map(|message| Composition::Message(message, use_until))
        .map_err(|_| Error::Internal("a message could not be composed"))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    change: Option<String>,
    issue: i64,
    new: Option<String>,
    undo: Option<String>,
    deletion: Option<String>,
    passkey: Option<String>,
    provider: Option<String>,
    message: Option<String>,
    invitation: Option<String>,
    webhook: Option<String>,
    delivery: Option<String>,
    by: String,
    left: u32,
}

async fn account_message(app: &App, row: &OutboxRow, now: Timestamp) -> Result<Composition, Error> {
    if row.kind == super::PASSWORD_RESET {
        return password_reset(app, row, now).await;
    }
    if row.kind == templates::TEST {
        let message = templates::compose_test(app, row).await?;
        return Ok(message.map_or(Composition::Superseded, |message| Composition::Message(message, None)));
    }
    let unreadable = || Error::Internal("the body of a message is not readable");
    let id = row.uid.parse().map_err(|_| unreadable())?;
    let agent = app.store().read(|tx| async move { tx.agent(id).await }).await?.ok_or_else(unreadable)?;
    let body: Body = serde_json::from_str(&row.body).map_err(|_| unreadable())?;
    let to = EmailAddress::stored(row.recipient.clone());
    let event = match row.kind.as_str() {
        "email_change" => {
            let change: EmailChangeId = body.change.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            let pending = app.store().read(|tx| async move { tx.email_change(change).await }).await?;
            // Withdrawn, confirmed or with a newer code meanwhile: this one would only mislead.
            if pending.is_none_or(|pending| pending.code_issue != body.issue) {
                return Ok(Composition::Superseded);
            }
            AccountEvent::EmailChange {
                new: to.clone(),
                link: app.url(&format!("/confirm/email/{}", app.secrets().email_link(change))),
                code: app.secrets().email_code(change, body.issue),
            }
        }
        "email_changed" => {
            let new = body.new.map(EmailAddress::stored).ok_or_else(unreadable)?;
            let undo: EmailUndoId = body.undo.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            let undo = accounts::email_undo::link(app, undo).await?;
            AccountEvent::EmailChanged { old: to.clone(), new, undo }
        }
        "email_restored" => {
            let restored = body.new.map(EmailAddress::stored).ok_or_else(unreadable)?;
            AccountEvent::EmailRestored { replaced: to.clone(), restored }
        }
        "account_closed" => {
            let deletion: DeletionId = body.deletion.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            // Kept meanwhile: there is nothing to be undone any more.
            let Some((link, until)) = accounts::data::link(app, deletion).await? else {
                return Ok(Composition::Superseded);
            };
            AccountEvent::AccountClosed { link, until }
        }
        "account_kept" => AccountEvent::AccountKept,
        "invitation" => {
            let id = body.invitation.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            // Taken up, or replaced by a newer one, meanwhile.
            let Some((link, until)) = people::invitation(app, id).await? else {
                return Ok(Composition::Superseded);
            };
            AccountEvent::Invited { by: body.by, link, until }
        }
        "account_edited" => AccountEvent::AccountEdited { by: body.by, link: app.url("/account/activity") },
        "account_deactivated" => AccountEvent::AccountDeactivated,
        "account_reactivated" => AccountEvent::AccountReactivated,
        "password_changed" => AccountEvent::PasswordChanged,
        "passkey_added" => AccountEvent::PasskeyAdded { passkey: body.passkey.ok_or_else(unreadable)? },
        "passkey_removed" => AccountEvent::PasskeyRemoved { passkey: body.passkey.ok_or_else(unreadable)? },
        "provider_connected" => {
            AccountEvent::ProviderConnected { provider: body.provider.ok_or_else(unreadable)? }
        }
        "provider_disconnected" => {
            AccountEvent::ProviderDisconnected { provider: body.provider.ok_or_else(unreadable)? }
        }
        undelivered::KIND => {
            let message = body.message.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            let Some(event) = undelivered::event(app, message).await? else {
                return Ok(Composition::Superseded);
            };
            event
        }
        webhooks::OFF => {
            let webhook = body.webhook.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            let last = body.delivery.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            let Some(event) = webhooks::off_event(app, webhook, last).await? else {
                return Ok(Composition::Superseded);
            };
            event
        }
        declined::KIND => {
            let Some(event) = declined::event(app, row).await? else {
                return Ok(Composition::Superseded);
            };
            event
        }
        "two_step_on" => AccountEvent::TwoStepOn,
        "two_step_off" => AccountEvent::TwoStepOff,
        "two_step_tries" => AccountEvent::TwoStepTries,
        "recovery_codes_new" => AccountEvent::RecoveryCodesNew,
        "recovery_code_used" => AccountEvent::RecoveryCodeUsed { left: body.left },
        _ => return Err(Error::Internal("an unknown kind of message")),
    };
    notice(app, row, (&agent, &to), &event).await
}

async fn password_reset(app: &App, row: &OutboxRow, now: Timestamp) -> Result<Composition, Error> {
    let Some((agent, reset)) = accounts::password_reset::issue(app, row, now).await? else {
        return Ok(Composition::Superseded);
    };
    let link = accounts::password_reset::url(app, reset);
    let until = row.created_at + accounts::password_reset::LIFE;
    // To the address as the account has it, not as somebody typed it (C11).
    notice(app, row, (&agent, &agent.email), &AccountEvent::PasswordReset { link, until }).await
}

async fn notice(
    app: &App,
    row: &OutboxRow,
    (agent, to): (&Agent, &EmailAddress),
    event: &AccountEvent,
) -> Result<Composition, Error> {
    let organisation = organisation(app).await?;
    let notice = AccountNotice {
        id: row.id,
        to,
        name: &agent.name,
        zone: &agent.time_zone,
        event,
        at: row.created_at,
        organisation: &organisation,
        mail_from: &app.settings().mail_from,
        locale: accounts::language::of(agent),
        hours: accounts::language::hours(agent),
    };
    account::compose(&notice, app.tzdb(), row.created_at)
        .map(|message| Composition::Message(message, None))
        .map_err(|_| Error::Internal("a message could not be composed"))
}
