//! Signing in by an identity provider of the organisation (OpenID Connect).
//!
//! An account is known by the provider's issuer and subject together and by nothing else: an address proves nothing, because
//! whoever runs a provider can write any into it. So an account is connected by somebody who is signed in to it, and was just
//! asked who they are (decision 0014).

mod finish;
mod links;
mod start;

pub use finish::{Brought, Came, End, Why, finish};
pub(super) use links::tell_of_end;
pub use links::{connected_name, disconnect, link};
pub use start::{Sent, start_connect, start_sign_in};

use crate::{App, Error};
use jiff::SignedDuration;
use nameplate_oidc::Provider;
use std::sync::Arc;

/// How long somebody may take at the provider (`security.md` P6).
pub const LIFE: SignedDuration = SignedDuration::from_mins(10);

/// The path that the provider sends people back to.
pub const CALLBACK: &str = "/sign-in/oidc/callback";

/// The provider of this server.
#[derive(Debug, Clone)]
pub struct Oidc {
    /// What people call it.
    pub name: String,
    /// Speaks with it.
    pub provider: Arc<Provider>,
}

/// What people call the provider; none where there is none.
#[must_use]
pub fn name(app: &App) -> Option<&str> {
    app.settings().oidc.as_ref().map(|oidc| oidc.name.as_str())
}

fn settings(app: &App) -> Result<&Oidc, Error> {
    app.settings().oidc.as_ref().ok_or(Error::NotFound)
}

/// What one way to the provider and back is checked against. All of it comes from the browser's cookie and the server's key,
/// so a copy of the database tells nothing of it.
struct Derived {
    nonce: String,
    verifier: String,
}

fn derived(app: &App, browser: &str) -> Derived {
    let code = |purpose: &[u8]| crate::secrets::url_safe(&app.secrets().mac(&[purpose, browser.as_bytes()]));
    Derived { nonce: code(b"oidc nonce"), verifier: code(b"oidc verifier") }
}
