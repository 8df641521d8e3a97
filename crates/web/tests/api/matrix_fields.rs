//! Fields (`security.md` A11, A12): every property of every body that the API's own document describes, by every caller:
//! written and nothing else with it, or refused and nothing written. Generated from the document: a property without a value
//! below fails by name.

use crate::matrix::MATRIX;
use crate::matrix_cast::Cast;
use crate::matrix_objects::changes;
use crate::matrix_scene::{Operation, Scene, differing, document, operations, pointers, scene, set, value};
use crate::world::{Answer, Known, World};
use nameplate_testkit::both_engines;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Who sends, with their column in the matrix of routes.
const CALLERS: [(&str, usize); 5] =
    [("nobody", 0), ("the customer", 3), ("another agent", 5), ("an admin", 6), ("the agent", 7)];

/// What besides the property itself reads otherwise after it was written.
fn follows(operation: &Operation, pointer: &str) -> &'static [&'static str] {
    match pointer {
        _ if operation.line.starts_with("DELETE") => &["/status"],
        "/slug" => &["/profile_url"],
        "/start" => &["/end", "/manage_url"],
        // Whom the meeting is another's has no page of it any more.
        "/agent" => &["/manage_url"],
        // How long a slot is says what starts there are when nothing else does.
        "/duration_minutes" => &["/interval_minutes"],
        _ => &[],
    }
}

/// Cells that are not as the matrix of routes says of the whole body: operation, property, caller, status and code.
const EXCEPTIONS: &[(&str, &str, &str, u16, &str)] = &[
    // Neither of them is said alone.
    ("PATCH /api/v1/meetings/{id}", "/reason", "*", 422, "validation_failed"),
    ("PATCH /api/v1/meetings/{id}", "/status", "the customer", 403, "status_not_allowed"),
    ("PATCH /api/v1/meetings/{id}", "/status", "*", 409, "meeting_ahead"),
    ("PATCH /api/v1/meetings/{id}", "/agent", "the customer", 403, "reassign_not_allowed"),
    // Where the server sends no text messages there is no such field.
    ("POST /api/v1/meetings", "/sms_consent", "*", 422, "validation_failed"),
];

/// Properties that are not read back where they are written: passwords, and what is said once.
const UNREAD: &[&str] =
    &["/reason", "/meetings", "/current_password", "/new_password", "/code", "/fields", "/answers"];

/// What a cell is expected to answer.
fn expected(operation: &Operation, pointer: &str, caller: (&str, usize)) -> (u16, &'static str) {
    let row = MATRIX
        .iter()
        .find(|(line, _)| line.replace("{slug}", "{id}") == operation.line.replace("{slug}", "{id}"));
    let usual = row.unwrap_or_else(|| panic!("no row for {}", operation.line)).1[caller.1];
    // The matrix of routes asks without the current password.
    let usual = match (operation.schema.as_str(), usual) {
        ("PasswordChange", 403) if caller.1 > 4 => 204,
        ("EmailChange", 403) if caller.1 > 4 => 202,
        (_, usual) => usual,
    };
    let one = |row: &&(&str, &str, &str, u16, &'static str)| {
        row.0 == operation.line && row.1 == pointer && (row.2 == caller.0 || row.2 == "*")
    };
    let exception = EXCEPTIONS.iter().find(one).filter(|_| usual < 300);
    exception.map_or((usual, ""), |row| (row.3, row.4))
}

/// Whether a caller meets the object of the scene at all: `/me` and what is made are everybody's own.
fn is_meant(operation: &Operation, caller: &str) -> bool {
    let is_own = operation.line.contains("/me") && !operation.line.contains("/meeting")
        || operation.line.starts_with("POST");
    !(is_own && caller == "another agent"
        || operation.line.contains("/api/v1/me")
            && !operation.line.contains("/meeting")
            && caller == "an admin")
}

/// The rows that changed and that are another's than the scene's agent.
fn of_others(changed: &[String], me: &Known) -> Vec<String> {
    let owned = [
        "agents",
        "agent_fields",
        "agent_external_ids",
        "meeting_types",
        "availabilities",
        "meetings",
        "slugs",
    ];
    let id = me.agent.id.to_string();
    let is = |one: &&String| {
        owned
            .iter()
            .any(|table| one.starts_with(&format!("{table}: ")) || one.starts_with(&format!("{table} had: ")))
    };
    changed.iter().filter(is).filter(|one| !one.contains(&id)).cloned().collect()
}

/// One cell; what is wrong with it.
async fn cell(
    cast: &Cast,
    (operation, scene): (&Operation, &Scene),
    pointer: &str,
    caller: (&str, usize),
) -> Option<String> {
    let (world, (status, code)) = (&cast.world, expected(operation, pointer, caller));
    let read = async || match &scene.read {
        Some(line) => world.ask(line, &world.admin.token, Value::Null).await.json,
        None => Value::Null,
    };
    let read_own = async || match &scene.read {
        // Who gave a meeting away does not see it any more.
        Some(line) if line.contains("/webhooks") || line.contains("/agents/") || pointer == "/agent" => {
            read().await
        }
        Some(line) => world.ask(line, &scene.me.token, Value::Null).await.json,
        None => Value::Null,
    };
    let mut body = scene.base.clone();
    // What is new is compared with what is as new.
    let like = if scene.read.is_none() && status < 300 {
        world.ask(&scene.line, scene.token(cast, caller.0), body.clone()).await.json
    } else {
        read_own().await
    };
    if scene.read.is_none() {
        for name in ["/email", "/slug", "/start"] {
            if body.pointer(name).is_some() {
                set(&mut body, name, value(&operation.schema, name, cast));
            }
        }
    }
    set(&mut body, pointer, value(&operation.schema, pointer, cast));
    let before = cast.rows().await;
    let answer = world.ask(&scene.line, scene.token(cast, caller.0), body.clone()).await;
    let changed = changes(&before, &cast.rows().await);
    let wrong = |what: &str| {
        Some(format!("{} {body} by {}: {what}: {} {}", operation.line, caller.0, answer.status, answer.text))
    };
    if answer.status.as_u16() != status || !code.is_empty() && answer.code() != code {
        return wrong(&format!("not {status} {code}"));
    }
    if status >= 300 {
        return if changed.is_empty() { None } else { wrong(&format!("changed {changed:?}")) };
    }
    let foreign = of_others(&changed, &scene.me);
    let made_of_itself = scene.read.is_none();
    if !foreign.is_empty() && !made_of_itself && pointer != "/agent" {
        return wrong(&format!("changed {foreign:?}"));
    }
    let after = if made_of_itself { answer.json.clone() } else { read_own().await };
    let anew =
        ["/id", "/email", "/slug", "/profile_url", "/start", "/end", "/manage_url", "/secret", "/created_at"];
    let differ: BTreeSet<_> = differing(&like, &after)
        .into_iter()
        .filter(|at| at == pointer || !(made_of_itself && anew.contains(&at.as_str())))
        .collect();
    let mine = |at: &&String| {
        *at == pointer
            || at.starts_with(&format!("{pointer}/"))
            || follows(operation, pointer).contains(&at.as_str())
    };
    let other: Vec<_> = differ.iter().filter(|at| !mine(at)).collect();
    if !other.is_empty() {
        return wrong(&format!("wrote {other:?} too"));
    }
    let unread = UNREAD.contains(&pointer) || (operation.schema == "EmailChange" && pointer == "/email");
    let seen = differ.iter().any(|at| mine(&at))
        || unread
        || made_of_itself && scene.base.pointer(pointer).is_some();
    if seen { None } else { wrong("wrote nothing") }
}

/// What the document calls no property of a body, and what the database has columns of.
fn unwritable(operation: &Operation, columns: &BTreeSet<String>) -> BTreeSet<String> {
    let names = |schema: &Value| {
        schema["properties"]
            .as_object()
            .map(Map::keys)
            .into_iter()
            .flatten()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    let all: BTreeSet<String> = names(&operation.answer).union(columns).cloned().collect();
    all.difference(&names(&operation.body)).cloned().collect()
}

async fn refuses_unwritable(cast: &Cast, operation: &Operation) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let scene = scene(cast, operation).await;
    let before = cast.rows().await;
    let tables = ["agents", "meetings", "meeting_types", "webhooks", "availabilities", "api_tokens"];
    let columns =
        tables.iter().flat_map(|table| before[*table].iter().flat_map(|row| row.keys().cloned())).collect();
    let admins = operation.line.contains("/agents") || operation.line.contains("/webhooks");
    let token = if admins { &cast.world.admin.token } else { &scene.me.token };
    let names = unwritable(operation, &columns);
    for name in &names {
        for value in [json!(cast.world.bram.agent.id.to_string()), json!(2), Value::Null] {
            let mut body = scene.base.clone();
            body[name] = value;
            let answer: Answer = cast.world.ask(&scene.line, token, body).await;
            let fault = format!("/{name} unknown_field");
            if answer.status.as_u16() != 422 || !answer.faults().contains(&fault) {
                wrong.push(format!("{} takes {name}: {} {}", operation.line, answer.status, answer.text));
            }
        }
    }
    let changed = changes(&before, &cast.rows().await);
    if !changed.is_empty() {
        wrong.push(format!("{} changed {changed:?}", operation.line));
    }
    (names.len() * 3, wrong)
}

/// The parts of the matrix, one test each: what is made apart from what is changed where there is much of both.
const PARTS: [&str; 7] =
    ["agents", "new agents", "meetings", "new meetings", "me", "meeting_types", "webhooks"];

/// Whether an operation is in this part of the matrix.
fn is_of(operation: &Operation, part: &str) -> bool {
    let path = operation.line.split('/').nth(3).unwrap();
    let is_new = operation.line.starts_with("POST") && ["agents", "meetings"].contains(&path);
    part == if is_new { format!("new {path}") } else { path.to_owned() }
}

async fn fields_of(world: World, part: &str) {
    let cast = Cast::new(world).await;
    let document = document(&cast.world).await;
    let (mut wrong, mut count) = (Vec::new(), 0);
    for operation in operations(&document).iter().filter(|one| is_of(one, part)) {
        // What is refused leaves a scene as it was.
        let untouched = scene(&cast, operation).await;
        for pointer in pointers(&document, &operation.body, "") {
            for caller in CALLERS.into_iter().filter(|caller| is_meant(operation, caller.0)) {
                let writes = expected(operation, &pointer, caller).0 < 300;
                let fresh = if writes { Some(scene(&cast, operation).await) } else { None };
                let scene = fresh.as_ref().unwrap_or(&untouched);
                wrong.extend(cell(&cast, (operation, scene), &pointer, caller).await);
                count += 1;
            }
        }
        let (cells, refused) = refuses_unwritable(&cast, operation).await;
        count += cells;
        wrong.extend(refused);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{part}: {count} cells");
}

both_engines! {
    async fn sec_a12_fields_of_agents(database: TestDatabase) {
        fields_of(World::new(database).await, "agents").await;
    }

    async fn sec_a12_fields_of_new_agents(database: TestDatabase) {
        fields_of(World::new(database).await, "new agents").await;
    }

    async fn sec_a12_fields_of_new_meetings(database: TestDatabase) {
        fields_of(World::new(database).await, "new meetings").await;
    }

    async fn sec_a12_fields_of_meetings(database: TestDatabase) {
        fields_of(World::new(database).await, "meetings").await;
    }

    async fn sec_a12_fields_of_ones_own_account(database: TestDatabase) {
        fields_of(World::new(database).await, "me").await;
    }

    async fn sec_a12_fields_of_meeting_types(database: TestDatabase) {
        fields_of(World::new(database).await, "meeting_types").await;
    }

    async fn sec_a12_fields_of_webhooks(database: TestDatabase) {
        fields_of(World::new(database).await, "webhooks").await;
    }

    async fn sec_a12_no_operation_is_left_out(database: TestDatabase) {
        let document = document(&World::new(database).await).await;
        let left: Vec<_> = operations(&document).into_iter().filter(|one| !PARTS.iter().any(|part| is_of(one, part))).map(|one| one.line).collect();
        assert_eq!(left, Vec::<String>::new());
    }
}
