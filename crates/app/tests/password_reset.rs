//! A forgotten password (`security.md` A5, A7, A10).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, as_agent, now, with_limits};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::{email_change, password, password_reset, sessions};
use nameplate_app::limits::Limits;
use nameplate_app::{App, Ctx, Error, Refusal};
use nameplate_domain::account::EmailAddress;
use nameplate_testkit::both_engines;
use std::sync::Arc;

const NEW: &str = "violet trains hum at dawn";

async fn ask(app: &App, address: &str) -> Result<(), Error> {
    password_reset::request(app, &anonymous(), EmailAddress::parse(address).unwrap()).await
}

/// The token of the link in the only message that is due, and the address that it goes to.
async fn mailed(app: &App, at: fn() -> Timestamp) -> (String, String) {
    let messages = Arc::new(Recorder::default()).drain(app, at).await;
    assert_eq!(messages.len(), 1);
    let (_, message) = &messages[0];
    let raw = String::from_utf8(message.raw.clone()).unwrap().replace("=\r\n", "");
    let link = raw.split_once("https://meet.example.com/reset/").unwrap().1;
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (link.split(|c| !is_of_token(c)).next().unwrap().to_owned(), message.to.clone())
}

fn after(minutes: i64) -> Ctx {
    Ctx { now: now() + SignedDuration::from_mins(minutes), ..anonymous() }
}

fn is_dead<T: std::fmt::Debug>(outcome: &Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Refused(Refusal::LinkDead))), "{outcome:?}");
}

both_engines! {
    async fn sec_a5_a_link_sets_a_new_password_once_and_signs_everybody_out(database: TestDatabase) {
        let app = app(&database).await;
        agent(&app, "anna").await;
        let session = common::sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        ask(&app, "ANNA@example.com").await.unwrap();
        let (token, to) = mailed(&app, now).await;
        assert_eq!(to, "anna@example.com", "the address as the account has it");
        let short = password_reset::finish(&app, &after(29), &token, "short", false).await;
        assert!(matches!(short, Err(Error::Invalid(_))), "{short:?}");
        password_reset::finish(&app, &after(29), &token, NEW, false).await.unwrap();
        assert!(sessions::recognise(&app, now(), &session).await.unwrap().is_none());
        common::sign_in(&app, &anonymous(), "anna@example.com", NEW).await.unwrap();
        is_dead(&password_reset::look_up(&app, &after(29), &token).await);
        is_dead(&password_reset::finish(&app, &after(29), &token, "another one entirely here", false).await);
        let told = Arc::new(Recorder::default()).drain(&app, || now() + SignedDuration::from_mins(30)).await;
        assert_eq!(told.iter().map(|(row, _)| row.kind.as_str()).collect::<Vec<_>>(), ["password_changed"]);
    }

    async fn sec_a5_a_link_dies_by_age_by_a_newer_one_and_by_every_change_of_the_credentials(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        ask(&app, "anna@example.com").await.unwrap();
        let (first, _) = mailed(&app, now).await;
        is_dead(&password_reset::look_up(&app, &after(30), &first).await);
        password_reset::request(&app, &after(1), anna.email.clone()).await.unwrap();
        let (second, _) = mailed(&app, || now() + SignedDuration::from_mins(1)).await;
        is_dead(&password_reset::look_up(&app, &after(2), &first).await);
        assert_eq!(password_reset::look_up(&app, &after(2), &second).await.unwrap().id, anna.id);
        password::change(&app, &as_agent(&anna), PASSWORD, NEW, false).await.unwrap();
        is_dead(&password_reset::look_up(&app, &after(2), &second).await);
        is_dead(&password_reset::look_up(&app, &after(2), "nonsense").await);
    }

    async fn sec_a5_a_link_dies_with_the_address_it_went_to(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        ask(&app, "anna@example.com").await.unwrap();
        let (token, _) = mailed(&app, now).await;
        let ctx = as_agent(&anna);
        email_change::request(&app, &ctx, EmailAddress::parse("new@example.com").unwrap(), None).await.unwrap();
        let change = email_change::pending(&app, &ctx).await.unwrap().unwrap();
        email_change::confirm_link(&app, &ctx, &app.secrets().email_link(change.id)).await.unwrap();
        is_dead(&password_reset::look_up(&app, &after(1), &token).await);
    }

    async fn sec_a7_an_address_that_nobody_has_is_answered_alike_and_gets_no_mail(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        agent(&app, "anna").await;
        for n in 0..5 {
            ask(&app, "nobody@example.com").await.unwrap();
            ask(&app, "anna@example.com").await.unwrap_or_else(|error| panic!("{n}: {error:?}"));
        }
        let sent = Arc::new(Recorder::default()).drain(&app, now).await;
        assert_eq!(sent.len(), 3, "the burst of reset_address, for the one who is there");
        let eleventh = ask(&app, "somebody@example.com").await;
        assert!(matches!(eleventh, Err(Error::Limited(_))), "{eleventh:?}");
    }

    async fn sec_a5_a_second_try_of_the_mail_does_not_revive_its_link(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        agent(&app, "anna").await;
        ask(&app, "anna@example.com").await.unwrap();
        *sent.answers.lock().unwrap() = vec![nameplate_app::outbox::Delivery::Temporary { answer: "451".into() }];
        let first = sent.drain(&app, now).await;
        let raw = String::from_utf8(first[0].1.raw.clone()).unwrap().replace("=\r\n", "");
        let token: String = raw.split_once("/reset/").unwrap().1.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        password_reset::finish(&app, &after(1), &token, NEW, false).await.unwrap();
        let later = sent.drain(&app, || now() + SignedDuration::from_mins(5)).await;
        assert!(later.iter().all(|(row, _)| row.kind == "password_changed"), "no link that is used already");
        is_dead(&password_reset::look_up(&app, &after(6), &token).await);
    }
}
