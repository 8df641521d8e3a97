//! Assistants at `/mcp`: what the REST API lets a caller do, and nothing else.

use crate::world::{World, manage_token, wish};
use nameplate_domain::rate::Rate;
use nameplate_testkit::both_engines;
use nameplate_web::layers::RateConfig;
use serde_json::{Value, json};
use std::time::Duration;

/// What clients of the protocol send.
pub const HEADERS: [&str; 2] = ["accept: application/json, text/event-stream", "host: meet.example.com"];

/// Calls a tool; what it answered, and whether that is an error.
async fn call(world: &World, token: &str, tool: &str, arguments: Value) -> (bool, Value) {
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}});
    let answer = world.ask_with("POST /mcp", token, &HEADERS, message).await.expect(200).json;
    let result = &answer["result"];
    assert_eq!(result["content"][0]["text"], result["structuredContent"].to_string(), "{answer}");
    (result["isError"].as_bool().unwrap(), result["structuredContent"].clone())
}

async fn done(world: &World, token: &str, tool: &str, arguments: Value) -> Value {
    let (is_error, answer) = call(world, token, tool, arguments).await;
    assert!(!is_error, "{tool}: {answer}");
    answer
}

async fn refused(world: &World, token: &str, tool: &str, arguments: Value) -> Value {
    let (is_error, answer) = call(world, token, tool, arguments).await;
    assert!(is_error, "{tool}: {answer}");
    answer
}

both_engines! {
    async fn an_assistant_books_moves_and_cancels_for_a_customer(database: TestDatabase) {
        let world = World::new(database).await;
        let card = done(&world, "", "get_agent", json!({"agent": "anna"})).await;
        assert_eq!(card, world.ask("GET /api/v1/agents/anna/public", "", Value::Null).await.json);

        let day = json!({"agent": "anna", "meeting_type": "meeting", "from": "2026-11-24", "to": "2026-11-24", "time_zone": "America/New_York"});
        let free = done(&world, "", "list_free_times", day).await;
        assert_eq!(free["slots"][0], json!({"start": "2026-11-24T08:00:00Z", "local": "2026-11-24T03:00:00-05:00"}));

        let mut wanted = wish(9);
        wanted["idempotency_key"] = json!("one");
        let meeting = done(&world, "", "book_meeting", wanted.clone()).await;
        assert_eq!((&meeting["start"], &meeting["status"]), (&json!("2026-11-24T09:00:00Z"), &json!("scheduled")));
        assert_eq!(done(&world, "", "book_meeting", wanted.clone()).await["id"], meeting["id"], "nothing is done twice");
        wanted["idempotency_key"] = json!("another");
        let taken = refused(&world, "", "book_meeting", wanted).await;
        assert_eq!((&taken["code"], taken["nearby_slots"].as_array().unwrap().len()), (&json!("slot_taken"), 3));

        let (id, token) = (&meeting["id"], manage_token(&meeting));
        let moved = json!({"meeting": id, "start": "2026-11-24T15:00[Europe/Berlin]", "reason": "The train is late"});
        assert_eq!(refused(&world, "", "reschedule_meeting", moved.clone()).await["code"], "token_missing");
        let mut with_token = moved;
        with_token["personal_token"] = json!(token);
        let moved = done(&world, "", "reschedule_meeting", with_token).await;
        assert_eq!(moved["start"], "2026-11-24T14:00:00Z");
        assert_eq!(done(&world, &world.anna.token, "get_meeting", json!({"meeting": id})).await["start"], moved["start"]);
        let cancelled = done(&world, &token, "cancel_meeting", json!({"meeting": id})).await;
        assert_eq!(cancelled["status"], "cancelled", "the token may also be that of the connection");
    }

    async fn sec_a11_an_assistant_may_do_what_its_token_may(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(9).await.json;
        let own = json!({"meeting": meeting["id"]});
        assert_eq!(refused(&world, "", "get_meeting", own.clone()).await["code"], "token_missing");
        assert_eq!(refused(&world, &world.bram.token, "get_meeting", own.clone()).await["code"], "not_found");
        assert_eq!(refused(&world, &world.bram.token, "cancel_meeting", own.clone()).await["code"], "not_found");
        let with_wrong = json!({"meeting": meeting["id"], "personal_token": "np_unknown"});
        assert_eq!(refused(&world, &world.anna.token, "get_meeting", with_wrong).await["code"], "token_invalid");
        assert_eq!(refused(&world, "", "find_agents", json!({})).await["code"], "token_missing");
        assert_eq!(refused(&world, &world.anna.token, "find_agents", json!({})).await["code"], "admin_token_needed");
        let found = done(&world, &world.admin.token, "find_agents", json!({"search": "ANNA berg", "limit": 5})).await;
        assert_eq!((found["agents"].as_array().unwrap().len(), &found["agents"][0]["slug"]), (1, &json!("anna")));
        assert_eq!(done(&world, &world.anna.token, "get_meeting", own).await["id"], meeting["id"]);
    }

    async fn what_an_assistant_gets_wrong_is_said(database: TestDatabase) {
        let world = World::new(database).await;
        let nobody = refused(&world, "", "get_agent", json!({})).await;
        assert_eq!(nobody["errors"][0]["pointer"], "/agent");
        let mut wish = wish(9);
        wish["customer"] = json!({"name": "", "email": "nobody"});
        wish["colour"] = json!("red");
        let wrong = refused(&world, "", "book_meeting", wish).await;
        let pointers: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/customer/name", "/customer/email", "/colour"]);
        let many = json!({"agent": "anna", "meeting_type": "meeting", "from": "2026-11-24", "to": "2027-11-24"});
        assert_eq!(refused(&world, "", "list_free_times", many).await["errors"][0]["code"], "range_too_long");

        let unknown = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "erase_everything"}});
        let answer = world.ask_with("POST /mcp", "", &HEADERS, unknown).await.expect(200).json;
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(7), &json!(-32602)));
        let foreign = [&HEADERS[..], &["origin: https://evil.example.com"]].concat();
        let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
        world.ask_with("POST /mcp", "", &foreign, list.clone()).await.expect(403);
        world.ask_with("POST /mcp", "", &[&HEADERS[..], &["origin: https://meet.example.com"]].concat(), list).await.expect(200);
        assert_eq!(world.ask_with("GET /mcp", "", &HEADERS, Value::Null).await.expect(405).code(), "method_not_allowed");
    }

    async fn sec_p01_what_an_assistant_does_counts_as_if_it_were_asked_for_directly(database: TestDatabase) {
        let rate = |count| vec![Rate { count, per: Duration::from_hours(1), burst: count }];
        let mut world = World::new(database).await;
        world.limit(RateConfig { slots_get: rate(2), page_get: rate(1_000), token_bad: rate(3), api_token: rate(1_000) });
        let day = json!({"agent": "anna", "meeting_type": "meeting", "from": "2026-11-24", "to": "2026-11-24"});
        for _ in 0..2 {
            done(&world, "", "list_free_times", day.clone()).await;
        }
        assert_eq!(refused(&world, "", "list_free_times", day).await["code"], "too_many_requests");
        let guess = json!({"meeting": "mtg_0198f2c4000070008000000000000001", "personal_token": "guess"});
        for _ in 0..3 {
            assert_eq!(refused(&world, "", "get_meeting", guess.clone()).await["code"], "token_invalid");
        }
        assert_eq!(refused(&world, "", "get_meeting", guess).await["code"], "too_many_requests");
    }
}
