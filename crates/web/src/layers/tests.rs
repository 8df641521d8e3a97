//! All layers together around small handlers.

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
        refusal_page: Arc::new(|refusal, id| format!("<h1>{}</h1><p>{id}</p>", refusal.code())),
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

/// Line, headers, status, `Cache-Control`, how the policy starts, `Referrer-Policy`.
type Case = (&'static str, &'static [&'static str], u16, &'static str, &'static str, &'static str);

#[tokio::test]
async fn sec_c04_every_answer_carries_the_headers_of_its_class() {
    const SESSION: &str = "cookie: __Host-session=abc";
    let (page, data) =
        ("default-src 'none'; script-src 'self'", "default-src 'none'; frame-ancestors 'none'; base-uri");
    let (usual, none) = ("strict-origin-when-cross-origin", "no-referrer");
    let year = "public, max-age=31536000, immutable";
    let cases: &[Case] = &[
        ("GET /", &[], 200, "no-cache", page, usual),
        ("HEAD /", &[], 200, "no-cache", page, usual),
        ("GET /", &[SESSION], 200, "no-store", page, usual),
        ("GET /m/secret", &[], 200, "no-store", page, none),
        ("GET /m/secret/unknown", &[], 404, "no-store", data, none),
        ("GET /preview", &[], 200, "no-store", "default-src 'none'; style-src 'unsafe-inline'", usual),
        ("GET /api/v1/me", &[], 200, "no-store", data, usual),
        ("GET /assets/app.js", &[], 200, year, data, usual),
        ("GET /assets/css/other.css", &[], 404, "no-store", data, usual),
        ("GET /pictures/a.jpg", &[], 200, year, "default-src 'none'; sandbox; frame", usual),
        ("GET /nowhere/at/all", &[], 404, "no-store", data, usual),
        ("DELETE /token", &[], 405, "no-store", data, usual),
        ("TRACE /", &[], 405, "no-cache", page, usual),
        ("GET /move", &[], 308, "no-store", data, usual),
        ("GET /panic", &[], 500, "no-cache", page, usual),
        ("GET /api/panic", &[], 500, "no-store", data, usual),
        ("POST /", &["sec-fetch-site: cross-site"], 403, "no-cache", page, usual),
    ];
    for (line, headers, expected, cache, policy, referrer) in cases {
        let response = ask(line, headers, "").await;
        assert_eq!(response.status().as_u16(), *expected, "{line}");
        assert_eq!(header(&response, "cache-control"), *cache, "{line}");
        assert!(header(&response, "content-security-policy").starts_with(policy), "{line}");
        assert_eq!(header(&response, "referrer-policy"), *referrer, "{line}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{line}");
        assert_eq!(
            header(&response, "strict-transport-security"),
            "max-age=31536000; includeSubDomains",
            "{line}"
        );
        assert!(header(&response, "permissions-policy").contains("camera=()"), "{line}");
        let resource = if line.contains("/pictures/") { "cross-origin" } else { "same-origin" };
        assert_eq!(header(&response, "cross-origin-resource-policy"), resource, "{line}");
        assert!(header(&response, "x-request-id").starts_with("fresh-"), "{line}");
        assert_eq!(header(&response, "server"), "", "{line}");
        assert!(*expected != 405 || !header(&response, "allow").is_empty(), "{line}");
        let is_page = policy.starts_with("default-src 'none'; script-src");
        assert_eq!(header(&response, "cross-origin-opener-policy") == "same-origin", is_page, "{line}");
        let reports = "csp=\"https://meet.example.com/api/csp-reports\"";
        assert_eq!(header(&response, "reporting-endpoints") == reports, is_page, "{line}");
    }
}

#[tokio::test]
async fn sec_c04_plain_http_on_loopback_sends_no_hsts() {
    let app = apply(routes(), LayerConfig { public_origin: "http://localhost:8080".to_owned(), ..config() });
    let response = ask_app(&app, "GET /", &[], "").await;
    assert_eq!(header(&response, "strict-transport-security"), "");
}

#[tokio::test]
async fn sec_a17_only_our_own_pages_may_change_something() {
    let cookie = "cookie: __Host-session=abc";
    let ours = format!("origin: {ORIGIN}");
    let cases: &[(&[&str], u16)] = &[
        (&["sec-fetch-site: same-origin", cookie], 200),
        (&["sec-fetch-site: same-origin", "origin: null", cookie], 200),
        (&[&ours, cookie], 200),
        (&["sec-fetch-site: none", &ours, cookie], 200),
        (&[], 200),
        (&["sec-fetch-site: same-site", &ours], 403),
        (&["sec-fetch-site: cross-site", &ours, cookie], 403),
        (&["sec-fetch-site: none", cookie], 403),
        (&["origin: null", cookie], 403),
        (&["origin: https://meet.example.com.evil.example"], 403),
        (&["origin: http://meet.example.com", cookie], 403),
        (&["host: meet.example.com", "referer: https://meet.example.com/", cookie], 403),
        (&["cookie: other=1"], 403),
        (&["content-type: text/plain", cookie], 403),
    ];
    for (headers, expected) in cases {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let got = status(&format!("{method} /"), headers, "form_token=x").await;
            let allowed = if method == "POST" { 200 } else { 405 };
            assert_eq!(got, if *expected == 200 { allowed } else { 403 }, "{method} {headers:?}");
        }
        assert_eq!(status("GET /", headers, "").await, 200, "reading is free: {headers:?}");
    }
    let refused = ask("POST /", &["origin: null"], "").await;
    assert_eq!(text(refused).await, "<h1>cross_origin</h1><p>fresh-001</p>");
}

#[tokio::test]
async fn sec_a17_without_both_headers_the_form_token_of_the_session_decides() {
    let form = "content-type: application/x-www-form-urlencoded";
    let app = apply(routes(), config());
    let token = text(ask_app(&app, "GET /token", &["cookie: __Host-session=abc"], "").await).await;
    let (page, code) = token.split_once('.').unwrap();
    let body = format!("name=A&form_token={token}&b=");
    let post = async |cookie: &str, kind: &str, body: &str| {
        status("POST /echo", &[cookie, kind], body.to_owned()).await
    };

    let echoed = ask("POST /echo", &["cookie: __Host-session=abc", form], body.clone()).await;
    assert_eq!(text(echoed).await, body, "the handler gets the form whole");
    assert_eq!(post("cookie: __Host-session=other", form, &body).await, 403, "another session's token");
    assert_eq!(
        post("cookie: __Host-session=abc; __Host-session=other", form, &body).await,
        403,
        "a planted cookie"
    );
    assert_eq!(post("cookie: __Host-session=abc", form, "name=A").await, 403, "no token");
    for wrong in
        [code.to_owned(), format!("{page}."), format!("other-page.{code}"), format!("{page}.{code}x")]
    {
        let body = format!("form_token={wrong}");
        assert_eq!(post("cookie: __Host-session=abc", form, &body).await, 403, "{wrong}");
    }
    let again = text(ask_app(&app, "GET /token", &["cookie: __Host-session=abc"], "").await).await;
    assert_ne!(again, token, "each page has its own");
    assert_eq!(post("cookie: __Host-session=abc", form, &body[..body.len() - 5]).await, 403, "a cut token");
    assert_eq!(
        post("cookie: __Host-session=abc", "content-type: text/plain", &body).await,
        403,
        "not a form"
    );
}

#[tokio::test]
async fn sec_a17_the_api_never_sees_a_cookie() {
    for line in ["GET /api/v1/me", "PATCH /api/v1/me"] {
        let response = ask(line, &["cookie: __Host-session=abc", "origin: https://evil.example"], "{}").await;
        assert_eq!(text(response).await, "false", "{line}");
    }
}

#[tokio::test]
async fn sec_c19_only_a_proxy_may_name_the_client_and_the_request() {
    let app = apply(routes(), config());
    let forged = ["x-forwarded-for: 203.0.113.1", "x-request-id: from-outside-1", "forwarded: for=1.1.1.1"];
    let direct = ask_app(&app, "GET /who", &forged, "").await;
    assert_eq!(header(&direct, "x-request-id"), "fresh-001");
    assert_eq!(text(direct).await, "192.0.2.1 192.0.2.1");

    for (id, expected) in
        [("x-request-id: from-proxy-1", "from-proxy-1"), ("x-request-id: a b<script>", "fresh-002")]
    {
        let mut proxied = request("GET /who", &["x-forwarded-for: 2001:db8::1", id], "");
        proxied.extensions_mut().insert(Peer("10.1.2.3:9".parse().unwrap()));
        let answer = app.clone().oneshot(proxied).await.unwrap();
        assert_eq!(header(&answer, "x-request-id"), expected);
        assert_eq!(text(answer).await, "2001:db8::1 2001:db8::/64");
    }
}

#[tokio::test]
async fn sec_d03_a_panic_is_a_plain_500_and_the_next_request_is_fine() {
    let app = apply(routes(), config());
    let page = ask_app(&app, "GET /panic", &[], "").await;
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert_eq!(text(page).await, "<h1>internal_error</h1><p>fresh-001</p>");
    let problem = ask_app(&app, "GET /api/panic", &[], "").await;
    assert_eq!(header(&problem, "content-type"), "application/problem+json");
    let expected = serde_json::json!({"type": "about:blank", "title": "Internal Server Error", "status": 500,
        "code": "internal_error", "request_id": "fresh-002"});
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text(problem).await).unwrap(), expected);
    assert_eq!(ask_app(&app, "GET /", &[], "").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn sec_f28_large_bodies_and_addresses_are_refused() {
    let own = "sec-fetch-site: same-origin";
    let (form, json) = (64 * 1024, 256 * 1024);
    assert_eq!(status("POST /echo", &[own], vec![b'a'; form]).await, 200);
    assert_eq!(status("POST /echo", &[own], vec![b'a'; form + 1]).await, 413);
    assert_eq!(
        status("POST /echo", &[own, "content-length: 65537"], "").await,
        413,
        "by its announcement alone"
    );
    let app = apply(
        Router::new().route("/api/echo", post(|body: Bytes| async move { body.len().to_string() })),
        config(),
    );
    assert_eq!(text(ask_app(&app, "POST /api/echo", &[], vec![b'a'; json]).await).await, json.to_string());
    let large = ask_app(&app, "POST /api/echo", &[], vec![b'a'; json + 1]).await;
    assert_eq!(header(&large, "content-type"), "application/problem+json");
    assert!(text(large).await.contains("body_too_large"));

    let long = |length: usize| format!("GET /?{}", "a".repeat(length));
    assert_eq!(status(&long(8_000), &[], "").await, 200);
    assert_eq!(status(&long(8 * 1024), &[], "").await, 414);
    assert_eq!(status(&format!("GET /?{}", "a=1&".repeat(49)), &[], "").await, 200);
    assert_eq!(status(&format!("GET /?{}", "a=1&".repeat(50)), &[], "").await, 414);
}

/// A body that sends one byte every so often, so many times, and then stays silent or ends.
fn dripping(every: Duration, times: usize, ends: bool) -> Body {
    let parts = futures::stream::unfold(0, move |sent| async move {
        if sent == times && ends {
            return None;
        }
        if sent == times {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(every).await;
        Some((Ok::<_, std::io::Error>(Bytes::from_static(b"a")), sent + 1))
    });
    Body::from_stream(parts)
}

#[tokio::test(start_paused = true)]
async fn sec_f27_slow_bodies_and_handlers_end_in_time() {
    let app = apply(routes(), config());
    let timed = async |line: &str, body: Body| {
        let started = tokio::time::Instant::now();
        let response = ask_app(&app, line, &["sec-fetch-site: same-origin"], body).await;
        (response.status().as_u16(), started.elapsed().as_secs())
    };
    let second = Duration::from_secs(1);
    assert_eq!(timed("POST /echo", dripping(second, 20, true)).await, (200, 20), "slow but steady");
    assert_eq!(timed("POST /echo", dripping(second, 3, false)).await, (408, 13), "a gap of 10 s");
    assert_eq!(timed("POST /echo", dripping(second, 1_000, false)).await, (408, 30), "30 s for the whole");
    assert_eq!(timed("GET /never", Body::empty()).await, (503, 10), "10 s for the handler");
    assert_eq!(timed("POST /unread", dripping(second, 5, true)).await, (503, 40), "a body nobody reads");
    let response = ask_app(&app, "GET /never", &[], "").await;
    assert_eq!(header(&response, "retry-after"), "2");
}

#[tokio::test(start_paused = true)]
async fn sec_f27_the_handler_has_its_full_time_after_a_slow_body() {
    let work = |body: Bytes| async move {
        tokio::time::sleep(Duration::from_secs(9)).await;
        body.len().to_string()
    };
    let app = apply(Router::new().route("/work", post(work)), config());
    let body = dripping(Duration::from_secs(1), 25, true);
    let response = ask_app(&app, "POST /work", &["sec-fetch-site: same-origin"], body).await;
    assert_eq!(text(response).await, "25");
}

#[tokio::test]
async fn sec_d15_requests_above_the_cap_are_shed_but_health_answers() {
    let gate = Arc::new(tokio::sync::Notify::new());
    let entered = Arc::new(tokio::sync::Notify::new());
    let (waits, says) = (Arc::clone(&gate), Arc::clone(&entered));
    let held = move || async move {
        says.notify_one();
        waits.notified().await;
    };
    let routes = routes().route("/held", get(held)).route("/healthz", get(|| async { "ok" }));
    let app = apply(routes, LayerConfig { max_in_flight: 1, ..config() });
    let first = tokio::spawn(app.clone().oneshot(request("GET /held", &[], "")));
    entered.notified().await;
    let shed = ask_app(&app, "GET /", &[], "").await;
    assert_eq!((shed.status().as_u16(), header(&shed, "retry-after")), (503, "2"));
    assert_eq!(ask_app(&app, "GET /healthz", &[], "").await.status(), StatusCode::OK);
    gate.notify_one();
    assert_eq!(first.await.unwrap().unwrap().status(), StatusCode::OK);
    assert_eq!(ask_app(&app, "GET /", &[], "").await.status(), StatusCode::OK);
}

fn limited() -> Router {
    let rates = |text: &str| Rate::parse_list(text).unwrap();
    let rates = RateConfig { slots_get: rates("2/h"), page_get: rates("4/h"), token_bad: rates("3/h") };
    let known = |headers: HeaderMap| async move {
        let good = headers.get("authorization").is_some_and(|value| value == "Bearer good");
        if good { StatusCode::NOT_FOUND } else { StatusCode::UNAUTHORIZED }
    };
    apply(routes().route("/api/v1/token", post(known)), LayerConfig { rates: Some(rates), ..config() })
}

async fn statuses(app: &Router, line: &str, headers: &[&str], times: usize) -> Vec<u16> {
    let mut all = Vec::new();
    for _ in 0..times {
        all.push(ask_app(app, line, headers, "").await.status().as_u16());
    }
    all
}

#[tokio::test]
async fn sec_a06_rates_are_counted_per_client_and_kind() {
    let app = limited();
    assert_eq!(statuses(&app, "GET /anna/intro", &[], 3).await, [200, 200, 429]);
    assert_eq!(statuses(&app, "GET /", &[], 5).await, [200, 200, 200, 200, 429], "pages have their own rate");
    assert_eq!(statuses(&app, "GET /assets/app.js", &[], 9).await, [200; 9], "assets have none");
    let refused = ask_app(&app, "GET /", &["x-forwarded-for: 203.0.113.77"], "").await;
    assert_eq!(refused.status().as_u16(), 429, "a forged address is no way out");
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((890..=900).contains(&wait), "{wait}");
    let mut other = request("GET /", &[], "");
    other.extensions_mut().insert(Peer("192.0.2.2:9".parse().unwrap()));
    assert_eq!(app.oneshot(other).await.unwrap().status(), StatusCode::OK, "another client is not touched");
}

#[tokio::test]
async fn sec_a06_only_unknown_tokens_use_up_their_rate() {
    let app = limited();
    let line = "POST /api/v1/token";
    assert_eq!(statuses(&app, line, &["authorization: Bearer good"], 9).await, [404; 9]);
    assert_eq!(statuses(&app, line, &["authorization: Bearer bad"], 4).await, [401, 401, 401, 429]);
    assert_eq!(statuses(&app, line, &["authorization: Bearer good"], 1).await, [429], "the guesser is out");
    assert_eq!(statuses(&app, line, &[], 2).await, [401, 401], "without a token nothing is guessed");
}

#[tokio::test]
async fn sec_p5_reports_are_taken_and_bounded() {
    let app = limited();
    let report = r#"[{"type":"csp-violation","body":{"effectiveDirective":"img-src","blockedURL":"https://x.example/?t"}}]"#;
    let send = async |body: &str| {
        ask_app(&app, "POST /api/csp-reports", &[], body.to_owned()).await.status().as_u16()
    };
    assert_eq!(send(report).await, 204);
    assert_eq!(send("{").await, 400);
    assert_eq!(send(&" ".repeat(8 * 1024 + 1)).await, 413);
    for _ in 3..30 {
        assert_eq!(send(report).await, 204);
    }
    assert_eq!(send(report).await, 429);
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn sec_i07_the_access_log_names_the_route_and_nothing_of_the_request() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber =
        tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone()).finish();
    let logging = tracing::subscriber::set_default(subscriber);
    let app = apply(routes().route("/logs", get(|| async { tracing::info!("from a handler") })), config());
    let secret = [
        "authorization: Bearer hunter2",
        "cookie: __Host-session=hunter2",
        "referer: https://hunter2.example",
    ];
    ask_app(&app, "GET /m/hunter2?email=hunter2@example.com", &secret, "hunter2").await;
    ask_app(&app, "GET /hunter2/unknown/path", &secret, "").await;
    ask_app(&app, "GET /panic", &secret, "").await;
    ask_app(&app, "GET /logs", &[], "").await;
    drop(logging);

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(!text.contains("hunter2"), "{text}");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let access: Vec<_> = lines.iter().filter(|line| line["target"] == "access").collect();
    let route: Vec<_> = access
        .iter()
        .map(|line| (line["route"].as_str().unwrap(), line["status"].as_u64().unwrap()))
        .collect();
    assert_eq!(route, [("/m/{token}", 200), ("-", 404), ("/panic", 500), ("/logs", 200)]);
    assert_eq!(access[0]["request_id"], "fresh-001");
    assert_eq!((&access[0]["method"], &access[0]["net"]), (&"GET".into(), &"192.0.2.1".into()));
    let handler = lines.iter().find(|line| line["message"] == "from a handler").unwrap();
    assert_eq!(handler["span"]["request_id"], "fresh-004");
}
