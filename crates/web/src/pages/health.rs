//! For whoever watches the server.

use crate::state::Web;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// `GET /healthz`: the process answers; asks nothing of the database.
pub async fn alive(State(web): State<Web>) -> Response {
    let tzdb = web.app().tzdb();
    let body = serde_json::json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "tzdb": { "version": tzdb.version(), "source": tzdb.source() },
    });
    Json(body).into_response()
}

/// `GET /readyz`: the database answers within a second.
pub async fn ready(State(web): State<Web>) -> Response {
    let asked = nameplate_app::accounts::set_up::is_done(web.app());
    match tokio::time::timeout(Duration::from_secs(1), asked).await {
        Ok(Ok(_)) => Json(serde_json::json!({ "status": "ready" })).into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, Json(serde_json::json!({ "status": "not ready" })))
            .into_response(),
    }
}
