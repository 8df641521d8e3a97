//! `/api/v1/webhooks`.

use crate::world::World;
use nameplate_app::webhooks::{Courier, call_due};
use nameplate_testkit::both_engines;
use nameplate_testkit::receiver::{Manner, Receiver};
use serde_json::{Value, json};
use std::sync::Arc;

/// Calls whoever is due.
async fn call(world: &World) {
    let courier = Courier::new(Arc::clone(&world.app.settings().webhooks)).unwrap();
    while call_due(&world.app, &courier, crate::world::now).await.unwrap() {}
}

both_engines! {
    async fn the_life_of_a_webhook(database: TestDatabase) {
        let world = World::new(database).await;
        let admin = &world.admin.token;
        let none = world.ask("GET /api/v1/webhooks", admin, Value::Null).await.expect(200);
        assert_eq!(none.json, json!({"webhooks": []}));
        let receiver = Receiver::start(Manner::Status(200));
        let wish = json!({"url": receiver.url(), "events": ["meeting.scheduled", "agent.updated"]});
        let made = world.ask("POST /api/v1/webhooks", admin, wish).await.expect(201);
        let id = made.json["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/webhooks/{id}");
        assert!(made.header("location").ends_with(&path));
        let secret = made.json["secret"].as_str().unwrap().to_owned();
        assert!(secret.starts_with("whsec_"));
        let read = world.ask(&format!("GET {path}"), admin, Value::Null).await.expect(200);
        assert!(!read.text.contains("secret\":\"") && !read.text.contains(&secret), "{}", read.text);
        assert_eq!((&read.json["enabled"], &read.json["waiting"]), (&json!(true), &json!(0)));

        let meeting = world.booked(9).await.json;
        call(&world).await;
        let told: Value = serde_json::from_str(&receiver.next().body).unwrap();
        let line = format!("GET /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let seen = world.ask(&line, admin, Value::Null).await.expect(200).json;
        assert_eq!(told["data"], seen, "as the API answers an admin");
        assert_eq!(told["data"]["manage_url"], Value::Null);
        let list = world.ask(&format!("GET {path}/deliveries?limit=1"), admin, Value::Null).await.expect(200);
        let delivery = &list.json["deliveries"][0];
        assert_eq!(
            [&delivery["type"], &delivery["state"], &delivery["response_status"], &list.json["next_cursor"]],
            [&json!("meeting.scheduled"), &json!("delivered"), &json!(200), &Value::Null]
        );

        let rotated = world.ask(&format!("POST {path}/rotate-secret"), admin, json!({})).await.expect(200);
        assert_ne!(rotated.json["secret"], json!(secret));
        assert_eq!(rotated.json["previous_secret_until"], "2026-11-24T09:00:00Z");
        let line = format!("POST {path}/deliveries/{}/replay", delivery["id"].as_str().unwrap());
        let replayed = world.ask(&line, admin, json!({})).await.expect(202);
        assert_eq!((&replayed.json["id"], &replayed.json["state"]), (&delivery["id"], &json!("waiting")));
        world.ask(&format!("POST {path}/test"), admin, json!({})).await.expect(202);
        call(&world).await;
        let (again, test) = (receiver.next(), receiver.next());
        assert_eq!(again.header("webhook-id"), delivery["id"].as_str().unwrap());
        assert!(test.body.contains("\"webhook.test\""));
        let first = world.ask(&format!("GET {path}/deliveries?limit=1"), admin, Value::Null).await.expect(200);
        let cursor = first.json["next_cursor"].as_str().unwrap();
        let line = format!("GET {path}/deliveries?cursor={cursor}");
        let second = world.ask(&line, admin, Value::Null).await.expect(200);
        assert_eq!(second.json["deliveries"][0]["id"], delivery["id"]);

        let etag = rotated.header("etag").to_owned();
        let stale = [r#"if-match: "v1""#];
        let off = json!({"enabled": false});
        world.ask_with(&format!("PATCH {path}"), admin, &stale, off.clone()).await.expect(412);
        let seen = format!("if-match: {etag}");
        let changed = world.ask_with(&format!("PATCH {path}"), admin, &[&seen], off).await.expect(200);
        assert_eq!(changed.json["enabled"], false);
        assert_eq!(changed.json["disabled_reason"], Value::Null);
        let refused = world.ask(&format!("POST {path}/test"), admin, json!({})).await.expect(409);
        assert_eq!(refused.code(), "webhook_off");
        world.ask(&format!("DELETE {path}"), admin, Value::Null).await.expect(204);
        world.ask(&format!("GET {path}"), admin, Value::Null).await.expect(404);
        world.ask(&format!("GET {path}/deliveries"), admin, Value::Null).await.expect(404);
    }
}

#[tokio::test]
async fn sec_c13_bad_wishes_are_told_field_by_field() {
    let world = World::new(nameplate_testkit::engines::TestDatabase::sqlite()).await;
    let admin = &world.admin.token;
    let events = json!(["agent.created"]);
    for (wish, faults) in [
        (json!({}), vec!["/events missing", "/url missing"]),
        (json!({"url": 1, "events": "agent.created"}), vec!["/events wrong_type", "/url wrong_type"]),
        (
            json!({"url": "crm", "events": ["agent.created", "x"]}),
            vec!["/events/1 not_a_choice", "/url url_format"],
        ),
        (json!({"url": "https://example.com", "events": []}), vec!["/events empty"]),
        (json!({"url": "https://10.0.0.1", "events": events}), vec!["/url private_address"]),
        (json!({"url": "https://[::1]", "events": events}), vec!["/url private_address"]),
        (json!({"url": "https://a:b@example.com", "events": events}), vec!["/url url_format"]),
        (json!({"url": "http://example.com", "events": events}), vec!["/url not_https"]),
        (json!({"url": "https://example.com:25", "events": events}), vec!["/url port_not_allowed"]),
        (
            json!({"url": "https://example.com", "events": events, "secret": "x"}),
            vec!["/secret unknown_field"],
        ),
    ] {
        let refused = world.ask("POST /api/v1/webhooks", admin, wish.clone()).await.expect(422);
        assert_eq!(refused.faults(), faults, "{wish}");
    }
    for name in ["nothing", "agt_0198f2c4000070008000000000000009", "whk_0198f2c4000070008000000000000009"] {
        world.ask(&format!("GET /api/v1/webhooks/{name}"), admin, Value::Null).await.expect(404);
        let line = format!("POST /api/v1/webhooks/{name}/deliveries/{name}/replay");
        world.ask(&line, admin, json!({})).await.expect(404);
    }
    let wish = json!({"url": "https://example.com", "events": events});
    let made = world.ask("POST /api/v1/webhooks", admin, wish).await.expect(201).json;
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().unwrap());
    let refused =
        world.ask(&format!("PATCH {path}"), admin, json!({"enabled": 1, "events": []})).await.expect(422);
    assert_eq!(refused.faults(), ["/enabled wrong_type"]);
    for query in ["limit=0", "limit=101", "cursor=x", "nothing=1"] {
        world.ask(&format!("GET {path}/deliveries?{query}"), admin, Value::Null).await.expect(422);
    }
}
