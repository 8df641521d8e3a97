//! What went wrong elsewhere, each as a permanent test (`security.md` A7, A9, A17 and the R rows that touch accounts).

use crate::world::{Answer, FORM, PASSWORD, SAME_ORIGIN, World, manage_token};
use nameplate_app::mailbox;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_web::{Access, rows};
use serde_json::{Value, json};

fn cookies(answer: &Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

/// The texts that were mailed to an address.
async fn mails_to(world: &World, address: &str) -> Vec<String> {
    world.deliver().await;
    let app = world.app();
    let mut texts = Vec::new();
    for row in mailbox::list(app).await.unwrap().into_iter().filter(|row| row.to == address) {
        let raw = mailbox::message(app, row.id).await.unwrap().raw;
        texts.push(String::from_utf8(raw).unwrap().replace("=\r\n", ""));
    }
    texts
}

both_engines! {
    async fn sec_a07_a_new_address_is_answered_alike_whether_somebody_has_it_or_not(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let version = world.page("/account", &cookie).await.expect(200).value("version").to_owned();
        let mut answers = Vec::new();
        for address in ["bram@example.com", "free@example.com"] {
            let form = [("version", version.as_str()), ("new_email", address)];
            let answer = world.send("/account/email", &cookie, &form).await.expect(303);
            let page = world.page("/account", &cookie).await.expect(200);
            // A passphrase is suggested further down, another one each time.
            let (_, box_of_email) = page.text.split_once("id=\"email\"").unwrap();
            let (box_of_email, _) = box_of_email.split_once("</section>").unwrap();
            let page = box_of_email.replace(page.value("form_token"), "NONCE").replace(address, "ADDRESS");
            answers.push((answer.header("location").to_owned(), answer.text, page));
        }
        assert!(answers[0] == answers[1], "the pages differ");
        let by_api: Vec<_> = {
            let mut all = Vec::new();
            for address in ["bram@example.com", "free@example.com"] {
                let body = json!({"email": address, "current_password": PASSWORD});
                let answer = world.ask("POST /api/v1/me/email", &world.anna.token, body).await.expect(202);
                all.push(answer.text.replace(address, "ADDRESS"));
            }
            all
        };
        assert_eq!(by_api[0], by_api[1]);
    }

    async fn sec_r30_a_reset_for_two_addresses_is_mailed_to_one_account_at_most(database: TestDatabase) {
        let world = World::new(database).await;
        let form = [("email", "anna@example.com"), ("email", "thief@example.org")];
        world.send("/forgot-password", "", &form).await.expect(200);
        assert_eq!(mails_to(&world, "anna@example.com").await.len(), 1);
        assert!(mails_to(&world, "thief@example.org").await.is_empty());
        for both in ["anna@example.com,thief@example.org", "anna@example.com thief@example.org", "[\"anna@example.com\"]"] {
            world.send("/forgot-password", "", &[("email", both)]).await.expect(422);
        }
        assert_eq!(mails_to(&world, "anna@example.com").await.len(), 1);
    }

    async fn sec_r33_a_mailed_link_leads_here_whatever_the_request_claims(database: TestDatabase) {
        let world = World::new(database).await;
        let headers = [
            FORM, SAME_ORIGIN, "host: evil.example", "x-forwarded-host: evil.example", "x-forwarded-proto: http",
            "forwarded: host=evil.example;proto=http", "x-original-url: //evil.example",
        ];
        world.raw("POST /forgot-password", &headers, "email=anna%40example.com").await.expect(200);
        let mails = mails_to(&world, "anna@example.com").await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("https://meet.example.com/reset/") && !mails[0].contains("evil.example"), "{}", mails[0]);
    }

    async fn sec_r1_no_field_of_a_form_names_the_caller(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let version = world.page("/account", &cookie).await.expect(200).value("version").to_owned();
        let bram = world.bram.agent.id.to_string();
        let form = [
            ("version", version.as_str()), ("job_title", "Adviser"), ("id", &bram), ("agent_id", &bram), ("agent", "bram"),
            ("email", "bram@example.com"), ("slug", "bram"), ("role", "admin"), ("status", "disabled"),
        ];
        world.send("/account/job-title", &cookie, &form).await.expect(303);
        let me = world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json;
        let of = |field: &str| me[field].as_str().unwrap_or_default().to_owned();
        assert_eq!([of("job_title"), of("slug"), of("email"), of("role")], ["Adviser", "anna", "anna@example.com", "agent"]);
        let other = world.ask("GET /api/v1/me", &world.bram.token, Value::Null).await.expect(200).json;
        assert_eq!(other["job_title"], Value::Null);
    }
}

#[tokio::test]
async fn sec_a09_every_cookie_is_bound_to_this_host_and_signing_in_makes_a_new_session() {
    let world = World::new(TestDatabase::sqlite()).await;
    let form = format!("email=anna%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let planted = "cookie: __Host-session=planted-by-somebody-else";
    let mut seen = Vec::new();
    for headers in [vec![FORM, SAME_ORIGIN], vec![FORM, SAME_ORIGIN, planted]] {
        let answer = world.raw("POST /sign-in", &headers, form.clone()).await.expect(303);
        for cookie in cookies(&answer) {
            assert!(cookie.starts_with("__Host-"), "{cookie}");
            for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                assert!(cookie.contains(attribute), "{cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
        seen.push(cookies(&answer)[0].split(';').next().unwrap().to_owned());
    }
    assert_ne!(seen[0], seen[1]);
    world.page("/account", planted).await.expect(303);

    // Signing in again in the same browser ends the session of before.
    let first = format!("cookie: {}", seen[0]);
    world.page("/account", &first).await.expect(200);
    world.raw("POST /sign-in", &[FORM, SAME_ORIGIN, &first], form).await.expect(303);
    world.page("/account", &first).await.expect(303);
}

#[tokio::test]
async fn sec_a17_reading_every_page_writes_nothing() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let meeting = world.booked(9).await.json;
    let manage = manage_token(&meeting);
    // The last use of the token is noted now and then; it is noted here.
    let bearer = format!("authorization: Bearer {}", world.anna.token);
    world.raw("GET /api/v1/me", &[&bearer], "").await.expect(200);
    let file = world.database.url().trim_start_matches("sqlite:").to_owned();
    let bytes = || (std::fs::read(&file).unwrap(), std::fs::read(format!("{file}-wal")).unwrap());
    let before = bytes();
    let mut good = 0;
    for row in rows().into_iter().filter(|row| row.method == axum::http::Method::GET) {
        let part = |part: &str| match part {
            "{slug}" => "anna".to_owned(),
            "{meeting_type}" => "meeting".to_owned(),
            "{id}" => meeting["id"].as_str().unwrap().to_owned(),
            "{token}" => manage.clone(),
            other => other.to_owned(),
        };
        let path = row.path.split('/').map(part).collect::<Vec<_>>().join("/");
        let headers = match row.access {
            Access::Agent => vec![cookie.as_str()],
            Access::Token | Access::AdminToken | Access::TokenOrLink => vec![bearer.as_str()],
            _ => vec![],
        };
        let answer = world.raw(&format!("GET {path}"), &headers, "").await;
        good += i32::from(answer.status.is_success());
    }
    assert!(good >= 30, "only {good} pages were there to read");
    assert!(before == bytes(), "a GET wrote to the database");
    world.raw("POST /forgot-password", &[FORM, SAME_ORIGIN], "email=anna%40example.com").await.expect(200);
    assert!(before != bytes(), "a write is seen");
}
