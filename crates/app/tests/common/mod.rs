//! A server without HTTP: the use cases on a database of their own, with an agent who can be booked.

#![expect(dead_code, reason = "no test needs all of it")]

pub mod owner;
pub mod texts;

use jiff::{SignedDuration, Timestamp, ToSpan};
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::sessions::{self, Browser, Entered, SignIn};
use nameplate_app::limits::Limits;
use nameplate_app::meetings::book::{Booked, BookingRequest, book};
use nameplate_app::once::IdempotencyKey;
use nameplate_app::outbox::{Delivery, Transport, send_due};
use nameplate_app::settings::{Sessions, Settings};
use nameplate_app::slots::{self, Question};
use nameplate_app::{Actor, App, Ctx, Error, Passwords, Secrets, SignedIn, mailbox};
use nameplate_domain::account::password::Policy;
use nameplate_domain::account::{
    Agent, CustomerName, EmailAddress, FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces,
    FullName, ProfileField, Role, Slug,
};
use nameplate_domain::ids::{AgentId, MeetingId};
use nameplate_domain::meetings::{Customer, Meeting};
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_notify::Composed;
use nameplate_store::{OutboxRow, SessionRow, Store};
use nameplate_testkit::engines::TestDatabase;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// The first password of every agent here.
pub const PASSWORD: &str = "quiet otter under glass";

/// Monday morning in Berlin.
pub fn now() -> Timestamp {
    "2026-11-23T07:00:00Z".parse().unwrap()
}

/// The use cases, without rate limits.
pub async fn app(database: &TestDatabase) -> App {
    with_limits(database, Limits { enabled: false, ..Limits::default() }).await
}

/// The use cases, with these limits.
pub async fn with_limits(database: &TestDatabase, limits: Limits) -> App {
    let settings = settings(limits);
    let store = Store::open(database.url()).await.unwrap();
    App::new(store, Tzdb::bundled(), Secrets::new([7; 32]), Passwords::cheap().unwrap(), settings)
}

/// The settings of a small server.
pub fn settings(limits: Limits) -> Settings {
    Settings {
        public_url: "https://meet.example.com".into(),
        host: "meet.example.com".into(),
        mail_from: EmailAddress::stored("meetings@example.com"),
        relay_secret: None,
        reserved: vec!["api", "account"],
        limits,
        sessions: Sessions::default(),
        password_policy: Policy::default(),
        audit_details: nameplate_app::settings::AUDIT_DETAILS,
        sms: None,
        oidc: None,
        webhooks: Arc::default(),
    }
}

/// An agent in Berlin with Monday to Friday 9 to 17 and a meeting type of 30 minutes, four hours' notice.
pub async fn agent(app: &App, slug: &str) -> Agent {
    let new = NewAgent {
        name: FullName::parse("Anna Bérg").unwrap(),
        email: EmailAddress::parse(&format!("{slug}@example.com")).unwrap(),
        password: PASSWORD.into(),
        role: Role::Agent,
        time_zone: ZoneId::stored("Europe/Berlin"),
        slug: Some(Slug::parse(slug).unwrap()),
    };
    let agent = add::add(app, now(), new).await.unwrap();
    // It is there, and too old to be listed among those that a test signs in.
    let long_ago = now() - SignedDuration::from_hours(1_000 * 24);
    let session = SessionRow {
        token_hash: own_session(agent.id),
        agent_id: agent.id,
        created_at: long_ago,
        last_seen_at: long_ago,
        authenticated_at: long_ago,
        user_agent: "fixture".into(),
        client_net: "192.0.2.1".into(),
    };
    let (own, at) = (session.token_hash, now());
    app.store()
        .write(move |tx| async move {
            tx.insert_session(&session).await?;
            // Its agent was asked who they are just now.
            tx.renew_session(&own, &own, at).await.map(drop)
        })
        .await
        .unwrap();
    agent
}

/// The session of [`as_agent`].
pub fn own_session(agent: AgentId) -> [u8; 32] {
    let half = agent.uuid().into_bytes();
    [half, half].concat().try_into().unwrap()
}

/// A request of somebody unknown.
pub fn anonymous() -> Ctx {
    Ctx { now: now(), actor: Actor::Nobody, net: "192.0.2.1".into(), user_agent: "test".into(), key: None }
}

/// Signs in with a browser that was never there, and returns the session's token.
pub async fn sign_in(app: &App, ctx: &Ctx, email: &str, password: &str) -> Result<String, Error> {
    let browser = Browser { user_agent: "test", known: None };
    Ok(entered(sessions::sign_in(app, ctx, email, password, browser).await?).session)
}

/// The session of a sign-in that asks for a password alone.
pub fn entered(entered: Entered) -> SignIn {
    let session = match entered {
        Entered::Session(signed_in) => Some(signed_in),
        Entered::CodeAsked(_) | Entered::Closed(..) => None,
    };
    session.unwrap()
}

/// A request of an agent who has just signed in.
pub fn as_agent(agent: &Agent) -> Ctx {
    Ctx {
        actor: Actor::Agent {
            id: agent.id,
            role: agent.role,
            session: Some(SignedIn { token_hash: own_session(agent.id), authenticated_at: now() }),
        },
        ..anonymous()
    }
}

/// The free starts of the coming week.
pub async fn free(app: &App, agent: &Agent, meeting_type: &str) -> Vec<Timestamp> {
    let offer = slots::offer(app, agent.slug.as_str(), meeting_type).await.unwrap();
    slots::free(app, now(), &offer, &week(agent, None)).await.unwrap()
}

/// Where the meeting may move to in the coming week.
pub async fn free_for(app: &App, agent: &Agent, meeting: &Meeting) -> Vec<Timestamp> {
    let offer = slots::offer(app, agent.slug.as_str(), "meeting").await.unwrap();
    slots::free(app, now(), &offer, &week(agent, Some(meeting.id))).await.unwrap()
}

fn week(agent: &Agent, moving: Option<MeetingId>) -> Question {
    let today = jiff::tz::Offset::UTC.to_datetime(now()).date();
    Question { from: today, to: today + 7.days(), zone: agent.time_zone.clone(), moving }
}

/// A booking of the first meeting type.
pub fn request(agent: &Agent, start: Timestamp, customer: &str) -> BookingRequest {
    BookingRequest {
        agent: agent.slug.to_string(),
        meeting_type: "meeting".into(),
        start,
        customer: Customer {
            name: CustomerName::parse("Sam Sample").unwrap(),
            email: EmailAddress::parse(customer).unwrap(),
            phone_number: None,
            locale: "en".into(),
        },
        customer_zone: Some(ZoneId::stored("America/New_York")),
        note: None,
        sms_consent: None,
    }
}

/// A request of somebody unknown with an Idempotency-Key.
pub fn keyed(key: &str, body: &str) -> Ctx {
    let key = IdempotencyKey { scope: "test".into(), key: key.into(), fingerprint: body.into() };
    Ctx { key: Some(key), ..anonymous() }
}

/// Books as somebody unknown.
pub async fn try_book(app: &App, request: BookingRequest) -> Result<Booked, Error> {
    book(app, &anonymous(), request).await
}

/// Takes messages, or answers what it is told to.
#[derive(Default)]
pub struct Recorder {
    /// What was handed over, in order.
    pub taken: Mutex<Vec<(OutboxRow, Composed)>>,
    /// The answer to the next tries, last first; `Sent` when empty.
    pub answers: Mutex<Vec<Delivery>>,
    /// Addresses that nobody has.
    pub refused: Mutex<Vec<String>>,
}

impl Transport for Recorder {
    fn deliver<'a>(
        &'a self,
        row: &'a OutboxRow,
        message: &'a Composed,
    ) -> Pin<Box<dyn Future<Output = Delivery> + Send + 'a>> {
        self.taken.lock().unwrap().push((row.clone(), message.clone()));
        let refused = self.refused.lock().unwrap().contains(&row.recipient);
        let nobody = || Delivery::Permanent { answer: "permanent error (550): 5.1.1 no such person".into() };
        let answer = self.answers.lock().unwrap().pop().or_else(|| refused.then(nobody));
        Box::pin(async move { answer.unwrap_or(Delivery::Sent { answer: "250".into() }) })
    }
}

impl Recorder {
    /// From now on these addresses are nobody's.
    pub fn refuse(&self, addresses: &[&str]) {
        *self.refused.lock().unwrap() = addresses.iter().map(ToString::to_string).collect();
    }

    /// Sends all that is due at an instant; what was handed over meanwhile.
    pub async fn drain(self: &Arc<Self>, app: &App, at: fn() -> Timestamp) -> Vec<(OutboxRow, Composed)> {
        let transport: Arc<dyn Transport> = Arc::clone(self) as _;
        while send_due(app, &transport, at).await.unwrap() {}
        std::mem::take(&mut self.taken.lock().unwrap())
    }
}

/// Kind and recipient of each message, with its calendar file.
pub fn told(sent: &[(OutboxRow, Composed)]) -> Vec<(String, String)> {
    let mut told: Vec<_> = sent
        .iter()
        .map(|(row, message)| {
            let file = mailbox::parts(&message.raw).calendar.unwrap_or_default();
            let line = |name: &str| {
                let found = file.lines().find_map(|line| line.strip_prefix(name));
                found.unwrap_or_default().trim().to_owned()
            };
            let calendar = format!("{} {} {}", line("METHOD:"), line("SEQUENCE:"), line("STATUS:"));
            (format!("{} {}", row.kind, row.recipient), calendar.trim().to_owned())
        })
        .collect();
    told.sort();
    told
}

/// The same, as it should be.
pub fn messages(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(who, what)| ((*who).to_owned(), (*what).to_owned())).collect()
}

/// An hour.
pub fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

/// A move to another start, by nobody in particular.
pub fn to(start: Timestamp) -> nameplate_app::meetings::reschedule::Move {
    nameplate_app::meetings::reschedule::Move { start, customer_zone: None, reason: None, seen: None }
}

/// A profile field that agents fill in with text.
pub async fn text_field(app: &App, key: &str, label: &str) -> FieldKey {
    let field = ProfileField {
        key: FieldKey::parse(key).unwrap(),
        kind: FieldKind::Text,
        draft: FieldDraft {
            label: FieldLabel::parse(label).unwrap(),
            choices: Vec::new(),
            required: true,
            editor: FieldEditor::Agent,
            places: FieldPlaces::Both,
        },
        position: 1,
        version: 1,
    };
    let key = field.key.clone();
    app.store().write(move |tx| async move { tx.insert_profile_field(&field).await }).await.unwrap();
    key
}
