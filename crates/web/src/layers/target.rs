//! Limits on the request line (P4) and methods that are never served (C4).

use super::refusal::Refusal;
use crate::pages::people;
use axum::extract::Request;
use axum::http::header::ALLOW;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const MAX_TARGET: usize = 8 * 1024;
const MAX_PARAMETERS: usize = 50;
/// A page of people who are all ticked, with what the list was asked for.
const MAX_TICKED: usize = 100;

pub async fn layer(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::TRACE | Method::CONNECT) {
        let mut response = Refusal::MethodNotAllowed.into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE"));
        return response;
    }
    let query = request.uri().query().unwrap_or_default();
    let long = request.uri().path().len() + query.len() > MAX_TARGET;
    let most = if request.uri().path() == people::BULK { MAX_TICKED } else { MAX_PARAMETERS };
    if long || query.split('&').count() > most {
        return Refusal::AddressTooLong.into_response();
    }
    next.run(request).await
}
