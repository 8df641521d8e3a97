//! What was typed into a form.

use crate::view::{FieldError, Shell};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use nameplate_app::Invalid;
use nameplate_domain::account::Problem;
use nameplate_i18n::Texts;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// The fields of a submitted form, in their order; a field may stand several times.
#[derive(Debug, Clone, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// A form with these fields.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// All fields in their order: name and value.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a field; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// A copy of the value, to be shown again.
    pub fn typed(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The version that the form was made from; one that is missing or unreadable is nobody's, so the save is refused.
    pub fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a field was sent at all: a ticked box, a pressed button.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let form = axum::extract::Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|axum::extract::Form(fields)| Self(fields)).map_err(IntoResponse::into_response)
    }
}

/// The query of an address. One that cannot be read asks for nothing: a link that was mangled on its way still shows its
/// page.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        Ok(Self(query.map(|Query(asked)| asked).unwrap_or_default()))
    }
}

/// A start as an address or a form carries it: whole seconds, within the years that anybody can book.
pub fn start(text: &str) -> Option<Timestamp> {
    let start: Timestamp = text.parse().ok()?;
    let whole = start.subsec_nanosecond() == 0;
    (whole && (1_000_000_000..10_000_000_000).contains(&start.as_second())).then_some(start)
}

/// Collects what is wrong with a form, field by field.
#[derive(Debug, Default)]
pub struct Check(Vec<(String, Problem)>);

impl Check {
    /// The value, or its problem kept under the field's name.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.0.push((field.to_owned(), problem))).ok()
    }

    /// Keeps a problem.
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push((field.to_owned(), problem));
    }

    /// The problems as the page shows them.
    pub fn errors(&self, texts: Texts) -> Vec<FieldError> {
        self.0.iter().map(|(field, problem)| error(texts, field, problem)).collect()
    }
}

/// A problem as the page shows it. A field may have words of its own: `problem-CODE-FIELD`.
pub fn error(texts: Texts, field: &str, problem: &Problem) -> FieldError {
    let args = problem.args();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let key = format!("problem-{}", problem.code().replace('_', "-"));
    let own = format!("{key}-{}", field.replace('_', "-"));
    let text = texts.format(&own, &args);
    let text = if text == own { texts.format(&key, &args) } else { text };
    FieldError { field: field.to_owned(), text }
}

/// What is stored of one field.
pub struct Stored<'a> {
    /// The field.
    pub field: &'a str,
    /// Its value.
    pub value: &'a str,
    /// The value as people read it.
    pub shown: &'a str,
}

impl<'a> Stored<'a> {
    /// A field whose value people read as it is.
    pub fn text(field: &'a str, value: &'a str) -> Self {
        Self { field, value, shown: value }
    }
}

/// Shows what is stored beside each field of a form that was made from something older and says otherwise (F-12).
pub fn compare(shell: &mut Shell, form: &Form, stored: &[Stored<'_>]) {
    for one in stored {
        if form.has(one.field) && form.get(one.field) != one.value {
            shell.add_stored(one.field, one.shown);
        }
    }
}

/// The errors of a use case as the page shows them: the last part of the pointer names the field.
pub fn invalid(texts: Texts, problems: &[Invalid]) -> Vec<FieldError> {
    let field = |pointer: &str| pointer.trim_start_matches('/').replace('/', "_");
    problems.iter().map(|one| error(texts, &field(&one.pointer), &one.problem)).collect()
}
