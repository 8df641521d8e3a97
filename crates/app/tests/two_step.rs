//! Signing in by two steps (`security.md` A5, A16, R5, P1, P6).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::owner::*;
use common::{PASSWORD, app, entered, now, with_limits};
use nameplate_app::Error;
use nameplate_app::accounts::sessions;
use nameplate_app::accounts::sessions::Entered;
use nameplate_app::accounts::{password, password_reset, two_step};
use nameplate_app::limits::Limits;
use nameplate_domain::account::{EmailAddress, Problem};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;

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
                    Ok(Entered::Session(_) | Entered::Closed(..)) => panic!("{password_is} password entered without a code"),
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
        let proof = both(PASSWORD, &owner.codes[8]);
        password::change(&app, &session(&app, &owner.here, 20).await, proof, new, false).await.unwrap();
        assert!(is_dead(&second(&app, 20, &before_change, &owner.shown(20)).await));

        let Entered::CodeAsked(before_off) = first(&app, 21, new).await.unwrap() else { panic!("no code was asked for") };
        let code = owner.codes[9].clone();
        two_step::turn_off(&app, &session(&app, &owner.here, 21).await, both(new, &code), "").await.unwrap();
        assert!(is_dead(&second(&app, 21, &before_off, &owner.shown(21)).await));
        entered(first(&app, 22, new).await.unwrap());
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
