//! Who may do what (`security.md` A11): every route of the API by every kind of caller. A route that is not listed fails.

use crate::mcp::HEADERS;
use crate::world::{World, manage_token, wish};
use nameplate_testkit::engines::TestDatabase;
use nameplate_web::rows;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Status by caller, in this order: nobody, an unknown token, a disabled agent's, the customer's link, the link of another
/// meeting, another agent, an admin, the agent.
pub type Row = (&'static str, [u16; 8]);

pub const MATRIX: &[Row] = &[
    ("GET /api/v1/openapi.json", [200; 8]),
    ("GET /api/docs", [200; 8]),
    ("GET /api/v1/agents", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /api/v1/agents", [401, 401, 401, 403, 403, 403, 201, 403]),
    ("GET /api/v1/changes", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /api/v1/agents/{slug}", [401, 401, 401, 403, 403, 404, 200, 200]),
    ("PATCH /api/v1/agents/{slug}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /api/v1/agents/{slug}/public", [200; 8]),
    ("GET /api/v1/agents/{slug}/slots", [200; 8]),
    ("POST /api/v1/inbound/mail", [401; 8]),
    ("POST /api/v1/meetings", [201, 401, 401, 201, 201, 201, 201, 201]),
    ("GET /api/v1/meetings/{id}", [401, 401, 401, 200, 404, 404, 200, 200]),
    ("PATCH /api/v1/meetings/{id}", [401, 401, 401, 200, 404, 404, 200, 200]),
    ("DELETE /api/v1/meetings/{id}", [401, 401, 401, 200, 404, 404, 200, 200]),
    ("GET /api/v1/me", [401, 401, 401, 403, 403, 200, 200, 200]),
    ("PATCH /api/v1/me", [401, 401, 401, 403, 403, 200, 200, 200]),
    ("PUT /api/v1/me/picture", [401, 401, 401, 403, 403, 422, 422, 422]),
    ("DELETE /api/v1/me/picture", [401, 401, 401, 403, 403, 204, 204, 204]),
    ("GET /api/v1/me/availability", [401, 401, 401, 403, 403, 200, 200, 200]),
    ("PUT /api/v1/me/availability", [401, 401, 401, 403, 403, 200, 200, 200]),
    ("POST /api/v1/me/password", [401, 401, 401, 403, 403, 403, 403, 403]),
    ("POST /api/v1/me/email", [401, 401, 401, 403, 403, 403, 403, 403]),
    ("GET /api/v1/meeting_types", [401, 401, 401, 403, 403, 200, 200, 200]),
    ("POST /api/v1/meeting_types", [401, 401, 401, 403, 403, 201, 201, 201]),
    // An admin's own account has no such meeting type: theirs are their own ones.
    ("GET /api/v1/meeting_types/{id}", [401, 401, 401, 403, 403, 404, 404, 200]),
    ("PATCH /api/v1/meeting_types/{id}", [401, 401, 401, 403, 403, 404, 404, 200]),
    ("DELETE /api/v1/meeting_types/{id}", [401, 401, 401, 403, 403, 404, 404, 204]),
    ("GET /api/v1/webhooks", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /api/v1/webhooks", [401, 401, 401, 403, 403, 403, 201, 403]),
    ("GET /api/v1/webhooks/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("PATCH /api/v1/webhooks/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /api/v1/webhooks/{id}/rotate-secret", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /api/v1/webhooks/{id}/test", [401, 401, 401, 403, 403, 403, 202, 403]),
    ("GET /api/v1/webhooks/{id}/deliveries", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay", [401, 401, 401, 403, 403, 403, 202, 403]),
    ("DELETE /api/v1/webhooks/{id}", [401, 401, 401, 403, 403, 403, 204, 403]),
    ("GET /scim/v2/ServiceProviderConfig", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /scim/v2/ResourceTypes", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /scim/v2/ResourceTypes/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /scim/v2/Schemas", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /scim/v2/Schemas/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /scim/v2/.search", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /scim/v2/Users", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("POST /scim/v2/Users", [401, 401, 401, 403, 403, 403, 201, 403]),
    ("POST /scim/v2/Users/.search", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("GET /scim/v2/Users/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("PUT /scim/v2/Users/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    ("PATCH /scim/v2/Users/{id}", [401, 401, 401, 403, 403, 403, 200, 403]),
    // Only those of the disabled agent: it ends no token of the others.
    ("DELETE /scim/v2/Users/{id}", [401, 401, 401, 403, 403, 403, 204, 403]),
    // What a caller may do by it is what the routes above say.
    ("POST /mcp", [200, 401, 401, 200, 200, 200, 200, 200]),
    // The last one: it ends the other agent's token.
    ("DELETE /api/v1/agents/{slug}", [401, 401, 401, 403, 403, 403, 204, 403]),
];

pub fn body(line: &str, hour: u32) -> Value {
    match line {
        "POST /api/v1/meetings" => wish(hour),
        "POST /api/v1/agents" => json!({"name": "New Agent", "email": "new@example.com"}),
        "PATCH /api/v1/meetings/{id}" => json!({"start": format!("2026-11-26T{hour:02}:00:00Z")}),
        "PATCH /api/v1/me" | "PATCH /api/v1/agents/{slug}" => json!({"job_title": "Adviser"}),
        "PUT /api/v1/me/availability" => {
            let day = json!([["09:00", "17:00"]]);
            json!({"weekly": {"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}})
        }
        "POST /api/v1/me/password" => json!({"new_password": "a quite different passphrase"}),
        "POST /api/v1/me/email" => json!({"email": "new@example.com"}),
        "POST /api/v1/meeting_types" => json!({"slug": "other", "name": "Other", "duration_minutes": 30}),
        "POST /api/v1/webhooks" => json!({"url": "https://crm.example.com/", "events": ["agent.created"]}),
        "PATCH /api/v1/webhooks/{id}" => json!({"events": ["agent.updated"]}),
        "POST /scim/v2/Users" => json!({"userName": "scim@example.com", "displayName": "New Agent"}),
        "PUT /scim/v2/Users/{id}" => json!({"title": "Adviser"}),
        "PATCH /scim/v2/Users/{id}" => {
            json!({"Operations": [{"op": "replace", "path": "title", "value": "Adviser"}]})
        }
        "POST /scim/v2/.search" | "POST /scim/v2/Users/.search" => json!({"filter": "title pr"}),
        "POST /mcp" => json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
        "PATCH /api/v1/meeting_types/{id}" => json!({"name": "Changed"}),
        _ => Value::Null,
    }
}

#[tokio::test]
async fn sec_a11_every_route_by_every_caller() {
    let world = World::new(TestDatabase::sqlite()).await;
    let mut wrong = Vec::new();
    for (line, statuses) in MATRIX {
        for (caller, expected) in statuses.iter().enumerate() {
            // Each cell has a meeting and a meeting type of its own, so that no cell depends on another.
            let hour = 8 + u32::try_from(caller).unwrap();
            let mut other = wish(hour);
            other["start"] = json!(format!("2026-11-25T{hour:02}:00:00Z"));
            other["agent"] = json!("bram");
            let meeting = world.ask("POST /api/v1/meetings", "", wish(hour)).await.expect(201).json;
            let other = world.ask("POST /api/v1/meetings", "", other).await.expect(201).json;
            let own = json!({"slug": "own", "name": "Own", "duration_minutes": 30});
            let own = world.ask("POST /api/v1/meeting_types", &world.anna.token, own).await.expect(201).json;
            let (link, other_link) = (manage_token(&meeting), manage_token(&other));
            let callers = [
                "",
                "np_unknown",
                &world.disabled.token,
                &link,
                &other_link,
                &world.bram.token,
                &world.admin.token,
                &world.anna.token,
            ];
            let (webhook, delivery) = told(&world).await;
            let id = if line.contains("webhooks") { &webhook } else { &meeting["id"] };
            let id = if line.contains("meeting_types") { &own["id"] } else { id };
            let scim = scim_id(&world, line);
            let id = scim.as_ref().unwrap_or(id);
            let asked = line
                .replace("{slug}/slots", "{slug}/slots?meeting_type=meeting&from=2026-11-24&to=2026-11-24")
                .replace("DELETE /api/v1/agents/{slug}", "DELETE /api/v1/agents/bram")
                .replace("{slug}", "anna")
                .replace("{delivery}", delivery.as_str().unwrap())
                .replace("{id}", id.as_str().unwrap());
            let mut body = body(line, hour);
            if *line == "POST /api/v1/meetings" {
                body["start"] = json!(format!("2026-11-27T{hour:02}:00:00Z"));
            }
            let answer = world.ask_with(&asked, callers[caller], &HEADERS, body).await;
            if answer.status != *expected {
                wrong.push(format!(
                    "{line} by caller {caller}: {} for {expected}: {}",
                    answer.status, answer.text
                ));
            }
            if answer.status == 401 {
                assert!(answer.header("www-authenticate").starts_with("Bearer"), "{line}");
            }
            if answer.status == 404 {
                let missing = asked.replace(id.as_str().unwrap(), &swapped(id.as_str().unwrap()));
                let missing = world.ask(&missing, callers[caller], self::body(line, hour)).await.expect(404);
                assert_eq!(
                    without_id(&answer.json),
                    without_id(&missing.json),
                    "foreign is like missing: {line}"
                );
            }
            clean_up(&world, line, &[&meeting, &other], &answer.json).await;
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A webhook, and what it was told; without those of before.
async fn told(world: &World) -> (Value, Value) {
    let admin = &world.admin.token;
    let all = world.ask("GET /api/v1/webhooks", admin, Value::Null).await.expect(200).json;
    for webhook in all["webhooks"].as_array().unwrap() {
        let line = format!("DELETE /api/v1/webhooks/{}", webhook["id"].as_str().unwrap());
        world.ask(&line, admin, Value::Null).await.expect(204);
    }
    let made = world.ask("POST /api/v1/webhooks", admin, body("POST /api/v1/webhooks", 9)).await.expect(201);
    let id = made.json["id"].clone();
    let line = format!("POST /api/v1/webhooks/{}/test", id.as_str().unwrap());
    let test = world.ask(&line, admin, json!({})).await.expect(202).json;
    (id, test["id"].clone())
}

/// What stands for `{id}` in an address of SCIM.
fn scim_id(world: &World, line: &str) -> Option<Value> {
    let id = match line.split_once("/scim/v2/")?.1 {
        "ResourceTypes/{id}" => "User".to_owned(),
        "Schemas/{id}" => "urn:ietf:params:scim:schemas:core:2.0:User".to_owned(),
        _ if line.starts_with("DELETE") => world.disabled.agent.id.to_string(),
        _ => world.anna.agent.id.to_string(),
    };
    Some(json!(id))
}

/// Another id of the same kind that nobody has.
pub fn swapped(id: &str) -> String {
    let (kind, _) = id.split_once('_').unwrap();
    format!("{kind}_0198f2c4000070008000000000000009")
}

fn without_id(problem: &Value) -> Value {
    let mut problem = problem.clone();
    problem.as_object_mut().unwrap().remove("request_id");
    problem
}

async fn clean_up(world: &World, line: &str, meetings: &[&Value], answer: &Value) {
    if line.starts_with("DELETE /api/v1/agents") {
        world
            .ask("PATCH /api/v1/agents/bram", &world.admin.token, json!({"status": "active"}))
            .await
            .expect(200);
    }
    let made = (line == "POST /api/v1/meetings").then_some(answer);
    for meeting in meetings.iter().copied().chain(made) {
        let Some(id) = meeting["id"].as_str() else { continue };
        world.ask(&format!("DELETE /api/v1/meetings/{id}"), &world.admin.token, Value::Null).await;
    }
    for agent in [&world.anna, &world.bram, &world.admin] {
        for slug in ["own", "other"] {
            world.ask(&format!("DELETE /api/v1/meeting_types/{slug}"), &agent.token, Value::Null).await;
        }
    }
}

#[test]
fn sec_a11_the_matrix_has_every_route_of_the_router() {
    let routes = rows()
        .into_iter()
        .filter(|row| ["/api/", "/scim/", "/mcp"].iter().any(|root| row.path.starts_with(root)));
    let routes: BTreeSet<String> = routes.map(|row| format!("{} {}", row.method, row.path)).collect();
    let listed: BTreeSet<String> = MATRIX.iter().map(|(line, _)| (*line).to_owned()).collect();
    assert_eq!(routes, listed);
}

#[tokio::test]
async fn sec_a11_only_a_bearer_token_counts() {
    let world = World::new(TestDatabase::sqlite()).await;
    let token = &world.anna.token;
    for headers in [
        vec![format!("cookie: __Host-session={token}")],
        vec![format!("cookie: session={token}")],
        vec![format!("authorization: Basic {token}")],
        vec![format!("authorization: {token}")],
        vec!["authorization: Bearer".to_owned()],
        vec!["authorization: Bearer ".to_owned()],
        vec![format!("authorization: Bearer {token}x")],
        vec![format!("authorization: Bearer {token}"), format!("authorization: Bearer {token}")],
        vec![format!("x-api-key: {token}")],
    ] {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        world.raw("GET /api/v1/me", &headers, "").await.expect(401);
    }
    world.raw(&format!("GET /api/v1/me?access_token={token}"), &[], "").await.expect(401);
    world.raw("GET /api/v1/me", &[&format!("authorization: bearer {token}")], "").await.expect(200);
    world.raw("GET /api/v1/nothing", &[], "").await.expect(404);
    let refused = world.raw("PUT /api/v1/me", &[], "").await.expect(405);
    assert!(refused.header("allow").contains("PATCH"));
}

#[tokio::test]
async fn sec_a12_what_is_not_a_field_cannot_be_written() {
    let world = World::new(TestDatabase::sqlite()).await;
    let before = world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json;
    let unwritable = [
        "id",
        "email",
        "canonical_email",
        "email_canonical",
        "role",
        "status",
        "version",
        "verified",
        "password",
        "password_hash",
        "hash",
        "credential_version",
        "picture",
        "picture_url",
        "picture_key",
        "profile_url",
        "slugs",
        "external_ids",
        "created_at",
        "updated_at",
        "token",
        "__proto__",
        "constructor",
        "",
    ];
    for name in unwritable {
        for value in [json!("admin"), Value::Null, json!({"admin": true})] {
            let mut body = json!({});
            body[name] = value;
            let refused = world.ask("PATCH /api/v1/me", &world.anna.token, body).await.expect(422);
            assert_eq!(refused.faults(), [format!("/{name} unknown_field")]);
        }
    }
    for name in ["id", "status", "end", "manage_url", "uid", "sequence", "agent_id", "price"] {
        let mut body = wish(9);
        body[name] = json!("x");
        let refused = world.ask("POST /api/v1/meetings", "", body).await.expect(422);
        assert_eq!(refused.faults(), [format!("/{name} unknown_field")]);
    }
    let after = world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json;
    assert_eq!(before, after);
}
