//! The outermost layer: request id, client address, access log.

use super::LayerConfig;
use super::address::{self, ClientAddress, ClientNet, Peer};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument as _;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// What ties an answer to its lines in the log; also in `x-request-id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id as text of 8 to 64 characters `[A-Za-z0-9_-]`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(headers: &HeaderMap, from_proxy: bool, fresh: &dyn Fn() -> String) -> Self {
        let given = headers.get(HEADER).filter(|_| from_proxy).and_then(|value| value.to_str().ok());
        match given.filter(|id| is_well_formed(id)) {
            Some(id) => Self(id.into()),
            None => Self(fresh().into()),
        }
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_well_formed(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Adds [`RequestId`], [`ClientAddress`] and [`ClientNet`] to the request, the id to the answer, and one line to the log;
/// what handlers log stands in a span with the id.
pub async fn layer(State(config): State<Arc<LayerConfig>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let peer = request.extensions().get::<Peer>().copied();
    let from_proxy = peer.is_some_and(|peer| address::is_trusted(peer.0.ip(), &config.trusted_proxies));
    let id = RequestId::of(request.headers(), from_proxy, &*config.fresh_request_id);
    let client = address::client(peer, request.headers(), &config.trusted_proxies);
    let client_net = ClientNet::from(client);
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(ClientAddress(client));
    request.extensions_mut().insert(client_net);

    let method = request.method().clone();
    // The template, never the path: paths carry tokens and names.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!("request", request_id = %id, net = %client_net);
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    tracing::info!(
        target: "access",
        request_id = %id,
        method = %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = response.status().as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        net = %client_net,
    );
    response
}
