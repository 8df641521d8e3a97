//! Answers have exactly the shape that the OpenAPI document gives them.

use crate::world::{World, wish};
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

/// Every difference between a value and a schema, for the keywords that the document uses.
pub fn differences(value: &Value, schema: &Value, document: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        return differences(value, document.pointer(&target[1..]).unwrap(), document, at, found);
    }
    if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let fits = |choice: &&Value| {
            let mut inner = Vec::new();
            differences(value, choice, document, at, &mut inner);
            inner.is_empty()
        };
        if choices.iter().filter(fits).count() != 1 {
            found.push(format!("{at}: not one of its choices"));
        }
        return;
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    if !kinds.contains(&json!(kind)) {
        found.push(format!("{at}: {kind} is none of {kinds:?}"));
    }
    if let Some(choices) = schema["enum"].as_array()
        && !choices.contains(value)
    {
        found.push(format!("{at}: {value} is no choice"));
    }
    for item in value.as_array().into_iter().flatten() {
        differences(item, &schema["items"], document, &format!("{at}/-"), found);
    }
    let Some(object) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            found.push(format!("{at}/{name}: missing"));
        }
    }
    for (name, value) in object {
        let at = format!("{at}/{name}");
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => found.push(format!("{at}: not in the schema")),
            (Value::Null, Value::Null) => {}
            (Value::Null, other) => differences(value, other, document, &at, found),
            (own, _) => differences(value, own, document, &at, found),
        }
    }
}

#[tokio::test]
async fn sec_a12_answers_are_what_the_document_says() {
    let world = World::new(TestDatabase::sqlite()).await;
    let document = world.ask("GET /api/v1/openapi.json", "", Value::Null).await.expect(200);
    assert_eq!(document.header("content-type"), "application/json");
    let document = document.json;
    assert_eq!(document["openapi"], "3.1.0");
    let token = &world.anna.token;
    let meeting = world.booked(9).await.json;
    let id = meeting["id"].as_str().unwrap();
    let change = json!({"location": {"city": "Eindhoven"}, "visibility": {"email": ["booking_page"]}});
    let types = json!({"slug": "intro", "name": "Introduction", "duration_minutes": 30});
    let day = json!([["09:00", "12:00"]]);
    let hours = json!({"weekly": {"mon": day}, "overrides": {"2026-12-25": day}, "zone_overrides": [{"from": "2027-01-01", "to": "2027-01-02", "zone": "UTC"}]});
    let email = json!({"email": "new@example.com", "current_password": crate::world::PASSWORD});
    for (template, body) in [
        ("PATCH /api/v1/me", change),
        ("GET /api/v1/me", Value::Null),
        ("GET /api/v1/agents/{slug}/public", Value::Null),
        ("GET /api/v1/agents/{slug}/slots", Value::Null),
        ("POST /api/v1/meetings", wish(10)),
        ("POST /api/v1/meetings", wish(9)),
        ("POST /api/v1/meetings", json!({"x": 1})),
        ("GET /api/v1/meetings/{id}", Value::Null),
        ("PATCH /api/v1/meetings/{id}", json!({"start": "2026-11-24T11:00:00Z"})),
        ("DELETE /api/v1/meetings/{id}", Value::Null),
        ("PUT /api/v1/me/availability", hours),
        ("GET /api/v1/me/availability", Value::Null),
        ("POST /api/v1/me/email", email),
        ("POST /api/v1/meeting_types", types),
        ("PATCH /api/v1/meeting_types/{id}", json!({"daily_limit": 2})),
        ("GET /api/v1/meeting_types/{id}", Value::Null),
        ("GET /api/v1/meeting_types", Value::Null),
    ] {
        let (method, path) = template.split_once(' ').unwrap();
        let id = if path.contains("meeting_types") { "intro" } else { id };
        let query =
            if path.ends_with("slots") { "?meeting_type=meeting&from=2026-11-24&to=2026-11-25" } else { "" };
        let line = format!("{}{query}", template.replace("{slug}", "anna").replace("{id}", id));
        let answer = world.ask(&line, token, body).await;
        let content =
            &document["paths"][path][method.to_lowercase()]["responses"][answer.status.as_str()]["content"];
        let schema = &content[answer.header("content-type")]["schema"];
        assert!(schema.is_object(), "{template} {}: {}", answer.status, answer.text);
        let mut found = Vec::new();
        differences(&answer.json, schema, &document, "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{template} {}: {}", answer.status, answer.text);
    }
}
