//! Showing who one is before what needs a recent sign-in (S-13): by the password or a passkey, then back.

use super::question;
use crate::failure::{Failure, Page, html, see_other, set_cookie};
use crate::forms::{Asked, Form};
use crate::pages::preferences::own_path;
use crate::pages::sign_in::session_cookie;
use crate::pages::step_up::{self, NAMES};
use crate::pages::{or_page, with_status};
use crate::view::passkeys::Confirm;
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::accounts::passkeys;
use nameplate_app::accounts::step_up::Purpose;
use nameplate_app::{Error, Refusal};
use serde::Deserialize;

#[derive(Default, Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    return_to: String,
}

/// Where somebody is sent who must show first who they are, and back afterwards.
pub(crate) fn path(return_to: &str) -> String {
    format!("/account/confirm{}", crate::picker::query(&[("return_to", return_to)]))
}

async fn page(visit: &AgentVisit, return_to: &str) -> Result<Confirm, Failure> {
    let shell = or_page(&visit.visit, visit.shell(Section::Account, path(return_to)).await).await?;
    let step = step_up::fields(visit, Purpose::Confirm, return_to).await?;
    Ok(Confirm { shell, email: visit.agent.email.shown(), step })
}

pub(super) async fn show(visit: AgentVisit, Asked(back): Asked<Back>) -> Page {
    Ok(html(&page(&visit, &back.return_to).await?))
}

pub(super) async fn ask(visit: AgentVisit) -> Page {
    let asked = passkeys::start_confirm(visit.visit.web.app(), &visit.ctx()).await;
    Ok(question("get", &or_page(&visit.visit, asked).await?))
}

pub(super) async fn by_passkey(visit: AgentVisit, form: Form) -> Page {
    let (challenge, answer) = (form.get("challenge"), form.get("answer"));
    let done = passkeys::finish_confirm(visit.visit.web.app(), &visit.ctx(), challenge, answer).await;
    back(&visit, &form, done).await
}

pub(super) async fn by_password(visit: AgentVisit, form: Form) -> Page {
    let proof = NAMES.proof(&form);
    let done = passkeys::confirm_by_password(visit.visit.web.app(), &visit.ctx(), proof).await;
    back(&visit, &form, done).await
}

async fn back(visit: &AgentVisit, form: &Form, done: Result<String, Error>) -> Page {
    let texts = visit.visit.texts();
    let wrong = |field: &str, text: String| vec![FieldError { field: field.to_owned(), text }];
    let (status, errors) = match done {
        Ok(token) => {
            let mut response = see_other(&own_path(form.get("return_to"), "/account/security"));
            set_cookie(&mut response, &session_cookie(&visit.visit, &token));
            return Ok(response);
        }
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, NAMES.errors(texts, &problems)),
        Err(Error::ReauthenticationRequired) => (StatusCode::UNPROCESSABLE_ENTITY, NAMES.missing(texts)),
        Err(Error::WrongCredentials) => {
            (StatusCode::UNPROCESSABLE_ENTITY, wrong("passkey", texts.text("passkey-wrong")))
        }
        Err(Error::Refused(Refusal::LinkDead)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, wrong("passkey", texts.text("passkey-late")))
        }
        Err(Error::Limited(wait)) => (StatusCode::TOO_MANY_REQUESTS, NAMES.wait(texts, wait)),
        Err(Error::NotSignedIn) => return Ok(see_other("/sign-in?notice=wrong-passwords")),
        Err(error) => return Err(Failure::page(error, &visit.visit).await),
    };
    let mut page = page(visit, form.get("return_to")).await?;
    page.shell.errors = errors;
    with_status(status, &page)
}
