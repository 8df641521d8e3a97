//! Public card, slots, booking, and what becomes of a meeting.

use crate::world::{World, manage_token, wish};
use nameplate_domain::rate::Rate;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_web::layers::RateConfig;
use serde_json::{Value, json};

both_engines! {
    async fn a_customer_books_reschedules_and_cancels(database: TestDatabase) {
        let world = World::new(database).await;
        let card = world.ask("GET /api/v1/agents/anna/public", "", Value::Null).await.expect(200).json;
        assert_eq!(card["name"], "anna Berg");
        assert_eq!(card["email"], Value::Null, "shown in messages only");
        assert_eq!(card["meeting_types"], json!([{"slug": "meeting", "name": "Video meeting", "duration_minutes": 30}]));
        assert_eq!(card["profile_url"], "https://meet.example.com/anna");

        let day = "meeting_type=meeting&from=2026-11-24&to=2026-11-24&time_zone=America/New_York";
        let line = format!("GET /api/v1/agents/anna/slots?{day}");
        let free = world.ask(&line, "", Value::Null).await.expect(200).json;
        // Berlin 09:00 to 17:00 is 03:00 to 11:00 in New York: sixteen half hours.
        assert_eq!(free["time_zone"], "America/New_York");
        assert_eq!(free["slots"].as_array().unwrap().len(), 16);
        assert_eq!(free["slots"][0], json!({"start": "2026-11-24T08:00:00Z", "local": "2026-11-24T03:00:00-05:00"}));

        let booked = world.booked(9).await;
        let meeting = &booked.json;
        let id = meeting["id"].as_str().unwrap();
        assert_eq!(booked.header("location"), format!("https://meet.example.com/api/v1/meetings/{id}"));
        assert_eq!(meeting["status"], "scheduled");
        assert_eq!((&meeting["start"], &meeting["end"]), (&json!("2026-11-24T09:00:00Z"), &json!("2026-11-24T09:30:00Z")));
        assert_eq!(meeting["customer"]["time_zone"], "America/New_York", "an alias of it was sent");
        assert_eq!((&meeting["agent"], &meeting["meeting_type"]), (&json!("anna"), &json!("meeting")));

        let free = world.ask(&line, "", Value::Null).await.expect(200).json;
        assert_eq!(free["slots"].as_array().unwrap().len(), 15);
        let taken = world.ask("POST /api/v1/meetings", "", wish(9)).await.expect(409);
        assert_eq!((taken.code(), taken.faults()), ("slot_taken", vec!["/start slot_taken".to_owned()]));
        let nearby = taken.json["nearby_slots"].as_array().unwrap();
        assert_eq!(nearby.len(), 3);
        assert_eq!(nearby[0], json!({"start": "2026-11-24T08:00:00Z", "local": "2026-11-24T03:00:00-05:00"}));

        let (line, token) = (format!("/api/v1/meetings/{id}"), manage_token(meeting));
        let read = world.ask(&format!("GET {line}"), &token, Value::Null).await.expect(200);
        assert_eq!(&read.json, meeting);
        let etag = format!("if-match: {}", read.header("etag"));
        let move_to = |start: &str| json!({"start": start, "reason": "The train is late"});
        let moved = world
            .ask_with(&format!("PATCH {line}"), &token, &[&etag], move_to("2026-11-24T10:00:00+01:00"))
            .await
            .expect(200);
        assert_eq!(moved.json["start"], "2026-11-24T09:00:00Z", "the same instant");
        let moved = world
            .ask_with(&format!("PATCH {line}"), &token, &[&etag], move_to("2026-11-24T14:00[Europe/Berlin]"))
            .await
            .expect(200);
        assert_eq!(moved.json["start"], "2026-11-24T13:00:00Z");
        let stale = world.ask_with(&format!("PATCH {line}"), &token, &[&etag], move_to("2026-11-24T10:00:00Z")).await;
        assert_eq!(stale.expect(412).code(), "stale");

        let cancelled = world.ask(&format!("DELETE {line}"), &token, json!({"reason": "I am ill"})).await.expect(200);
        assert_eq!(cancelled.json["status"], "cancelled");
        assert_eq!(world.ask(&format!("DELETE {line}"), &token, Value::Null).await.expect(409).code(), "meeting_cancelled");
        let again = world.ask(&format!("PATCH {line}"), &token, move_to("2026-11-24T10:00:00Z")).await.expect(409);
        assert_eq!(again.code(), "meeting_cancelled");
        world.booked(13).await;
    }

    async fn sec_b05_a_booking_is_repeated_safely(database: TestDatabase) {
        let world = World::new(database).await;
        let key = "idempotency-key: 9f0c";
        let first = world.ask_with("POST /api/v1/meetings", "", &[key], wish(9)).await.expect(201);
        // Other spaces and another order of the keys are the same body.
        let mut text = serde_json::to_string_pretty(&wish(9)).unwrap();
        text = text.replace("\"agent\": \"anna\",", "").replacen('{', "{ \"agent\":\"anna\",", 1);
        for _ in 0..5 {
            let again =
                world.raw("POST /api/v1/meetings", &[key, "content-type: application/json"], text.clone()).await;
            assert_eq!(again.expect(201).json, first.json);
        }
        let other = world.ask_with("POST /api/v1/meetings", "", &[key], wish(10)).await.expect(422);
        assert_eq!(other.code(), "idempotency_key_reused");
        let bram = &world.bram.token;
        let foreign = world.ask_with("POST /api/v1/meetings", bram, &[key], wish(9)).await.expect(409);
        assert_eq!(foreign.code(), "slot_taken", "another caller's key never hits");
        for bad in ["idempotency-key: ", "idempotency-key: a b", &format!("idempotency-key: {}", "x".repeat(256))] {
            let refused = world.ask_with("POST /api/v1/meetings", "", &[bad], wish(11)).await.expect(400);
            assert_eq!(refused.code(), "idempotency_key_invalid");
        }
        let longest = format!("idempotency-key: {}", "~".repeat(255));
        world.ask_with("POST /api/v1/meetings", "", &[&longest], wish(11)).await.expect(201);
    }
}

#[tokio::test]
async fn a_start_that_cannot_be_booked_says_why() {
    let world = World::new(TestDatabase::sqlite()).await;
    for (start, code) in [
        ("2026-11-24T06:00:00Z", "outside_hours"),
        ("2026-11-24T09:10:00Z", "outside_hours"),
        ("2026-11-28T09:00:00Z", "outside_hours"),
        ("2026-11-20T09:00:00Z", "in_the_past"),
        ("2026-11-23T10:00:00Z", "too_soon"),
        ("2027-06-01T08:00:00Z", "beyond_horizon"),
    ] {
        let mut wish = wish(9);
        wish["start"] = json!(start);
        let refused = world.ask("POST /api/v1/meetings", "", wish).await.expect(422);
        assert_eq!((refused.code(), refused.faults()), (code, vec![format!("/start {code}")]), "{start}");
    }
    let change = json!({"daily_limit": 1});
    world.ask("PATCH /api/v1/meeting_types/meeting", &world.anna.token, change).await.expect(200);
    world.booked(9).await;
    assert_eq!(world.ask("POST /api/v1/meetings", "", wish(12)).await.expect(422).code(), "daily_limit");
    let mut away = wish(9);
    away["agent"] = json!("dora");
    assert_eq!(world.ask("POST /api/v1/meetings", "", away).await.expect(422).code(), "agent_away");

    let own = json!({"slug": "private", "name": "Private", "duration_minutes": 60});
    let own = world.ask("POST /api/v1/meeting_types", &world.bram.token, own).await.expect(201).json;
    for foreign in ["private", own["id"].as_str().unwrap()] {
        let mut wish = wish(10);
        wish["meeting_type"] = json!(foreign);
        let refused = world.ask("POST /api/v1/meetings", "", wish).await.expect(422);
        assert_eq!(
            (refused.code(), refused.faults()),
            ("meeting_type_unknown", vec!["/meeting_type meeting_type_unknown".to_owned()])
        );
    }
    let mut nobody = wish(10);
    nobody["agent"] = json!("nobody");
    assert_eq!(world.ask("POST /api/v1/meetings", "", nobody).await.expect(422).code(), "agent_unknown");
}

#[tokio::test]
async fn slots_are_asked_for_at_most_62_dates_by_any_alias_and_beyond_the_horizon_there_are_none() {
    let world = World::new(TestDatabase::sqlite()).await;
    let ask = |query: &str| {
        let line = format!("GET /api/v1/agents/anna/slots?meeting_type=meeting&{query}");
        let world = &world;
        async move { world.ask(&line, "", Value::Null).await }
    };
    let free = ask("from=2026-11-24&to=2026-11-24&time_zone=asia/calcutta").await.expect(200).json;
    assert_eq!(
        (&free["time_zone"], &free["slots"][0]["local"]),
        (&json!("Asia/Kolkata"), &json!("2026-11-24T13:30:00+05:30"))
    );
    assert_eq!(ask("from=2026-11-24&to=2026-11-24").await.expect(200).json["time_zone"], "Europe/Berlin");
    ask("from=2026-11-01&to=2027-01-01").await.expect(200);
    for (query, faults) in [
        ("from=2026-11-01&to=2027-01-02", vec!["/to range_too_long"]),
        ("from=2026-11-02&to=2026-11-01", vec!["/to end_before_start"]),
        ("from=2026-02-30&to=20261124", vec!["/from date_format", "/to date_format"]),
        ("from=2026-11-24", vec!["/to missing"]),
        ("from=2026-11-24&to=2026-11-24&zone=UTC", vec!["/zone unknown_field"]),
        ("from=2026-11-24&to=2026-11-24&time_zone=Mars", vec!["/time_zone time_zone_unknown"]),
        ("from=-9999-01-01&to=9999-12-31", vec!["/from date_format"]),
    ] {
        assert_eq!(ask(query).await.expect(422).faults(), faults, "{query}");
    }
    for far in
        ["from=2028-01-01&to=2028-01-31", "from=9999-12-01&to=9999-12-31", "from=0000-01-01&to=0000-01-31"]
    {
        assert_eq!(ask(far).await.expect(200).json["slots"], json!([]), "{far}");
    }
    assert_eq!(
        ask("from=2026-11-24&from=2026-11-25&to=2026-11-25").await.expect(400).code(),
        "duplicate_parameter"
    );
    assert_eq!(ask("from=%ff&to=2026-11-25").await.status.as_u16() / 100, 4);
    let gone = "GET /api/v1/agents/dora/slots?meeting_type=meeting&from=2026-11-24&to=2026-11-24";
    world.ask(gone, "", Value::Null).await.expect(404);
    world.ask("GET /api/v1/agents/dora/public", "", Value::Null).await.expect(404);
}

#[tokio::test]
async fn sec_p1_questions_for_free_times_are_counted_apart_from_pages() {
    let mut world = World::new(TestDatabase::sqlite()).await;
    let rate = |text| Rate::parse_list(text).unwrap();
    let many = || rate("100/h");
    world.limit(RateConfig {
        slots_get: rate("2/h"),
        page_get: many(),
        token_bad: many(),
        api_token: many(),
    });
    let slots = "GET /api/v1/agents/anna/slots?meeting_type=meeting&from=2026-11-24&to=2026-11-24";
    for status in [200, 200, 429] {
        world.ask(slots, "", Value::Null).await.expect(status);
    }
    world.page("/anna", "").await.expect(200);
}
