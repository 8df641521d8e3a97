//! `/api/v1/openapi.json`: OpenAPI 3.1, made from the router's rows.

mod operations;

use crate::routes::{Access, Row};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use operations::OPERATIONS;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// What the document says of a route.
pub struct Operation {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    /// Names of query parameters and headers.
    parameters: &'static [&'static str],
    /// Schema of the body.
    body: Option<&'static str>,
    /// Media types of a body that is no JSON.
    media: &'static [&'static str],
    /// Status and schema of success.
    answer: (u16, Option<&'static str>),
    /// Statuses of problems; every route may also answer 414, 429 and 503.
    problems: &'static [u16],
}

impl Operation {
    const fn new(
        method: &'static str,
        path: &'static str,
        summary: &'static str,
        problems: &'static [u16],
    ) -> Self {
        Self { method, path, summary, parameters: &[], body: None, media: &[], answer: (204, None), problems }
    }

    /// The operation that a path is an address of.
    pub fn of(method: &str, path: &str) -> Option<&'static Self> {
        OPERATIONS.iter().find(|one| one.method == method && one.is_at(path))
    }

    fn is_at(&self, path: &str) -> bool {
        let (mut wanted, mut given) = (self.path.split('/'), path.split('/'));
        wanted.by_ref().zip(given.by_ref()).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
            && self.path.split('/').count() == path.split('/').count()
    }

    /// Status and schema of success.
    pub const fn answer(&self) -> (u16, Option<&'static str>) {
        self.answer
    }

    /// Whether an `Idempotency-Key` makes it safe to repeat: every write of a caller. A mail that comes twice is known by what it says.
    pub fn takes_key(&self) -> bool {
        self.method != "GET" && self.path != super::inbound::PATH
    }

    /// Who may ask for it.
    pub fn access(&self) -> Option<Access> {
        static ROWS: LazyLock<Vec<Row>> = LazyLock::new(crate::routes::rows);
        let row = ROWS.iter().find(|row| row.path == self.path && row.method.as_str() == self.method);
        row.map(|row| row.access)
    }

    /// Whether it is the one that customers call without a token.
    pub fn is_booking(&self) -> bool {
        (self.method, self.path) == ("POST", "/api/v1/meetings")
    }

    /// Where a GET answers what this operation at `path` does: the same thing, what it is a part of, or what it has `made`.
    pub fn read_at(&self, path: &str, made: Option<&str>) -> Option<String> {
        let mut kin = OPERATIONS.iter().filter(|one| one.method == "GET" && one.answer.1 == self.answer.1);
        kin.find_map(|one| match (one.path.strip_prefix(self.path), self.path.strip_prefix(one.path)) {
            (_, Some(rest)) if rest.is_empty() || rest.starts_with('/') => {
                Some(path.split('/').take(one.path.split('/').count()).collect::<Vec<_>>().join("/"))
            }
            (Some(rest), _) if rest.starts_with("/{") => made.map(|made| format!("{path}/{made}")),
            _ => None,
        })
    }
}

/// The description of the REST API: OpenAPI 3.1 as JSON.
#[must_use]
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| value().to_string());
    &TEXT
}

/// The same as a value.
pub fn value() -> &'static Value {
    static VALUE: LazyLock<Value> = LazyLock::new(|| of(&crate::routes::rows()));
    &VALUE
}

/// `GET /api/v1/openapi.json`
pub async fn document() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], text())
}

/// The document of these routes: a row without an operation is listed with its path alone.
fn of(rows: &[Row]) -> Value {
    let mut paths = Map::new();
    for row in rows.iter().filter(|row| row.path.starts_with("/api/v1/")) {
        let operation =
            OPERATIONS.iter().find(|one| one.method == row.method.as_str() && one.path == row.path);
        let described = operation.map_or_else(|| json!({}), |one| describe(one, row.access));
        let path = paths.entry(row.path).or_insert_with(|| json!({}));
        add(path, &row.method.as_str().to_lowercase(), described);
    }
    let schemas: Value = serde_json::from_str(include_str!("schemas.json")).unwrap_or_default();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Nameplate",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Accounts, free times and meetings. Instants are RFC 3339 in UTC; errors are RFC 9457 with a stable code.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "An agent's API token, np_…" },
                "manage_token": { "type": "http", "scheme": "bearer", "description": "The last part of a manage_url: good for that meeting." },
                "inbound_secret": { "type": "http", "scheme": "bearer", "description": "The server's mail.inbound_secret." }
            }
        }
    })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// Adds a key to an object that is being built.
fn add(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(key.to_owned(), value);
    }
}

fn describe(one: &Operation, access: Access) -> Value {
    let variables = one.path.split(['{', '}']).skip(1).step_by(2);
    let in_path = variables
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let key = one.takes_key().then_some("idempotency_key");
    let named = one.parameters.iter().copied().chain(key).map(parameter);
    let parameters: Vec<Value> = in_path.chain(named).collect();
    let mut operation = json!({
        "operationId": operation_id(one),
        "summary": one.summary,
        "parameters": parameters,
        "security": security(one, access),
        "responses": responses(one),
    });
    if let Some(body) = body(one) {
        add(&mut operation, "requestBody", body);
    }
    operation
}

fn security(one: &Operation, access: Access) -> Value {
    match access {
        Access::Token | Access::AdminToken => json!([{ "token": [] }]),
        Access::Relay => json!([{ "inbound_secret": [] }]),
        Access::TokenOrLink => json!([{ "token": [] }, { "manage_token": [] }]),
        _ if one.method == "POST" => json!([{}, { "token": [] }]),
        _ => json!([]),
    }
}

fn responses(one: &Operation) -> Map<String, Value> {
    let (status, schema) = one.answer;
    let mut success = json!({ "description": reason(status) });
    let schema = schema.map(reference).or((status == 200).then(|| json!({ "type": "object" })));
    if let Some(schema) = schema {
        add(&mut success, "content", json!({ "application/json": { "schema": schema } }));
    }
    if status == 201 {
        add(&mut success, "headers", json!({ "Location": { "schema": { "type": "string" } } }));
    }
    // What an Idempotency-Key may be refused for.
    let of_keys: &[u16] = if one.takes_key() { &[400, 409, 422] } else { &[] };
    let problem = |status: &u16| {
        let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
        (status.to_string(), json!({ "description": reason(*status), "content": content }))
    };
    std::iter::once((status.to_string(), success))
        .chain(one.problems.iter().chain(of_keys).chain(&[414, 429, 503]).map(problem))
        .collect()
}

fn body(one: &Operation) -> Option<Value> {
    if !one.media.is_empty() {
        let content: Map<String, Value> =
            one.media.iter().map(|kind| ((*kind).to_owned(), json!({}))).collect();
        return Some(json!({ "required": true, "content": content }));
    }
    let schema = json!({ "schema": reference(one.body?) });
    let content = if one.method == "PATCH" {
        json!({ "application/json": schema, "application/merge-patch+json": schema })
    } else {
        json!({ "application/json": schema })
    };
    Some(json!({ "required": one.method != "DELETE", "content": content }))
}

fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Answer")
}

/// `get_api_v1_me`, without what all have in common: `get_me`.
fn operation_id(one: &Operation) -> String {
    let path = one.path.trim_start_matches("/api/v1/").replace(['/', '.'], "_").replace(['{', '}'], "");
    format!("{}_{path}", one.method.to_lowercase())
}

fn parameter(name: &str) -> Value {
    let date = json!({ "type": "string", "format": "date" });
    let text = json!({ "type": "string" });
    let (name, place, required, schema, description) = match name {
        "from" => ("from", "query", true, date, "The first date, in time_zone."),
        "to" => ("to", "query", true, date, "The last date, in time_zone; at most 62 dates."),
        "search" => {
            let description = "Those with all of these words in name, email address, slug or job title, whatever the case and the accents.";
            ("search", "query", false, text, description)
        }
        "email" => {
            let address = json!({ "type": "string", "format": "email" });
            ("email", "query", false, address, "The one with this address.")
        }
        "external_id" => {
            let text = json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]*:.+$", "example": "crm:0031x" });
            ("external_id", "query", false, text, "The one that this system knows by this id.")
        }
        "role" => {
            let role = json!({ "type": "string", "enum": ["agent", "manager", "admin"] });
            ("role", "query", false, role, "Those who may do this.")
        }
        "status" => {
            let status = json!({ "type": "string", "enum": ["active", "invited", "disabled", "closed"] });
            ("status", "query", false, status, "Those whose account is so.")
        }
        "updated_since" => {
            let instant = json!({ "type": "string", "format": "date-time" });
            ("updated_since", "query", false, instant, "Those that changed at this instant or later.")
        }
        "limit" => {
            let number = json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 50 });
            ("limit", "query", false, number, "How many on a page.")
        }
        "cursor" => ("cursor", "query", false, text, "The next_cursor of the page before."),
        "meeting_type" => ("meeting_type", "query", true, text, "Slug or id."),
        "time_zone" => ("time_zone", "query", false, reference("TimeZone"), "The agent's when absent."),
        "idempotency_key" => (
            "Idempotency-Key",
            "header",
            false,
            json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }),
            "1 to 255 visible ASCII characters. For 24 hours the same request with the same key is not carried out again.",
        ),
        _ => ("If-Match", "header", false, text, "The ETag that was read; 412 when it has changed."),
    };
    json!({ "name": name, "in": place, "required": required, "schema": schema, "description": description })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_c16_the_document_names_every_route_of_the_api_and_no_other() {
        let rows = crate::routes::rows();
        let routes = rows.iter().filter(|row| row.path.starts_with("/api/v1/"));
        let mut routes: Vec<_> = routes.map(|row| (row.path, row.method.as_str())).collect();
        let mut operations: Vec<_> = OPERATIONS.iter().map(|one| (one.path, one.method)).collect();
        routes.sort_unstable();
        operations.sort_unstable();
        assert_eq!(routes, operations);
    }

    #[test]
    fn every_reference_of_the_document_leads_somewhere() {
        fn references(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::Object(object) => object.iter().for_each(|(key, value)| match (key.as_str(), value) {
                    ("$ref", Value::String(target)) => found.push(target.clone()),
                    _ => references(value, found),
                }),
                Value::Array(items) => items.iter().for_each(|item| references(item, found)),
                _ => {}
            }
        }
        let document = of(&crate::routes::rows());
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50);
        for target in found {
            assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
        }
    }
}
