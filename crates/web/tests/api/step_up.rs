//! Showing anew who one is, in each form that asks for it (`ux.md` S-07, S-13; `security.md` A16).

use crate::two_step::{shown, turned_on};
use crate::world::{Answer, PASSWORD, World, now};
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use serde_json::Value;

const NEW: &str = "a quite different passphrase";

/// The forms, and what else each needs.
const FORMS: [(&str, &str, &str, (&str, &str)); 4] = [
    ("/account/password", "current_password", "app_code", ("new_password", NEW)),
    ("/account/email", "email_password", "email_app_code", ("new_email", "new@example.com")),
    ("/account/security/recovery-codes", "current_password", "app_code", ("", "")),
    ("/account/security/two-step/off", "current_password", "app_code", ("", "")),
];

fn has_field(answer: &Answer, name: &str) -> bool {
    answer.text.contains(&format!("name=\"{name}\""))
}

fn is_wrong(answer: &Answer, name: &str) -> bool {
    answer.text.contains(&format!("id=\"{name}-error\""))
}

async fn confirm_by(world: &World, session: &str, key: &mut Passkey, return_to: &str) -> Answer {
    let question = world.send("/passkeys/confirm/ask", session, &[]).await.expect(200).json;
    let answer = key.get(&question["get"]).unwrap().to_string();
    let challenge = question["challenge"].as_str().unwrap();
    let fields = [("challenge", challenge), ("answer", answer.as_str()), ("return_to", return_to)];
    world.send("/passkeys/confirm", session, &fields).await
}

async fn add(world: &World, session: &str) -> Passkey {
    let mut key = Passkey::new("https://meet.example.com", "meet.example.com").unwrap();
    let question: Value = world.send("/passkeys/add/ask", session, &[]).await.expect(200).json;
    let answer = key.create(&question["create"]).unwrap().to_string();
    let fields = [("challenge", question["challenge"].as_str().unwrap()), ("answer", answer.as_str())];
    world.send("/passkeys/add", session, &fields).await.expect(303);
    key
}

both_engines! {
    async fn sec_a16_an_old_browser_gives_both_factors_in_every_form_that_asks(database: TestDatabase) {
        let mut world = World::new(database).await;
        let (session, _, codes) = turned_on(&world).await;
        world.wait();
        for (n, (path, password, code, more)) in FORMS.into_iter().enumerate() {
            let page = if path.ends_with("/password") || path.ends_with("/email") { "/account" } else { path };
            let form = world.page(page, &session).await.expect(200);
            assert!(has_field(&form, password) && has_field(&form, code), "{path}: {}", form.text);
            let alone = world.send(path, &session, &[(password, PASSWORD), more]).await.expect(422);
            assert!(is_wrong(&alone, code) && !is_wrong(&alone, password), "{path}: {}", alone.text);
            let wrong = world.send(path, &session, &[(password, PASSWORD), (code, "000000"), more]).await.expect(422);
            assert!(is_wrong(&wrong, code), "{path}: {}", wrong.text);
            let neither = world.send(path, &session, &[more]).await.expect(422);
            assert!(is_wrong(&neither, password), "{path}: {}", neither.text);
            if more.0 == "new_email" {
                assert_eq!(wrong.value("new_email"), more.1, "what was typed is kept");
            }
            if n == 1 {
                world.send(path, &session, &[(password, PASSWORD), (code, &codes[n]), more]).await.expect(303);
            }
        }
        let alone = world.send("/account/confirm", &session, &[("current_password", PASSWORD)]).await.expect(422);
        assert!(is_wrong(&alone, "app_code"), "{}", alone.text);
        let both = [("current_password", PASSWORD), ("app_code", &codes[0]), ("return_to", "/account/security/recovery-codes")];
        let confirmed = world.send("/account/confirm", &session, &both).await.expect(303);
        assert_eq!(confirmed.header("location"), "/account/security/recovery-codes");
    }

    async fn s_13_the_form_that_turns_it_on_asks_for_an_old_sign_in_and_keeps_what_was_typed(database: TestDatabase) {
        let mut world = World::new(database).await;
        let session = world.session().await;
        world.wait();
        let form = world.page("/account/security/two-step", &session).await.expect(200);
        assert!(has_field(&form, "current_password") && !has_field(&form, "app_code"), "{}", form.text);
        let fields = [("sealed", form.value("sealed")), ("code", "12 34 56"), ("current_password", "wrong")];
        let again = world.send("/account/security/two-step", &session, &fields).await.expect(422);
        assert_eq!((again.value("sealed"), again.value("code")), (form.value("sealed"), "12 34 56"));
        assert!(is_wrong(&again, "current_password"), "{}", again.text);
    }

    async fn s_07_a_passkey_stands_for_password_and_code(database: TestDatabase) {
        let mut world = World::new(database).await;
        let (session, _, _) = turned_on(&world).await;
        let mut key = add(&world, &session).await;
        world.wait();
        let page = world.page("/account", &session).await.expect(200);
        assert!(has_field(&page, "current_password") && page.text.contains("Confirm with a passkey instead"));
        let confirmed = confirm_by(&world, &session, &mut key, "/account?new_email=new%40example.com#email").await.expect(303);
        assert_eq!(confirmed.header("location"), "/account?new_email=new%40example.com#email");
        let session = format!("cookie: {}", confirmed.header("set-cookie").split(';').next().unwrap());
        let page = world.page("/account?new_email=new%40example.com", &session).await.expect(200);
        assert_eq!(page.value("new_email"), "new@example.com");
        for field in ["current_password", "app_code", "email_password", "email_app_code"] {
            assert!(!has_field(&page, field), "{field}: {}", page.text);
        }
        world.send("/account/password", &session, &[("new_password", "otter-42")]).await.expect(303);
        let off = world.page("/account/security/two-step/off", &session).await.expect(200);
        assert!(!has_field(&off, "current_password"), "{}", off.text);
        world.send("/account/security/two-step/off", &session, &[("new_password", NEW)]).await.expect(303);

        world.at(|| now() + jiff::SignedDuration::from_mins(40));
        let page = world.page("/account", &session).await.expect(200);
        assert!(has_field(&page, "current_password"), "for a quarter of an hour");
        let refused = world.send("/account/password", &session, &[("new_password", PASSWORD)]).await.expect(422);
        assert!(is_wrong(&refused, "current_password"), "{}", refused.text);
    }

    async fn s_07_an_account_with_a_passkey_alone_gets_a_password(database: TestDatabase) {
        let mut world = World::new(database).await;
        let session = world.session().await;
        let mut key = add(&world, &session).await;
        world.forget_password().await;
        world.wait();
        for page in ["/account", "/account/confirm?return_to=/account", "/account/api-tokens"] {
            let page = world.page(page, &session).await.expect(200);
            assert!(page.text.contains("Your account has no password. Confirm with a passkey first."), "{}", page.text);
            assert!(!has_field(&page, "current_password"), "{}", page.text);
        }
        for (typed, page) in [("", "/account/password"), ("guess", "/account/password"), ("guess", "/account/confirm")] {
            let fields = [("current_password", typed), ("new_password", NEW)];
            world.send(page, &session, &fields).await.expect(422);
        }
        let confirmed = confirm_by(&world, &session, &mut key, "/account#password").await.expect(303);
        let session = format!("cookie: {}", confirmed.header("set-cookie").split(';').next().unwrap());
        world.send("/account/password", &session, &[("new_password", NEW)]).await.expect(303);
        let fields = [("email", "anna@example.com"), ("password", NEW)];
        assert_eq!(world.send("/sign-in", "", &fields).await.expect(303).header("location"), "/account");
    }

    async fn sec_a4_the_form_after_a_foreign_sign_in_answers_as_the_others_do(database: TestDatabase) {
        let limits = nameplate_app::limits::Limits::default();
        let mut world = World::with_limits(database, limits).await;
        let (session, secret, _) = turned_on(&world).await;
        let list = world.page("/account/activity", &session).await.expect(200).text;
        let entry = list.split("not-me?entry=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        world.wait();
        let path = "/account/activity/not-me";
        let given = |password, code| [("entry", entry.as_str()), ("current_password", password), ("app_code", code), ("new_password", NEW)];
        for _ in 0..5 {
            world.send(path, &session, &given(PASSWORD, "000000")).await.expect(422);
        }
        let code = shown(&secret, 20 * 60);
        let limited = world.send(path, &session, &given(PASSWORD, &code)).await.expect(429);
        assert!(limited.text.contains("The sign-in you did not make") && is_wrong(&limited, "current_password"));
        for _ in 0..5 {
            world.send(path, &session, &given("wrong", &code)).await.expect(422);
        }
        let ended = world.send(path, &session, &given("wrong", &code)).await.expect(303);
        assert_eq!(ended.header("location"), "/sign-in?notice=wrong-passwords");
    }
}
