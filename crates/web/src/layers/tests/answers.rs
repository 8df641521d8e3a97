//! What every answer carries, and what is logged of it.

use super::*;

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
        ("GET /setup?token=secret", &[], 404, "no-store", data, none),
        ("GET /more", &[], 404, "no-store", data, usual),
        ("GET /preview", &[], 200, "no-store", "default-src 'none'; style-src 'unsafe-inline'", usual),
        ("GET /feed/secret.ics", &[], 200, "private, no-cache", data, none),
        ("GET /feed/unknown/more", &[], 404, "no-store", data, none),
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
        // What answers a form does not depend on later cookies: the way back shows it as it was.
        let varies = *cache == "no-cache" && !line.starts_with("POST");
        assert_eq!(header(&response, "vary").contains("cookie"), varies, "{line}");
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
