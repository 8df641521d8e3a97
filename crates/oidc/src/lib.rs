//! Speaks OpenID Connect with one identity provider: where to send somebody, and who came back.
//!
//! Code flow with PKCE (RFC 7636) and a nonce. What the provider says counts only with its signature, for this client, from this
//! issuer and now (OpenID Connect Core 1.0, section 3.1.3.7). Knows no accounts, and keeps nothing but the provider's public
//! description. The clock and everything random are parameters.

mod calls;
mod known;
mod provider;

pub use provider::{Answer, Failure, Identity, Provider, Request, Settings, error_code};
