//! Turning two-step sign-in on and off, its recovery codes, and what it asks for later (`security.md` A1, A10, A16, R34).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::owner::*;
use common::{PASSWORD, Recorder, agent, app, entered, now, sign_in};
use jiff::SignedDuration;
use nameplate_app::accounts::api_tokens::{self, NewToken};
use nameplate_app::accounts::sessions::{self, Entered, Proof};
use nameplate_app::accounts::step_up::{self, Asks, Purpose};
use nameplate_app::accounts::{email_change, passkeys, password, password_reset, two_step};
use nameplate_app::{Ctx, Error};
use nameplate_domain::account::{EmailAddress, Problem, TokenName};
use nameplate_testkit::both_engines;
use std::sync::Arc;

both_engines! {
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
        let alone = two_step::new_codes(&app, &old, Some(PASSWORD)).await;
        assert_eq!(refused(alone), ("/code".to_owned(), Problem::Empty), "the password alone");
        let code = owner.shown(16);
        let fresh = two_step::new_codes(&app, &old, both(PASSWORD, &code)).await.unwrap();
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

        let (code, long) = (owner.codes[0].as_str(), "a quite different passphrase");
        for (current, code, new, field, problem) in [
            ("", code, long, "/current_password", Problem::Empty),
            ("wrong password here", code, long, "/current_password", Problem::PasswordWrong),
            (SHORT, "", long, "/code", Problem::Empty),
            (SHORT, "000000", long, "/code", Problem::CodeWrong),
            (SHORT, code, "", "/new_password", Problem::Empty),
            (SHORT, code, "still-short-42", "/new_password", Problem::PasswordTooShort { min: 15 }),
        ] {
            let outcome = two_step::turn_off(&app, &ctx, both(current, code), new).await;
            assert_eq!(refused(outcome), (field.to_owned(), problem), "{current:?} {code:?} {new:?}");
        }
        assert!(two_step::status(&app, &ctx).await.unwrap().unwrap().codes_left == 10, "no slip cost a code");
        told(&app, later).await;
        two_step::turn_off(&app, &ctx, both(SHORT, code), long).await.unwrap();
        assert_eq!(told(&app, later).await, ["recovery_code_used", "password_changed", "two_step_off"]);
        assert!(sessions::recognise(&app, ctx.now, &owner.here).await.unwrap().is_some());
        assert!(sessions::recognise(&app, ctx.now, &there).await.unwrap().is_none());
        entered(first(&app, 3, "a quite different passphrase").await.unwrap());
        assert!(matches!(first(&app, 3, SHORT).await, Err(Error::WrongCredentials)));
        assert!(matches!(two_step::turn_off(&app, &ctx, both(long, code), "").await, Err(Error::Stale)));
        assert!(two_step::status(&app, &ctx).await.unwrap().is_none());
        assert_eq!(password::minimum(&app, owner.agent.id).await.unwrap(), 15);
    }

    async fn sec_a1_turning_it_off_with_a_long_password_keeps_it(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        told(&app, now).await;
        let code = owner.codes[0].as_str();
        two_step::turn_off(&app, &session(&app, &owner.here, 1).await, both(PASSWORD, code), "").await.unwrap();
        assert_eq!(told(&app, later).await, ["recovery_code_used", "two_step_off"]);
        entered(first(&app, 2, PASSWORD).await.unwrap());
    }

    async fn sec_r34_a_call_by_token_brings_password_and_code(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let new = "violet trains hum at dawn";
        let address = || EmailAddress::parse("new@example.com").unwrap();
        let code = owner.shown(1);
        let given = |password, code| Proof { password, code };
        for proof in [given(None, None), given(Some(PASSWORD), None), given(None, Some(code.as_str()))] {
            let ctx = owner.by_token(1);
            assert!(matches!(password::change(&app, &ctx, proof, new, false).await, Err(Error::ReauthenticationRequired)));
            assert!(matches!(email_change::request(&app, &ctx, address(), proof).await, Err(Error::ReauthenticationRequired)));
        }
        let ctx = owner.by_token(1);
        let outcome = email_change::request(&app, &ctx, address(), given(Some("wrong password here"), Some(&code))).await;
        assert_eq!(refused(outcome), ("/current_password".to_owned(), Problem::PasswordWrong));
        for wrong in ["000000", ""] {
            let outcome = password::change(&app, &ctx, given(Some(PASSWORD), Some(wrong)), new, false).await;
            assert_eq!(refused(outcome).0, "/code", "{wrong:?}");
        }
        email_change::request(&app, &ctx, address(), given(Some(PASSWORD), Some(&code))).await.unwrap();
        let slip = password::change(&app, &ctx, given(Some(PASSWORD), Some(&owner.codes[0])), "otter-4", false).await;
        assert_eq!(refused(slip), ("/new_password".to_owned(), Problem::PasswordTooShort { min: 8 }), "judged first");
        let again = password::change(&app, &ctx, given(Some(PASSWORD), Some(&code)), new, false).await;
        assert_eq!(refused(again), ("/code".to_owned(), Problem::CodeWrong), "a code is good for one call");
        password::change(&app, &ctx, given(Some(PASSWORD), Some(&owner.codes[0])), new, false).await.unwrap();
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

    async fn sec_a16_an_old_session_gives_both_factors_wherever_it_is_asked(database: TestDatabase) {
        let app = app(&database).await;
        let owner = Owner::new(&app).await;
        let new = "violet trains hum at dawn";
        let address = || EmailAddress::parse("new@example.com").unwrap();
        let (young, old) = (session(&app, &owner.here, 14).await, session(&app, &owner.here, 16).await);
        // Both steps were passed within the quarter of an hour: the password alone may change the password, and that is all.
        for ctx in [&young, &old] {
            let off = two_step::turn_off(&app, ctx, PASSWORD, "").await;
            assert_eq!(refused(off), ("/code".to_owned(), Problem::Empty));
            let confirmed = passkeys::confirm_by_password(&app, ctx, PASSWORD).await;
            assert_eq!(refused(confirmed), ("/code".to_owned(), Problem::Empty));
        }
        for wrong in ["", "000000"] {
            let wrong = both(PASSWORD, wrong);
            assert_eq!(refused(password::change(&app, &old, wrong, new, false).await).0, "/code");
            assert_eq!(refused(email_change::request(&app, &old, address(), wrong).await).0, "/code");
            assert_eq!(refused(two_step::new_codes(&app, &old, wrong).await).0, "/code");
            assert_eq!(refused(two_step::turn_off(&app, &old, wrong, "").await).0, "/code");
            assert_eq!(refused(passkeys::confirm_by_password(&app, &old, wrong).await).0, "/code");
            let token = NewToken { id: api_tokens::new_id(), name: TokenName::parse("x").unwrap(), life: SignedDuration::from_hours(24) };
            assert_eq!(refused(api_tokens::make(&app, &old, token, wrong).await).0, "/code");
        }
        let asks = async |purpose| step_up::asks(&app, &old, purpose).await.unwrap();
        let all = Asks { password: true, code: true, passkey: false };
        for purpose in [Purpose::Recent, Purpose::Password, Purpose::SecondFactor, Purpose::Confirm] {
            assert_eq!(asks(purpose).await, all, "{purpose:?}");
        }
        assert_eq!(step_up::asks(&app, &young, Purpose::Recent).await.unwrap(), Asks::default());
        password::change(&app, &young, PASSWORD, new, false).await.unwrap();

        let renewed = passkeys::confirm_by_password(&app, &old, both(new, &owner.codes[0])).await.unwrap();
        let again = session(&app, &renewed, 16).await;
        two_step::new_codes(&app, &again, None).await.unwrap();
    }
}
