//! Passkeys over HTTP (`security.md` P6, A11, A17): what a browser sends, and what somebody else might.

use crate::world::{Answer, FORM, PASSWORD, SAME_ORIGIN, World, now};
use jiff::SignedDuration;
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use serde_json::Value;

pub fn passkey() -> Passkey {
    Passkey::new("https://meet.example.com", "meet.example.com").unwrap()
}

async fn ask(world: &World, way: &str, cookie: &str) -> Value {
    world.send(&format!("/passkeys/{way}/ask"), cookie, &[]).await.expect(200).json
}

async fn reply(world: &World, way: &str, cookie: &str, question: &Value, answer: &Value) -> Answer {
    let (challenge, answer) = (question["challenge"].as_str().unwrap(), answer.to_string());
    let fields = [("challenge", challenge), ("answer", &answer), ("return_to", "/account/security")];
    world.send(&format!("/passkeys/{way}"), cookie, &fields).await
}

pub async fn add(world: &World, cookie: &str, key: &mut Passkey) -> Answer {
    let question = ask(world, "add", cookie).await;
    let answer = key.create(&question["create"]).unwrap();
    reply(world, "add", cookie, &question, &answer).await
}

async fn sign_in(world: &World, key: &mut Passkey) -> Answer {
    let question = ask(world, "sign-in", "").await;
    let answer = key.get(&question["get"]).unwrap();
    reply(world, "sign-in", "", &question, &answer).await
}

fn cookie(answer: &Answer) -> String {
    format!("cookie: {}", answer.header("set-cookie").split(';').next().unwrap())
}

both_engines! {
    async fn s_10_a_passkey_is_added_named_used_and_removed(database: TestDatabase) {
        let world = World::new(database).await;
        let by_password = world.session().await;
        let mut key = passkey();
        let added = add(&world, &by_password, &mut key).await.expect(303);
        assert_eq!(added.header("location"), "/account/security?saved=passkey-added");

        let signed_in = sign_in(&world, &mut key).await.expect(303);
        assert_eq!(signed_in.header("location"), "/account/security");
        let session = cookie(&signed_in);
        let page = world.page("/account/security", &session).await.expect(200).text;
        for text in ["<strong>Passkey</strong><span class=\"tag\">This device</span>",
            "Added Mon 23 Nov 2026, 10:00 (Berlin, UTC+1)", "Last used Mon 23 Nov 2026, 10:00 (Berlin, UTC+1)"] {
            assert!(page.contains(text), "{text} in {page}");
        }
        let path = page.split("href=\"/account/passkeys/").nth(1).unwrap().split('"').next().unwrap();
        let path = format!("/account/passkeys/{path}");
        let wrong = world.send(&path, &session, &[("name", " \u{200b} ")]).await.expect(422);
        assert!(wrong.text.contains("id=\"name-error\""), "{}", wrong.text);
        let named = world.send(&path, &session, &[("name", "<b>Key</b>")]).await.expect(303);
        assert_eq!(named.header("location"), "/account/security?saved=passkey-named");
        let page = world.page("/account/security", &session).await.expect(200).text;
        assert!(page.contains("&#60;b&#62;Key&#60;/b&#62;") && !page.contains("<b>Key"), "{page}");

        let asked = world.page(&format!("{path}/remove"), &session).await.expect(200).text;
        assert!(asked.contains("You can still sign in with your password."), "{asked}");
        let removed = world.send(&format!("{path}/remove"), &session, &[]).await.expect(303);
        assert_eq!(removed.header("location"), "/account/security?saved=passkey-removed");
        world.page(&path, &session).await.expect(404);
        sign_in(&world, &mut key).await.expect(422);
    }

    async fn sec_p6_a_replayed_late_or_foreign_answer_signs_nobody_in(database: TestDatabase) {
        let mut world = World::new(database).await;
        let mut key = passkey();
        add(&world, &world.session().await, &mut key).await.expect(303);
        let refused = |answer: Answer, text: &str| {
            let answer = answer.expect(422);
            assert!(answer.text.contains(text), "{}", answer.text);
            assert!(answer.headers.get("set-cookie").is_none(), "{:?}", answer.headers);
        };
        let (late, wrong) = ("That took too long, or was sent twice", "This passkey was not accepted here");

        let question = ask(&world, "sign-in", "").await;
        let answer = key.get(&question["get"]).unwrap();
        reply(&world, "sign-in", "", &question, &answer).await.expect(303);
        refused(reply(&world, "sign-in", "", &question, &answer).await, late);

        let bent: [fn(&mut Passkey); 3] = [
            |key| key.host = "evil.example".into(),
            |key| key.origin = "https://evil.example".into(),
            |key| key.verifies = false,
        ];
        for bend in bent {
            let (origin, host) = (key.origin.clone(), key.host.clone());
            bend(&mut key);
            refused(sign_in(&world, &mut key).await, wrong);
            (key.origin, key.host, key.verifies) = (origin, host, true);
        }
        refused(sign_in(&world, &mut passkey()).await, wrong);
        for nonsense in [Value::Null, serde_json::json!({}), serde_json::json!({"id": 1})] {
            refused(reply(&world, "sign-in", "", &ask(&world, "sign-in", "").await, &nonsense).await, wrong);
        }

        let question = ask(&world, "sign-in", "").await;
        let answer = key.get(&question["get"]).unwrap();
        world.at(|| now() + SignedDuration::from_mins(5));
        refused(reply(&world, "sign-in", "", &question, &answer).await, late);
        sign_in(&world, &mut key).await.expect(303);
    }

    async fn s_13_an_old_sign_in_is_confirmed_first_and_leads_back(database: TestDatabase) {
        let mut world = World::new(database).await;
        let session = world.session().await;
        let mut key = passkey();
        add(&world, &session, &mut key).await.expect(303);
        let page = world.page("/account/security", &session).await.expect(200).text;
        let path = page.split("href=\"/account/passkeys/").nth(1).unwrap().split('"').next().unwrap();
        let remove = format!("/account/passkeys/{path}/remove");

        world.wait();
        world.send("/passkeys/add/ask", &session, &[]).await.expect(403);
        let asked = world.page(&remove, &session).await.expect(303);
        let confirm = asked.header("location").to_owned();
        assert!(confirm.starts_with("/account/confirm?return_to=%2Faccount%2Fpasskeys"), "{confirm}");
        assert_eq!(world.send(&remove, &session, &[]).await.expect(303).header("location"), confirm);
        let page = world.page(&confirm, &session).await.expect(200);
        assert_eq!(page.value("return_to"), remove);

        let wrong = world.send("/account/confirm", &session, &[("return_to", &remove), ("current_password", "no")]).await;
        assert_eq!(wrong.expect(422).value("return_to"), remove);
        let by_passkey = ask(&world, "confirm", &session).await;
        let answer = key.get(&by_passkey["get"]).unwrap();
        let confirmed = reply(&world, "confirm", &session, &by_passkey, &answer).await.expect(303);
        assert_eq!(confirmed.header("location"), "/account/security");
        let renewed = cookie(&confirmed);
        assert_ne!(renewed, session);
        world.page("/account", &session).await.expect(303);
        world.page(&remove, &renewed).await.expect(200);

        let fields = [("return_to", "https://evil.example"), ("current_password", PASSWORD)];
        let elsewhere = world.send("/account/confirm", &renewed, &fields).await.expect(303);
        assert_eq!(elsewhere.header("location"), "/account/security", "only to a page of ours");
    }

    async fn sec_a11_sec_a17_questions_are_for_whom_they_concern(database: TestDatabase) {
        let world = World::new(database).await;
        let session = world.session().await;
        for way in ["add", "confirm"] {
            let nobody = world.send(&format!("/passkeys/{way}/ask"), "", &[]).await.expect(303);
            assert!(nobody.header("location").starts_with("/sign-in"), "{way}");
            let foreign = ["origin: https://evil.example", FORM, &session];
            world.raw(&format!("POST /passkeys/{way}/ask"), &foreign, "").await.expect(403);
            world.raw(&format!("POST /passkeys/{way}/ask"), &[FORM, &session], "").await.expect(403);
        }
        world.send("/passkeys/confirm/ask", &session, &[]).await.expect(404);
        let question = world.raw("POST /passkeys/sign-in/ask", &[SAME_ORIGIN], "").await.expect(200);
        assert_eq!(question.header("cache-control"), "no-store");
        assert_eq!(question.header("content-type"), "application/json");
        world.page("/account/passkeys/pky_0198f2c4000070008000000000000009", &session).await.expect(404);
        world.page("/account/passkeys/nonsense/remove", &session).await.expect(404);
    }
}
