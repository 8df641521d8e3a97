//! Security headers on every answer, by class (P5, C4).

use super::csrf::cookie;
use super::{LayerConfig, csp};
use crate::language;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
};
use axum::http::header::{SERVER, STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use nameplate_i18n::Locale;
use std::sync::Arc;

/// What kind of answer this is. A handler puts one into the response's extensions where path and content type do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// HTML for anybody.
    Page,
    /// HTML for one signed-in person.
    SignedIn,
    /// HTML whose address is a secret.
    TokenPage,
    /// JSON, calendar files, redirects and everything else.
    Data,
    /// A calendar file that its reader keeps and asks for again; its address is a secret.
    Feed,
    /// A file with a hash in its path.
    Asset,
    /// A picture with a random name.
    Picture,
    /// A message shown inside a page, in a sandbox with its own styles.
    Preview,
}

const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
    worker-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types nameplate; report-to csp";
const DATA: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const PICTURE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
const PREVIEW: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
    form-action 'none'; sandbox; frame-ancestors 'self'";
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
const KEEP: &str = "public, max-age=31536000, immutable";

/// First segments of addresses that carry a token, in the path or, for the set-up, in the query.
const TOKEN_SEGMENTS: [&str; 7] = ["m", "setup", "reset", "confirm", "undo", "feed", "invite"];

/// Whether a token stands in addresses of this kind.
#[must_use]
pub fn is_token_path(path: &str) -> bool {
    path.trim_start_matches('/').split('/').next().is_some_and(|first| TOKEN_SEGMENTS.contains(&first))
}

/// What the layer needs of the configuration.
pub(super) struct Policy {
    https: bool,
    reporting: Option<HeaderValue>,
    session_cookie: &'static str,
}

impl Policy {
    pub(super) fn new(config: &LayerConfig) -> Arc<Self> {
        let endpoint = format!("csp=\"{}{}\"", config.public_origin, csp::PATH);
        Arc::new(Self {
            https: config.public_origin.starts_with("https://"),
            reporting: HeaderValue::from_str(&endpoint).ok(),
            session_cookie: config.session_cookie,
        })
    }

    fn write(&self, class: Class, asked: &Asked, headers: &mut HeaderMap) {
        let (cache, policy) = match class {
            Class::Page => ("no-cache", PAGE),
            Class::SignedIn | Class::TokenPage => ("no-store", PAGE),
            Class::Data => ("no-store", DATA),
            Class::Feed => ("private, no-cache", DATA),
            Class::Asset => (KEEP, DATA),
            Class::Picture => (KEEP, PICTURE),
            Class::Preview => ("no-store", PREVIEW),
        };
        let referrer = match class {
            Class::TokenPage => "no-referrer",
            _ if asked.secret_path => "no-referrer",
            _ => "strict-origin-when-cross-origin",
        };
        let resource = if class == Class::Picture { "cross-origin" } else { "same-origin" };
        headers.remove(SERVER);
        for (name, value) in [
            (CACHE_CONTROL, cache),
            (CONTENT_SECURITY_POLICY, policy),
            (REFERRER_POLICY, referrer),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("cross-origin-resource-policy"), resource),
            (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if class == Class::Page {
            headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(asked.locale.tag()));
            // Cookies say who is signed in, the colours, the hours and the language. An answer to a form is kept for the
            // way back alone: there it stands as it was, whatever cookie was set since.
            if asked.safe {
                headers.append(VARY, HeaderValue::from_static("accept-language, cookie"));
            }
        }
        if self.https {
            let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            headers.insert(STRICT_TRANSPORT_SECURITY, value);
        }
        if matches!(class, Class::Page | Class::SignedIn | Class::TokenPage) {
            let value = HeaderValue::from_static("same-origin");
            headers.insert(HeaderName::from_static("cross-origin-opener-policy"), value);
            if let Some(reporting) = &self.reporting {
                headers.insert(HeaderName::from_static("reporting-endpoints"), reporting.clone());
            }
        }
    }
}

/// What the request says, whatever the answer is.
struct Asked {
    secret_path: bool,
    safe: bool,
    locale: Locale,
}

/// Writes the headers; what a handler wrote under these names is replaced, so that no handler can weaken them.
pub(super) async fn layer(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let asked = Asked {
        secret_path: is_token_path(path),
        safe: request.method().is_safe(),
        locale: language::of(request.headers()),
    };
    let session = cookie(request.headers(), policy.session_cookie).is_some();
    let place = Place {
        file: match path {
            _ if path.starts_with("/assets/") => Some(Class::Asset),
            _ if path.starts_with("/pictures/") => Some(Class::Picture),
            _ => None,
        },
        page: match () {
            () if asked.secret_path => Class::TokenPage,
            () if session => Class::SignedIn,
            () => Class::Page,
        },
    };
    let mut response = next.run(request).await;
    let class = place.class(&response);
    policy.write(class, &asked, response.headers_mut());
    response
}

/// What the request says about the answer's class: if it is the file that was asked for, and if it is HTML.
struct Place {
    file: Option<Class>,
    page: Class,
}

impl Place {
    /// Only an answer that is what was asked for may be kept for a year.
    fn class(&self, response: &Response) -> Class {
        let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
        let said = response.extensions().get::<Class>().copied();
        let kept = |class: &Class| found || !matches!(class, Class::Asset | Class::Picture);
        let html = || {
            let kind = response.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
            kind.starts_with(b"text/html")
        };
        match said.or(self.file).filter(kept) {
            Some(class) => class,
            None if html() => self.page,
            None => Class::Data,
        }
    }
}
