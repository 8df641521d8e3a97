//! Where a request comes from.

use super::*;

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
