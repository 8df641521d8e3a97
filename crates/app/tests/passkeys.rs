//! Passkeys (`ux.md` S-10, S-11; `security.md` P6, A7, A9, A10).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, as_agent, now, with_limits};
use jiff::SignedDuration;
use nameplate_app::accounts::data::{self, MeetingsUntil};
use nameplate_app::accounts::passkeys::{self, Question};
use nameplate_app::accounts::sessions::{self, Browser, Entered};
use nameplate_app::accounts::{password, two_step};
use nameplate_app::audit::{self, Event};
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::{App, Ctx, Error, Refusal};
use nameplate_domain::account::{Agent, AgentStatus, PasskeyName};
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use nameplate_testkit::tools::totp_codes;
use std::sync::Arc;

const ORIGIN: &str = "https://meet.example.com";
const HOST: &str = "meet.example.com";

fn passkey() -> Passkey {
    Passkey::new(ORIGIN, HOST).unwrap()
}

/// Signs in by the password, and shows anew who it is.
async fn signed_in(app: &App, agent: &Agent) -> Ctx {
    let ctx = by_password(app, agent).await;
    in_session(app, &passkeys::confirm_by_password(app, &ctx, PASSWORD).await.unwrap()).await
}

async fn by_password(app: &App, agent: &Agent) -> Ctx {
    let browser = Browser { user_agent: "laptop", known: None };
    let token = sessions::sign_in(app, &anonymous(), agent.email.as_str(), PASSWORD, browser).await.unwrap();
    in_session(app, &common::entered(token).session).await
}

async fn in_session(app: &App, token: &str) -> Ctx {
    Ctx { actor: sessions::recognise(app, now(), token).await.unwrap().unwrap().actor(), ..anonymous() }
}

async fn add(app: &App, ctx: &Ctx, passkey: &mut Passkey) -> Result<String, Error> {
    let question = passkeys::start_add(app, ctx).await?;
    let answer = passkey.create(&question.options).unwrap().to_string();
    let row = passkeys::finish_add(app, ctx, &question.id.to_string(), &answer).await?;
    Ok(row.id.to_string())
}

async fn ask(app: &App) -> Question {
    passkeys::start_sign_in(app, &anonymous()).await.unwrap()
}

async fn answer(app: &App, ctx: &Ctx, question: &Question, passkey: &mut Passkey) -> Result<String, Error> {
    let answer = passkey.get(&question.options).unwrap().to_string();
    let signed_in = passkeys::finish_sign_in(app, ctx, &question.id.to_string(), &answer, "phone").await?;
    Ok(common::entered(signed_in).session)
}

async fn sign_in(app: &App, passkey: &mut Passkey) -> Result<String, Error> {
    answer(app, &anonymous(), &ask(app).await, passkey).await
}

fn is_wrong<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::WrongCredentials))
}

fn is_dead<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refused(Refusal::LinkDead)))
}

/// What the log of an account tells, the newest first.
async fn events(app: &App, agent: &Agent) -> Vec<Event> {
    let entries = audit::list(app, &as_agent(agent), None).await.unwrap().entries;
    entries.into_iter().filter_map(|entry| entry.event).collect()
}

/// What makes a passkey answer wrongly.
type Bend = fn(&mut Passkey);

both_engines! {
    async fn s_10_a_passkey_is_added_signs_in_is_named_and_removed(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let mut phone = passkey();
        phone.aaguid = *uuid::uuid!("bada5566-a7aa-401f-bd96-45619a55120d").as_bytes();
        let id = add(&app, &ctx, &mut phone).await.unwrap();
        let listed = passkeys::list(&app, &ctx).await.unwrap();
        assert_eq!(listed.iter().map(|one| one.passkey.name.as_str()).collect::<Vec<_>>(), ["1Password"]);
        assert!(!listed[0].is_this && listed[0].passkey.last_used_at.is_none());

        let session = sign_in(&app, &mut phone).await.unwrap();
        let by_passkey = in_session(&app, &session).await;
        let one = passkeys::find(&app, &by_passkey, &id).await.unwrap();
        assert!(one.is_this && one.passkey.last_used_at == Some(now()));
        assert!(sessions::is_recent(&app, &by_passkey), "a passkey is as fresh a proof as a password");
        assert!(!passkeys::find(&app, &ctx, &id).await.unwrap().is_this, "the other session used the password");

        let name = PasskeyName::parse("My phone").unwrap();
        passkeys::rename(&app, &ctx, &id, name.clone()).await.unwrap();
        assert_eq!(passkeys::find(&app, &ctx, &id).await.unwrap().passkey.name, name);

        passkeys::remove(&app, &ctx, &id).await.unwrap();
        assert!(passkeys::list(&app, &ctx).await.unwrap().is_empty());
        assert!(is_wrong(&sign_in(&app, &mut phone).await));
        assert!(sessions::recognise(&app, now(), &session).await.unwrap().is_none(), "signed out where it was used");

        let told = Arc::new(Recorder::default()).drain(&app, now).await;
        assert_eq!(told.iter().map(|(row, _)| row.kind.as_str()).collect::<Vec<_>>(), ["passkey_added", "passkey_removed"]);
        for (row, message) in told {
            assert_eq!(row.recipient, "anna@example.com");
            let text = String::from_utf8_lossy(&message.raw).replace("=\r\n", "");
            assert!(text.contains(if row.kind == "passkey_added" { "1Password" } else { "My phone" }), "{text}");
        }
    }

    async fn a_31_the_right_passkey_of_a_closed_account_mails_its_link_again(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let mut phone = passkey();
        add(&app, &as_agent(&anna), &mut phone).await.unwrap();
        data::close(&app, &as_agent(&anna), "anna", MeetingsUntil::Now).await.unwrap();
        Arc::new(Recorder::default()).drain(&app, now).await;
        let question = ask(&app).await;
        let answer = phone.get(&question.options).unwrap().to_string();
        let id = question.id.to_string();
        let entered = passkeys::finish_sign_in(&app, &anonymous(), &id, &answer, "phone").await;
        let erased_at = now() + SignedDuration::from_hours(14 * 24);
        assert!(matches!(entered, Ok(Entered::Closed(at, _)) if at == erased_at));
        let told = Arc::new(Recorder::default()).drain(&app, now).await;
        assert_eq!(told.iter().map(|(row, _)| row.kind.as_str()).collect::<Vec<_>>(), ["account_closed"]);
        assert!(!events(&app, &anna).await.contains(&Event::PasskeyRefused), "nothing was refused");

        let question = ask(&app).await;
        phone.verifies = false;
        let answer = phone.get(&question.options).unwrap().to_string();
        let refused = passkeys::finish_sign_in(&app, &anonymous(), &question.id.to_string(), &answer, "phone").await;
        assert!(is_wrong(&refused.map(drop)));
        assert!(Arc::new(Recorder::default()).drain(&app, now).await.is_empty());
        assert!(events(&app, &anna).await.contains(&Event::PasskeyRefused));
    }

    async fn s_11_the_question_leaves_open_where_a_passkey_is_kept(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let options = passkeys::start_add(&app, &ctx).await.unwrap().options;
        let wish = options["authenticatorSelection"].as_object().unwrap();
        assert!(!wish.contains_key("authenticatorAttachment"), "{options}");
        assert_eq!((&wish["residentKey"], &wish["userVerification"]), (&"preferred".into(), &"required".into()));
        assert_eq!(options["rp"]["id"], HOST);
        assert_eq!(options["attestation"], "none");
        let handle = options["user"]["id"].clone();
        assert!(!options["user"]["id"].as_str().unwrap().contains("anna"));

        let mut first = passkey();
        add(&app, &ctx, &mut first).await.unwrap();
        let again = passkeys::start_add(&app, &ctx).await.unwrap().options;
        assert_eq!(again["user"]["id"], handle, "one name for all passkeys of an account");
        assert_eq!(again["excludeCredentials"].as_array().unwrap().len(), 1, "no second one in the same place");

        let asked = ask(&app).await.options;
        assert_eq!(asked["userVerification"], "required");
        assert!(asked["allowCredentials"].as_array().is_none_or(Vec::is_empty), "nobody is named: {asked}");
    }

    async fn sec_p6_an_answer_is_good_once_and_for_five_minutes(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let mut key = passkey();
        add(&app, &ctx, &mut key).await.unwrap();
        let later = |minutes| Ctx { now: now() + SignedDuration::from_mins(minutes), ..anonymous() };

        let question = ask(&app).await;
        assert!(answer(&app, &later(4), &question, &mut key).await.is_ok());
        assert!(is_dead(&answer(&app, &later(4), &question, &mut key).await), "a second time");
        let question = ask(&app).await;
        assert!(is_dead(&answer(&app, &later(5), &question, &mut key).await), "too late");
        assert!(is_dead(&answer(&app, &anonymous(), &question, &mut key).await), "gone by then");

        // A question for one purpose or account does not take an answer for another.
        let (asked, other) = (ask(&app).await, passkeys::start_add(&app, &ctx).await.unwrap());
        let made = passkey().create(&other.options).unwrap().to_string();
        assert!(is_dead(&passkeys::finish_add(&app, &ctx, &asked.id.to_string(), &made).await));
        let bert = signed_in(&app, &agent(&app, "bert").await).await;
        assert!(is_dead(&passkeys::finish_add(&app, &bert, &other.id.to_string(), &made).await));
        let swapped = Question { options: ask(&app).await.options, ..ask(&app).await };
        assert!(is_wrong(&answer(&app, &anonymous(), &swapped, &mut key).await), "the answer to another question");
    }

    async fn sec_a7_every_answer_that_does_not_fit_is_refused_alike(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let mut key = passkey();
        add(&app, &ctx, &mut key).await.unwrap();
        assert!(is_wrong(&sign_in(&app, &mut passkey()).await), "a passkey that nobody added");
        let bent: [(&str, Bend); 3] = [
            ("its owner did not prove to be there", |key| key.verifies = false),
            ("another page", |key| key.origin = "https://meet.example.com.evil.example".into()),
            ("another host", |key| key.host = "evil.example".into()),
        ];
        for (what, bend) in bent {
            let kept = (key.verifies, key.origin.clone(), key.host.clone());
            bend(&mut key);
            assert!(is_wrong(&sign_in(&app, &mut key).await), "{what}");
            let mut new = passkey();
            bend(&mut new);
            assert!(is_wrong(&add(&app, &ctx, &mut new).await), "{what}");
            (key.verifies, key.origin, key.host) = kept;
        }
        for nonsense in ["", "{}", "[]", "null", "{\"id\":\"\"}"] {
            let id = ask(&app).await.id.to_string();
            assert!(is_wrong(&passkeys::finish_sign_in(&app, &anonymous(), &id, nonsense, "").await), "{nonsense}");
        }
        assert!(is_dead(&passkeys::finish_sign_in(&app, &anonymous(), "nonsense", "{}", "").await));
        assert!(sign_in(&app, &mut key).await.is_ok());

        let mut disabled = anna.clone();
        disabled.status = AgentStatus::Disabled;
        app.store().write(move |tx| async move { tx.save_agent(&disabled, now()).await }).await.unwrap();
        assert!(is_wrong(&sign_in(&app, &mut key).await));
    }

    async fn a_counter_that_goes_back_is_refused(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let mut key = passkey();
        key.counter = 7;
        add(&app, &ctx, &mut key).await.unwrap();
        key.counter = 9;
        assert!(sign_in(&app, &mut key).await.is_ok());
        for back in [8, 9] {
            key.counter = back;
            assert!(is_wrong(&sign_in(&app, &mut key).await), "{back}");
        }
        key.counter = 10;
        assert!(sign_in(&app, &mut key).await.is_ok());
    }

    async fn sec_a16_a_passkey_is_both_steps_and_the_password_alone_is_not(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let mut key = passkey();
        add(&app, &ctx, &mut key).await.unwrap();
        let set_up = two_step::begin(&app, &ctx).await.unwrap();
        let code = totp_codes(&set_up.secret, &[now().as_second()]).remove(0);
        two_step::turn_on(&app, &ctx, &set_up.sealed, &code, None).await.unwrap();

        let browser = Browser { user_agent: "laptop", known: None };
        let by_password = sessions::sign_in(&app, &anonymous(), anna.email.as_str(), PASSWORD, browser).await.unwrap();
        assert!(matches!(by_password, Entered::CodeAsked(_)));
        let by_passkey = in_session(&app, &sign_in(&app, &mut key).await.unwrap()).await;
        assert_eq!(by_passkey.agent().unwrap(), anna.id);
        key.verifies = false;
        assert!(is_wrong(&sign_in(&app, &mut key).await), "without finger, face or PIN it is one step");
    }

    async fn adding_and_removing_need_a_recent_proof_and_a_passkey_is_one(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let fresh = signed_in(&app, &anna).await;
        let mut key = passkey();
        let id = add(&app, &fresh, &mut key).await.unwrap();
        let stale = Ctx { now: now() + SignedDuration::from_mins(16), ..fresh };
        let asks = |result: Result<(), Error>| matches!(result, Err(Error::ReauthenticationRequired));
        let found_signed_in = by_password(&app, &anna).await;
        assert!(asks(passkeys::start_add(&app, &found_signed_in).await.map(drop)), "a sign-in of just now is not enough");
        let by_passkey = in_session(&app, &sign_in(&app, &mut key).await.unwrap()).await;
        assert!(asks(passkeys::start_add(&app, &by_passkey).await.map(drop)));
        let changed = password::change(&app, &by_passkey, None, "violet trains hum at dawn", false).await;
        assert!(asks(changed), "nor is a passkey at the sign-in");
        assert!(asks(passkeys::start_add(&app, &stale).await.map(drop)));
        assert!(asks(passkeys::remove(&app, &stale, &id).await));

        let question = passkeys::start_confirm(&app, &stale).await.unwrap();
        assert_eq!(question.options["allowCredentials"].as_array().unwrap().len(), 1);
        let made = key.get(&question.options).unwrap().to_string();
        let token = passkeys::finish_confirm(&app, &stale, &question.id.to_string(), &made).await.unwrap();
        assert!(is_dead(&passkeys::finish_confirm(&app, &stale, &question.id.to_string(), &made).await));
        let renewed = Ctx { now: stale.now, ..in_session(&app, &token).await };
        passkeys::start_add(&app, &renewed).await.unwrap();
        passkeys::remove(&app, &renewed, &id).await.unwrap();

        assert!(matches!(passkeys::start_confirm(&app, &renewed).await, Err(Error::NotFound)), "none is left");
        let wrong = passkeys::confirm_by_password(&app, &renewed, "another password").await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        passkeys::confirm_by_password(&app, &renewed, PASSWORD).await.unwrap();
        let over = passkeys::confirm_by_password(&app, &renewed, PASSWORD).await;
        assert!(matches!(over, Err(Error::NotSignedIn)), "the session has another token now");
    }

    async fn another_agents_passkey_is_none(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bert) = (agent(&app, "anna").await, agent(&app, "bert").await);
        let (ctx, other) = (signed_in(&app, &anna).await, signed_in(&app, &bert).await);
        let mut key = passkey();
        let id = add(&app, &ctx, &mut key).await.unwrap();
        let none = |result: Result<(), Error>| matches!(result, Err(Error::NotFound));
        assert!(none(passkeys::find(&app, &other, &id).await.map(drop)));
        assert!(none(passkeys::rename(&app, &other, &id, PasskeyName::stored("mine")).await));
        assert!(none(passkeys::remove(&app, &other, &id).await));
        assert!(none(passkeys::find(&app, &ctx, "nonsense").await.map(drop)));

        // The same key, offered for a second account.
        let question = passkeys::start_add(&app, &other).await.unwrap();
        let made = key.create(&question.options).unwrap().to_string();
        let known = passkeys::finish_add(&app, &other, &question.id.to_string(), &made).await;
        assert!(matches!(known, Err(Error::Invalid(_))), "{known:?}");
        assert!(is_wrong(&sign_in(&app, &mut key).await), "it now names an account that has not got it");
    }

    async fn s_10_the_last_way_to_sign_in_stays(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        app.store().write(move |tx| async move { tx.forget_password(anna.id).await }).await.unwrap();
        let ctx = as_agent(&anna);
        let (mut one, mut two) = (passkey(), passkey());
        let (first, second) = (add(&app, &ctx, &mut one).await.unwrap(), add(&app, &ctx, &mut two).await.unwrap());
        passkeys::remove(&app, &ctx, &first).await.unwrap();
        let last = passkeys::remove(&app, &ctx, &second).await;
        assert!(matches!(last, Err(Error::Refused(Refusal::LastWayIn))), "{last:?}");
        assert!(sign_in(&app, &mut two).await.is_ok());
    }

    async fn sec_a6_failures_count_for_the_network(database: TestDatabase) {
        let limits = Limits { login_net: vec![Rate::new(2, 15)], ..Limits::default() };
        let app = with_limits(&database, limits).await;
        let anna = agent(&app, "anna").await;
        let ctx = signed_in(&app, &anna).await;
        let mut key = passkey();
        add(&app, &ctx, &mut key).await.unwrap();
        for _ in 0..3 {
            assert!(sign_in(&app, &mut key).await.is_ok(), "a success costs nothing");
        }
        for _ in 0..2 {
            assert!(is_wrong(&sign_in(&app, &mut passkey()).await));
        }
        assert!(matches!(sign_in(&app, &mut key).await, Err(Error::Limited(_))));
    }
}

#[tokio::test]
async fn a_server_at_an_ip_address_has_no_passkeys() {
    let database = nameplate_testkit::engines::TestDatabase::sqlite();
    let store = nameplate_store::Store::open(database.url()).await.unwrap();
    let named = app(&database).await;
    let mut settings = named.settings().clone();
    assert!(passkeys::are_possible(&named));
    (settings.public_url, settings.host) = ("http://127.0.0.1:8080".into(), "127.0.0.1".into());
    let (secrets, passwords) = (named.secrets().clone(), named.passwords().clone());
    let app = App::new(store, named.tzdb().clone(), secrets, passwords, settings);
    assert!(!passkeys::are_possible(&app));
    assert!(matches!(passkeys::start_sign_in(&app, &anonymous()).await, Err(Error::NotFound)));
}
