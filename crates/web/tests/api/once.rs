//! `Idempotency-Key` on every write (`security.md` B5).

use crate::world::{Answer, PASSWORD, World, wish};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::receiver::{Manner, Receiver};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

const KEY: &str = "idempotency-key: 0198f2c4";

/// Sends a request twice with one key; the two answers.
async fn twice(world: &World, line: &str, token: &str, body: Value) -> [Answer; 2] {
    let first = world.ask_with(line, token, &[KEY], body.clone()).await;
    [first, world.ask_with(line, token, &[KEY], body).await]
}

/// Twice with the version that was read before the first: the second is answered all the same.
async fn twice_as_read(world: &World, line: &str, token: &str, body: Value) -> [Answer; 2] {
    let read = format!("GET {}", line.split_once(' ').unwrap().1.trim_end_matches("/picture"));
    let seen = format!("if-match: {}", world.ask(&read, token, Value::Null).await.expect(200).header("etag"));
    let first = world.ask_with(line, token, &[KEY, &seen], body.clone()).await;
    [first, world.ask_with(line, token, &[KEY, &seen], body).await]
}

/// The writes that the document offers.
async fn writes(world: &World) -> BTreeSet<String> {
    let document = world.ask("GET /api/v1/openapi.json", "", Value::Null).await.expect(200).json;
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    each.filter(|line| !line.starts_with("GET ") && !line.contains("/inbound/")).collect()
}

/// The operation that a line is one of.
fn operation<'a>(writes: &'a BTreeSet<String>, line: &str) -> &'a String {
    let same = |wanted: &str| {
        let (wanted, given): (Vec<_>, Vec<_>) = (wanted.split('/').collect(), line.split('/').collect());
        wanted.len() == given.len() && wanted.iter().zip(&given).all(|(w, g)| w.starts_with('{') || w == g)
    };
    writes.iter().find(|wanted| same(wanted)).unwrap()
}

both_engines! {
    async fn sec_b05_every_write_is_done_once(database: TestDatabase) {
        let world = World::new(database).await;
        let receiver = Receiver::start(Manner::Status(200));
        let (anna, admin) = (world.anna.token.as_str(), world.admin.token.as_str());
        let meeting = world.booked(9).await.json["id"].as_str().unwrap().to_owned();
        let meeting = format!("/api/v1/meetings/{meeting}");
        let mut open = writes(&world).await;
        let all = open.clone();
        let mut check = |line: &str, [first, again]: [Answer; 2], status: u16| {
            let name = operation(&all, line);
            assert_eq!([first.status.as_u16(), again.status.as_u16()], [status; 2], "{line}: {}", again.text);
            assert_eq!(first.json, again.json, "{line}");
            assert_eq!([first.header("etag"), first.header("location")], [again.header("etag"), again.header("location")], "{line}");
            open.remove(name);
        };

        let person = json!({"name": "Nora Vos", "email": "nora@example.com"});
        let made = twice(&world, "POST /api/v1/agents", admin, person).await;
        let nora = format!("/api/v1/agents/{}", made[0].json["id"].as_str().unwrap());
        check("POST /api/v1/agents", made, 201);
        world.deliver().await;
        let mails = nameplate_app::mailbox::list(world.app()).await.unwrap();
        let invitations = mails.iter().filter(|mail| mail.to == "nora@example.com").count();
        assert_eq!(invitations, 1);
        let line = format!("PATCH {nora}");
        check(&line, twice_as_read(&world, &line, admin, json!({"job_title": "Adviser"})).await, 200);
        let line = format!("DELETE {nora}");
        check(&line, twice_as_read(&world, &line, admin, Value::Null).await, 204);

        check("POST /api/v1/meetings", twice(&world, "POST /api/v1/meetings", "", wish(11)).await, 201);
        let line = format!("PATCH {meeting}");
        check(&line, twice_as_read(&world, &line, anna, json!({"start": "2026-11-24T13:00:00Z"})).await, 200);
        let line = format!("DELETE {meeting}");
        check(&line, twice_as_read(&world, &line, anna, Value::Null).await, 200);

        check("PATCH /api/v1/me", twice_as_read(&world, "PATCH /api/v1/me", anna, json!({"job_title": "Adviser"})).await, 200);
        let line = "PUT /api/v1/me/availability";
        let hours = world.ask("GET /api/v1/me/availability", anna, Value::Null).await.expect(200).json;
        check(line, twice_as_read(&world, line, anna, hours).await, 200);
        let line = "PUT /api/v1/me/picture";
        let bearer = format!("authorization: Bearer {anna}");
        let headers = [KEY, bearer.as_str(), "content-type: image/jpeg"];
        let put = [world.raw(line, &headers, nameplate_picture::generated_portrait(7)).await, world.raw(line, &headers, nameplate_picture::generated_portrait(7)).await];
        check(line, put, 200);
        check("DELETE /api/v1/me/picture", twice_as_read(&world, "DELETE /api/v1/me/picture", anna, Value::Null).await, 204);
        let change = json!({"current_password": PASSWORD, "new_password": "seven green bicycles"});
        check("POST /api/v1/me/password", twice(&world, "POST /api/v1/me/password", anna, change).await, 204);

        let kind = json!({"slug": "long", "name": "Long", "duration_minutes": 60});
        let made = twice(&world, "POST /api/v1/meeting_types", anna, kind).await;
        let kind = format!("/api/v1/meeting_types/{}", made[0].json["id"].as_str().unwrap());
        check("POST /api/v1/meeting_types", made, 201);
        let line = format!("PATCH {kind}");
        check(&line, twice_as_read(&world, &line, anna, json!({"name": "Longer"})).await, 200);
        let line = format!("DELETE {kind}");
        check(&line, twice_as_read(&world, &line, anna, Value::Null).await, 204);

        // What is said once is not said again: the secret of a webhook.
        let hook = json!({"url": receiver.url(), "events": ["agent.updated"]});
        let [mut made, again] = twice(&world, "POST /api/v1/webhooks", admin, hook).await;
        assert!(made.json["secret"].as_str().unwrap().starts_with("whsec_"));
        made.json.as_object_mut().unwrap().remove("secret");
        let hook = format!("/api/v1/webhooks/{}", made.json["id"].as_str().unwrap());
        check("POST /api/v1/webhooks", [made, again], 201);
        let line = format!("POST {hook}/rotate-secret");
        let [mut rotated, again] = twice(&world, &line, admin, json!({})).await;
        rotated.json.as_object_mut().unwrap().remove("secret");
        check(&line, [rotated, again], 200);
        let line = format!("PATCH {hook}");
        check(&line, twice_as_read(&world, &line, admin, json!({"events": ["agent.created"]})).await, 200);

        // What nothing reads is said to be done.
        let email = json!({"current_password": "seven green bicycles", "email": "other@example.com"});
        let line = format!("POST {hook}/test");
        let [tested, again] = twice(&world, &line, admin, json!({})).await;
        let delivery = tested.expect(202).json["id"].as_str().unwrap().to_owned();
        assert_eq!(again.expect(409).code(), "already_done");
        open.remove(operation(&all, &line));
        for (line, token, body) in [
            ("POST /api/v1/me/email", anna, email),
            (&format!("POST {hook}/deliveries/{delivery}/replay"), admin, json!({})),
        ] {
            let [first, again] = twice(&world, line, token, body).await;
            first.expect(202);
            assert_eq!(again.expect(409).code(), "already_done", "{line}");
            open.remove(operation(&all, line));
        }
        let deliveries = world.ask(&format!("GET {hook}/deliveries"), admin, Value::Null).await.expect(200).json;
        assert_eq!(deliveries["deliveries"].as_array().unwrap().len(), 1, "one test");

        let line = format!("DELETE {hook}");
        let gone = twice(&world, &line, admin, Value::Null).await.map(|answer| answer.status.as_u16());
        assert_eq!(gone, [204, 204]);
        open.remove(operation(&all, &line));
        assert_eq!(open, BTreeSet::new(), "every write of the document was sent twice");
    }

    async fn sec_b05_of_twenty_at_once_one_is_done_and_all_hear_of_it(database: TestDatabase) {
        let world = Arc::new(World::new(database).await);
        let person = json!({"name": "Nora Vos", "email": "nora@example.com"});
        let ids = at_once(&world, "POST /api/v1/agents", &world.admin.token, &[], person).await;
        assert_eq!(ids.len(), 1);
        // What each has read before is no more, once one of them has changed it.
        let change = json!({"job_title": "Adviser"});
        let titles = at_once(&world, "PATCH /api/v1/me", &world.anna.token, &["if-match: \"v1\""], change).await;
        assert_eq!(titles.len(), 1);
        let change = json!({"current_password": PASSWORD, "new_password": "seven green bicycles"});
        at_once(&world, "POST /api/v1/me/password", &world.anna.token, &[], change).await;
    }
}

/// Sends a request twenty times at once with one key, and those again that are told that it is in work. The answers that there were: all of
/// success.
async fn at_once(
    world: &Arc<World>,
    line: &'static str,
    token: &str,
    headers: &'static [&'static str],
    body: Value,
) -> BTreeSet<String> {
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (world, token, body) = (Arc::clone(world), token.to_owned(), body.clone());
            let headers: Vec<&str> = [KEY].into_iter().chain(headers.iter().copied()).collect();
            tokio::spawn(async move {
                loop {
                    let answer = world.ask_with(line, &token, &headers, body.clone()).await;
                    if answer.code() != "in_flight" {
                        break answer;
                    }
                    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (409, "1"));
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let mut texts = BTreeSet::new();
    for one in tries {
        let answer = one.await.unwrap();
        assert!(answer.status.is_success(), "{line}: {}", answer.text);
        texts.insert(answer.text);
    }
    texts
}

#[tokio::test]
async fn sec_b05_a_key_is_good_for_one_caller_route_and_body() {
    let world = World::new(TestDatabase::sqlite()).await;
    let line = "POST /api/v1/meeting_types";
    let kind = |slug: &str| json!({"slug": slug, "name": "Long", "duration_minutes": 60});
    // What was refused took no key.
    world.ask_with(line, &world.anna.token, &[KEY], kind("not a slug")).await.expect(422);
    let made = world.ask_with(line, &world.anna.token, &[KEY], kind("long")).await.expect(201);
    let other = world.ask_with(line, &world.anna.token, &[KEY], kind("longer")).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused");
    let foreign = world.ask_with(line, &world.bram.token, &[KEY], kind("long")).await.expect(201);
    assert_ne!(foreign.json["id"], made.json["id"]);
    let route = world.ask_with("PATCH /api/v1/me", &world.anna.token, &[KEY], json!({"name": "Anna"})).await;
    route.expect(200);
    assert_eq!(world.ask_with(line, "", &[KEY], kind("long")).await.expect(401).code(), "token_missing");
    let refused = world.ask_with(line, &world.anna.token, &[KEY, "idempotency-key: two"], kind("long")).await;
    assert_eq!(refused.expect(400).code(), "idempotency_key_invalid");
}
