//! Requests that change something must come from our own pages (A17).

use super::LayerConfig;
use super::identity::RequestId;
use super::refusal::{Refusal, is_api};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::sync::Arc;

/// The name of the hidden field that carries a [`FormToken`].
pub const FIELD: &str = "form_token";

/// The name of the session cookie (A9): bound to the host by its prefix, which browsers take over https only.
#[must_use]
pub const fn session_cookie(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// A form longer than this is not searched for its token; the limit on forms is the same (P4).
const MAX_FORM: usize = 64 * 1024;

/// What the layer compares with.
pub(super) struct Csrf {
    origin: String,
    session_cookie: &'static str,
    key: [u8; 64],
}

/// The hidden field of the forms on one page: it proves where a form comes from (A17), and because each page has its own,
/// it also tells a second click from a second wish (F-09). In the extensions of every request to a page.
#[derive(Clone)]
pub struct FormToken {
    csrf: Arc<Csrf>,
    session: String,
    page: String,
}

impl FormToken {
    /// The value of the hidden field [`FIELD`]: the request id of the page, a dot, and a code over it and the session.
    #[must_use]
    pub fn value(&self) -> String {
        let code = self.csrf.mac(&self.session, &self.page).finalize().into_bytes();
        format!("{}.{}", self.page, URL_SAFE_NO_PAD.encode(code))
    }

    fn is_in(&self, form: &[u8]) -> bool {
        let field = form.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(b"form_token="));
        let parts =
            field.and_then(|value| std::str::from_utf8(value).ok()).and_then(|value| value.split_once('.'));
        parts.is_some_and(|(page, code)| {
            let code = URL_SAFE_NO_PAD.decode(code).unwrap_or_default();
            self.csrf.mac(&self.session, page).verify_slice(&code).is_ok()
        })
    }
}

impl Csrf {
    pub(super) fn new(config: &LayerConfig) -> Arc<Self> {
        let mut key = [0; 64];
        // HMAC fills a key that is shorter than a block with zeros itself; a whole block cannot be of a wrong length.
        for (to, from) in key.iter_mut().zip(config.form_token_key) {
            *to = from;
        }
        Arc::new(Self { origin: config.public_origin.clone(), session_cookie: config.session_cookie, key })
    }

    fn mac(&self, session: &str, page: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&self.key.into());
        mac.update(b"form token\0");
        mac.update(session.as_bytes());
        mac.update(b"\0");
        mac.update(page.as_bytes());
        mac
    }

    fn verdict(&self, headers: &HeaderMap) -> Verdict {
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        let origin = headers.get(ORIGIN).map(HeaderValue::as_bytes);
        match (site, origin) {
            (Some(b"same-origin"), _) => Verdict::Ours,
            (Some(b"same-site" | b"cross-site"), _) => Verdict::Foreign,
            (_, Some(origin)) if origin == self.origin.as_bytes() => Verdict::Ours,
            (Some(_), None) | (_, Some(_)) => Verdict::Foreign,
            (None, None) if !headers.contains_key(COOKIE) => Verdict::Ours,
            (None, None) => Verdict::AskToken,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// From our page, or without any cookie and so without anybody's rights.
    Ours,
    Foreign,
    /// An old browser or a program with a cookie: the form itself must prove where it comes from.
    AskToken,
}

/// Refuses unsafe requests from elsewhere. The API takes no cookies: they are removed there.
pub(super) async fn layer(State(csrf): State<Arc<Csrf>>, mut request: Request, next: Next) -> Response {
    if is_api(request.uri().path()) {
        request.headers_mut().remove(COOKIE);
        return next.run(request).await;
    }
    let session = cookie(request.headers(), csrf.session_cookie).unwrap_or_default().to_owned();
    let page = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let token = FormToken { csrf: Arc::clone(&csrf), session, page };
    request.extensions_mut().insert(token.clone());
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    match csrf.verdict(request.headers()) {
        Verdict::Ours => next.run(request).await,
        Verdict::Foreign => Refusal::CrossOrigin.into_response(),
        Verdict::AskToken => match with_token(request, &token).await {
            Some(request) => next.run(request).await,
            None => Refusal::CrossOrigin.into_response(),
        },
    }
}

/// Gives the request back when its form holds the token. Uploads are not searched: browsers that send them send `Origin`.
async fn with_token(request: Request, token: &FormToken) -> Option<Request> {
    let kind = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let (parts, body) = request.into_parts();
    let form: Bytes = to_bytes(body, MAX_FORM).await.ok()?;
    token.is_in(&form).then(|| Request::from_parts(parts, Body::from(form)))
}

/// The value of a cookie; none when it was sent twice, because then one of them was planted.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(candidate, _)| *candidate == name).map(|(_, value)| value);
    let first = values.next();
    first.filter(|_| values.next().is_none())
}
