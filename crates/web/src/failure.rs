//! From an error of a use case to the answer of a page.

use crate::layers;
use crate::view::Link;
use crate::view::error::{ErrorPage, Wrong};
use crate::visit::Visit;
use askama::Template;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use jiff::SignedDuration;
use nameplate_app::{Error, Refusal};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The answer to a request that failed.
pub struct Failure(Box<Response>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Response> for Failure {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

/// What every page handler answers.
pub type Page = Result<Response, Failure>;

/// Logs an error once, where it becomes an answer.
pub(crate) fn log(error: &Error) {
    match error {
        Error::Store(source) | Error::Unavailable(source) => {
            tracing::error!(error = %error, source = ?source, "a request failed");
        }
        Error::Internal(_) => tracing::error!(error = %error, "a request failed"),
        _ => tracing::debug!(error = %error, "a request was refused"),
    }
}

fn status(error: &Error) -> (StatusCode, Wrong) {
    match error {
        Error::NotSignedIn | Error::WrongCredentials | Error::ReauthenticationRequired => {
            (StatusCode::FORBIDDEN, Wrong::Forbidden)
        }
        Error::NotFound => (StatusCode::NOT_FOUND, Wrong::NotFound),
        Error::Invalid(_) | Error::InvalidAvailability(_) | Error::Picture(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Wrong::Request)
        }
        Error::Refused(Refusal::LinkDead | Refusal::MeetingReassigned | Refusal::SetUpDone) => {
            (StatusCode::GONE, Wrong::Gone)
        }
        Error::Refused(_) | Error::Stale | Error::Repeated => (StatusCode::CONFLICT, Wrong::Conflict),
        Error::Limited(_) => (StatusCode::TOO_MANY_REQUESTS, Wrong::TooMany),
        Error::Busy | Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, Wrong::Busy),
        Error::Store(_) | Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, Wrong::Server),
    }
}

impl Failure {
    /// The error page for a visit.
    pub async fn page(error: Error, visit: &Visit) -> Self {
        log(&error);
        let wrong = status(&error).1;
        let Ok(shell) = visit.public_shell(visit.here_or_front()).await else {
            return Self::without_page(&error);
        };
        let detail = match &error {
            Error::Refused(refusal) => {
                Some(visit.texts().text(&format!("refused-{}", refusal.code().replace('_', "-"))))
            }
            _ => None,
        };
        let next = match wrong {
            Wrong::Conflict => Some(Link::new(visit.texts().text("error-reload"), visit.uri.path())),
            _ => None,
        };
        Self::from(with_error(&error, &ErrorPage { shell, wrong, detail, request_id: None, next }))
    }

    /// The answer when not even the frame of a page can be made: the refusal layer writes it.
    pub fn without_page(error: &Error) -> Self {
        log(error);
        let refusal = match status(error).0 {
            StatusCode::INTERNAL_SERVER_ERROR => layers::Refusal::Crashed,
            _ => layers::Refusal::Busy,
        };
        Self::from(refusal.into_response())
    }

    /// Sends somebody who is not signed in to sign in, and back to the page if they only wanted to see one.
    /// `ended` says that they were signed in until something ended it (SE-05).
    pub fn sign_in(uri: &Uri, is_safe: bool, ended: bool) -> Self {
        let back =
            if is_safe { uri.path_and_query().map_or("/account", |path| path.as_str()) } else { "/account" };
        let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
        let notice = if ended { "&notice=ended" } else { "" };
        Self::from(see_other(&format!("/sign-in?return_to={back}{notice}")))
    }
}

/// A page that tells of an error, with the error's status and, when another try helps, the time of it.
pub fn answer(error: &Error, page: &impl Template) -> Response {
    log(error);
    with_error(error, page)
}

fn with_error(error: &Error, page: &impl Template) -> Response {
    let status = status(error).0;
    let mut response = (status, html(page)).into_response();
    match error {
        Error::Limited(wait) => retry_after(&mut response, wait.as_secs() + 1),
        _ if status == StatusCode::SERVICE_UNAVAILABLE => retry_after(&mut response, 2),
        _ => {}
    }
    response
}

/// How long a person has to wait, in whole minutes.
pub fn minutes(wait: SignedDuration) -> String {
    (wait.as_secs() / 60 + i64::from(wait.as_secs() % 60 > 0)).max(1).to_string()
}

fn retry_after(response: &mut Response, seconds: i64) {
    if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
}

/// A rendered page; a template that fails is a mistake of ours.
pub fn html(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            layers::Refusal::Crashed.into_response()
        }
    }
}

/// Another page, to be fetched with GET.
pub fn see_other(path: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, path)
}

/// A redirect to a path of ours.
pub fn redirect(status: StatusCode, path: &str) -> Response {
    let mut response = status.into_response();
    if let Ok(value) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// Adds a cookie to an answer.
pub fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(HeaderName::from_static("set-cookie"), value);
    }
}
