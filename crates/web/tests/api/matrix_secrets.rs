//! Reading (`security.md` A11, A12, I7): every GET of the router by every role, with one's own objects and with others'. No
//! answer holds a secret, what an agent hides, or what is another's; answers of the API hold what the document says and no
//! more.

use crate::calendar_feed::made as feed;
use crate::matrix_cast::Cast;
use crate::matrix_objects::filled;
use crate::schema::differences;
use crate::world::{Answer, RELAY_SECRET, World, manage_token};
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use nameplate_testkit::both_engines;
use nameplate_testkit::past::Rows;
use nameplate_web::{Row, rows};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Columns whose values nobody ever reads are named like this.
const SECRET_COLUMNS: [&str; 6] = ["hash", "sealed", "secret", "chain", "credential", "user_handle"];

/// Secrets that a database of this test must hold, or it would look for nothing.
const MUST_HOLD: [&str; 6] = [
    "agents.password_hash",
    "api_tokens.token_hash",
    "sessions.token_hash",
    "calendar_feeds.token_hash",
    "webhooks.secret",
    "passkeys.credential",
];

/// What must not be read, and by whom it may.
struct Secret {
    what: String,
    texts: Vec<String>,
    may: &'static [&'static str],
}

impl Secret {
    fn new(what: &str, text: &str, may: &'static [&'static str]) -> Self {
        Self { what: what.to_owned(), texts: vec![text.to_owned()], may }
    }
}

/// A value as it stands in the database, and its bytes in the ways in which bytes are written.
fn written(value: &str) -> Vec<String> {
    let digits: Option<Vec<u8>> = value
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    let bytes = digits.map(|bytes| vec![STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)]);
    std::iter::once(value.to_owned()).chain(bytes.into_iter().flatten()).collect()
}

fn of_database(all: &Rows) -> Vec<Secret> {
    let mut held = BTreeSet::new();
    let mut secrets = Vec::new();
    for (table, rows) in all {
        for (column, value) in rows.iter().flatten() {
            let is_secret = SECRET_COLUMNS.iter().any(|part| column.contains(part));
            if is_secret && value.len() > 12 && value.bytes().any(|byte| byte != b'0') {
                held.insert(format!("{table}.{column}"));
                let what = format!("{table}.{column} {value}");
                secrets.push(Secret { what, texts: written(value), may: &[] });
            }
        }
    }
    for name in MUST_HOLD {
        assert!(held.contains(name), "no {name} to look for in {held:?}");
    }
    secrets
}

const HIDDEN_CITY: &str = "Hiddentown";
const HIDDEN_TITLE: &str = "Hidden title";
const HIDDEN_PHONE: [&str; 2] = ["+31687654321", "+31 6 87654321"];

/// Fills the database; what is secret of it besides what its columns say.
async fn told(cast: &Cast) -> Vec<Secret> {
    let world = &cast.world;
    let profile = json!({
        "job_title": HIDDEN_TITLE, "phone_number": HIDDEN_PHONE[0], "location": {"city": HIDDEN_CITY},
        "visibility": {"email": [], "phone_number": [], "job_title": [], "location": [], "picture": []},
        "display_name": "Anna",
    });
    world.ask("PATCH /api/v1/me", &world.anna.token, profile).await.expect(200);
    let (annas, brams) = (cast.meeting("anna").await, cast.meeting("bram").await);
    let wish = json!({"url": "https://crm.example.com/", "events": ["agent.created"]});
    let webhook = world.ask("POST /api/v1/webhooks", &world.admin.token, wish).await.expect(201).json;
    let feed = feed(world, &cast.anna, "busy").await;
    let mut secrets = vec![
        Secret::new("Anna's token", &world.anna.token, &[]),
        Secret::new("Bram's token", &world.bram.token, &[]),
        Secret::new("the admin's token", &world.admin.token, &[]),
        Secret::new("the relay's secret", RELAY_SECRET, &[]),
        Secret::new("the webhook's secret", webhook["secret"].as_str().unwrap(), &[]),
        Secret::new("Anna's calendar", feed.trim_start_matches("/feed/"), &[]),
        Secret::new("the link of Anna's customer", &manage_token(&annas), &[]),
        Secret::new("the link of Bram's customer", &manage_token(&brams), &[]),
        Secret::new("Anna's link", &Cast::agents_link(&annas), &["anna"]),
        Secret::new("Bram's link", &Cast::agents_link(&brams), &["bram"]),
        Secret::new("Anna's customer", "of-anna@customers.example", &["anna", "ada"]),
        Secret::new("Bram's customer", "of-bram@customers.example", &["bram", "ada"]),
        Secret::new("Anna's place", HIDDEN_CITY, &["anna", "ada"]),
        Secret::new("Anna's title", HIDDEN_TITLE, &["anna", "ada"]),
        Secret::new("Anna's address", "anna@example.com", &["anna", "ada"]),
        Secret::new("Anna's own name", "anna Berg", &["anna", "ada", "bram"]),
    ];
    secrets.extend(HIDDEN_PHONE.map(|phone| Secret::new("Anna's number", phone, &["anna", "ada"])));
    for kind in ["/reset/", "/invite/", "/confirm/email/", "/undo/email/", "/undo/deletion/"] {
        secrets.push(Secret::new(kind, &cast.link(kind).await, &[]));
    }
    secrets
}

/// Cookie and token of whoever reads.
fn callers<'a>(cast: &'a Cast, link: &'a str) -> [(&'static str, &'a str, &'a str); 5] {
    let world = &cast.world;
    [
        ("nobody", "", ""),
        ("the customer", "", link),
        ("anna", &cast.anna, &world.anna.token),
        ("bram", &cast.bram, &world.bram.token),
        ("ada", &cast.ada, &world.admin.token),
    ]
}

/// The paths of a route: with what is Anna's, and with what is somebody else's.
async fn paths(cast: &Cast, row: &Row) -> Vec<String> {
    if !row.path.contains('{') {
        let query = if row.path == "/account/slug-check" { "?slug=anna" } else { "" };
        return vec![format!("{}{query}", row.path)];
    }
    let places = cast.places(row).await;
    let query =
        if row.path.ends_with("/slots") { "?meeting_type=meeting&from=2026-11-24&to=2026-11-24" } else { "" };
    let own = filled(row, &places, |place| place.own.clone());
    let other = filled(row, &places, |place| place.other.clone().unwrap_or_else(|| place.own.clone()));
    [own, other].map(|path| format!("{path}{query}")).to_vec()
}

async fn read(cast: &Cast, path: &str, (_, cookie, token): (&str, &str, &str)) -> Answer {
    if ["/api/", "/scim/"].iter().any(|root| path.starts_with(root)) {
        return cast.world.ask(&format!("GET {path}"), token, Value::Null).await;
    }
    cast.world.page(path, cookie).await
}

/// How an answer of the API differs from what the document says of it.
fn undocumented(document: &Value, row: &Row, answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    let responses = &document["paths"][row.path]["get"]["responses"];
    let schema = &responses[answer.status.as_str()]["content"][answer.header("content-type")]["schema"];
    if row.path.starts_with("/api/v1/") && schema["$ref"].is_string() {
        differences(&answer.json, schema, document, "", &mut found);
    } else if row.path.starts_with("/api/v1/") && row.path != "/api/v1/openapi.json" {
        found.push(format!("{} is not in the document", answer.status));
    }
    found
}

both_engines! {
    async fn sec_a12_no_get_tells_a_secret_to_whom_it_is_none_of(database: TestDatabase) {
        let cast = Cast::new(World::new(database).await).await;
        let passkey_route = rows().into_iter().find(|row| row.path == "/account/passkeys/{id}").unwrap();
        cast.places(&passkey_route).await;
        let said = told(&cast).await;
        let link = manage_token(&cast.meeting("anna").await);
        let document = cast.world.ask("GET /api/v1/openapi.json", "", Value::Null).await.expect(200).json;
        let (mut wrong, mut count, mut seen) = (Vec::new(), 0, BTreeSet::new());
        for row in rows().into_iter().filter(|row| row.method == Method::GET) {
            let paths = paths(&cast, &row).await;
            // What the route's own objects added is looked for as well.
            let secrets = of_database(&cast.rows().await);
            for path in paths {
                for caller in callers(&cast, &link) {
                    let answer = read(&cast, &path, caller).await;
                    let by = format!("GET {path} by {}", caller.0);
                    wrong.extend(undocumented(&document, &row, &answer).into_iter().map(|what| format!("{by}: {what}: {}", answer.text)));
                    for secret in secrets.iter().chain(&said) {
                        let told = secret.texts.iter().any(|text| answer.text.contains(text) && !path.contains(text.as_str()));
                        if told && secret.may.contains(&caller.0) {
                            seen.insert(secret.what.clone());
                        } else if told && !may_by_link(&row, secret) {
                            wrong.push(format!("{by} tells {}", secret.what));
                        }
                        count += 1;
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        // Whoever may see it does: it is looked for as it is written.
        let never: Vec<_> = said.iter().filter(|one| !one.may.is_empty() && !seen.contains(&one.what)).map(|one| &one.what).collect();
        assert!(never.is_empty(), "{never:?}");
        println!("{count} cells");
    }
}

/// Whoever holds the link of a meeting reads of its own customer.
fn may_by_link(row: &Row, secret: &Secret) -> bool {
    row.path.starts_with("/m/") && secret.what == "Anna's customer"
}
