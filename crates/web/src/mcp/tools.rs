//! The tools, and which operation of the API each of them is.

use super::door::Errand;
use axum::http::header::{AUTHORIZATION, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rmcp::model::{JsonObject, Tool};
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// The operation behind each tool. Arguments that the path names go there; the others into the query of a GET, and into the body of everything
/// else.
const OPERATIONS: [(&str, Method, &str); 7] = [
    ("find_agents", Method::GET, "/api/v1/agents"),
    ("get_agent", Method::GET, "/api/v1/agents/{agent}/public"),
    ("list_free_times", Method::GET, "/api/v1/agents/{agent}/slots"),
    ("book_meeting", Method::POST, "/api/v1/meetings"),
    ("get_meeting", Method::GET, "/api/v1/meetings/{meeting}"),
    ("reschedule_meeting", Method::PATCH, "/api/v1/meetings/{meeting}"),
    ("cancel_meeting", Method::DELETE, "/api/v1/meetings/{meeting}"),
];

/// The argument that stands in the place of the caller's token: a customer's own, of one meeting.
const PERSONAL_TOKEN: &str = "personal_token";
const IDEMPOTENCY_KEY: &str = "idempotency_key";

/// The tools as assistants read of them.
pub(super) static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    let read = serde_json::from_str(include_str!("tools.json"));
    debug_assert!(read.is_ok(), "tools.json: {read:?}");
    read.unwrap_or_default()
});

/// Why a call is no errand.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// There is no such tool.
    UnknownTool,
    /// This argument is missing, or is no text.
    Argument(String),
}

/// The request that a call of a tool stands for.
pub(super) fn errand(tool: &str, arguments: Option<JsonObject>) -> Result<Errand, Unclear> {
    let (_, method, template) =
        OPERATIONS.iter().find(|(name, ..)| *name == tool).ok_or(Unclear::UnknownTool)?;
    let mut arguments = arguments.unwrap_or_default();
    let mut headers = HeaderMap::new();
    for (argument, name, start) in [
        (PERSONAL_TOKEN, AUTHORIZATION, "Bearer "),
        (IDEMPOTENCY_KEY, HeaderName::from_static("idempotency-key"), ""),
    ] {
        if !takes(tool, argument) || !arguments.contains_key(argument) {
            continue;
        }
        let given = text(&mut arguments, argument)?;
        let value = HeaderValue::from_str(&format!("{start}{given}"));
        headers.insert(name, value.map_err(|_| Unclear::Argument(argument.to_owned()))?);
    }
    let mut path = String::new();
    for segment in template.split('/').skip(1) {
        path.push('/');
        match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => {
                let value = text(&mut arguments, name)?;
                path.extend(utf8_percent_encode(&value, NON_ALPHANUMERIC));
            }
            None => path.push_str(segment),
        }
    }
    let body = if *method == Method::GET {
        path.push_str(&query(arguments));
        None
    } else {
        Some(Value::Object(arguments))
    };
    let uri = path.parse().map_err(|_| Unclear::Argument(tool.to_owned()))?;
    Ok(Errand { method: method.clone(), uri, headers, body })
}

/// Whether a tool says that it has this argument.
fn takes(tool: &str, argument: &str) -> bool {
    let tool = TOOLS.iter().find(|one| one.name == tool);
    tool.and_then(|tool| tool.input_schema.get("properties")).is_some_and(|all| all.get(argument).is_some())
}

fn text(arguments: &mut Map<String, Value>, name: &str) -> Result<String, Unclear> {
    match arguments.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        _ => Err(Unclear::Argument(name.to_owned())),
    }
}

fn query(arguments: Map<String, Value>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in arguments {
        match value {
            Value::Null => {}
            Value::String(text) => {
                query.append_pair(&name, &text);
            }
            other => {
                query.append_pair(&name, &other.to_string());
            }
        }
    }
    let query = query.finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: &Value) -> Option<JsonObject> {
        value.as_object().cloned()
    }

    #[test]
    fn every_tool_is_an_operation_and_names_what_its_path_needs() {
        let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name.as_ref()).collect();
        assert_eq!(names, OPERATIONS.map(|(name, ..)| name));
        for (name, method, template) in &OPERATIONS {
            let rows = crate::rows();
            let shape = |path: &str| {
                path.split('/')
                    .map(|part| if part.starts_with('{') { "*" } else { part }.to_owned())
                    .collect::<Vec<_>>()
            };
            assert!(
                rows.iter().any(|row| row.method == method && shape(row.path) == shape(template)),
                "{name}"
            );
            for argument in template.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                assert!(takes(name, argument), "{name}: {argument}");
            }
        }
    }

    #[test]
    fn what_is_given_goes_into_path_query_headers_or_body() {
        let given =
            json!({"agent": "a/../b ?", "meeting_type": "intro & more", "from": "2026-11-24", "to": null});
        let errand = errand("list_free_times", object(&given)).unwrap();
        assert_eq!(
            errand.uri.to_string(),
            "/api/v1/agents/a%2F%2E%2E%2Fb%20%3F/slots?from=2026-11-24&meeting_type=intro+%26+more"
        );
        assert_eq!(errand.body, None);

        let given =
            json!({"meeting": "mtg_1", "personal_token": "secret", "idempotency_key": "k", "reason": "ill"});
        let errand = super::errand("cancel_meeting", object(&given)).unwrap();
        assert_eq!((errand.method.as_str(), errand.uri.path()), ("DELETE", "/api/v1/meetings/mtg%5F1"));
        assert_eq!(errand.headers["authorization"], "Bearer secret");
        assert_eq!(errand.headers["idempotency-key"], "k");
        assert_eq!(errand.body, Some(json!({"reason": "ill"})));
    }

    #[test]
    fn what_cannot_be_sent_is_named() {
        let argument = |name: &str| Unclear::Argument(name.to_owned());
        assert_eq!(errand("drop_table", None), Err(Unclear::UnknownTool));
        assert_eq!(errand("get_agent", None), Err(argument("agent")));
        assert_eq!(errand("get_agent", object(&json!({"agent": 7}))), Err(argument("agent")));
        assert_eq!(errand("get_agent", object(&json!({"agent": ""}))), Err(argument("agent")));
        let broken = json!({"meeting": "m", "personal_token": "a\r\nx-evil: 1"});
        assert_eq!(errand("get_meeting", object(&broken)), Err(argument("personal_token")));
        // Not one of its arguments: the API says that it knows no such field.
        let foreign = errand("book_meeting", object(&json!({"personal_token": "x"}))).unwrap();
        assert!(foreign.headers.is_empty());
    }
}
