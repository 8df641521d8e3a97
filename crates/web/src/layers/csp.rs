//! Where browsers report what the Content-Security-Policy stopped (P5): one line in the log, nothing kept.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;

/// The path of the reporting endpoint; below `/api`, so that it takes no cookies.
pub const PATH: &str = "/api/csp-reports";

pub(super) fn routes() -> Router {
    Router::new().route(PATH, post(receive))
}

/// Only the rule and the kind of what was stopped are logged: addresses of pages may hold tokens.
async fn receive(body: Bytes) -> StatusCode {
    let Ok(reports) = serde_json::from_slice::<Vec<serde_json::Value>>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    for report in reports.iter().take(10) {
        let text = |name: &str| {
            report.pointer(&format!("/body/{name}")).and_then(|value| value.as_str()).unwrap_or("-")
        };
        let directive: String = text("effectiveDirective").chars().take(40).collect();
        tracing::warn!(target: "csp", directive, blocked = kind(text("blockedURL")));
    }
    StatusCode::NO_CONTENT
}

fn kind(blocked: &str) -> &'static str {
    match blocked {
        "inline" => "inline",
        "eval" => "eval",
        "trusted-types-sink" => "trusted-types-sink",
        "trusted-types-policy" => "trusted-types-policy",
        _ => "url",
    }
}
