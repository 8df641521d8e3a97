//! What the activity tells of tries that led nowhere, and that it is not filled with them (`security.md` A16, D1, D2).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::owner::*;
use common::{PASSWORD, agent, anonymous, app, as_agent, now};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::sessions::{self, Browser, Entered};
use nameplate_app::accounts::{passkeys, password, unfinished};
use nameplate_app::audit::{self, By, Entry, Event, Verdict};
use nameplate_app::{App, Ctx, Error};
use nameplate_domain::account::Agent;
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use nameplate_testkit::past::past_the_store;

async fn entries(app: &App, agent: &Agent, event: Event) -> Vec<Entry> {
    let page = audit::list(app, &as_agent(agent), None).await.unwrap();
    page.entries.into_iter().filter(|entry| entry.event == Some(event)).collect()
}

async fn wrong(app: &App, email: &str, net: String, now: Timestamp) {
    let ctx = Ctx { net, now, ..anonymous() };
    let browser = Browser { user_agent: "test", known: None };
    let outcome = sessions::sign_in(app, &ctx, email, "wrong", browser).await;
    assert!(matches!(outcome, Err(Error::WrongCredentials)));
}

/// The first step, from a place of its own.
async fn first_from(app: &App, net: &str) -> String {
    let ctx = Ctx { net: net.into(), ..at(1) };
    let browser = Browser { user_agent: "Chrome", known: None };
    match sessions::sign_in(app, &ctx, "anna@example.com", PASSWORD, browser).await.unwrap() {
        Entered::CodeAsked(token) => token,
        Entered::Session(_) | Entered::Closed(..) => String::new(),
    }
}

both_engines! {
    async fn sec_d2_a_right_password_without_a_code_is_told_of_once(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        first_from(&app, "198.51.100.1").await;
        let refused = first_from(&app, "198.51.100.2").await;
        assert!(second(&app, 1, &refused, "000000").await.is_err());
        let finished = first_from(&app, "198.51.100.3").await;
        second(&app, 1, &finished, &owner.shown(1)).await.unwrap();
        unfinished::sweep(&app, at(11).now).await.unwrap();
        assert!(entries(&app, &owner.agent, Event::SecondStepMissed).await.is_empty(), "it may still come");
        assert_eq!(waits(&app, &owner.agent).await, 2);

        for _ in 0..2 {
            unfinished::sweep(&app, at(12).now).await.unwrap();
            let told = entries(&app, &owner.agent, Event::SecondStepMissed).await;
            assert_eq!(told.len(), 1, "{told:?}");
            let one: Vec<_> =
                told.iter().map(|one| (one.detail.net.as_str(), one.detail.device.as_str(), one.by)).collect();
            assert_eq!(one, [("198.51.100.1", "Chrome", By::Visitor)]);
            assert!(told.iter().all(|one| one.at == at(1).now), "when it was, not when it was noticed");
        }
        assert_eq!(waits(&app, &owner.agent).await, 0);
        assert_eq!(entries(&app, &owner.agent, Event::SecondFactorRefused).await.len(), 1);
        assert!(matches!(audit::verify(&app).await.unwrap(), Verdict::Whole(_)));
    }

    async fn sec_a16_an_account_keeps_few_first_steps_and_the_newest(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let oldest = pending(&app, 1).await;
        for _ in 0..100 {
            pending(&app, 2).await;
        }
        assert!(is_dead(&second(&app, 2, &oldest, &owner.shown(2)).await));
        let newest = pending(&app, 2).await;
        second(&app, 2, &newest, &owner.shown(2)).await.unwrap();
    }

    async fn sec_d2_a_passkey_that_is_refused_is_told_of(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = as_agent(&anna);
        let mut key = Passkey::new("https://meet.example.com", "meet.example.com").unwrap();
        let question = passkeys::start_add(&app, &ctx).await.unwrap();
        let answer = key.create(&question.options).unwrap().to_string();
        passkeys::finish_add(&app, &ctx, &question.id.to_string(), &answer).await.unwrap();
        key.verifies = false;
        let question = passkeys::start_sign_in(&app, &anonymous()).await.unwrap();
        let answer = key.get(&question.options).unwrap().to_string();
        let id = question.id.to_string();
        assert!(passkeys::finish_sign_in(&app, &anonymous(), &id, &answer, "phone").await.is_err());
        let told = entries(&app, &anna, Event::PasskeyRefused).await;
        assert_eq!(told.iter().map(|one| one.by).collect::<Vec<_>>(), [By::Visitor]);

        let question = passkeys::start_confirm(&app, &ctx).await.unwrap();
        let answer = key.get(&question.options).unwrap().to_string();
        assert!(passkeys::finish_confirm(&app, &ctx, &question.id.to_string(), &answer).await.is_err());
        assert_eq!(entries(&app, &anna, Event::PasskeyRefused).await.len(), 2);
    }

    async fn sec_d1_many_refused_sign_ins_do_not_fill_the_log(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        for _ in 0..12 {
            wrong(&app, "anna@example.com", "198.51.100.1".into(), now()).await;
            wrong(&app, "nobody@example.com", "198.51.100.1".into(), now()).await;
        }
        assert_eq!(entries(&app, &anna, Event::SignInRefused).await.len(), 5, "from one network");
        for n in 0..40 {
            wrong(&app, "anna@example.com", format!("203.0.113.{n}"), now()).await;
        }
        assert_eq!(entries(&app, &anna, Event::SignInRefused).await.len(), 24, "from all together");
        let later = now() + SignedDuration::from_hours(3);
        for n in 0..40 {
            wrong(&app, "anna@example.com", format!("203.0.113.{n}"), later).await;
        }
        assert_eq!(entries(&app, &anna, Event::SignInRefused).await.len(), 27, "one more an hour");
        // Nothing of that hides what is of another kind.
        assert!(password::change(&app, &as_agent(&anna), "wrong", "violet trains hum", false).await.is_err());
        assert_eq!(entries(&app, &anna, Event::ReauthenticationRefused).await.len(), 1);
    }

    async fn sec_d1_what_is_personal_goes_after_its_time_and_the_chain_holds(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let keep = app.settings().audit_details;
        wrong(&app, "anna@example.com", "198.51.100.1".into(), now()).await;
        let young = now() + SignedDuration::from_hours(1);
        wrong(&app, "anna@example.com", "198.51.100.2".into(), young).await;
        assert_eq!(audit::forget_old(&app, now() + keep).await.unwrap(), 0);
        assert_eq!(audit::forget_old(&app, young + keep).await.unwrap(), 2, "the account's beginning, one refusal");
        let nets = entries(&app, &anna, Event::SignInRefused).await;
        let nets: Vec<_> = nets.iter().map(|one| one.detail.net.as_str()).collect();
        assert_eq!(nets, ["198.51.100.2", ""]);
        assert_eq!(audit::verify(&app).await.unwrap(), Verdict::Whole(3));
    }

    async fn sec_d2_an_entry_of_a_newer_release_hides_no_other(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let sql = format!(
            "INSERT INTO audit_log (sequence, happened_at, account, actor_kind, actor_id, event, detail, detail_hash, chain)
             SELECT 2, happened_at, '{}', 'robot', NULL, 'tea_made', '[]', detail_hash, chain FROM audit_log", anna.id);
        assert_eq!(past_the_store(database.url(), &sql).await, None);
        let page = audit::list(&app, &as_agent(&anna), None).await.unwrap();
        let read: Vec<_> = page.entries.iter().map(|one| (one.event, one.name.as_str(), one.by)).collect();
        let known = (Some(Event::AccountAdded), "account_added", By::CommandLine);
        assert_eq!(read, [(None, "tea_made", By::Unknown), known]);
    }
}

async fn waits(app: &App, agent: &Agent) -> usize {
    let id = agent.id;
    let far = at(1_000).now;
    let all = app.store().read(|tx| async move { tx.old_pending_sign_ins(far).await }).await.unwrap();
    all.iter().filter(|one| one.agent_id == id).count()
}
