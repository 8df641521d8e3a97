//! Two-step sign-in (`security.md` A1, A16, R5, P1, P6). The codes are made by a library that is not ours.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, entered, now, sign_in, with_limits};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::sessions::{self, Browser, Entered, Proof};
use nameplate_app::accounts::{email_change, password, password_reset, two_step};
use nameplate_app::limits::Limits;
use nameplate_app::{Actor, App, Ctx, Error, Refusal};
use nameplate_domain::account::{Agent, EmailAddress, Problem};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::tools::totp_codes;
use std::sync::Arc;

const SHORT: &str = "otter-42";
const BROWSER: Browser<'_> = Browser { user_agent: "test", known: None };

/// An account with two-step sign-in, and what its owner has.
struct Owner {
    agent: Agent,
    secret: String,
    codes: Vec<String>,
    /// The session in which it was turned on.
    here: String,
}

/// So many minutes after the start of a test.
fn at(minutes: i64) -> Ctx {
    Ctx { now: now() + SignedDuration::from_mins(minutes), ..anonymous() }
}

async fn session(app: &App, token: &str, minutes: i64) -> Ctx {
    let ctx = at(minutes);
    let recognised = sessions::recognise(app, ctx.now, token).await.unwrap().unwrap();
    Ctx { actor: recognised.actor(), ..ctx }
}

/// What the app shows so many minutes after the start of a test.
fn shown(secret: &str, minutes: i64) -> String {
    totp_codes(secret, &[at(minutes).now.as_second()]).remove(0)
}

impl Owner {
    async fn new(app: &App) -> Self {
        let agent = agent(app, "anna").await;
        let here = sign_in(app, &at(0), "anna@example.com", PASSWORD).await.unwrap();
        let ctx = session(app, &here, 0).await;
        let set_up = two_step::begin(app, &ctx).await.unwrap();
        let code = shown(&set_up.secret, 0);
        let codes = two_step::turn_on(app, &ctx, &set_up.sealed, &code, None).await.unwrap();
        Self { agent, secret: set_up.secret, codes, here }
    }

    fn shown(&self, minutes: i64) -> String {
        shown(&self.secret, minutes)
    }

    /// By an API token, which is no session.
    fn by_token(&self, minutes: i64) -> Ctx {
        Ctx { actor: Actor::Agent { id: self.agent.id, role: self.agent.role, session: None }, ..at(minutes) }
    }
}

async fn first(app: &App, minutes: i64, password: &str) -> Result<Entered, Error> {
    sessions::sign_in(app, &at(minutes), "anna@example.com", password, BROWSER).await
}

/// The first step, taken.
async fn pending(app: &App, minutes: i64) -> String {
    match first(app, minutes, PASSWORD).await.unwrap() {
        Entered::CodeAsked(token) => token,
        Entered::Session(_) => panic!("no code was asked for"),
    }
}

async fn second(app: &App, minutes: i64, pending: &str, code: &str) -> Result<String, Error> {
    two_step::finish_sign_in(app, &at(minutes), pending, code, "test")
        .await
        .map(|signed_in| signed_in.session)
}

async fn count_sessions(app: &App, agent: &Agent) -> usize {
    let id = agent.id;
    app.store().read(|tx| async move { tx.sessions_of(id).await }).await.unwrap().len()
}

/// The field that was refused, and why.
fn refused<T>(outcome: Result<T, Error>) -> (String, Problem) {
    match outcome {
        Err(Error::Invalid(problems)) => (problems[0].pointer.clone(), problems[0].problem.clone()),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was granted"),
    }
}

fn is_dead<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Refused(Refusal::LinkDead)))
}

/// The kinds of the messages that are due.
async fn told(app: &App, at: fn() -> Timestamp) -> Vec<String> {
    let sent = Arc::new(Recorder::default()).drain(app, at).await;
    assert!(sent.iter().all(|(_, message)| message.to == "anna@example.com"));
    sent.into_iter().map(|(row, _)| row.kind).collect()
}

fn later() -> Timestamp {
    now() + SignedDuration::from_hours(48)
}

both_engines! {
    async fn sec_r5_only_the_right_password_with_the_right_code_enters(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let used = pending(&app, 1).await;
        second(&app, 1, &used, &owner.codes[0]).await.unwrap();
        let replayed = owner.shown(0);
        let right = |minutes| owner.shown(minutes);
        let mut minutes = 5;
        let mut entered = Vec::new();
        for (password_is, password) in [("right", PASSWORD), ("wrong", "wrong password here"), ("absent", "")] {
            for second_is in ["right", "wrong", "absent", "replayed", "recovery", "wrong recovery", "used recovery"] {
                minutes += 1;
                let code = match second_is {
                    "right" => right(minutes),
                    "wrong" => right(minutes + 60),
                    "replayed" => replayed.clone(),
                    "recovery" => owner.codes[if password_is == "right" { 1 } else { 2 }].clone(),
                    "wrong recovery" => "ABCD-EFGH-IJKL-MNOP-QRST-2345".to_owned(),
                    "used recovery" => owner.codes[0].clone(),
                    _ => String::new(),
                };
                let before = count_sessions(&app, &owner.agent).await;
                // Who has no first step tries with what they can have: nothing, an old one, a guess.
                let tokens = match first(&app, minutes, password).await {
                    Ok(Entered::CodeAsked(token)) => vec![token],
                    Ok(Entered::Session(_)) => panic!("{password_is} password entered without a code"),
                    Err(Error::WrongCredentials) => vec![String::new(), used.clone(), "guess".to_owned()],
                    Err(other) => panic!("{other:?}"),
                };
                for token in tokens {
                    if second(&app, minutes, &token, &code).await.is_ok() {
                        entered.push((password_is, second_is));
                    }
                }
                let made = count_sessions(&app, &owner.agent).await - before;
                let should = password_is == "right" && ["right", "recovery"].contains(&second_is);
                assert_eq!(made, usize::from(should), "{password_is} password, {second_is} code");
            }
        }
        assert_eq!(entered, [("right", "right"), ("right", "recovery")]);
    }

    async fn sec_a16_a_code_is_good_for_one_session_however_many_try_at_once(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        for (uses, code) in [(50, owner.shown(2)), (20, owner.codes[4].clone())] {
            let before = count_sessions(&app, &owner.agent).await;
            let mut tries = Vec::new();
            for _ in 0..uses {
                let (app, pending, code) = (app.clone(), pending(&app, 2).await, code.clone());
                tries.push(tokio::spawn(async move { second(&app, 2, &pending, &code).await }));
            }
            let mut entered = 0;
            for one in tries {
                match one.await.unwrap() {
                    Ok(_) => entered += 1,
                    outcome => assert_eq!(refused(outcome), ("/code".to_owned(), Problem::CodeWrong)),
                }
            }
            assert_eq!((entered, count_sessions(&app, &owner.agent).await - before), (1, 1), "{uses} uses");
        }
    }

    async fn sec_a16_one_first_step_makes_one_session(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let pending = pending(&app, 2).await;
        assert_eq!(refused(second(&app, 2, &pending, "000000").await), ("/code".to_owned(), Problem::CodeWrong));
        assert_eq!(refused(second(&app, 2, &pending, " ").await), ("/code".to_owned(), Problem::Empty));
        let code = owner.shown(2);
        let typed = format!(" {} {} ", &code[..3], &code[3..]);
        second(&app, 2, &pending, &typed).await.unwrap();
        assert!(is_dead(&second(&app, 2, &pending, &owner.codes[0]).await), "a second session from one first step");
        assert_eq!(two_step::status(&app, &session(&app, &owner.here, 2).await).await.unwrap().unwrap().codes_left, 10);
    }

    async fn sec_a16_a_first_step_dies_by_age_and_with_what_it_proved(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let aged = pending(&app, 1).await;
        assert!(two_step::waits(&app, &at(10), &aged).await.unwrap());
        assert!(!two_step::waits(&app, &at(11), &aged).await.unwrap());
        assert!(is_dead(&second(&app, 11, &aged, &owner.shown(11)).await));
        assert!(sessions::recognise(&app, at(1).now, &aged).await.unwrap().is_none(), "it is no session");

        let before_change = pending(&app, 20).await;
        let new = "violet trains hum at dawn";
        password::change(&app, &session(&app, &owner.here, 20).await, PASSWORD, new, false).await.unwrap();
        assert!(is_dead(&second(&app, 20, &before_change, &owner.shown(20)).await));

        let Entered::CodeAsked(before_off) = first(&app, 21, new).await.unwrap() else { panic!("no code was asked for") };
        two_step::turn_off(&app, &session(&app, &owner.here, 21).await, new, "").await.unwrap();
        assert!(is_dead(&second(&app, 21, &before_off, &owner.shown(21)).await));
        entered(first(&app, 22, new).await.unwrap());
    }

    async fn sec_a16_turning_it_on_takes_a_fresh_sign_in_and_a_right_code(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, other) = (agent(&app, "anna").await, agent(&app, "other").await);
        let here = sign_in(&app, &at(0), "anna@example.com", PASSWORD).await.unwrap();
        let there = sign_in(&app, &at(0), "anna@example.com", PASSWORD).await.unwrap();
        let foreign = sign_in(&app, &at(0), "other@example.com", PASSWORD).await.unwrap();
        let (old, fresh) = (session(&app, &here, 16).await, session(&app, &here, 14).await);
        let set_up = two_step::begin(&app, &old).await.unwrap();
        let code = shown(&set_up.secret, 16);
        let turn_on = |ctx: Ctx, sealed: String, code: String, password: Option<&'static str>| {
            let app = app.clone();
            async move { two_step::turn_on(&app, &ctx, &sealed, &code, password).await }
        };
        let sealed = set_up.sealed.clone();
        let outcome = turn_on(old.clone(), sealed.clone(), code.clone(), None).await;
        assert!(matches!(outcome, Err(Error::ReauthenticationRequired)));
        let wrong = turn_on(old.clone(), sealed.clone(), code.clone(), Some("wrong password here")).await;
        assert_eq!(refused(wrong), ("/current_password".to_owned(), Problem::PasswordWrong));
        for wrong in ["000000", "12345", "ABCD-EFGH-IJKL-MNOP-QRST-2345"] {
            let outcome = turn_on(fresh.clone(), sealed.clone(), wrong.into(), None).await;
            assert_eq!(refused(outcome), ("/code".to_owned(), Problem::CodeWrong), "{wrong}");
        }
        let stolen = turn_on(session(&app, &foreign, 1).await, sealed.clone(), code.clone(), None).await;
        assert!(is_dead(&stolen), "a secret that was shown to somebody else");
        assert!(is_dead(&turn_on(fresh.clone(), format!("{sealed}A"), code.clone(), None).await));
        let late = turn_on(session(&app, &here, 77).await, sealed.clone(), shown(&set_up.secret, 77), Some(PASSWORD)).await;
        assert!(is_dead(&late), "a page that stood open for an hour");
        assert!(two_step::status(&app, &fresh).await.unwrap().is_none());

        assert_eq!(turn_on(old.clone(), sealed.clone(), code.clone(), Some(PASSWORD)).await.unwrap().len(), 10);
        assert!(matches!(turn_on(old.clone(), sealed, code.clone(), Some(PASSWORD)).await, Err(Error::Stale)));
        assert!(matches!(two_step::begin(&app, &old).await, Err(Error::Stale)));
        assert!(sessions::recognise(&app, old.now, &here).await.unwrap().is_some());
        assert!(sessions::recognise(&app, old.now, &there).await.unwrap().is_none(), "it had given one factor only");
        assert!(sessions::recognise(&app, old.now, &foreign).await.unwrap().is_some());
        assert_eq!(told(&app, later).await, ["two_step_on"]);
        let replayed = second(&app, 16, &pending(&app, 16).await, &code).await;
        assert_eq!(refused(replayed), ("/code".to_owned(), Problem::CodeWrong), "the code of the set-up is used up");
        assert_eq!((anna.id == other.id, count_sessions(&app, &anna).await), (false, 1));
    }

    async fn sec_p1_wrong_codes_are_few_and_their_owner_is_told_once(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        let owner = Owner::new(&app).await;
        told(&app, now).await;
        let pending = pending(&app, 1).await;
        for n in 0..5 {
            assert_eq!(refused(second(&app, 1, &pending, "000000").await).1, Problem::CodeWrong, "{n}");
        }
        for code in [owner.shown(1), owner.codes[0].clone()] {
            assert!(matches!(second(&app, 1, &pending, &code).await, Err(Error::Limited(_))), "also the right one");
        }
        assert_eq!(told(&app, later).await, ["two_step_tries"]);
        second(&app, 5, &pending, &owner.shown(5)).await.unwrap();

        let mut judged = 0;
        for minutes in (10..24 * 60).step_by(3) {
            let token = self::pending(&app, minutes).await;
            match second(&app, minutes, &token, "000000").await {
                Err(Error::Limited(_)) => {}
                outcome => { refused(outcome); judged += 1; }
            }
        }
        // The bucket of a day begins full and gains a permit every 48 minutes.
        assert!(judged <= 60, "{judged} tries in a day");
        assert_eq!(told(&app, later).await, Vec::<String>::new(), "one message a day");
    }

    async fn sec_p1_right_codes_cost_no_tries(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        let owner = Owner::new(&app).await;
        for minutes in 1..9 {
            let token = pending(&app, minutes).await;
            second(&app, minutes, &token, &owner.shown(minutes)).await.unwrap();
        }
    }

    async fn sec_a16_recovery_codes_are_counted_told_of_and_voided_by_new_ones(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        told(&app, now).await;
        second(&app, 1, &pending(&app, 1).await, &owner.codes[0].to_lowercase().replace('-', " ")).await.unwrap();
        let sent = Arc::new(Recorder::default()).drain(&app, later).await;
        assert_eq!(sent[0].0.kind, "recovery_code_used");
        assert!(String::from_utf8_lossy(&sent[0].1.raw).contains("9 recovery codes are left"));
        let ctx = session(&app, &owner.here, 1).await;
        assert_eq!(two_step::status(&app, &ctx).await.unwrap().unwrap().codes_left, 9);

        let old = session(&app, &owner.here, 16).await;
        assert!(matches!(two_step::new_codes(&app, &old, None).await, Err(Error::ReauthenticationRequired)));
        let fresh = two_step::new_codes(&app, &old, Some(PASSWORD)).await.unwrap();
        assert_eq!(told(&app, later).await, ["recovery_codes_new"]);
        let voided = second(&app, 16, &pending(&app, 16).await, &owner.codes[1]).await;
        assert_eq!(refused(voided).1, Problem::CodeWrong);
        second(&app, 16, &pending(&app, 16).await, &fresh[9]).await.unwrap();
        assert_eq!(two_step::status(&app, &ctx).await.unwrap().unwrap().codes_left, 9);
    }

    async fn sec_a1_turning_it_off_with_a_short_password_takes_a_longer_one(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let ctx = session(&app, &owner.here, 1).await;
        assert_eq!(password::minimum(&app, owner.agent.id).await.unwrap(), 8);
        assert_eq!(refused(password::change(&app, &ctx, PASSWORD, "otter-4", false).await), ("/new_password".to_owned(), Problem::PasswordTooShort { min: 8 }));
        password::change(&app, &ctx, PASSWORD, SHORT, false).await.unwrap();
        assert!(!password::stands_alone(&app, &ctx).await.unwrap());
        let Entered::CodeAsked(token) = first(&app, 2, SHORT).await.unwrap() else { panic!("no code was asked for") };
        let there = second(&app, 2, &token, &owner.shown(2)).await.unwrap();

        for (current, new, field, problem) in [
            ("", "a quite different passphrase", "/current_password", Problem::Empty),
            ("wrong password here", "a quite different passphrase", "/current_password", Problem::PasswordWrong),
            (SHORT, "", "/new_password", Problem::Empty),
            (SHORT, "still-short-42", "/new_password", Problem::PasswordTooShort { min: 15 }),
        ] {
            let outcome = two_step::turn_off(&app, &ctx, current, new).await;
            assert_eq!(refused(outcome), (field.to_owned(), problem), "{current:?} {new:?}");
        }
        told(&app, later).await;
        two_step::turn_off(&app, &ctx, SHORT, "a quite different passphrase").await.unwrap();
        assert_eq!(told(&app, later).await, ["password_changed", "two_step_off"]);
        assert!(sessions::recognise(&app, ctx.now, &owner.here).await.unwrap().is_some());
        assert!(sessions::recognise(&app, ctx.now, &there).await.unwrap().is_none());
        entered(first(&app, 3, "a quite different passphrase").await.unwrap());
        assert!(matches!(first(&app, 3, SHORT).await, Err(Error::WrongCredentials)));
        assert!(matches!(two_step::turn_off(&app, &ctx, "a quite different passphrase", "").await, Err(Error::Stale)));
        assert!(two_step::status(&app, &ctx).await.unwrap().is_none());
        assert_eq!(password::minimum(&app, owner.agent.id).await.unwrap(), 15);
    }

    async fn sec_a1_turning_it_off_with_a_long_password_keeps_it(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        told(&app, now).await;
        two_step::turn_off(&app, &session(&app, &owner.here, 1).await, PASSWORD, "").await.unwrap();
        assert_eq!(told(&app, later).await, ["two_step_off"]);
        entered(first(&app, 2, PASSWORD).await.unwrap());
    }

    async fn sec_a5_a_reset_password_still_asks_for_the_code(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let email = EmailAddress::parse("anna@example.com").unwrap();
        let link = password_reset::link(&app, at(1).now, email).await.unwrap().unwrap();
        let token = link.rsplit('/').next().unwrap();
        password_reset::finish(&app, &at(1), token, SHORT, false).await.unwrap();
        assert_eq!(count_sessions(&app, &owner.agent).await, 0);
        let Entered::CodeAsked(token) = first(&app, 2, SHORT).await.unwrap() else { panic!("no code was asked for") };
        second(&app, 2, &token, &owner.shown(2)).await.unwrap();
    }

    async fn sec_r34_a_call_by_token_brings_password_and_code(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let new = "violet trains hum at dawn";
        let address = || EmailAddress::parse("new@example.com").unwrap();
        let code = owner.shown(1);
        let both = |password, code| Proof { password, code };
        for proof in [both(None, None), both(Some(PASSWORD), None), both(None, Some(code.as_str()))] {
            let ctx = owner.by_token(1);
            assert!(matches!(password::change(&app, &ctx, proof, new, false).await, Err(Error::ReauthenticationRequired)));
            assert!(matches!(email_change::request(&app, &ctx, address(), proof).await, Err(Error::ReauthenticationRequired)));
        }
        let ctx = owner.by_token(1);
        let outcome = email_change::request(&app, &ctx, address(), both(Some("wrong password here"), Some(&code))).await;
        assert_eq!(refused(outcome), ("/current_password".to_owned(), Problem::PasswordWrong));
        for wrong in ["000000", ""] {
            let outcome = password::change(&app, &ctx, both(Some(PASSWORD), Some(wrong)), new, false).await;
            assert_eq!(refused(outcome).0, "/code", "{wrong:?}");
        }
        email_change::request(&app, &ctx, address(), both(Some(PASSWORD), Some(&code))).await.unwrap();
        let again = password::change(&app, &ctx, both(Some(PASSWORD), Some(&code)), new, false).await;
        assert_eq!(refused(again), ("/code".to_owned(), Problem::CodeWrong), "a code is good for one call");
        password::change(&app, &ctx, both(Some(PASSWORD), Some(&owner.codes[0])), new, false).await.unwrap();
        // A session passed both steps: its password is enough.
        assert!(two_step::begin(&app, &owner.by_token(1)).await.is_err());
        assert!(matches!(two_step::turn_off(&app, &owner.by_token(1), new, "").await, Err(Error::NotSignedIn)));
    }

    async fn sec_a10_whoever_runs_the_server_turns_it_off(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let email = EmailAddress::parse("ANNA@example.com").unwrap();
        let nobody = EmailAddress::parse("nobody@example.com").unwrap();
        assert_eq!(two_step::remove_for(&app, at(1).now, nobody).await.unwrap(), two_step::Removed::Nothing);
        told(&app, now).await;
        assert_eq!(two_step::remove_for(&app, at(1).now, email.clone()).await.unwrap(), two_step::Removed::Off);
        assert_eq!(told(&app, later).await, ["two_step_off"]);
        assert_eq!(count_sessions(&app, &owner.agent).await, 0);
        entered(first(&app, 2, PASSWORD).await.unwrap());
        assert_eq!(two_step::remove_for(&app, at(2).now, email).await.unwrap(), two_step::Removed::Nothing);
    }

    async fn sec_a1_a_password_that_is_too_short_alone_goes_with_it(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        password::change(&app, &session(&app, &owner.here, 1).await, PASSWORD, SHORT, false).await.unwrap();
        let email = EmailAddress::parse("anna@example.com").unwrap();
        let removed = two_step::remove_for(&app, at(1).now, email.clone()).await.unwrap();
        assert_eq!(removed, two_step::Removed::OffWithoutPassword);
        assert!(matches!(first(&app, 2, SHORT).await, Err(Error::WrongCredentials)));
        let link = password_reset::link(&app, at(2).now, email).await.unwrap().unwrap();
        let token = link.rsplit('/').next().unwrap();
        assert_eq!(refused(password_reset::finish(&app, &at(2), token, SHORT, false).await).1, Problem::PasswordTooShort { min: 15 });
        password_reset::finish(&app, &at(2), token, PASSWORD, false).await.unwrap();
        entered(first(&app, 3, PASSWORD).await.unwrap());
    }
}

#[tokio::test]
async fn sec_p6_a_copy_of_the_database_holds_neither_secret_nor_codes() {
    let database = TestDatabase::sqlite();
    let app = app(&database).await;
    let owner = Owner::new(&app).await;
    let token = pending(&app, 1).await;
    let path = database.url().strip_prefix("sqlite:").unwrap().to_owned();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(holds(b"anna@example.com"), "the right file is read");
    for code in &owner.codes {
        assert!(!holds(code.as_bytes()) && !holds(code.replace('-', "").as_bytes()));
    }
    assert!(!holds(owner.secret.as_bytes()) && !holds(token.as_bytes()));
    let raw = owner.secret.bytes().fold((Vec::new(), 0_u32, 0), |(mut raw, bits, count), sign| {
        let value = if sign.is_ascii_uppercase() { sign - b'A' } else { sign - b'2' + 26 };
        let (bits, count) = (bits << 5 | u32::from(value), count + 5);
        if count < 8 {
            return (raw, bits, count);
        }
        raw.push(u8::try_from(bits >> (count - 8) & 0xFF).unwrap());
        (raw, bits & 0xFF, count - 8)
    });
    assert_eq!(raw.0.len(), 20);
    assert!(!holds(&raw.0));
}
