//! What the matrix of fields sends, and the objects that it is sent to: the operations of the API's own document, a value for
//! each property, and an agent who was never there before.

use crate::matrix_cast::Cast;
use crate::world::{Known, PASSWORD, World, manage_token};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A value for each property by its pointer, which is not the one of a new object; a schema before it where schemas differ.
pub fn value(schema: &str, pointer: &str, cast: &Cast) -> Value {
    let text = |text: &str| json!(format!("{text}-{}", cast.next()));
    match (schema, pointer) {
        ("MeetingChange", "/status") => json!("missed"),
        ("MeetingChange", "/agent") => json!("bram"),
        ("BookingWish", "/customer/email") => json!("typed@example.com"),
        ("Availability", day) if day.starts_with("/weekly/") => json!([["10:00", "11:00"]]),
        (_, "/name" | "/display_name" | "/job_title" | "/description" | "/place" | "/note" | "/reason") => {
            text("Changed")
        }
        (_, "/location/country") => json!("NL"),
        (_, part) if part.starts_with("/location/") => text("Changed"),
        (_, "/visibility/email" | "/visibility/phone_number") => json!(["booking_page"]),
        (_, part) if part.starts_with("/visibility/") => json!([]),
        (_, "/email") => json!(format!("changed-{}@example.com", cast.next())),
        (_, "/slug") => text("changed"),
        (_, "/time_zone" | "/customer/time_zone") => json!("Asia/Tokyo"),
        (_, "/phone_number" | "/customer/phone_number") => json!("+31612345678"),
        (_, "/external_ids") => json!({"crm": format!("0031-{}", cast.next())}),
        (_, "/fields") => json!({}),
        (_, "/role") => json!("manager"),
        (_, "/status") => json!("disabled"),
        (_, "/meetings") => json!("cancel"),
        (_, "/overrides") => json!({"2026-12-25": []}),
        (_, "/zone_overrides") => json!([{"from": "2027-01-01", "to": "2027-01-02", "zone": "UTC"}]),
        (_, "/current_password") => json!(PASSWORD),
        (_, "/code") => json!("123456"),
        (_, "/new_password") => json!("a quite different passphrase"),
        (_, "/horizon_days") => json!(33),
        (_, "/daily_limit") => json!(3),
        (_, "/interval_minutes") => json!(50),
        (_, part) if part.ends_with("_minutes") => json!(45),
        (_, "/url") => json!("https://changed.example.com/"),
        (_, "/events") => json!(["agent.updated"]),
        (_, "/enabled") => json!(false),
        (_, "/sms_consent") => json!(true),
        (_, "/agent") => json!("anna"),
        (_, "/meeting_type") => json!("meeting"),
        (_, "/start") => json!(cast.start()),
        (_, "/customer/name") => json!("Changed"),
        (_, "/customer/email") => json!("changed@example.com"),
        (_, "/customer/locale") => json!("nl"),
        (_, "/answers") => json!({}),
        (_, "/guests") => json!(["guest@example.com"]),
        _ => panic!("the matrix knows no value of {schema}{pointer}"),
    }
}

/// An operation with a body of JSON.
pub struct Operation {
    pub line: String,
    pub schema: String,
    /// The schema's and the answer's properties.
    pub body: Value,
    pub answer: Value,
}

pub fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema["$ref"].as_str().or_else(|| schema["oneOf"][0]["$ref"].as_str());
    target.map_or(schema, |target| document.pointer(&target[1..]).unwrap())
}

pub fn operations(document: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, one) in methods.as_object().unwrap() {
            let of_body = &one["requestBody"]["content"]["application/json"]["schema"];
            let Some(name) = of_body["$ref"].as_str() else { continue };
            let success =
                one["responses"].as_object().unwrap().iter().find(|(status, _)| status.starts_with('2'));
            let answer = &success.unwrap().1["content"]["application/json"]["schema"];
            found.push(Operation {
                line: format!("{} {path}", method.to_uppercase()),
                schema: name.rsplit('/').next().unwrap().to_owned(),
                body: resolved(document, of_body).clone(),
                answer: resolved(document, answer).clone(),
            });
        }
    }
    found
}

/// The pointers of all properties, down to what is no object of named ones.
pub fn pointers(document: &Value, schema: &Value, at: &str) -> Vec<String> {
    let Some(properties) = resolved(document, schema)["properties"].as_object() else {
        return vec![at.to_owned()];
    };
    properties.iter().flat_map(|(name, inner)| pointers(document, inner, &format!("{at}/{name}"))).collect()
}

pub fn set(body: &mut Value, pointer: &str, value: Value) {
    let (parents, name) = pointer.rsplit_once('/').unwrap();
    let parent = parents.split('/').skip(1).fold(body, |at, part| &mut at[part]);
    parent[name] = value;
}

/// The leaves of a value.
pub fn leaves(value: &Value, at: &str, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            object.iter().for_each(|(name, inner)| leaves(inner, &format!("{at}/{name}"), found));
        }
        other => drop(found.insert((at.to_owned(), other.to_string()))),
    }
}

/// The pointers at which two values differ.
pub fn differing(one: &Value, other: &Value) -> BTreeSet<String> {
    let (mut first, mut second) = (BTreeSet::new(), BTreeSet::new());
    leaves(one, "", &mut first);
    leaves(other, "", &mut second);
    first.symmetric_difference(&second).map(|(pointer, _)| pointer.clone()).collect()
}

/// Objects of an agent who was never there before, and what is asked of them.
pub struct Scene {
    pub me: Known,
    pub line: String,
    /// Where the object is read; none for what is made anew.
    pub read: Option<String>,
    pub customer: String,
    /// What must be sent besides.
    pub base: Value,
}

pub async fn scene(cast: &Cast, operation: &Operation) -> Scene {
    let me = cast.somebody().await;
    let whose = if operation.line.contains("/meetings/") { me.agent.slug.as_str() } else { "anna" };
    let meeting = cast.meeting(whose).await;
    let path = operation.line.split_once(' ').unwrap().1;
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let id = match path.trim_end_matches("/{id}") {
        "/api/v1/meetings" => id(&meeting),
        "/api/v1/meeting_types" => id(&cast.meeting_type(&me).await),
        "/api/v1/webhooks" => {
            cast.no_webhooks().await;
            cast.webhook().await.0
        }
        _ => me.agent.id.to_string(),
    };
    let fill = |path: &str| path.replace("{id}", &id).replace("{slug}", &id);
    let is_new = operation.line.starts_with("POST") && !path.starts_with("/api/v1/me/");
    let is_of_me = path.starts_with("/api/v1/me/") && operation.schema != "Availability";
    let read = if is_of_me { "/api/v1/me".to_owned() } else { fill(path) };
    let mut base = json!({});
    let required = operation.body["required"].as_array().cloned().unwrap_or_default();
    let wanted = ["slug", "name", "duration_minutes"].map(|name| json!(name));
    let required = if operation.schema == "MeetingTypeWish" && is_new { wanted.to_vec() } else { required };
    for name in required.iter().filter_map(Value::as_str) {
        base[name] = match name {
            "customer" => json!({"name": "Chris Doe", "email": "chris@example.com"}),
            "agent" => json!(me.agent.slug.as_str()),
            _ => value(&operation.schema, &format!("/{name}"), cast),
        };
    }
    if operation.schema == "Availability" {
        // It is replaced as a whole: what is not sent is gone.
        for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            base["weekly"][day] = json!([["08:00", "09:00"]]);
        }
        cast.world.ask(&operation.line, &me.token, base.clone()).await.expect(200);
    }
    if is_of_me && operation.line.starts_with("POST") {
        base["current_password"] = json!(PASSWORD);
    }
    let line = fill(&operation.line);
    Scene { line, read: (!is_new).then(|| format!("GET {read}")), customer: manage_token(&meeting), base, me }
}

impl Scene {
    pub fn token<'a>(&'a self, cast: &'a Cast, caller: &str) -> &'a str {
        match caller {
            "nobody" => "",
            "the customer" => &self.customer,
            "another agent" => &cast.world.bram.token,
            "an admin" => &cast.world.admin.token,
            _ => &self.me.token,
        }
    }
}

pub async fn document(world: &World) -> Value {
    world.ask("GET /api/v1/openapi.json", "", Value::Null).await.expect(200).json
}
