//! Two-step sign-in over HTTP (`security.md` A16, R5, R34, P1, P2).

use crate::world::{Answer, PASSWORD, World, now};
use jiff::SignedDuration;
use nameplate_app::limits::Limits;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::tools::totp_codes;
use serde_json::json;

const NEW: &str = "a quite different passphrase";

/// What the app shows so many seconds after the start.
pub fn shown(secret: &str, seconds: i64) -> String {
    totp_codes(secret, &[now().as_second() + seconds]).remove(0)
}

/// Anna's session, secret and recovery codes, once two-step sign-in is on.
pub async fn turned_on(world: &World) -> (String, String, Vec<String>) {
    let cookie = world.session().await;
    let page = world.page("/account/security/two-step", &cookie).await.expect(200);
    let secret = between(&page.text, "<code class=\"secret\" dir=\"ltr\">", "</code>").to_owned();
    let fields = [("sealed", page.value("sealed")), ("code", &shown(&secret, 0))];
    let codes = world.send("/account/security/two-step", &cookie, &fields).await.expect(200);
    let codes = codes.text.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    (cookie, secret, codes.collect())
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1.split_once(after).unwrap().0
}

/// The cookie that an answer sets, as a header.
fn set_cookie(answer: &Answer, name: &str) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let one =
        all.filter_map(|cookie| cookie.split(';').next()).find(|pair| pair.starts_with(&format!("{name}=")));
    one.filter(|pair| !pair.ends_with('=')).map(|pair| format!("cookie: {pair}"))
}

async fn first(world: &World, return_to: &str) -> (String, Answer) {
    let fields = [("email", "anna@example.com"), ("password", PASSWORD), ("return_to", return_to)];
    let answer = world.send("/sign-in", "", &fields).await.expect(303);
    (set_cookie(&answer, "__Host-sign-in").unwrap(), answer)
}

both_engines! {
    async fn sec_r34_the_first_step_alone_opens_nothing(database: TestDatabase) {
        let world = World::new(database).await;
        let (_, secret, _) = turned_on(&world).await;
        let (pending, answer) = first(&world, "/account/availability").await;
        assert_eq!(answer.header("location"), "/sign-in/code?return_to=%2Faccount%2Favailability");
        assert!(set_cookie(&answer, "__Host-session").is_none() && set_cookie(&answer, "__Host-known").is_none());
        for attribute in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600"] {
            assert!(answer.header("set-cookie").contains(attribute), "{}", answer.header("set-cookie"));
        }
        let as_session = pending.replace("__Host-sign-in", "__Host-session");
        let signed_in = |row: &&nameplate_web::Row| {
            matches!(row.access, nameplate_web::Access::Agent | nameplate_web::Access::Admin)
        };
        for row in nameplate_web::rows().iter().filter(signed_in) {
            for cookie in [&pending, &as_session] {
                let line = format!("{} {}", row.method, row.path.replace("{id}", "x"));
                let refused = world.raw(&line, &[crate::world::FORM, crate::world::SAME_ORIGIN, cookie], "").await;
                assert_eq!(refused.status.as_u16(), 303, "{line}");
                assert!(refused.header("location").starts_with("/sign-in?return_to="), "{line}");
            }
        }
        let page = world.page("/sign-in/code?return_to=%2Faccount%2Favailability", &pending).await.expect(200);
        assert_eq!((page.header("cache-control"), page.value("return_to")), ("no-store", "/account/availability"));
        let code = shown(&secret, 30);
        let fields = [("code", code.as_str()), ("return_to", "/account/availability")];
        let answer = world.send("/sign-in/code", &pending, &fields).await.expect(303);
        assert_eq!(answer.header("location"), "/account/availability");
        let session = set_cookie(&answer, "__Host-session").unwrap();
        assert!(set_cookie(&answer, "__Host-known").is_some());
        world.page("/account", &session).await.expect(200);
        let again = world.send("/sign-in/code", &pending, &fields).await.expect(303);
        assert!(again.header("location").starts_with("/sign-in?"), "one first step, one session");
    }

    async fn sec_r5_a_code_without_its_first_step_is_nothing(database: TestDatabase) {
        let world = World::new(database).await;
        let (_, secret, codes) = turned_on(&world).await;
        for cookie in ["", "cookie: __Host-sign-in=", "cookie: __Host-sign-in=guess"] {
            world.page("/sign-in/code", cookie).await.expect(303);
            for code in [shown(&secret, 30), codes[0].clone()] {
                let answer = world.send("/sign-in/code", cookie, &[("code", &code)]).await.expect(303);
                assert!(answer.header("location").starts_with("/sign-in"), "{}", answer.header("location"));
                assert!(set_cookie(&answer, "__Host-session").is_none());
            }
        }
        let wrong = [("email", "anna@example.com"), ("password", "wrong password here"), ("code", &shown(&secret, 30))];
        let answer = world.send("/sign-in", "", &wrong).await.expect(422);
        assert!(answer.headers.get("set-cookie").is_none(), "{:?}", answer.headers);
    }

    async fn s_12_a_refused_code_does_not_come_back_and_the_error_stands_at_its_field(database: TestDatabase) {
        let world = World::new(database).await;
        let (_, _, codes) = turned_on(&world).await;
        let (pending, _) = first(&world, "").await;
        let wrong = world.send("/sign-in/code", &pending, &[("code", "123 456")]).await.expect(422);
        assert_eq!(wrong.value("code"), "");
        assert!(wrong.text.contains("id=\"code-error\"") && !wrong.text.contains("id=\"recovery_code-error\""));
        let other = if codes[0].ends_with('A') { 'B' } else { 'A' };
        let typo = format!("{}{other}", &codes[0][..28]);
        let wrong = world.send("/sign-in/code", &pending, &[("code", ""), ("recovery_code", &typo)]).await.expect(422);
        assert_eq!((wrong.value("recovery_code"), wrong.header("cache-control")), ("", "no-store"));
        assert!(wrong.text.contains("id=\"recovery_code-error\""), "{}", wrong.text);
        let empty = world.send("/sign-in/code", &pending, &[("code", " ")]).await.expect(422);
        assert!(empty.text.contains("Enter the 6 digits"));
        world.send("/sign-in/code", &pending, &[("recovery_code", &codes[0])]).await.expect(303);
    }

    async fn sec_p1_after_five_wrong_codes_the_right_one_waits_too(database: TestDatabase) {
        let mut world = World::with_limits(database, Limits::default()).await;
        let (_, secret, _) = turned_on(&world).await;
        let (pending, _) = first(&world, "").await;
        for _ in 0..5 {
            world.send("/sign-in/code", &pending, &[("code", "000000")]).await.expect(422);
        }
        let right = shown(&secret, 30);
        let limited = world.send("/sign-in/code", &pending, &[("code", &right)]).await.expect(429);
        assert!(limited.text.contains("Too many wrong codes. Try again in 3 minutes"), "{}", limited.text);
        world.at(|| now() + SignedDuration::from_mins(4));
        world.send("/sign-in/code", &pending, &[("code", &shown(&secret, 240))]).await.expect(303);
    }

    async fn s_13_setting_up_asks_for_the_password_of_an_old_sign_in(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        world.wait();
        let page = world.page("/account/security/two-step", &cookie).await.expect(200);
        assert!(page.text.contains("name=\"current_password\""));
        let secret = between(&page.text, "<code class=\"secret\" dir=\"ltr\">", "</code>").to_owned();
        let (sealed, code) = (page.value("sealed").to_owned(), shown(&secret, 1_200));
        let mut fields = vec![("sealed", sealed.as_str()), ("code", code.as_str())];
        let refused = world.send("/account/security/two-step", &cookie, &fields).await.expect(422);
        assert!(refused.text.contains("id=\"current_password-error\""));
        assert_eq!((refused.value("sealed"), refused.value("code")), (sealed.as_str(), code.as_str()));
        assert!(refused.text.contains(&secret), "the same secret is shown again");
        fields.push(("current_password", PASSWORD));
        world.send("/account/security/two-step", &cookie, &fields).await.expect(200);
        let on = world.page("/account/security", &cookie).await.expect(200).text;
        assert!(on.contains("On since") && on.contains("10 recovery codes are left."), "{on}");
        for gone in ["/account/security/two-step"] {
            assert_eq!(world.page(gone, &cookie).await.expect(303).header("location"), "/account/security");
        }
        assert_eq!(world.page("/account", &cookie).await.expect(200).text.matches("At least 8 characters").count(), 1);
    }

    async fn s_12_few_codes_warn_and_new_ones_void_the_old(database: TestDatabase) {
        let world = World::new(database).await;
        let (cookie, _, codes) = turned_on(&world).await;
        assert_eq!(codes.len(), 10);
        for code in &codes[..7] {
            let (pending, _) = first(&world, "").await;
            world.send("/sign-in/code", &pending, &[("recovery_code", code)]).await.expect(303);
        }
        let page = world.page("/account/security", &cookie).await.expect(200).text;
        assert!(page.contains("<strong>3 recovery codes are left.</strong>") && page.contains("Make new ones before"), "{page}");
        world.page("/account/security/recovery-codes", &cookie).await.expect(200);
        let fresh = world.send("/account/security/recovery-codes", &cookie, &[]).await.expect(200);
        assert!(fresh.text.contains("download=\"meet.example.com-recovery-codes.txt\""));
        assert!(!fresh.text.contains(&codes[8]));
        let (pending, _) = first(&world, "").await;
        world.send("/sign-in/code", &pending, &[("recovery_code", &codes[8])]).await.expect(422);
        let page = world.page("/account/security", &cookie).await.expect(200).text;
        assert!(page.contains("10 recovery codes are left.") && !page.contains("Make new ones before"));
    }
}

#[tokio::test]
async fn sec_p2_a_call_by_token_brings_password_and_code() {
    let world = World::new(TestDatabase::sqlite()).await;
    let (_, secret, codes) = turned_on(&world).await;
    let token = &world.anna.token;
    let line = "POST /api/v1/me/password";
    let mut body = json!({"new_password": NEW, "current_password": PASSWORD});
    assert_eq!(world.ask(line, token, body.clone()).await.expect(403).code(), "reauthentication_required");
    let only_code = json!({"new_password": NEW, "code": shown(&secret, 30)});
    assert_eq!(world.ask(line, token, only_code).await.expect(403).code(), "reauthentication_required");
    for wrong in [json!("000000"), json!("")] {
        body["code"] = wrong;
        assert!(world.ask(line, token, body.clone()).await.expect(422).faults()[0].starts_with("/code "));
    }
    for wrong in [json!(123_456), json!(["000000"]), json!(null)] {
        body["code"] = wrong;
        let status = world.ask(line, token, body.clone()).await.status.as_u16();
        assert!(matches!(status, 403 | 422), "{status}");
    }
    body["code"] = json!(shown(&secret, 30));
    let email = json!({"email": "new@example.com", "current_password": PASSWORD, "code": body["code"]});
    world.ask("POST /api/v1/me/email", token, email).await.expect(202);
    assert_eq!(world.ask(line, token, body.clone()).await.expect(422).faults(), ["/code code_wrong"]);
    body["code"] = json!(codes[0]);
    world.ask(line, token, body).await.expect(204);
}

#[tokio::test]
async fn sec_a1_turning_it_off_with_a_short_password_asks_for_a_longer_one_in_the_same_step() {
    let world = World::new(TestDatabase::sqlite()).await;
    let (cookie, _, codes) = turned_on(&world).await;
    let off = "/account/security/two-step/off";
    assert!(!world.page(off, &cookie).await.expect(200).text.contains("name=\"new_password\""));
    let short = [("current_password", PASSWORD), ("new_password", "otter-42"), ("version", "1")];
    world.send("/account/password", &cookie, &short).await.expect(303);
    let page = world.page(off, &cookie).await.expect(200);
    assert!(page.text.contains("name=\"new_password\"") && page.text.contains("At least 15 characters"));
    let refused = world
        .send(off, &cookie, &[("current_password", "otter-42"), ("new_password", NEW)])
        .await
        .expect(422);
    assert!(refused.text.contains("id=\"app_code-error\""), "the password alone: {}", refused.text);
    let both = [("current_password", "otter-42"), ("app_code", codes[0].as_str())];
    let refused = world.send(off, &cookie, &both).await.expect(422);
    assert!(refused.text.contains("id=\"new_password-error\""), "{}", refused.text);
    let fields = [both[0], both[1], ("new_password", NEW)];
    let done = world.send(off, &cookie, &fields).await.expect(303);
    assert_eq!(done.header("location"), "/account/security?saved=two-step-off");
    let in_one = [("email", "anna@example.com"), ("password", NEW)];
    assert_eq!(world.send("/sign-in", "", &in_one).await.expect(303).header("location"), "/account");
    assert_eq!(world.page(off, &cookie).await.expect(303).header("location"), "/account/security");
}
