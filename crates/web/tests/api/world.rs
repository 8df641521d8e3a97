//! A server without a socket, four agents, and requests to it.

pub use crate::answer::Answer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;

use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::api_tokens;
use nameplate_app::accounts::oidc::Oidc;
use nameplate_app::inbound::RelaySecret;
use nameplate_app::limits::Limits;
use nameplate_app::mailbox::Mailbox;
use nameplate_app::outbox::{Transport, send_due};
use nameplate_app::settings::Sessions;
use nameplate_app::sms::Sms;
use nameplate_app::{App, Passwords, Secrets, Settings};
use nameplate_domain::account::password::Policy;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, FullName, Role, Slug};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Meeting;
use nameplate_domain::time::{Tzdb, ZoneId};
use nameplate_notify::webhook::Guard;
use nameplate_store::Store;
use nameplate_testkit::engines::TestDatabase;
use nameplate_web::layers::{self, LayerConfig, Peer, RateConfig, body::BodyLimits};
use nameplate_web::{Web, WebConfig, reserved_segments, router};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt as _;

/// The instant of every request: Monday, 10:00 in Berlin.
pub fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// What agents sign in with.
pub const PASSWORD: &str = "correct horse battery staple";

/// What the mail server hands mail over with.
pub const RELAY_SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Headers of a form that a page of ours sends.
pub const FORM: &str = "content-type: application/x-www-form-urlencoded";
pub const SAME_ORIGIN: &str = "origin: https://meet.example.com";

/// An agent with an API token.
pub struct Known {
    pub agent: Agent,
    pub token: String,
}

pub struct World {
    pub app: App,
    router: Router,
    pub anna: Known,
    pub bram: Known,
    pub admin: Known,
    pub disabled: Known,
    pub database: TestDatabase,
}

impl World {
    pub async fn new(database: TestDatabase) -> Self {
        Self::with(database, |_| ()).await
    }

    pub async fn with_policy(database: TestDatabase, policy: Policy) -> Self {
        Self::with(database, |settings| settings.password_policy = policy).await
    }

    /// A server that sends text messages.
    pub async fn with_sms(database: TestDatabase, sms: Sms) -> Self {
        Self::with(database, |settings| settings.sms = Some(sms)).await
    }

    pub async fn with_limits(database: TestDatabase, limits: Limits) -> Self {
        Self::with(database, |settings| settings.limits = limits).await
    }

    /// A server with an identity provider.
    pub async fn with_provider(database: TestDatabase, oidc: Oidc) -> Self {
        Self::with(database, |settings| settings.oidc = Some(oidc)).await
    }

    async fn with(database: TestDatabase, change: impl FnOnce(&mut Settings)) -> Self {
        let store = Store::open(database.url()).await.unwrap();
        let mut settings = Settings {
            public_url: "https://meet.example.com".to_owned(),
            host: "meet.example.com".to_owned(),
            mail_from: EmailAddress::parse("meet@example.com").unwrap(),
            relay_secret: Some(RelaySecret::new(RELAY_SECRET)),
            reserved: reserved_segments(),
            limits: Limits { enabled: false, ..Limits::default() },
            sessions: Sessions::default(),
            password_policy: Policy::default(),
            audit_details: nameplate_app::settings::AUDIT_DETAILS,
            sms: None,
            oidc: None,
            webhooks: Arc::new(Guard::allowing(["127.0.0.1"]).unwrap()),
        };
        change(&mut settings);
        let app =
            App::new(store, Tzdb::bundled(), Secrets::new([7; 32]), Passwords::cheap().unwrap(), settings);
        let (anna, bram) = (known(&app, "anna", Role::Agent).await, known(&app, "bram", Role::Agent).await);
        let (admin, mut disabled) =
            (known(&app, "ada", Role::Admin).await, known(&app, "dora", Role::Agent).await);
        disabled.agent.status = AgentStatus::Disabled;
        let written = disabled.agent.clone();
        app.store().write(move |tx| async move { tx.save_agent(&written, now()).await }).await.unwrap();
        let router = router_at(&app, now);
        Self { app, router, anna, bram, admin, disabled, database }
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// From now on requests are counted, each kind of route by its own rate.
    pub fn limit(&mut self, rates: RateConfig) {
        let config = WebConfig { clock: now, secure: true, demo: false, mailbox: false, mail: true };
        let layers = LayerConfig { rates: Some(rates), ..layer_config() };
        self.router = layers::apply(router(Web::new(self.app.clone(), config)), layers);
    }

    /// From now on no message reaches anybody.
    pub fn stop_mail(&mut self) {
        self.router = router_with(&self.app, now, false);
    }

    /// Sends what waits in the outbox into the mailbox.
    pub async fn deliver(&self) {
        let transport: Arc<dyn Transport> = Arc::new(Mailbox::new(self.app.clone(), now));
        while send_due(&self.app, &transport, now).await.unwrap() {}
    }

    /// From here on it is twenty minutes later: a sign-in is no fresh proof any more.
    pub fn wait(&mut self) {
        self.at(|| now() + SignedDuration::from_mins(20));
    }

    /// Adds an entry to Anna's activity that this release has no words for.
    pub async fn write_of_a_newer_release(&self) {
        let id = self.anna.agent.id;
        let added = self.app.store().write(move |tx| async move {
            let head = tx.lock_audit_head().await?;
            let mut row = tx.audit_of(id, i64::MAX, 1).await?.remove(0);
            (row.sequence, row.event, row.actor_kind) =
                (head.sequence + 1, "tea_made".into(), "robot".into());
            tx.append_audit(&row).await
        });
        added.await.unwrap();
    }

    /// Anna's password is gone; she has what else she signs in with.
    pub async fn forget_password(&self) {
        let id = self.anna.agent.id;
        self.app.store().write(move |tx| async move { tx.forget_password(id).await }).await.unwrap();
    }

    /// From here on it is this time.
    pub fn at(&mut self, clock: fn() -> Timestamp) {
        self.router = router_at(&self.app, clock);
    }

    /// Copies a meeting, each copy so much later.
    pub async fn copy_meeting(
        &self,
        id: MeetingId,
        count: i64,
        later: impl Fn(i64) -> SignedDuration,
        change: impl Fn(&mut Meeting),
    ) {
        let one = self.app.store().read(|tx| async move { tx.meeting(id).await }).await.unwrap().unwrap();
        let copies: Vec<_> = (1..=count)
            .map(|n| {
                let mut copy = one.clone();
                let text = one.id.to_string();
                copy.id = format!("{}{n:08x}", text.get(..text.len() - 8).unwrap()).parse().unwrap();
                copy.uid = copy.id.to_string();
                for instant in [&mut copy.start, &mut copy.end, &mut copy.busy.from, &mut copy.busy.until] {
                    *instant += later(n);
                }
                change(&mut copy);
                copy
            })
            .collect();
        let written = self.app.store().write(move |tx| async move {
            for copy in &copies {
                tx.insert_meeting(copy).await?;
            }
            Ok::<_, nameplate_store::Error>(())
        });
        written.await.unwrap();
    }

    /// `METHOD /path` with headers `name: value`. No answer is a failure of the server.
    pub async fn raw(&self, line: &str, headers: &[&str], body: impl Into<Body>) -> Answer {
        let answer = self.raw_even_if_it_fails(line, headers, body).await;
        assert!(!answer.status.is_server_error(), "{line}: {}", answer.text);
        answer
    }

    pub async fn raw_even_if_it_fails(&self, line: &str, headers: &[&str], body: impl Into<Body>) -> Answer {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
        for header in headers {
            let (name, value) = header.split_once(": ").unwrap();
            let name: axum::http::HeaderName = name.parse().unwrap();
            request.headers_mut().append(name, value.parse().unwrap());
        }
        request.extensions_mut().insert(Peer("192.0.2.1:9".parse().unwrap()));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        if status.is_client_error() && path.starts_with("/scim/") {
            assert_eq!(headers["content-type"], "application/scim+json", "{line}: {text}");
            assert_eq!(json["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error", "{line}: {text}");
            assert_eq!(json["status"], status.as_str(), "{line}: {text}");
            let detail = json["detail"].as_str().unwrap();
            assert!(!detail.contains("api-") && !detail.contains("problem-"), "{line}: {text}");
        } else if status.is_client_error() && !path.starts_with("/api/") && path != "/mcp" {
            assert_eq!(
                headers["content-type"], "text/html; charset=utf-8",
                "{line}: an error is a whole page"
            );
        } else if status.is_client_error() && path != "/mcp" {
            assert_eq!(headers["content-type"], "application/problem+json", "{line}: {text}");
            assert_eq!(json["status"], status.as_u16(), "{line}: {text}");
            assert!(
                json["detail"].as_str().is_none_or(|detail| !detail.starts_with("api-")),
                "{line}: {text}"
            );
            assert!(json["request_id"].is_string(), "{line}: {text}");
            assert!(!text.contains("\"problem-"), "a fault without a message: {line}: {text}");
        }
        Answer { status, headers, text, json }
    }

    /// With a token (none when empty) and a JSON body (none when null).
    pub async fn ask(&self, line: &str, token: &str, body: Value) -> Answer {
        self.ask_with(line, token, &[], body).await
    }

    pub async fn ask_with(&self, line: &str, token: &str, headers: &[&str], body: Value) -> Answer {
        let bearer = format!("authorization: Bearer {token}");
        let mut headers = headers.to_vec();
        if !token.is_empty() {
            headers.push(&bearer);
        }
        if body.is_null() {
            return self.raw(line, &headers, Body::empty()).await;
        }
        headers.push("content-type: application/json");
        self.raw(line, &headers, body.to_string()).await
    }

    /// Signs Anna in, and shows anew who she is; the header with her cookie.
    pub async fn session(&self) -> String {
        self.session_of("anna").await
    }

    /// The same of another agent.
    pub async fn session_of(&self, name: &str) -> String {
        let signed_in = self.signed_in_as(name).await;
        let confirmed =
            self.send("/account/confirm", &signed_in, &[("current_password", PASSWORD)]).await.expect(303);
        let cookie = confirmed.header("set-cookie");
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        format!("cookie: {}", cookie.split(';').next().unwrap())
    }

    /// Signs Anna in; the header with her cookie.
    pub async fn signed_in(&self) -> String {
        self.signed_in_as("anna").await
    }

    async fn signed_in_as(&self, name: &str) -> String {
        let fields = [("email", &*format!("{name}@example.com")), ("password", PASSWORD)];
        let answer = self.send("/sign-in", "", &fields).await.expect(303);
        let cookie = answer.header("set-cookie").to_owned();
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        for attribute in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        format!("cookie: {}", cookie.split(';').next().unwrap())
    }

    /// A page, with the cookie of a session (none when empty).
    pub async fn page(&self, path: &str, cookie: &str) -> Answer {
        let headers = [cookie];
        self.raw(&format!("GET {path}"), if cookie.is_empty() { &[] } else { &headers }, "").await
    }

    /// A form sent from a page of ours.
    pub async fn send(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pair = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        let headers = [FORM, SAME_ORIGIN, cookie];
        let used = if cookie.is_empty() { 2 } else { 3 };
        self.raw(&format!("POST {path}"), &headers[..used], body).await
    }

    /// A meeting with Anna tomorrow at the given hour in UTC.
    pub async fn booked(&self, hour: u32) -> Answer {
        self.ask("POST /api/v1/meetings", "", wish(hour)).await.expect(201)
    }
}

/// A wish for Anna tomorrow at the given hour in UTC.
pub fn wish(hour: u32) -> Value {
    serde_json::json!({
        "agent": "anna",
        "meeting_type": "meeting",
        "start": format!("2026-11-24T{hour:02}:00:00Z"),
        "customer": { "name": "Chris Doe", "email": "chris@example.com", "time_zone": "US/Eastern" },
        "note": "About my mortgage",
    })
}

/// The personal token in a manage URL.
pub fn manage_token(meeting: &Value) -> String {
    meeting["manage_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

fn router_at(app: &App, clock: fn() -> Timestamp) -> Router {
    router_with(app, clock, true)
}

fn router_with(app: &App, clock: fn() -> Timestamp, mail: bool) -> Router {
    let config = WebConfig { clock, secure: true, demo: false, mailbox: false, mail };
    layers::apply(router(Web::new(app.clone(), config)), layer_config())
}

pub async fn known(app: &App, name: &str, role: Role) -> Known {
    let new = NewAgent {
        name: FullName::parse(&format!("{name} Berg")).unwrap(),
        email: EmailAddress::parse(&format!("{name}@example.com")).unwrap(),
        password: PASSWORD.to_owned(),
        role,
        time_zone: ZoneId::stored("Europe/Berlin"),
        slug: Some(Slug::parse(name).unwrap()),
    };
    let agent = add::add(app, now(), new).await.unwrap();
    let token = api_tokens::create(app, now(), agent.id, "test").await.unwrap();
    Known { agent, token }
}

fn layer_config() -> LayerConfig {
    let count = std::sync::atomic::AtomicU64::new(0);
    LayerConfig {
        public_origin: "https://meet.example.com".to_owned(),
        trusted_proxies: Vec::new(),
        session_cookie: "__Host-session",
        form_token_key: [7; 32],
        fresh_request_id: Arc::new(move || {
            format!("request-{}", count.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        }),
        rates: None,
        refusal_page: Arc::new(nameplate_web::refusal_page),
        bodies: BodyLimits::default(),
        max_in_flight: 100,
    }
}
