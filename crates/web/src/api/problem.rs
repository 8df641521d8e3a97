//! Errors of the API as `application/problem+json` (RFC 9457): a stable `code`, and a pointer to every wrong field.

use super::shapes::Slot;
use crate::language;
use crate::layers::RequestId;
use crate::layers::refusal::Document;
use crate::layers::refusal::is_api;
use crate::scim::error;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nameplate_domain::account::Problem;
use nameplate_i18n::{Locale, Texts};
use serde_json::{Value, json};
use std::sync::Arc;

/// Named values of a message of the catalogue.
pub type Args = Vec<(&'static str, String)>;

/// One thing wrong with one field. Its message is `problem-CODE` of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer (RFC 6901) into the body, or a slash and the name of a query parameter.
    pub pointer: String,
    /// Stable code.
    pub code: &'static str,
    /// Values for the message.
    pub args: Args,
    /// What the catalogue's key starts with.
    area: &'static str,
}

impl Fault {
    /// A fault that only the API knows.
    pub fn new(pointer: impl Into<String>, code: &'static str) -> Self {
        Self { pointer: pointer.into(), code, args: Vec::new(), area: "problem" }
    }

    /// A value that its type refused.
    pub fn of(pointer: impl Into<String>, problem: &Problem) -> Self {
        Self { args: problem.args(), ..Self::new(pointer, problem.code()) }
    }

    /// A picture that was refused: the body as a whole.
    pub fn picture(code: &'static str, args: Args) -> Self {
        Self { args, area: "picture", ..Self::new("", code) }
    }

    fn json(&self, texts: Texts) -> Value {
        json!({ "pointer": self.pointer, "code": self.code, "message": self.message(texts) })
    }

    /// What is wrong, in a sentence.
    pub fn message(&self, texts: Texts) -> String {
        let key = format!("{}-{}", self.area, self.code.replace('_', "-"));
        format(texts, &key, &self.args)
    }
}

fn format(texts: Texts, key: &str, args: &Args) -> String {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    texts.format(key, &args)
}

/// Why a call was not granted.
#[derive(Debug, Clone)]
pub struct ApiError(Box<Inner>);

/// What an error says.
#[derive(Debug, Clone)]
pub struct Inner {
    /// The status of the REST API.
    pub status: StatusCode,
    /// The stable code.
    pub code: &'static str,
    args: Args,
    /// The fields that are to blame.
    pub faults: Vec<Fault>,
    nearby: Option<Vec<Slot>>,
    retry_after: Option<i64>,
}

impl ApiError {
    /// An error of this status and code; its sentence is `api-CODE` of the catalogue.
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self(Box::new(Inner {
            status,
            code,
            args: Vec::new(),
            faults: Vec::new(),
            nearby: None,
            retry_after: None,
        }))
    }

    /// Fields that cannot be taken as they are.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed").with_faults(faults)
    }

    /// No token, or one that is not alive.
    pub fn unauthorized(code: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code)
    }

    /// No such thing, or not for this caller: both look the same (A11).
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// A case that cannot be, answered without a panic.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error")
    }

    /// Takes the code of the only fault where that is one of these: a refusal that programs tell apart.
    #[must_use]
    pub fn or_refused_as(mut self, codes: &[&'static str]) -> Self {
        if let [fault] = self.0.faults.as_slice()
            && codes.contains(&fault.code)
        {
            self.0.code = fault.code;
        }
        self
    }

    /// Values for the sentence.
    #[must_use]
    pub fn with_args(mut self, args: Args) -> Self {
        self.0.args = args;
        self
    }

    /// The fields that are to blame.
    #[must_use]
    pub fn with_faults(mut self, faults: Vec<Fault>) -> Self {
        self.0.faults = faults;
        self
    }

    /// Free slots near the one that is taken.
    #[must_use]
    pub fn with_nearby(mut self, slots: Vec<Slot>) -> Self {
        self.0.nearby = Some(slots);
        self
    }

    /// When trying again may work, in seconds.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: i64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(Written(Arc::new(*self.0)));
        response
    }
}

/// Travels from the handler to [`layer`], which knows the request id.
#[derive(Clone)]
struct Written(Arc<Inner>);

/// Writes the problem of an answer under `/api`, and the error of one under `/scim`, also where no route or no method was found.
pub async fn layer(request: Request, next: Next) -> Response {
    if !is_api(request.uri().path()) {
        return next.run(request).await;
    }
    let id = request.extensions().get::<RequestId>().cloned();
    let locale = language::accepted(request.headers());
    let scim = error::is_scim(request.uri().path());
    let mut response = next.run(request).await;
    let written = response.extensions_mut().remove::<Written>().map(|written| written.0);
    let unwritten = |code| Arc::new(*ApiError::new(response.status(), code).0);
    let inner = match (written, response.status()) {
        (Some(inner), _) => inner,
        (None, StatusCode::NOT_FOUND) => unwritten("not_found"),
        (None, StatusCode::METHOD_NOT_ALLOWED) => unwritten("method_not_allowed"),
        (None, _) => return response,
    };
    let (status, kind, document) = if scim {
        let (status, document) = error::written(&inner, Texts::of(locale));
        (status, error::MEDIA_TYPE, document)
    } else {
        (inner.status, "application/problem+json", inner.json(id.as_ref(), locale))
    };
    let mut answer = Response::new(Body::from(document.to_string()));
    *answer.status_mut() = status;
    std::mem::swap(answer.headers_mut(), response.headers_mut());
    let headers = answer.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    if inner.status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"nameplate\""));
    }
    if let Some(seconds) = inner.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

impl Inner {
    /// All of it in a sentence.
    pub fn sentence(&self, texts: Texts) -> String {
        format(texts, &format!("api-{}", self.code.replace('_', "-")), &self.args)
    }

    fn json(&self, id: Option<&RequestId>, locale: Locale) -> Value {
        let texts = Texts::of(locale);
        let id = id.map(RequestId::as_str);
        let mut document = Document::new(self.status, self.code, id);
        document.detail = Some(self.sentence(texts));
        document.errors = self.faults.iter().map(|fault| fault.json(texts)).collect();
        document.nearby_slots = json!(self.nearby);
        json!(document)
    }
}
