//! An account with two-step sign-in. The codes are made by a library that is not ours.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use super::{PASSWORD, Recorder, agent, anonymous, now, sign_in};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::sessions::{self, Browser, Entered, Proof};
use nameplate_app::accounts::two_step;
use nameplate_app::{Actor, App, Ctx, Error, Refusal};
use nameplate_domain::account::{Agent, Problem};
use nameplate_testkit::tools::totp_codes;
use std::sync::Arc;

pub const SHORT: &str = "otter-42";
pub const BROWSER: Browser<'_> = Browser { user_agent: "test", known: None };

/// An account with two-step sign-in, and what its owner has.
pub struct Owner {
    pub agent: Agent,
    pub secret: String,
    pub codes: Vec<String>,
    /// The session in which it was turned on.
    pub here: String,
}

/// So many minutes after the start of a test.
pub fn at(minutes: i64) -> Ctx {
    Ctx { now: now() + SignedDuration::from_mins(minutes), ..anonymous() }
}

pub async fn session(app: &App, token: &str, minutes: i64) -> Ctx {
    let ctx = at(minutes);
    let recognised = sessions::recognise(app, ctx.now, token).await.unwrap().unwrap();
    Ctx { actor: recognised.actor(), ..ctx }
}

/// What the app shows so many minutes after the start of a test.
pub fn shown(secret: &str, minutes: i64) -> String {
    totp_codes(secret, &[at(minutes).now.as_second()]).remove(0)
}

impl Owner {
    pub async fn new(app: &App) -> Self {
        let agent = agent(app, "anna").await;
        let here = sign_in(app, &at(0), "anna@example.com", PASSWORD).await.unwrap();
        let ctx = session(app, &here, 0).await;
        let set_up = two_step::begin(app, &ctx).await.unwrap();
        let code = shown(&set_up.secret, 0);
        let codes = two_step::turn_on(app, &ctx, &set_up.sealed, &code, None).await.unwrap();
        Self { agent, secret: set_up.secret, codes, here }
    }

    pub fn shown(&self, minutes: i64) -> String {
        shown(&self.secret, minutes)
    }

    /// By an API token, which is no session.
    pub fn by_token(&self, minutes: i64) -> Ctx {
        Ctx { actor: Actor::Agent { id: self.agent.id, role: self.agent.role, session: None }, ..at(minutes) }
    }
}

pub async fn first(app: &App, minutes: i64, password: &str) -> Result<Entered, Error> {
    sessions::sign_in(app, &at(minutes), "anna@example.com", password, BROWSER).await
}

/// The first step, taken.
pub async fn pending(app: &App, minutes: i64) -> String {
    match first(app, minutes, PASSWORD).await.unwrap() {
        Entered::CodeAsked(token) => token,
        Entered::Session(_) | Entered::Closed(..) => panic!("no code was asked for"),
    }
}

pub async fn second(app: &App, minutes: i64, pending: &str, code: &str) -> Result<String, Error> {
    two_step::finish_sign_in(app, &at(minutes), pending, code, "test")
        .await
        .map(|signed_in| signed_in.session)
}

pub async fn count_sessions(app: &App, agent: &Agent) -> usize {
    let id = agent.id;
    app.store().read(|tx| async move { tx.sessions_of(id).await }).await.unwrap().len()
}

/// The field that was refused, and why.
pub fn refused<T>(outcome: Result<T, Error>) -> (String, Problem) {
    match outcome {
        Err(Error::Invalid(problems)) => {
            let first = problems.into_iter().next().unwrap();
            (first.pointer, first.problem)
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was granted"),
    }
}

pub fn is_dead<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Refused(Refusal::LinkDead)))
}

/// The kinds of the messages that are due.
pub async fn told(app: &App, at: fn() -> Timestamp) -> Vec<String> {
    let sent = Arc::new(Recorder::default()).drain(app, at).await;
    assert!(sent.iter().all(|(_, message)| message.to == "anna@example.com"));
    sent.into_iter().map(|(row, _)| row.kind).collect()
}

pub fn later() -> Timestamp {
    now() + SignedDuration::from_hours(48)
}

/// Both factors.
pub fn both<'a>(password: &'a str, code: &'a str) -> Proof<'a> {
    Proof { password: Some(password), code: Some(code) }
}
