//! From a row of the outbox to a message.

use super::handover::{Handover, is_personal, previous_agent, without_links};
use super::{declined, texts, undelivered};
use crate::fields::in_messages;
use crate::{App, Error, accounts, people, templates};
use jiff::Timestamp;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, PictureKey, Place, Switch};
use nameplate_domain::ids::{DeletionId, EmailChangeId, EmailUndoId};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_notify::account::{AccountEvent, AccountNotice};
use nameplate_notify::meeting::{
    Links, MeetingFacts, MeetingNotice, Notification, Organisation, RecipientRole,
};
use nameplate_notify::sms::Text;
use nameplate_notify::{Composed, account, meeting};
use nameplate_store::{Channel, OutboxRow};
use serde::Deserialize;
use std::sync::Arc;

/// The size of the picture in mails: shown at half of it, so that it is sharp on every screen.
const PICTURE: u32 = 192;

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
    let from = handover.agent_id();
    let found = app
        .store()
        .read(|tx| async move {
            let Some(meeting) = tx.meeting(meeting).await? else { return Ok::<_, Error>(None) };
            let Some(agent) = tx.agent(meeting.agent_id).await? else { return Ok(None) };
            let previous = match from {
                Some(id) => tx.agent(id).await?,
                None => None,
            };
            let answers = tx.answers(meeting.id, meeting.timed_at).await?;
            let first = tx.first_message(&uid, &recipient).await?;
            // It may have been carried over since it was claimed.
            let version = tx.told_version(id).await?.unwrap_or_default();
            Ok(Some((meeting, agent, previous, first, answers, version)))
        })
        .await?;
    let (meeting, agent, previous, first, answers, version) =
        found.ok_or(Error::Internal("a message about nothing"))?;
    let guest = (role == RecipientRole::Guest).then(|| EmailAddress::stored(row.recipient.clone()));
    let left = role == RecipientRole::PreviousAgent || kind == Notification::GuestRemoved;
    // Whoever it is nothing to any more is told whatever came after; an erased account is told nothing.
    if if left { previous.is_none() } else { version < i64::from(meeting.sequence) } {
        return Ok(Composition::Superseded);
    }
    // Who was taken off is told of the meeting as they knew it.
    let was_guest = kind == Notification::GuestRemoved;
    let (agent, previous) = if was_guest { (previous.unwrap_or(agent), None) } else { (agent, previous) };
    let meeting = if left { handover.left(meeting, row.meeting_version, guest.clone()) } else { meeting };
    // Who was deactivated holds no key to customers any more.
    if role == RecipientRole::Agent && agent.status == AgentStatus::Disabled {
        return Ok(Composition::Superseded);
    }
    let use_until = agent.notifications.useless_before(kind).map(|before| meeting.start - before);
    if use_until.is_some_and(|end| now >= end) {
        return Ok(Composition::Expired);
    }
    // Switched off while a try of it was under way.
    let switch = if row.channel == Channel::Sms { Switch::CustomerSms } else { role.into() };
    if use_until.is_some() && !agent.notifications.is_on(kind, switch) {
        return Ok(Composition::Superseded);
    }
    let party = if role == RecipientRole::Agent { Party::Agent } else { Party::Customer };
    let facts = MeetingFacts {
        previous_agent: previous.as_ref().map(previous_agent),
        guest,
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

/// All that messages and calendar files of a meeting are made of, with the links of one party, in the templates that were in
/// force at an instant: every try of a message has the same.
pub(crate) async fn facts(
    app: &App,
    meeting: Meeting,
    agent: &Agent,
    party: Party,
    at: Timestamp,
) -> Result<MeetingFacts, Error> {
    let card = Card::of(agent, Place::Messages);
    let picture = card.picture.as_ref().map(PictureKey::to_string);
    let type_id = meeting.meeting_type_id;
    let id = agent.id;
    let (picture, meeting_type, written, (own, fields)) = app
        .store()
        .read(|tx| async move {
            let picture = match picture {
                Some(key) => tx.picture(&key, PICTURE).await?,
                None => None,
            };
            // A type that is off the page, or came with the meeting from another agent, has no booking form.
            let meeting_type = match tx.meeting_type(type_id).await? {
                Some(one) => tx.meeting_type_by_slug(id, one.slug.as_str()).await?,
                None => None,
            };
            let of_agent = (tx.own_texts(id).await?, in_messages(&tx, id).await?);
            Ok::<_, Error>((picture, meeting_type, tx.written_templates(at).await?, of_agent))
        })
        .await?;
    let manage = crate::meetings::manage_url(app, &meeting, party);
    // Where nobody can book, nothing leads to: a line without its address is left out.
    let open = |url: String| if agent.status == AgentStatus::Active { url } else { String::new() };
    let profile = app.url(&format!("/{}", agent.slug));
    let links = Links {
        meeting_type: open(
            meeting_type.map_or_else(|| profile.clone(), |one| format!("{profile}/{}", one.slug)),
        ),
        profile: open(profile),
        reschedule: open(format!("{manage}/reschedule")),
        cancel: format!("{manage}/cancel"),
        ics: format!("{manage}/meeting.ics"),
        manage,
    };
    Ok(MeetingFacts {
        organisation: organisation(app).await?,
        agent: card,
        agent_email: agent.email.clone(),
        agent_locale: accounts::language::of(agent),
        agent_hours: accounts::language::hours(agent),
        agent_picture: picture,
        previous_agent: None,
        guest: None,
        answers: Vec::new(),
        asks_answer: app.settings().relay_secret.is_some(),
        organizer_token: app.secrets().organizer_token(meeting.id),
        meeting,
        links,
        written: Arc::new(written),
        own,
        fields,
        mail_from: app.settings().mail_from.clone(),
    })
}

/// The same of all an agent's meetings, for a file that is kept: without pictures and without personal links, which would be
/// keys to the meetings for whoever finds the file.
pub(crate) async fn archived(
    app: &App,
    agent: &Agent,
    meetings: Vec<Meeting>,
    at: Timestamp,
) -> Result<Vec<MeetingFacts>, Error> {
    let id = agent.id;
    let read = app.store().read(|tx| async move {
        let of_agent = (tx.own_texts(id).await?, in_messages(&tx, id).await?);
        Ok::<_, Error>((tx.written_templates(at).await?, of_agent))
    });
    let (written, (own_texts, fields)) = read.await?;
    let written = Arc::new(written);
    let organisation = organisation(app).await?;
    let (profile, own) = (app.url(&format!("/{}", agent.slug)), app.url("/account/meetings"));
    let facts = |meeting: Meeting| MeetingFacts {
        organisation: organisation.clone(),
        agent: Card::of(agent, Place::Messages),
        agent_email: agent.email.clone(),
        agent_locale: accounts::language::of(agent),
        agent_hours: accounts::language::hours(agent),
        agent_picture: None,
        previous_agent: None,
        guest: None,
        answers: Vec::new(),
        asks_answer: app.settings().relay_secret.is_some(),
        organizer_token: app.secrets().organizer_token(meeting.id),
        meeting,
        links: Links {
            profile: profile.clone(),
            meeting_type: profile.clone(),
            manage: own.clone(),
            reschedule: own.clone(),
            cancel: own.clone(),
            ics: own.clone(),
        },
        written: Arc::clone(&written),
        own: own_texts.clone(),
        fields: fields.clone(),
        mail_from: app.settings().mail_from.clone(),
    };
    Ok(meetings.into_iter().map(facts).collect())
}

pub(super) async fn organisation(app: &App) -> Result<Organisation, Error> {
    Ok(Organisation {
        name: accounts::set_up::organisation_name(app).await?,
        host: app.settings().host.clone(),
        url: app.settings().public_url.clone(),
    })
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
    message: Option<String>,
    invitation: Option<String>,
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
        "account_deactivated" => AccountEvent::AccountDeactivated,
        "account_reactivated" => AccountEvent::AccountReactivated,
        "password_changed" => AccountEvent::PasswordChanged,
        "passkey_added" => AccountEvent::PasskeyAdded { passkey: body.passkey.ok_or_else(unreadable)? },
        "passkey_removed" => AccountEvent::PasskeyRemoved { passkey: body.passkey.ok_or_else(unreadable)? },
        undelivered::KIND => {
            let message = body.message.and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
            let Some(event) = undelivered::event(app, message).await? else {
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

/// The calendar file of a meeting for download (METHOD:PUBLISH).
///
/// # Errors
/// The database's.
pub async fn calendar_file(
    app: &App,
    meeting: &Meeting,
    agent: &Agent,
    party: Party,
    now: Timestamp,
) -> Result<String, Error> {
    let facts = facts(app, meeting.clone(), agent, party, now).await?;
    Ok(nameplate_notify::ics::download(&facts, role(party), app.tzdb(), now))
}

/// The services that take a meeting by a link: name and address.
///
/// # Errors
/// The database's.
pub async fn calendar_links(
    app: &App,
    meeting: &Meeting,
    agent: &Agent,
    party: Party,
    now: Timestamp,
) -> Result<Vec<(&'static str, String)>, Error> {
    let facts = facts(app, meeting.clone(), agent, party, now).await?;
    let links = meeting::add_to_calendar(&facts, role(party), app.tzdb());
    Ok(vec![
        ("Google", links.google),
        ("Outlook.com", links.outlook),
        ("Microsoft 365", links.microsoft365),
        ("Yahoo", links.yahoo),
    ])
}

fn role(party: Party) -> RecipientRole {
    if party == Party::Agent { RecipientRole::Agent } else { RecipientRole::Customer }
}
