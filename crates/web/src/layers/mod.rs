//! What every request and answer passes: identity, headers, limits and last resorts, applied in one place.

pub mod address;
pub mod body;
mod crash;
pub mod csp;
pub mod csrf;
pub mod headers;
pub mod identity;
mod in_flight;
pub mod limit;
mod rates;
pub mod refusal;
mod target;

#[cfg(test)]
mod tests;

pub use address::{ClientAddress, ClientNet, Peer};
pub use body::TooLarge;
pub use csrf::{FormToken, cookie, session_cookie};
pub use headers::Class;
pub use identity::RequestId;
pub use rates::RateConfig;
pub use refusal::{Refusal, Refused};

use crate::mcp;
use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use ipnet::IpNet;
use std::sync::Arc;

/// What the layers must be told; all of it comes from the configuration.
#[derive(Clone)]
pub struct LayerConfig {
    /// Scheme, host and port of the public URL, as browsers write it in `Origin`.
    pub public_origin: String,
    /// Networks of proxies whose forwarding headers are believed (C19).
    pub trusted_proxies: Vec<IpNet>,
    /// Name of the session cookie: its value binds form tokens, its presence makes pages `no-store`.
    pub session_cookie: &'static str,
    /// Key of the form tokens; the same on all nodes and over restarts.
    pub form_token_key: [u8; 32],
    /// Makes a request id of 8 to 64 characters `[A-Za-z0-9_-]`; randomness is drawn in `app`.
    pub fresh_request_id: Arc<dyn Fn() -> String + Send + Sync>,
    /// Rates per client, or `None` when `limits.enabled` is false.
    pub rates: Option<RateConfig>,
    /// Turns a refusal into the body of an HTML page.
    pub refusal_page: refusal::PageText,
    /// How long bodies and handlers may take, and how large bodies may be.
    pub bodies: body::BodyLimits,
    /// How many requests may be in work at once.
    pub max_in_flight: usize,
}

/// Puts all layers around the routes. The last one added is the outermost: a request meets them from the bottom up.
pub fn apply(router: Router, config: LayerConfig) -> Router {
    let config = Arc::new(config);
    let router = router
        .merge(csp::routes())
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(crash::layer))
        .layer(middleware::from_fn_with_state(config.bodies, body::layer));
    let router = match &config.rates {
        Some(rates) => {
            router.layer(middleware::from_fn_with_state(rates::Limiters::new(rates), rates::layer))
        }
        None => router,
    };
    let router = router
        .layer(middleware::from_fn_with_state(csrf::Csrf::new(&config), csrf::layer))
        .layer(middleware::from_fn(target::layer))
        .layer(middleware::from_fn_with_state(in_flight::permits(config.max_in_flight), in_flight::layer))
        .layer(middleware::from_fn_with_state(config.refusal_page.clone(), refusal::layer))
        .layer(middleware::from_fn_with_state(headers::Policy::new(&config), headers::layer))
        .layer(middleware::from_fn_with_state(config, identity::layer));
    mcp::layer(router)
}
