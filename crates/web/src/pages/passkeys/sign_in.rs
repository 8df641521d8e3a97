//! Signing in by a passkey.

use super::question;
use crate::failure::{self, Failure, Page};
use crate::forms::Form;
use crate::pages::or_page;
use crate::pages::sign_in::{again, enter, here};
use crate::pages::sign_in_code;
use crate::view::FieldError;
use crate::visit::Visit;
use axum::http::StatusCode;
use nameplate_app::accounts::passkeys;
use nameplate_app::accounts::sessions::Entered;
use nameplate_app::{Error, Refusal};

pub(super) async fn ask(visit: Visit) -> Page {
    let asked = or_page(&visit, passkeys::start_sign_in(visit.web.app(), &visit.ctx()).await).await?;
    Ok(question("get", &asked))
}

pub(super) async fn sign_in(visit: Visit, form: Form) -> Page {
    let (challenge, answer) = (form.get("challenge"), form.get("answer"));
    let (app, ctx) = (visit.web.app(), visit.ctx());
    let error = match passkeys::finish_sign_in(app, &ctx, challenge, answer, visit.user_agent()).await {
        Ok(Entered::Session(signed_in)) => return enter(&visit, form.get("return_to"), &signed_in).await,
        Ok(Entered::CodeAsked(pending)) => {
            return Ok(sign_in_code::ask(&visit, form.get("return_to"), &pending));
        }
        Ok(Entered::Closed(at, zone)) => {
            let shell = or_page(&visit, visit.public_shell(here(&form)).await).await?;
            let text = shell.t1("sign-in-closed", "when", &visit.clock(&zone).short(at));
            let errors = vec![FieldError { field: "passkey".to_owned(), text }];
            return again(&visit, shell, &form, errors, StatusCode::FORBIDDEN);
        }
        Err(error) => error,
    };
    let texts = visit.texts();
    let (status, text) = match &error {
        Error::WrongCredentials => (StatusCode::UNPROCESSABLE_ENTITY, texts.text("passkey-wrong")),
        Error::Refused(Refusal::LinkDead) => (StatusCode::UNPROCESSABLE_ENTITY, texts.text("passkey-late")),
        Error::Limited(wait) => {
            let minutes = failure::minutes(*wait);
            (StatusCode::TOO_MANY_REQUESTS, texts.format("sign-in-wait", &[("minutes", &minutes)]))
        }
        _ => return Err(Failure::page(error, &visit).await),
    };
    let shell = or_page(&visit, visit.public_shell(here(&form)).await).await?;
    again(&visit, shell, &form, vec![FieldError { field: "passkey".to_owned(), text }], status)
}
