//! Text messages: what is configured, who wants none, and what their provider calls.

use crate::limits::{self, Rate, wanted};
use crate::outbox::help_row;
use crate::{App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::account::{CountryCode, PhoneNumber, Problem};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::sms::Word;
use nameplate_i18n::Locale;
use nameplate_notify::meeting::{MeetingFacts, Notification, RecipientRole};
use nameplate_notify::sms::{Callback as Call, SmsProvider, State, compose};
use std::sync::Arc;
use subtle::ConstantTimeEq;

pub use nameplate_notify::sms::{Callback, CallbackError};

/// How text messages are sent.
#[derive(Debug, Clone)]
pub struct Sms {
    /// Who takes them; none keeps them in the mailbox.
    pub provider: Option<Arc<dyn SmsProvider>>,
    /// What recipients see as the sender.
    pub sender: String,
    /// The countries to whose numbers they may go.
    pub countries: Vec<CountryCode>,
}

impl Sms {
    /// Whether text messages may go to a number.
    #[must_use]
    pub fn reaches(&self, number: &PhoneNumber) -> bool {
        number.country().is_some_and(|country| self.countries.contains(&country))
    }
}

/// Judges the wish for text messages together with the number for them.
///
/// # Errors
/// The problem of the number.
pub fn check_wish(app: &App, number: Option<&PhoneNumber>) -> Result<(), Problem> {
    let number = number.ok_or(Problem::PhoneForSms)?;
    let reached = app.settings().sms.as_ref().is_some_and(|sms| sms.reaches(number));
    if reached { Ok(()) } else { Err(Problem::PhoneNoSms) }
}

/// The address at which the provider calls, which nobody can guess; `what` begins with `status` or `inbound`.
#[must_use]
pub fn hook_url(app: &App, what: &str) -> String {
    app.url(&format!("/hooks/sms/{}/{what}", token(app)))
}

fn token(app: &App) -> String {
    app.secrets().pseudonym("sms hook", "")
}

/// The provider, for whoever knows the address of its calls.
fn provider(app: &App, given: &str) -> Result<Arc<dyn SmsProvider>, Error> {
    let ours = bool::from(token(app).as_bytes().ct_eq(given.as_bytes()));
    let provider = app.settings().sms.as_ref().and_then(|sms| sms.provider.clone());
    provider.filter(|_| ours).ok_or(Error::NotFound)
}

/// What nobody but the provider can say is answered as if there were nothing here.
fn refused(error: CallbackError) -> Error {
    tracing::warn!(%error, "a call about text messages was not believed");
    Error::NotFound
}

/// Takes what the provider tells of a message.
///
/// # Errors
/// `NotFound` for who is not the provider, and for what is not readable.
pub async fn status(app: &App, now: Timestamp, given: &str, call: &Call<'_>) -> Result<(), Error> {
    let provider = provider(app, given)?;
    let Some(report) = provider.parse_status(call).map_err(refused)? else { return Ok(()) };
    let word = match report.state {
        State::Underway => "underway",
        State::Delivered => "delivered",
        State::Failed => "failed",
        State::OptedOut => "opted_out",
    };
    let inner = app.clone();
    app.store()
        .write(move |tx| async move {
            if !tx.note_delivery(report.id, word, &report.answer).await? {
                return Err(Error::NotFound);
            }
            if report.state == State::OptedOut
                && let Some(number) = tx.number_of(report.id).await?
            {
                tx.stop_sms(&pair(&inner, &number), now).await?;
            }
            Ok(())
        })
        .await
}

/// Takes what somebody wrote back. Only the words for no more, for again and for help do anything.
///
/// # Errors
/// `NotFound` for who is not the provider, and for what is not readable.
pub async fn inbound(app: &App, now: Timestamp, given: &str, call: &Call<'_>) -> Result<(), Error> {
    let provider = provider(app, given)?;
    let written = provider.parse_inbound(call).map_err(refused)?;
    let Some(number) = read_number(app, &written.from) else {
        tracing::warn!("an answer to a text message came from a number that cannot be read");
        return Ok(());
    };
    match Word::of(&written.text) {
        Some(Word::Stop) => stop(app, number.e164(), now).await,
        Some(Word::Start) => {
            let pair = pair(app, number.e164());
            app.store().write(move |tx| async move { tx.allow_sms(&pair).await.map_err(Error::from) }).await
        }
        Some(Word::Help { dutch }) => {
            help(app, &number, if dutch { Locale::Nl } else { Locale::En }, now).await
        }
        None => Ok(()),
    }
}

/// A number as providers write it: with `+`, with `00`, with neither, or as it is dialled inside one of our countries.
fn read_number(app: &App, from: &str) -> Option<PhoneNumber> {
    let from = from.trim();
    let digits = from.strip_prefix('+').or_else(|| from.strip_prefix("00")).unwrap_or(from);
    let abroad = PhoneNumber::parse(&format!("+{digits}"), None).ok();
    let countries = app.settings().sms.as_ref().map_or(&[][..], |sms| &sms.countries);
    abroad.or_else(|| countries.iter().find_map(|country| PhoneNumber::parse(from, Some(*country)).ok()))
}

/// Answers who we are, once a day.
async fn help(app: &App, number: &PhoneNumber, locale: Locale, now: Timestamp) -> Result<(), Error> {
    if !app.settings().sms.as_ref().is_some_and(|sms| sms.reaches(number)) {
        return Ok(());
    }
    let permit = wanted(app, "sms_help", &[Rate::new(1, 24 * 60)], number.e164());
    let (ctx, row) = (Ctx::server(now), help_row(number.e164(), locale, now));
    let answered = app.store().write(move |tx| async move {
        limits::take_in(&tx, &ctx, &[permit]).await?;
        tx.enqueue(&row).await.map_err(Error::from)
    });
    match answered.await {
        Err(Error::Limited(_)) => Ok(()),
        other => other.map(|()| app.wake_outbox()),
    }
}

/// From now on nothing goes to this number.
///
/// # Errors
/// The database's.
pub async fn stop(app: &App, number: &str, now: Timestamp) -> Result<(), Error> {
    let pair = pair(app, number);
    app.store().write(move |tx| async move { tx.stop_sms(&pair, now).await.map_err(Error::from) }).await
}

/// The text of a notification to a customer.
pub(crate) fn text(app: &App, kind: Notification, facts: &MeetingFacts) -> String {
    compose(kind, RecipientRole::Customer, facts, sender(app), app.tzdb())
}

/// No more text messages about this meeting: the customer takes the wish back. What waits is not sent any more.
///
/// # Errors
/// The database's.
pub async fn withdraw(app: &App, meeting: MeetingId) -> Result<(), Error> {
    app.store()
        .write(move |tx| async move { tx.withdraw_sms_consent(meeting).await.map_err(Error::from) })
        .await
}

/// Since when nothing goes to this number.
///
/// # Errors
/// The database's.
pub async fn stopped(app: &App, number: &str) -> Result<Option<Timestamp>, Error> {
    let pair = pair(app, number);
    app.store().read(|tx| async move { tx.sms_stopped(&pair).await.map_err(Error::from) }).await
}

fn sender(app: &App) -> &str {
    app.settings().sms.as_ref().map_or("", |sms| sms.sender.as_str())
}

/// Sender and number, so that nobody can read either.
fn pair(app: &App, number: &str) -> String {
    let sender = sender(app);
    app.secrets().pseudonym("sms stop", &format!("{sender} {number}"))
}
