//! The email address: asked for on the page, confirmed by the code there or by the link in the mail.

use super::page::{again, failed};
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Check, Form};
use crate::pages::step_up::Names;
use crate::pages::{or_page, with_status};
use crate::view::FieldError;
use crate::view::account::{Account, EmailLink, LinkPurpose, LinkState};
use crate::visit::{AgentVisit, Visit};
use axum::extract::Path;
use axum::http::StatusCode;
use jiff::SignedDuration;
use nameplate_app::accounts::email_change::{self, Requested};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::EmailAddress;

pub(super) async fn request(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let typed = form.typed("new_email");
    let fill = |page: &mut Account| page.new_email = typed;
    let Some(new) = check.take("new_email", EmailAddress::parse(form.get("new_email"))) else {
        return again(&visit, check.errors(visit.visit.texts()), fill).await;
    };
    // Only an old sign-in needs a proof, and then the form asks for it (S-13).
    let texts = visit.visit.texts();
    match email_change::request(visit.visit.web.app(), &visit.ctx(), new, NAMES.proof(&form)).await {
        Ok(Requested::Sent) => Ok(see_other("/account#email")),
        Ok(Requested::Same) => Ok(see_other("/account?saved=email-kept")),
        Err(Error::ReauthenticationRequired) => again(&visit, NAMES.missing(texts), fill).await,
        Err(Error::Invalid(problems)) => again(&visit, NAMES.errors(texts, &problems), fill).await,
        Err(error) => failed(&visit, error, &form, "new_email", fill).await,
    }
}

/// The password's form on the same page has the usual names.
const NAMES: Names = Names { password: "email_password", code: "email_app_code" };

pub(super) async fn confirm_code(visit: AgentVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let wrong = |text: String| vec![FieldError { field: "code".to_owned(), text }];
    match email_change::confirm_code(visit.visit.web.app(), &visit.ctx(), form.get("code")).await {
        Ok(_) => Ok(see_other("/account?saved=email")),
        Err(Error::Refused(Refusal::WrongCode(left))) => {
            let text = texts.format("code-wrong", &[("left", &left.to_string())]);
            again(&visit, wrong(text), |_| {}).await
        }
        Err(Error::Refused(Refusal::LinkDead)) => again(&visit, wrong(texts.text("code-dead")), |_| {}).await,
        Err(error) => failed(&visit, error, &form, "new_email", |_| {}).await,
    }
}

pub(super) async fn resend(visit: AgentVisit) -> Page {
    match email_change::resend(visit.visit.web.app(), &visit.ctx()).await {
        Ok(()) => Ok(see_other("/account?saved=code")),
        Err(Error::Refused(Refusal::LinkDead)) => Ok(see_other("/account#email")),
        Err(Error::Limited(wait)) => {
            let (texts, clock) = (visit.visit.texts(), visit.clock());
            let text = if wait <= SignedDuration::from_mins(1) {
                texts.format("email-resend-wait", &[("seconds", &(wait.as_secs() + 1).min(60).to_string())])
            } else {
                // Up to the next whole minute, so that the time named is not too early.
                let next = visit.visit.now + wait + SignedDuration::from_mins(1);
                texts.format("email-resend-at", &[("time", &clock.short(next))])
            };
            again(&visit, vec![FieldError { field: "resend".to_owned(), text }], |_| {}).await
        }
        Err(error) => failed(&visit, error, &Form::default(), "resend", |_| {}).await,
    }
}

pub(super) async fn cancel(visit: AgentVisit) -> Page {
    match email_change::cancel(visit.visit.web.app(), &visit.ctx()).await {
        Ok(()) => Ok(see_other("/account?saved=email-kept")),
        Err(error) => failed(&visit, error, &Form::default(), "new_email", |_| {}).await,
    }
}

/// GET shows a button; only POST acts: mail scanners open every link.
pub(super) async fn show_link(visit: Visit, Path(token): Path<String>) -> Page {
    let looked_up = email_change::look_up(visit.web.app(), &visit.ctx(), &token).await;
    link_page(&visit, &token, looked_up.map(|address| (address, LinkState::Open))).await
}

pub(super) async fn confirm_link(visit: Visit, Path(token): Path<String>) -> Page {
    let confirmed = email_change::confirm_link(visit.web.app(), &visit.ctx(), &token).await;
    let texts = visit.texts();
    let done = confirmed.map(|address| {
        let text = texts.format("email-confirmed-text", &[("email", &address.shown())]);
        (address, LinkState::Done(text))
    });
    link_page(&visit, &token, done).await
}

async fn link_page(visit: &Visit, token: &str, outcome: Result<(EmailAddress, LinkState), Error>) -> Page {
    let path = format!("/confirm/email/{token}");
    let shell = or_page(visit, visit.public_shell(path.as_str()).await).await?;
    let texts = visit.texts();
    let page =
        |address, state| EmailLink { shell, action: path, purpose: LinkPurpose::Confirm, address, state };
    match outcome {
        Ok((address, state)) => Ok(html(&page(address.shown(), state))),
        Err(Error::Refused(Refusal::LinkDead)) => with_status(
            StatusCode::GONE,
            &page(String::new(), LinkState::Done(texts.text("email-link-dead"))),
        ),
        Err(Error::Invalid(problems)) => {
            let errors = forms::invalid(texts, &problems);
            let text = errors.into_iter().map(|error| error.text).collect();
            with_status(StatusCode::CONFLICT, &page(String::new(), LinkState::Done(text)))
        }
        Err(error) => Err(Failure::page(error, visit).await),
    }
}
