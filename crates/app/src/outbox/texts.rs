//! Messages about a meeting as text messages: to the customer who gave a number and asked for them.

use super::compose::Composition;
use super::{SMS_HELP, facts};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, fresh, mailbox, sms};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, Notification, RecipientRole, Switch};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::meetings::Meeting;
use nameplate_domain::sms::is_quiet;
use nameplate_domain::templates::{Part, TemplateName};
use nameplate_i18n::{Locale, Texts};
use nameplate_notify::Delivery;
use nameplate_notify::meeting::MeetingFacts;
use nameplate_notify::sms::{Earlier, Outcome, SmsProvider, Text};
use nameplate_store::{Channel, OutboxRow, Tried};

/// How often a text is handed to a provider that may have it already and cannot be asked.
const MOST_DOUBTS: i64 = 2;
/// Why it is not sent once more.
const IN_DOUBT: &str = "perhaps sent: the provider did not confirm it, and cannot be asked";

/// The text message of a notification; none where nobody wants one.
pub(super) fn row(app: &App, kind: Notification, meeting: &Meeting, agent: &Agent) -> Option<OutboxRow> {
    let told = TemplateName::from(kind).parts(RecipientRole::Customer).contains(&Part::Sms);
    let on = agent.notifications.is_on(kind, Switch::CustomerSms);
    let wanted = told && on && app.settings().sms.is_some();
    let recipient = recipient(meeting).filter(|_| wanted)?;
    let row = super::tell::row(kind, (RecipientRole::Customer, &meeting.customer.email), meeting);
    Some(OutboxRow { channel: Channel::Sms, recipient, ..row })
}

/// The number to which text messages about a meeting may go.
fn recipient(meeting: &Meeting) -> Option<String> {
    meeting.sms_consent.as_ref()?;
    meeting.customer.phone_number.as_ref().map(|number| number.e164().to_owned())
}

/// The text of a row as it is now, unless something speaks against sending it.
pub(super) async fn compose(
    app: &App,
    row: &OutboxRow,
    (kind, use_until): (Notification, Option<Timestamp>),
    facts: &MeetingFacts,
    now: Timestamp,
) -> Result<Composition, Error> {
    let meeting = &facts.meeting;
    if recipient(meeting).as_deref() != Some(&row.recipient) {
        return Ok(Composition::Superseded);
    }
    // A reminder whose time has passed into the night would wake somebody.
    let zone = app.tzdb().zone(&meeting.customer_side.zone);
    if use_until.is_some() && is_quiet(now, &zone) {
        return Ok(Composition::Expired);
    }
    let text = sms::text(app, kind, facts);
    checked(app, row, text, use_until).await
}

/// Who we are, for somebody who asked.
pub(super) async fn help(app: &App, row: &OutboxRow) -> Result<Composition, Error> {
    let organisation = facts::organisation(app).await?;
    let texts = Texts::of(Locale::parse(&row.body).unwrap_or_default());
    let args = [("organisation", organisation.name.as_str()), ("url", &organisation.url)];
    checked(app, row, texts.format("sms-help", &args), None).await
}

/// A request for help, to be answered.
pub(crate) fn help_row(number: &str, locale: Locale, now: Timestamp) -> OutboxRow {
    let id = OutboxId::new(fresh::uuid());
    OutboxRow {
        id,
        kind: SMS_HELP.to_owned(),
        uid: id.to_string(),
        channel: Channel::Sms,
        recipient: number.to_owned(),
        role: RecipientRole::Customer.to_string(),
        meeting_id: None,
        meeting_version: 0,
        body: locale.tag().to_owned(),
        attempts: 0,
        created_at: now,
        due_at: now,
    }
}

/// Honours who wants nothing.
async fn checked(
    app: &App,
    row: &OutboxRow,
    text: String,
    use_until: Option<Timestamp>,
) -> Result<Composition, Error> {
    if app.settings().sms.is_none() || text.is_empty() {
        return Ok(Composition::Superseded);
    }
    if sms::stopped(app, &row.recipient).await?.is_some() {
        return Ok(Composition::OptedOut);
    }
    let status_url = sms::hook_url(app, &format!("status?id={}", row.id));
    let text = Text { id: row.id, to: row.recipient.clone(), text, status_url, since: row.due_at };
    Ok(Composition::Text(text, use_until))
}

fn permits(app: &App, number: &str) -> Vec<limits::Wanted> {
    let limits = &app.settings().limits;
    // A plus and seven digits: numbers of one block are bought together to be paid for each message.
    let block: String = number.chars().take(8).collect();
    vec![
        wanted(app, "sms_number", &limits.sms_number, number),
        wanted(app, "sms_block", &limits.sms_block, &block),
        wanted(app, "sms_all", &limits.sms_all, "all"),
    ]
}

/// Why a text was not handed over, or not taken, where its agent should read it.
pub(super) enum Unsent {
    /// The provider knows that the number wants no text messages.
    OptedOut,
    /// More than are sent in a day.
    OverLimit,
}

/// What the provider told of an earlier try of a row: then it has it.
pub(super) async fn told(app: &App, row: &OutboxRow) -> Result<Option<String>, Error> {
    if row.channel != Channel::Sms || row.attempts == 0 {
        return Ok(None);
    }
    let tried = tried(app, row).await?;
    Ok(tried.delivery.map(|_| tried.answer))
}

async fn tried(app: &App, row: &OutboxRow) -> Result<Tried, Error> {
    let id = row.id;
    let tried = app.store().read(move |tx| async move { tx.tried(id).await.map_err(Error::from) }).await?;
    tried.ok_or(Error::Internal("a text message that is not there"))
}

/// Hands a text to the provider, or keeps it where there is none.
pub(super) async fn deliver(
    app: &App,
    row: &OutboxRow,
    text: &Text,
    now: Timestamp,
) -> Result<Result<Delivery, Unsent>, Error> {
    let provider = app.settings().sms.as_ref().and_then(|sms| sms.provider.as_ref());
    if let Some(provider) = provider
        && let Some(end) = earlier(app, row, text, provider.as_ref()).await?
    {
        return Ok(Ok(end));
    }
    match limits::take(app, &Ctx::server(now), permits(app, &row.recipient)).await {
        Err(Error::Limited(_)) => {
            tracing::error!(message = %row.id, "a text message was not sent: the limits of the day are reached");
            return Ok(Err(Unsent::OverLimit));
        }
        other => other?,
    }
    if let Some(provider) = provider {
        return hand_over(app, row, text, provider.as_ref(), now).await;
    }
    mailbox::keep_text(app, row, text, now).await?;
    Ok(Ok(Delivery::Sent { answer: "kept in the mailbox".to_owned() }))
}

/// What an earlier try came to, of which nobody knew; none where the text is to be sent.
async fn earlier(
    app: &App,
    row: &OutboxRow,
    text: &Text,
    provider: &dyn SmsProvider,
) -> Result<Option<Delivery>, Error> {
    let doubts = if row.attempts > 0 { tried(app, row).await?.doubts } else { 0 };
    if doubts == 0 {
        return Ok(None);
    }
    Ok(match provider.sent_before(text).await {
        Earlier::Taken(reference) => {
            Some(Delivery::Sent { answer: format!("{reference}, by an earlier try") })
        }
        Earlier::NotTaken => None,
        Earlier::Silent { answer } => {
            Some(Delivery::Temporary { answer: format!("perhaps sent, the provider does not say: {answer}") })
        }
        Earlier::Mute => (doubts >= MOST_DOUBTS).then(|| Delivery::Permanent { answer: IN_DOUBT.to_owned() }),
    })
}

async fn hand_over(
    app: &App,
    row: &OutboxRow,
    text: &Text,
    provider: &dyn SmsProvider,
    now: Timestamp,
) -> Result<Result<Delivery, Unsent>, Error> {
    let id = row.id;
    app.store().write(move |tx| async move { tx.begin_try(id).await.map_err(Error::from) }).await?;
    Ok(match provider.send(text).await {
        Outcome::Accepted { reference, answer } => {
            let answer =
                reference.map_or_else(|| answer.clone(), |reference| format!("{answer} {reference}"));
            Ok(Delivery::Sent { answer })
        }
        Outcome::Refused { answer } => Ok(Delivery::Permanent { answer }),
        Outcome::Perhaps { answer } => Ok(Delivery::Temporary { answer }),
        Outcome::Later { answer } => {
            // It was not taken: nobody pays for it, and nothing is in doubt.
            limits::give_back(app, permits(app, &row.recipient)).await;
            app.store().write(move |tx| async move { tx.unbegin_try(id).await.map_err(Error::from) }).await?;
            Ok(Delivery::Temporary { answer })
        }
        Outcome::OptedOut => {
            if let Err(error) = sms::stop(app, &text.to, now).await {
                tracing::error!(message = %row.id, %error, "that a number wants nothing could not be noted");
            }
            Err(Unsent::OptedOut)
        }
    })
}
