//! The last resort: a panic in a handler becomes a plain 500 with the request id, and the next request is served (D3).

use super::refusal::Refusal;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt as _;
use std::panic::AssertUnwindSafe;

/// Catches what a handler throws; the panic hook has already logged where it happened.
pub async fn layer(request: Request, next: Next) -> Response {
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    handled.unwrap_or_else(|_payload| Refusal::Crashed.into_response())
}
