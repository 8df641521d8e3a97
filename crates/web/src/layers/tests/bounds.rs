//! How much, how long and how often.

use super::*;

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
    let rates = RateConfig {
        slots_get: rates("2/h"),
        page_get: rates("4/h"),
        token_bad: rates("3/h"),
        api_token: rates("12/h"),
    };
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
async fn sec_p1_calls_are_counted_per_token() {
    let app = limited();
    let line = "POST /api/v1/me";
    assert_eq!(statuses(&app, line, &["authorization: Bearer one"], 13).await.last(), Some(&429));
    assert_ne!(
        statuses(&app, line, &["authorization: Bearer two"], 12).await.last(),
        Some(&429),
        "another token has its own"
    );
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
