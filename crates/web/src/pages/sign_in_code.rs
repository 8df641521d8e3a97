//! The second step of a sign-in: the password was right, and nobody is signed in before the code is too.

use crate::failure::{self, Failure, Page, html, see_other, set_cookie};
use crate::forms::{self, Asked, Form};
use crate::layers::Class;
use crate::pages::sign_in::{enter, host_cookie};
use crate::pages::{or_page, with_status};
use crate::picker::query;
use crate::routes::{Access, Routes};
use crate::view::FieldError;
use crate::view::two_step::SignInCode;
use crate::visit::Visit;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::accounts::two_step;
use nameplate_app::{Error, Refusal};
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/sign-in/code", Access::Public, show).post("/sign-in/code", Access::Public, check)
}

/// The cookie that stands for the first step. It gives no access.
fn cookie(visit: &Visit) -> &'static str {
    if visit.web.config().secure { "__Host-sign-in" } else { "sign-in" }
}

fn address(path: &str, return_to: &str) -> String {
    format!("{path}{}", query(&[("return_to", return_to)]))
}

/// The answer to a right password of an account with two-step sign-in.
pub(super) fn ask(visit: &Visit, return_to: &str, pending: &str) -> Response {
    let mut response = see_other(&address("/sign-in/code", return_to));
    let cookie = host_cookie(visit, cookie(visit), pending);
    set_cookie(&mut response, &format!("{cookie}; Max-Age={}", two_step::SIGN_IN_LIFE.as_secs()));
    response
}

#[derive(Default, Deserialize)]
struct Back {
    #[serde(default)]
    return_to: String,
}

async fn page(visit: &Visit, return_to: &str) -> Result<SignInCode, Failure> {
    let shell = visit.public_shell(address("/sign-in/code", return_to)).await;
    Ok(SignInCode { shell: or_page(visit, shell).await?, return_to: return_to.to_owned() })
}

/// Back to the first step, and on from there to where the person wanted to go.
fn start_again(visit: &Visit, return_to: &str) -> Response {
    let late = visit.cookie(cookie(visit)).is_some_and(|token| !token.is_empty());
    let mut pairs = vec![("return_to", return_to)];
    if late {
        pairs.push(("notice", "code-late"));
    }
    let mut response = see_other(&format!("/sign-in{}", query(&pairs)));
    forget(visit, &mut response);
    response
}

fn forget(visit: &Visit, response: &mut Response) {
    set_cookie(response, &format!("{}; Max-Age=0", host_cookie(visit, cookie(visit), "")));
}

async fn show(visit: Visit, Asked(back): Asked<Back>) -> Page {
    let pending = visit.cookie(cookie(&visit)).unwrap_or_default();
    let waits = two_step::waits(visit.web.app(), &visit.ctx(), pending).await;
    if !or_page(&visit, waits).await? {
        return Ok(start_again(&visit, &back.return_to));
    }
    Ok(private(html(&page(&visit, &back.return_to).await?)))
}

/// It is about one person, whose cookie is not the session's.
fn private(mut response: Response) -> Response {
    response.extensions_mut().insert(Class::SignedIn);
    response
}

async fn check(visit: Visit, form: Form) -> Page {
    let (app, return_to) = (visit.web.app(), form.get("return_to"));
    let pending = visit.cookie(cookie(&visit)).unwrap_or_default();
    // Each has a form of its own, so that a wrong code in the one never stands before a right one in the other.
    let recovers = form.has("recovery_code") && form.get("code").trim().is_empty();
    let field = if recovers { "recovery_code" } else { "code" };
    let ctx = visit.ctx();
    match two_step::finish_sign_in(app, &ctx, pending, form.get(field), visit.user_agent()).await {
        Ok(signed_in) => {
            let mut response = enter(&visit, return_to, &signed_in).await?;
            forget(&visit, &mut response);
            Ok(response)
        }
        Err(Error::Refused(Refusal::LinkDead)) => Ok(start_again(&visit, return_to)),
        Err(Error::Invalid(problems)) => {
            let problem = problems.first().map(|one| forms::error(visit.texts(), field, &one.problem));
            again(&visit, &form, problem.into_iter().collect(), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Limited(wait)) => {
            let text = visit.texts().format("sign-in-code-wait", &[("minutes", &failure::minutes(wait))]);
            let errors = vec![FieldError { field: field.to_owned(), text }];
            again(&visit, &form, errors, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

async fn again(visit: &Visit, form: &Form, errors: Vec<FieldError>, status: StatusCode) -> Page {
    let mut page = page(visit, form.get("return_to")).await?;
    // A refused code is of no more use.
    page.shell.errors = errors;
    with_status(status, &page).map(private)
}
