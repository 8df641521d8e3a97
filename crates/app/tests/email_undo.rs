//! Bringing a former address back (`security.md` A13).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, as_agent, now};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::{
    api_tokens, email_change, email_undo, find, passkeys, password, password_reset, sessions,
};
use nameplate_app::{App, Ctx, Error, Refusal};
use nameplate_domain::account::{Agent, EmailAddress, FullName, Problem, Role};
use nameplate_domain::time::ZoneId;
use nameplate_notify::Composed;
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use std::sync::Arc;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Changes the address, and returns what follows the undo link's path in the notice that the old mailbox got.
async fn change(app: &App, anna: &Agent, at: SignedDuration, new: &str) -> String {
    let ctx = Ctx { now: now() + at, ..as_agent(anna) };
    let old = find(app, "anna").await.unwrap().email;
    email_change::request(app, &ctx, address(new), Some(PASSWORD)).await.unwrap();
    let id = email_change::pending(app, &ctx).await.unwrap().unwrap().id;
    email_change::confirm_link(app, &ctx, &app.secrets().email_link(id)).await.unwrap();
    let messages = Arc::new(Recorder::default()).drain(app, last_day).await;
    let (_, mail) = messages.iter().find(|(_, mail)| mail.to == old.as_str()).unwrap();
    token_in(mail, "/undo/email/")
}

/// When all mails of these tests are made.
fn last_day() -> Timestamp {
    now() + days(2)
}

/// The token behind `path`.
fn token_in(mail: &Composed, path: &str) -> String {
    let text = String::from_utf8(mail.raw.clone()).unwrap().replace("=\r\n", "");
    let (_, rest) = text.split_once(path).unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

const fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

async fn undo(app: &App, at: SignedDuration, token: &str) -> Result<EmailAddress, Error> {
    email_undo::undo(app, &Ctx { now: now() + at, ..anonymous() }, token).await
}

fn is_dead(outcome: &Result<EmailAddress, Error>) -> bool {
    matches!(outcome, Err(Error::Refused(Refusal::LinkDead)))
}

both_engines! {
    async fn sec_a13_the_old_mailbox_takes_the_account_back(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let token = change(&app, &anna, days(0), "thief@example.com").await;
        // Whoever has the account now changes what can be changed.
        let late = Ctx { now: now() + days(1), ..as_agent(&anna) };
        password::change(&app, &late, PASSWORD, "violet trains hum at dawn", false).await.unwrap();
        let session = common::sign_in(&app, &late, "thief@example.com", "violet trains hum at dawn").await.unwrap();
        let api = api_tokens::create(&app, late.now, anna.id, "script").await.unwrap();
        let mut key = Passkey::new("https://meet.example.com", "meet.example.com").unwrap();
        let signed_in = async |token: &str| {
            let actor = sessions::recognise(&app, late.now, token).await.unwrap().unwrap().actor();
            Ctx { actor, ..late.clone() }
        };
        let there = signed_in(&session).await;
        let session = passkeys::confirm_by_password(&app, &there, "violet trains hum at dawn").await.unwrap();
        let there = signed_in(&session).await;
        let question = passkeys::start_add(&app, &there).await.unwrap();
        let made = key.create(&question.options).unwrap().to_string();
        passkeys::finish_add(&app, &there, &question.id.to_string(), &made).await.unwrap();
        email_change::request(&app, &Ctx { now: now() + days(1), ..as_agent(&anna) }, address("next@example.com"), Some("violet trains hum at dawn")).await.unwrap();
        let pending = email_change::pending(&app, &late).await.unwrap().unwrap();

        let look = Ctx { now: now() + days(2), ..anonymous() };
        assert_eq!(email_undo::look_up(&app, &look, &token).await.unwrap().as_str(), "anna@example.com");
        assert_eq!(find(&app, "anna").await.unwrap().email.as_str(), "thief@example.com", "looking changes nothing");
        assert_eq!(undo(&app, days(2), &token).await.unwrap().as_str(), "anna@example.com");

        assert_eq!(find(&app, "anna").await.unwrap().email.as_str(), "anna@example.com");
        assert!(sessions::recognise(&app, look.now, &session).await.unwrap().is_none(), "sessions end");
        assert!(api_tokens::recognise(&app, look.now, &api).await.unwrap().is_none(), "API tokens end");
        let question = passkeys::start_sign_in(&app, &look).await.unwrap();
        let answer = key.get(&question.options).unwrap().to_string();
        let by_passkey = passkeys::finish_sign_in(&app, &look, &question.id.to_string(), &answer, "").await;
        assert!(matches!(by_passkey, Err(Error::WrongCredentials)), "passkeys end");
        let dead = email_change::confirm_link(&app, &look, &app.secrets().email_link(pending.id)).await;
        assert!(is_dead(&dead), "{dead:?}");
        for email in ["anna@example.com", "thief@example.com"] {
            let refused = common::sign_in(&app, &look, email, "violet trains hum at dawn").await;
            assert!(matches!(refused, Err(Error::WrongCredentials)), "the password is forgotten");
        }
        assert!(is_dead(&undo(&app, days(2), &token).await), "it works once");

        let messages = Arc::new(Recorder::default()).drain(&app, last_day).await;
        let kinds: Vec<_> = messages.iter().map(|(row, mail)| (row.kind.as_str(), mail.to.as_str())).collect();
        assert!(kinds.contains(&("email_restored", "thief@example.com")), "{kinds:?}");
        let (_, mail) = messages.iter().find(|(row, _)| row.kind == "password_reset").unwrap();
        assert_eq!(mail.to, "anna@example.com");
        let reset = token_in(mail, "/reset/");
        password_reset::finish(&app, &look, &reset, "amber kettles drift north", false).await.unwrap();
        common::sign_in(&app, &look, "anna@example.com", "amber kettles drift north").await.unwrap();
    }

    async fn sec_a13_the_first_mailbox_has_the_last_word(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let first = change(&app, &anna, days(0), "second@example.com").await;
        let second = change(&app, &anna, days(1), "third@example.com").await;
        assert_eq!(undo(&app, days(2), &first).await.unwrap().as_str(), "anna@example.com");
        assert!(is_dead(&undo(&app, days(2), &second).await), "a later mailbox cannot take it again");
    }

    async fn sec_a13_a_later_address_is_undone_without_losing_the_earlier_link(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let first = change(&app, &anna, days(0), "second@example.com").await;
        let second = change(&app, &anna, days(1), "third@example.com").await;
        assert_eq!(undo(&app, days(2), &second).await.unwrap().as_str(), "second@example.com");
        assert_eq!(undo(&app, days(3), &first).await.unwrap().as_str(), "anna@example.com");
    }

    async fn sec_a13_the_old_address_is_kept_for_seven_days(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let token = change(&app, &anna, days(0), "second@example.com").await;
        let newcomer = |at: SignedDuration| {
            let app = app.clone();
            async move {
                let new = NewAgent {
                    name: FullName::parse("Ben Ode").unwrap(),
                    email: address("Anna@example.com"),
                    password: PASSWORD.into(),
                    role: Role::Agent,
                    time_zone: ZoneId::utc(),
                    slug: None,
                };
                add::add(&app, now() + at, new).await
            }
        };
        let refused = newcomer(days(6)).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid(problems) if problems.iter().any(|one| one.problem == Problem::EmailTaken)), "{refused:?}");
        assert!(is_dead(&undo(&app, days(7), &token).await), "seven days and no more");
        newcomer(days(7)).await.unwrap();
    }

    async fn sec_r19_of_twenty_uses_at_once_one_counts(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let token = change(&app, &anna, days(0), "second@example.com").await;
        let uses: Vec<_> = (0..20)
            .map(|_| {
                let (app, token) = (app.clone(), token.clone());
                tokio::spawn(async move { undo(&app, days(1), &token).await })
            })
            .collect();
        let mut worked = 0;
        for one in uses {
            match one.await.unwrap() {
                Ok(_) => worked += 1,
                Err(Error::Refused(Refusal::LinkDead)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(worked, 1);
    }
}
