//! All layers together around small handlers.

mod answers;
mod bounds;
mod origin;

use super::*;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, Json, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use nameplate_domain::rate::Rate;
use std::sync::Mutex;
use std::time::Duration;
use tower::ServiceExt as _;

const ORIGIN: &str = "https://meet.example.com";

fn config() -> LayerConfig {
    let ids = Mutex::new(0);
    LayerConfig {
        public_origin: ORIGIN.to_owned(),
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        session_cookie: "__Host-session",
        form_token_key: [7; 32],
        fresh_request_id: Arc::new(move || {
            let mut last = ids.lock().unwrap();
            *last += 1;
            format!("fresh-{last:03}")
        }),
        rates: None,
        refusal_page: Arc::new(|refusal, id, _| format!("<h1>{}</h1><p>{id}</p>", refusal.code())),
        bodies: body::BodyLimits::default(),
        max_in_flight: 100,
    }
}

fn routes() -> Router {
    Router::new()
        .route("/", get(|| async { Html("front") }).post(|| async { "done" }))
        .route("/echo", post(|body: Bytes| async move { body }))
        .route("/api/v1/me", get(cookies).patch(cookies))
        .route("/token", get(|Extension(token): Extension<FormToken>| async move { token.value() }))
        .route("/who", get(who))
        .route("/panic", get(|| async { panics() }))
        .route("/api/panic", get(|| async { panics() }))
        .route("/never", get(std::future::pending::<()>))
        .route("/unread", post(unread))
        .route("/move", get(|| async { Redirect::permanent("/") }))
        .route("/m/{token}", get(|| async { Html("meeting") }))
        .route("/assets/app.js", get(|| async { ([("content-type", "text/javascript")], "1") }))
        .route("/pictures/a.jpg", get(|| async { ([("content-type", "image/jpeg"), ("server", "x")], "1") }))
        .route("/feed/secret.ics", get(|| async { (Extension(Class::Feed), "BEGIN:VCALENDAR") }))
        .route("/preview", get(|| async { (Extension(Class::Preview), Html("mail")) }))
        .route("/{slug}/{meeting_type}", get(|| async { Html("times") }))
}

fn panics() -> &'static str {
    panic!("hunter2 in a panic")
}

async fn unread(_held: Request) {
    std::future::pending::<()>().await;
}

async fn cookies(headers: HeaderMap) -> Json<bool> {
    Json(headers.contains_key("cookie"))
}

async fn who(Extension(address): Extension<ClientAddress>, Extension(net): Extension<ClientNet>) -> String {
    format!("{} {net}", address.0)
}

/// `METHOD /path` with headers `name: value`.
fn request(line: &str, headers: &[&str], body: impl Into<Body>) -> Request {
    let (method, path) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        let name: axum::http::HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, HeaderValue::from_str(value).unwrap());
    }
    request.extensions_mut().insert(Peer("192.0.2.1:9".parse().unwrap()));
    request
}

async fn ask_app(app: &Router, line: &str, headers: &[&str], body: impl Into<Body>) -> Response {
    app.clone().oneshot(request(line, headers, body)).await.unwrap()
}

async fn ask(line: &str, headers: &[&str], body: impl Into<Body>) -> Response {
    ask_app(&apply(routes(), config()), line, headers, body).await
}

async fn status(line: &str, headers: &[&str], body: impl Into<Body>) -> u16 {
    ask(line, headers, body).await.status().as_u16()
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
