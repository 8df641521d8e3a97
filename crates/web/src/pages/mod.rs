//! The pages: read the request, call a use case, fill a view.

pub mod account;
pub mod activity;
mod after;
pub mod api_docs;
pub mod api_tokens;
pub mod availability;
pub mod booking;
pub(crate) mod calendar_feed;
pub mod data;
pub mod fields;
pub mod guests;
pub mod health;
pub mod mailbox;
pub mod manage;
mod meeting_log;
mod meeting_sms;
pub mod meeting_types;
pub mod meetings;
pub mod notifications;
pub(crate) mod oidc;
pub mod own_texts;
pub mod passkeys;
pub mod passphrase;
pub mod password_reset;
pub mod people;
pub mod pictures;
pub mod preferences;
pub mod reassign;
pub mod security;
pub mod sessions;
pub mod sign_in;
pub mod sign_in_code;
pub(crate) mod sms_hooks;
pub mod step_up;
pub mod templates;
pub mod undelivered;
pub mod webhooks;
pub mod wrap_up;
pub mod zones;

use crate::failure::{Failure, Page, html};
use crate::language;
use crate::layers::refusal::is_api;
use crate::layers::{Refusal, RequestId};

use crate::view::error::{ErrorPage, Wrong};
use crate::view::{Section, Shell, Theme};
use crate::visit::Visit;

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nameplate_app::Error;
use nameplate_i18n::{Locale, Texts};

/// The answer to an address that nothing stands at.
pub async fn not_found(uri: Uri, visit: Visit) -> Response {
    if is_api(uri.path()) {
        // The API's layer writes the problem.
        return StatusCode::NOT_FOUND.into_response();
    }
    Failure::page(Error::NotFound, &visit).await.into_response()
}

/// The answer to a method that an address does not take; the router adds `Allow`.
pub async fn method_not_allowed(uri: Uri, visit: Visit) -> Response {
    if is_api(uri.path()) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Ok(shell) = visit.public_shell(visit.here_or_front()).await else {
        return Refusal::Busy.into_response();
    };
    let page = ErrorPage { shell, wrong: Wrong::Method, detail: None, request_id: None, next: None };
    (StatusCode::METHOD_NOT_ALLOWED, html(&page)).into_response()
}

/// The page of a refusal by a layer: it must not need anything that may have failed.
#[must_use]
pub fn refusal_page(refusal: Refusal, request_id: &RequestId, locale: Locale) -> String {
    let code = refusal.code().replace('_', "-");
    let wrong = match refusal {
        Refusal::CrossOrigin => Wrong::Forbidden,
        Refusal::MethodNotAllowed => Wrong::Method,
        Refusal::TooManyRequests(_) => Wrong::TooMany,
        Refusal::Busy | Refusal::TimedOut => Wrong::Busy,
        Refusal::Crashed => Wrong::Server,
        Refusal::BodyTooLarge | Refusal::BodyTooSlow | Refusal::AddressTooLong => Wrong::Request,
    };
    let page = ErrorPage {
        shell: bare_shell(locale),
        wrong,
        detail: Some(Texts::of(locale).text(&format!("refusal-{code}-text"))),
        request_id: (refusal == Refusal::Crashed).then(|| request_id.as_str().to_owned()),
        next: None,
    };
    askama::Template::render(&page).unwrap_or_default()
}

/// The frame of a page that must not need anything that may have failed.
fn bare_shell(locale: Locale) -> Shell {
    Shell {
        locale,
        texts: Texts::of(locale),
        theme: Theme::System,
        hours_12: false,
        assets: crate::assets::base(),
        organisation: "Nameplate".to_owned(),
        path: "/".to_owned(),
        agent: None,
        section: Section::Other,
        saved: None,
        errors: Vec::new(),
        stored: Vec::new(),
        form_token: String::new(),
        demo: false,
    }
}

/// Gives the bare refusals of extractors (a path that is not UTF-8, a form of another type) their page.
pub async fn whole_errors(request: Request, next: Next) -> Response {
    let (api, locale) = (is_api(request.uri().path()), language::of(request.headers()));
    let response = next.run(request).await;
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if api || !response.status().is_client_error() || kind.starts_with("text/html") {
        return response;
    }
    let wrong = if response.status() == StatusCode::NOT_FOUND { Wrong::NotFound } else { Wrong::Request };
    let page = ErrorPage { shell: bare_shell(locale), wrong, detail: None, request_id: None, next: None };
    let mut whole = html(&page);
    *whole.status_mut() = response.status();
    whole.extensions_mut().extend(response.extensions().clone());
    whole
}

/// Turns the error of a use case into the answer for this visit.
pub(crate) async fn or_page<T>(visit: &Visit, result: Result<T, Error>) -> Result<T, Failure> {
    match result {
        Ok(value) => Ok(value),
        Err(error) => Err(Failure::page(error, visit).await),
    }
}

/// A page with a status of its own.
#[expect(clippy::unnecessary_wraps, reason = "it stands where handlers answer")]
pub(crate) fn with_status(status: StatusCode, page: &impl askama::Template) -> Page {
    Ok((status, html(page)).into_response())
}
