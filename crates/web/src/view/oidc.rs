//! The identity provider: the way to it, and the section of the Security page.

use super::Shell;
use askama::Template;

/// The section of the Security page: connecting posts to `/account/oidc/connect`. What is wrong with it is an error on
/// `provider`.
#[derive(Debug, Clone)]
pub struct Provider {
    /// What people call it.
    pub name: String,
    /// Whether one must show first who one is.
    pub asks: bool,
    /// How the account is connected, if it is.
    pub connected: Option<Connected>,
}

/// An account that is connected.
#[derive(Debug, Clone)]
pub struct Connected {
    /// The address there, if the provider told.
    pub email: Option<String>,
    /// Since when, with the zone.
    pub since: String,
    /// When it last signed in this way, with the zone.
    pub used: Option<String>,
}

/// The answer to `POST /sign-in/oidc`: leads on to the provider by itself, or by its link.
#[derive(Debug, Clone, Template)]
#[template(path = "oidc/leave.html")]
pub struct Leave {
    /// The frame.
    pub shell: Shell,
    /// What people call it.
    pub provider: String,
    /// Its address, with all that it must know.
    pub url: String,
}

impl Leave {
    fn heading(&self) -> String {
        self.shell.t1("oidc-leave-title", "provider", &self.provider)
    }
}

/// `/account/oidc/disconnect`: asks once, posts to the same path.
#[derive(Debug, Clone, Template)]
#[template(path = "oidc/disconnect.html")]
pub struct Disconnect {
    /// The frame.
    pub shell: Shell,
    /// What people call it.
    pub provider: String,
}

impl Disconnect {
    fn heading(&self) -> String {
        self.shell.t1("provider-disconnect-title", "provider", &self.provider)
    }
}
