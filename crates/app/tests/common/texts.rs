//! A provider of text messages that answers what it is told to.

use super::settings;
use jiff::Timestamp;
use nameplate_app::limits::Limits;
use nameplate_app::meetings::book::BookingRequest;
use nameplate_app::settings::Settings;
use nameplate_app::sms::{Callback, CallbackError, Sms};
use nameplate_app::{App, Error, Passwords, Secrets, sms};
use nameplate_domain::account::{CountryCode, PhoneNumber};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::time::Tzdb;
use nameplate_notify::sms::{Answer, Earlier, Inbound, Outcome, Report, SmsProvider, State, Text};
use nameplate_store::Store;
use nameplate_testkit::engines::TestDatabase;
use std::fmt;
use std::sync::{Arc, Mutex};

/// The sender.
pub const FROM: &str = "+3197010000000";
/// The customer.
pub const NUMBER: &str = "+31612345678";

#[derive(Default)]
struct Kept {
    taken: Vec<Text>,
    answers: Vec<Outcome>,
    known: Vec<String>,
    asked: usize,
    mute: bool,
}

/// Takes texts; its calls name what they tell in clear.
#[derive(Default)]
pub struct Provider(Mutex<Kept>);

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}

impl Provider {
    /// What was handed over since the last time.
    pub fn taken(&self) -> Vec<Text> {
        std::mem::take(&mut self.0.lock().unwrap().taken)
    }

    /// What the next try comes to.
    pub fn answer(&self, outcome: Outcome) {
        self.0.lock().unwrap().answers.push(outcome);
    }

    /// A text that it has after all.
    pub fn know(&self, text: &str) {
        self.0.lock().unwrap().known.push(text.to_owned());
    }

    /// From now on it cannot be asked.
    pub fn mute(&self) {
        self.0.lock().unwrap().mute = true;
    }

    /// How often it was asked for one.
    pub fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }

    /// Tells what became of a text.
    pub async fn report(&self, app: &App, now: Timestamp, id: OutboxId, state: State) -> Result<(), Error> {
        let fields = [("id".to_owned(), id.to_string()), ("state".to_owned(), format!("{state:?}"))];
        let call = Callback { url: "", query: &fields, fields: &[], signature: None };
        sms::status(app, now, &token(app), &call).await
    }
}

fn token(app: &App) -> String {
    let url = sms::hook_url(app, "inbound");
    url.split('/').nth_back(1).unwrap().to_owned()
}

/// Somebody writes to us.
pub async fn write(app: &App, now: Timestamp, from: &str, text: &str) -> Result<(), Error> {
    let fields = [("from".to_owned(), from.to_owned()), ("text".to_owned(), text.to_owned())];
    let call = Callback { url: "", query: &[], fields: &fields, signature: None };
    sms::inbound(app, now, &token(app), &call).await
}

fn field(call: &Callback<'_>, name: &'static str) -> Result<String, CallbackError> {
    let found = call.query.iter().chain(call.fields).find(|(field, _)| field == name);
    found.map(|(_, value)| value.clone()).ok_or(CallbackError::Missing(name))
}

impl SmsProvider for Provider {
    fn sender(&self) -> &str {
        FROM
    }

    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Outcome> {
        let mut state = self.0.lock().unwrap();
        state.taken.push(text.clone());
        let accepted = || Outcome::Accepted { reference: Some("X1".into()), answer: "taken".into() };
        let outcome = state.answers.pop().unwrap_or_else(accepted);
        Box::pin(async move { outcome })
    }

    fn sent_before<'a>(&'a self, text: &'a Text) -> Answer<'a, Earlier> {
        let mut state = self.0.lock().unwrap();
        state.asked += 1;
        let known = state.known.contains(&text.text);
        let earlier = match state.mute {
            true => Earlier::Mute,
            false if known => Earlier::Taken("X1".to_owned()),
            false => Earlier::NotTaken,
        };
        Box::pin(async move { earlier })
    }

    fn parse_status(&self, call: &Callback<'_>) -> Result<Option<Report>, CallbackError> {
        let state = match field(call, "state")?.as_str() {
            "Delivered" => State::Delivered,
            "Failed" => State::Failed,
            "OptedOut" => State::OptedOut,
            _ => State::Underway,
        };
        let id = field(call, "id")?.parse().map_err(|_| CallbackError::Missing("id"))?;
        Ok(Some(Report { id, state, answer: "said".into() }))
    }

    fn parse_inbound(&self, call: &Callback<'_>) -> Result<Inbound, CallbackError> {
        Ok(Inbound { from: field(call, "from")?, to: FROM.into(), text: field(call, "text")? })
    }
}

/// The use cases with a provider that reaches numbers of the Netherlands.
pub async fn with_texts(database: &TestDatabase, limits: Limits) -> (App, Arc<Provider>) {
    let provider = Arc::new(Provider::default());
    let sms = Sms {
        provider: Some(Arc::clone(&provider) as _),
        sender: FROM.into(),
        countries: vec![CountryCode::parse("NL").unwrap()],
    };
    let settings = Settings { sms: Some(sms), ..settings(limits) };
    let store = Store::open(database.url()).await.unwrap();
    let app = App::new(store, Tzdb::bundled(), Secrets::new([7; 32]), Passwords::cheap().unwrap(), settings);
    (app, provider)
}

/// The same booking by somebody who wants text messages.
pub fn texted(mut request: BookingRequest) -> BookingRequest {
    request.customer.phone_number = Some(PhoneNumber::stored(NUMBER, "06 12345678"));
    request.sms_consent = Some("Yes, send them".into());
    request
}

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}
