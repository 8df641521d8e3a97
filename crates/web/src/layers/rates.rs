//! The rates of P1 that are counted per client before a handler runs.

use super::address::ClientNet;
use super::csp;
use super::headers::is_token_path;
use super::limit::{Limiter, Wait};
use super::refusal::{Refusal, is_api};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nameplate_domain::rate::Rate;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rates per client, from the section `limits` of the configuration.
#[derive(Debug, Clone)]
pub struct RateConfig {
    /// Questions for free times.
    pub slots_get: Vec<Rate>,
    /// Pages and public reads.
    pub page_get: Vec<Rate>,
    /// Requests with a token nobody was given.
    pub token_bad: Vec<Rate>,
    /// Calls with one token, from wherever.
    pub api_token: Vec<Rate>,
}

/// One limiter per key of P1.
pub struct Limiters {
    slots: Limiter,
    pages: Limiter,
    tokens: Limiter,
    calls: Limiter,
    reports: Limiter,
}

impl Limiters {
    pub fn new(config: &RateConfig) -> Arc<Self> {
        let now = Instant::now();
        let reports = Rate { count: 30, per: Duration::from_mins(1), burst: 30 };
        Arc::new(Self {
            slots: Limiter::new(&config.slots_get, now),
            pages: Limiter::new(&config.page_get, now),
            tokens: Limiter::new(&config.token_bad, now),
            calls: Limiter::new(&config.api_token, now),
            reports: Limiter::new(&[reports], now),
        })
    }

    /// Which rate a request counts against, whatever its answer will be.
    fn of(&self, request: &Request) -> Option<&Limiter> {
        let path = request.uri().path();
        if path == csp::PATH {
            return Some(&self.reports);
        }
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let fixed =
            ["/assets/", "/pictures/", "/healthz", "/readyz"].iter().any(|start| path.starts_with(start));
        if !reads || fixed {
            return None;
        }
        let template = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let shows_times = template.ends_with("/slots") || template.starts_with("/{slug}/{");
        Some(if shows_times { &self.slots } else { &self.pages })
    }
}

/// Refuses with 429 and `Retry-After` above a rate.
pub async fn layer(State(limiters): State<Arc<Limiters>>, request: Request, next: Next) -> Response {
    let now = Instant::now();
    let Some(client) = request.extensions().get::<ClientNet>().copied() else {
        return next.run(request).await;
    };
    if let Some(Err(wait)) = limiters.of(&request).map(|limiter| limiter.take(&client, now)) {
        return too_many(wait);
    }
    let secret_page = is_token_path(request.uri().path());
    let token = request.headers().get(AUTHORIZATION).filter(|_| is_api(request.uri().path()));
    if let Some(Err(wait)) = token.map(|token| limiters.calls.take(token, now)) {
        return too_many(wait);
    }
    let secret_call = token.is_some();
    if !secret_page && !secret_call {
        return next.run(request).await;
    }
    // The permit comes before the check, so that parallel guesses share it; a token that is known gives it back (A6).
    match limiters.tokens.take(&client, now) {
        Err(wait) => too_many(wait),
        Ok(permit) => {
            let response = next.run(request).await;
            let status = response.status();
            let unknown = (secret_call && status == StatusCode::UNAUTHORIZED)
                || (secret_page && matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE));
            if !unknown {
                limiters.tokens.give_back(&permit);
            }
            response
        }
    }
}

fn too_many(wait: Wait) -> Response {
    Refusal::TooManyRequests(wait.seconds()).into_response()
}
