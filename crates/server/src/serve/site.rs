//! Puts the layers around the routes, as the configuration says.

use crate::config::Config;
use axum::Router;
use nameplate_web::layers::{self, LayerConfig, RateConfig, body::BodyLimits, refusal::PageText};
use std::sync::Arc;

/// Requests in work at once (P3).
const MAX_IN_FLIGHT: usize = 256;

/// What the other crates hand to the server.
pub struct Site {
    /// Pages and API, without any layer.
    pub routes: Router,
    /// Derived from the secret key for this purpose alone.
    pub form_token_key: [u8; 32],
    /// A fresh `UUIDv7` as text, say.
    pub fresh_request_id: Arc<dyn Fn() -> String + Send + Sync>,
    /// Renders the page of a refused request.
    pub refusal_page: PageText,
}

impl Site {
    /// The routes with everything around them.
    pub fn layered(self, config: &Config) -> Router {
        let limits = &config.limits;
        let rates = limits.enabled.then(|| RateConfig {
            slots_get: limits.slots_get.clone(),
            page_get: limits.page_get.clone(),
            token_bad: limits.token_bad.clone(),
            api_token: limits.api_token.clone(),
        });
        let layers = LayerConfig {
            public_origin: config.public_url.as_str().to_owned(),
            trusted_proxies: config.trusted_proxies.clone(),
            session_cookie: layers::session_cookie(config.public_url.is_https()),
            form_token_key: self.form_token_key,
            fresh_request_id: self.fresh_request_id,
            rates,
            refusal_page: self.refusal_page,
            bodies: BodyLimits::default(),
            max_in_flight: MAX_IN_FLIGHT,
        };
        layers::apply(self.routes, layers)
    }
}
