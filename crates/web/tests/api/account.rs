//! `/me` and the meeting types of the token's agent.

use crate::world::{PASSWORD, World, wish};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

both_engines! {
    async fn an_account_is_read_and_changed(database: TestDatabase) {
        let world = World::new(database).await;
        let token = &world.anna.token;
        let me = world.ask("GET /api/v1/me", token, Value::Null).await.expect(200);
        assert_eq!(me.header("etag"), "\"v1\"");
        let expected = json!({
            "id": world.anna.agent.id.to_string(),
            "name": "anna Berg",
            "display_name": null,
            "email": "anna@example.com",
            "slug": "anna",
            "profile_url": "https://meet.example.com/anna",
            "time_zone": "Europe/Berlin",
            "phone_number": null,
            "job_title": null,
            "location": {"name": null, "street": null, "postcode": null, "city": null, "state": null, "country": null},
            "picture_url": null,
            "visibility": {
                "email": ["messages"],
                "phone_number": ["messages"],
                "job_title": ["booking_page", "messages"],
                "location": ["booking_page", "messages"],
                "picture": ["booking_page", "messages"],
            },
            "fields": {},
            "external_ids": {},
            "role": "agent",
            "status": "active",
        });
        assert_eq!(me.json, expected);

        let change = json!({
            "display_name": "Anna",
            "job_title": "Mortgage adviser",
            "phone_number": "06 12345678",
            "location": {"city": "Eindhoven", "country": "NL"},
            "visibility": {"email": ["booking_page"], "picture": []},
            "slug": "anna-berg",
            "time_zone": "Asia/Calcutta",
        });
        let changed = world.ask_with("PATCH /api/v1/me", token, &["if-match: \"v1\""], change).await.expect(200);
        let mut expected = expected;
        expected["display_name"] = json!("Anna");
        expected["job_title"] = json!("Mortgage adviser");
        expected["phone_number"] = json!("+31612345678");
        expected["location"]["city"] = json!("Eindhoven");
        expected["location"]["country"] = json!("NL");
        expected["visibility"]["email"] = json!(["booking_page"]);
        expected["visibility"]["picture"] = json!([]);
        expected["slug"] = json!("anna-berg");
        expected["profile_url"] = json!("https://meet.example.com/anna-berg");
        expected["time_zone"] = json!("Asia/Kolkata");
        assert_eq!(changed.json, expected);
        let again = world.ask("GET /api/v1/me", token, Value::Null).await.expect(200);
        assert_eq!((again.json, again.headers["etag"].clone()), (expected, changed.headers["etag"].clone()));

        let stale = json!({"name": "Late"});
        assert_eq!(world.ask_with("PATCH /api/v1/me", token, &["if-match: \"v1\""], stale).await.expect(412).code(), "stale");
        let merge = ["content-type: application/merge-patch+json", &format!("authorization: Bearer {token}")];
        let removed = world.raw("PATCH /api/v1/me", &merge, r#"{"display_name": null, "location": {"city": null}}"#).await;
        let removed = removed.expect(200).json;
        assert_eq!((&removed["display_name"], &removed["location"]["city"]), (&Value::Null, &Value::Null));
        assert_eq!(removed["location"]["country"], "NL", "what is not named stays");

        let half = json!({"name": "Half", "time_zone": "Asia/Tokyo", "slug": "anna"});
        let taken = world.ask("PATCH /api/v1/me", &world.bram.token, half).await.expect(422);
        let bram = world.ask("GET /api/v1/me", &world.bram.token, Value::Null).await.expect(200).json;
        assert_ne!((&bram["name"], &bram["time_zone"]), (&json!("Half"), &json!("Asia/Tokyo")), "all or nothing");
        assert_eq!(taken.faults(), ["/slug slug_taken"], "a former slug is never given away");
        let reserved = world.ask("PATCH /api/v1/me", token, json!({"slug": "api"})).await.expect(422);
        assert_eq!(reserved.faults(), ["/slug slug_reserved"]);
        for name in ["anna", "anna-berg", world.anna.agent.id.to_string().as_str()] {
            let card = world.ask(&format!("GET /api/v1/agents/{name}/public"), "", Value::Null).await.expect(200);
            assert_eq!(card.json["slug"], "anna-berg", "{name}");
            assert_eq!(card.json["email"], "anna@example.com");
        }
    }

    async fn availability_is_replaced_as_a_whole(database: TestDatabase) {
        let world = World::new(database).await;
        let token = &world.anna.token;
        let read = world.ask("GET /api/v1/me/availability", token, Value::Null).await.expect(200);
        assert_eq!(read.json["weekly"]["mon"], json!([["09:00", "17:00"]]));
        let etag = format!("if-match: {}", read.header("etag"));
        let hours = json!({
            "weekly": {"tue": [["22:00", "24:00"]]},
            "overrides": {"2026-11-25": [["08:00", "09:00"]]},
            "zone_overrides": [{"from": "2026-11-25", "to": "2026-11-25", "zone": "US/Eastern"}],
        });
        let saved = world.ask_with("PUT /api/v1/me/availability", token, &[&etag], hours).await.expect(200);
        assert_eq!(saved.json["zone_overrides"][0]["zone"], "America/New_York");
        world.ask_with("PUT /api/v1/me/availability", token, &[&etag], json!({})).await.expect(412);
        let line = "GET /api/v1/agents/anna/slots?meeting_type=meeting&from=2026-11-24&to=2026-11-26&time_zone=UTC";
        let free = world.ask(line, "", Value::Null).await.expect(200).json;
        let starts: Vec<_> = free["slots"].as_array().unwrap().iter().map(|slot| slot["start"].as_str().unwrap()).collect();
        // Tuesday 22:00 in Berlin is 21:00 UTC; Wednesday 08:00 in New York is 13:00 UTC.
        let expected = ["2026-11-24T21:00:00Z", "2026-11-24T21:30:00Z", "2026-11-24T22:00:00Z", "2026-11-24T22:30:00Z",
            "2026-11-25T13:00:00Z", "2026-11-25T13:30:00Z"];
        assert_eq!(starts, expected);
        let wrong = json!({"weekly": {"mon": [["9:00", "17:00"], ["12:00", "11:00"]], "day": []}, "more": 1});
        let wrong = world.ask("PUT /api/v1/me/availability", token, wrong).await.expect(422);
        let faults = ["/more unknown_field", "/weekly/day unknown_field", "/weekly/mon/0 time_format", "/weekly/mon/1 end_before_start"];
        assert_eq!(wrong.faults(), faults);
    }

    async fn meeting_types_are_made_changed_and_removed(database: TestDatabase) {
        let world = World::new(database).await;
        let token = &world.anna.token;
        let made = world
            .ask("POST /api/v1/meeting_types", token, json!({"slug": "intro", "name": "Introduction", "duration_minutes": 45}))
            .await
            .expect(201);
        let id = made.json["id"].as_str().unwrap();
        assert_eq!(made.header("location"), format!("https://meet.example.com/api/v1/meeting_types/{id}"));
        assert_eq!((&made.json["interval_minutes"], &made.json["daily_limit"]), (&json!(45), &Value::Null));
        let line = format!("/api/v1/meeting_types/{id}");
        let etag = format!("if-match: {}", made.header("etag"));
        let change = json!({"description": "Half an hour\nor so", "daily_limit": 3, "place": "By video"});
        let changed = world.ask_with(&format!("PATCH {line}"), token, &[&etag], change).await.expect(200);
        let mut expected = made.json.clone();
        expected["description"] = json!("Half an hour\nor so");
        expected["daily_limit"] = json!(3);
        expected["place"] = json!("By video");
        assert_eq!(changed.json, expected);
        world.ask_with(&format!("PATCH {line}"), token, &[&etag], json!({"name": "Late"})).await.expect(412);
        assert_eq!(world.ask("GET /api/v1/meeting_types/intro", token, Value::Null).await.expect(200).json, expected);
        let list = world.ask("GET /api/v1/meeting_types", token, Value::Null).await.expect(200).json;
        assert_eq!(list["meeting_types"].as_array().unwrap().len(), 2);
        let twin = json!({"slug": "intro", "name": "Again", "duration_minutes": 45});
        assert_eq!(world.ask("POST /api/v1/meeting_types", token, twin).await.expect(422).faults(), ["/slug slug_taken"]);
        let wrong = json!({"slug": "intro-2", "duration_minutes": -5, "horizon_days": 731, "daily_limit": 0, "notice_minutes": 1.5});
        let faults = ["/daily_limit out_of_range", "/duration_minutes out_of_range", "/horizon_days out_of_range",
            "/name missing", "/notice_minutes not_a_number"];
        assert_eq!(world.ask("POST /api/v1/meeting_types", token, wrong).await.expect(422).faults(), faults);
        world.ask(&format!("DELETE {line}"), token, Value::Null).await.expect(204);
        world.ask(&format!("GET {line}"), token, Value::Null).await.expect(404);
    }
}

#[tokio::test]
async fn sec_a04_password_and_email_want_the_current_password() {
    let world = World::new(TestDatabase::sqlite()).await;
    let token = &world.anna.token;
    for (line, body) in [
        ("POST /api/v1/me/password", json!({"new_password": "a quite different passphrase"})),
        ("POST /api/v1/me/email", json!({"email": "anna@elsewhere.example"})),
    ] {
        let alone = world.ask(line, token, body.clone()).await.expect(403);
        assert_eq!(alone.code(), "reauthentication_required");
        let mut wrong = body.clone();
        wrong["current_password"] = json!("not the password");
        assert_eq!(
            world.ask(line, token, wrong).await.expect(422).faults(),
            ["/current_password password_wrong"]
        );
    }
    let email = json!({"email": "anna@elsewhere.example", "current_password": PASSWORD});
    let pending = world.ask("POST /api/v1/me/email", token, email).await.expect(202).json;
    assert_eq!(pending, json!({"email": "anna@example.com", "pending_email": "anna@elsewhere.example"}));
    let same = json!({"email": "anna@example.com", "current_password": PASSWORD});
    let same = world.ask("POST /api/v1/me/email", token, same).await.expect(202).json;
    assert_eq!(same, json!({"email": "anna@example.com", "pending_email": null}), "nothing waits");
    assert_eq!(
        world.ask("GET /api/v1/me", token, Value::Null).await.expect(200).json["email"],
        "anna@example.com"
    );
    let short = json!({"new_password": "short", "current_password": PASSWORD});
    let short = world.ask("POST /api/v1/me/password", token, short).await.expect(422);
    assert_eq!(short.faults(), ["/new_password password_too_short"]);
    let new = json!({"new_password": "a quite different passphrase", "current_password": PASSWORD});
    world.ask("POST /api/v1/me/password", token, new.clone()).await.expect(204);
    world.ask("POST /api/v1/me/password", token, new).await.expect(422);
}

#[tokio::test]
async fn a_picture_is_put_as_bytes_and_removed() {
    let world = World::new(TestDatabase::sqlite()).await;
    let bearer = format!("authorization: Bearer {}", world.anna.token);
    let headers = [bearer.as_str(), "content-type: image/jpeg"];
    let upload = nameplate_picture::generated_portrait(7);
    let put = world.raw("PUT /api/v1/me/picture", &headers, upload).await.expect(200);
    let url = put.json["picture_url"].as_str().unwrap().to_owned();
    let shown =
        world.raw(&format!("GET {}", url.trim_start_matches("https://meet.example.com")), &[], "").await;
    assert_eq!(shown.expect(200).header("content-type"), "image/jpeg");
    let card = world.ask("GET /api/v1/agents/anna/public", "", Value::Null).await.expect(200);
    assert_eq!(card.json["picture_url"], json!(url));
    for (file, code) in
        [("", "empty"), ("hello", "not_a_picture"), ("<svg xmlns='http://www.w3.org/2000/svg'/>", "svg")]
    {
        let refused = world.raw("PUT /api/v1/me/picture", &headers, file).await.expect(422);
        assert_eq!((refused.code(), refused.faults()), ("picture_unusable", vec![format!(" {code}")]));
    }
    let kept = world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200);
    assert_eq!(kept.json["picture_url"], json!(url), "the old picture stays");
    world.raw("DELETE /api/v1/me/picture", &headers[..1], "").await.expect(204);
    let gone = world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200);
    assert_eq!(gone.json["picture_url"], Value::Null);
    world.ask("POST /api/v1/meetings", "", wish(9)).await.expect(201);
}
