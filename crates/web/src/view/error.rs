//! The page for everything that went wrong.

use super::{Link, Shell};
use askama::Template;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// 404
    NotFound,
    /// 403
    Forbidden,
    /// 405
    Method,
    /// 409: the same thing was changed meanwhile.
    Conflict,
    /// 410: a link that is over.
    Gone,
    /// 400, 413, 415, 422 without a form to show.
    Request,
    /// 429
    TooMany,
    /// 500
    Server,
    /// 503
    Busy,
}

/// An error page; the status is the handler's.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub shell: Shell,
    /// What happened.
    pub wrong: Wrong,
    /// More exact words than the catalogue's, already in the page's language.
    pub detail: Option<String>,
    /// The request id, shown on 5xx to quote.
    pub request_id: Option<String>,
    /// Where to go on.
    pub next: Option<Link>,
}

impl ErrorPage {
    fn heading(&self) -> String {
        self.shell.t(match self.wrong {
            Wrong::NotFound => "error-not-found",
            Wrong::Forbidden => "error-forbidden",
            Wrong::Method => "error-method",
            Wrong::Conflict => "error-conflict",
            Wrong::Gone => "error-gone",
            Wrong::Request => "error-request",
            Wrong::TooMany => "error-too-many",
            Wrong::Server => "error-server",
            Wrong::Busy => "error-busy",
        })
    }

    fn text(&self) -> String {
        self.detail.clone().unwrap_or_else(|| {
            self.shell.t(match self.wrong {
                Wrong::NotFound => "error-not-found-text",
                Wrong::Forbidden => "error-forbidden-text",
                Wrong::Method => "error-method-text",
                Wrong::Conflict => "error-conflict-text",
                Wrong::Gone => "error-gone-text",
                Wrong::Request => "error-request-text",
                Wrong::TooMany => "error-too-many-text",
                Wrong::Server => "error-server-text",
                Wrong::Busy => "error-busy-text",
            })
        })
    }
}
