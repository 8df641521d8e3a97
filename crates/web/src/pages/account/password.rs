//! The password.

use super::page::{again, failed};
use crate::failure::{Failure, Page, see_other};
use crate::forms::{self, Form};
use crate::pages::or_page;
use crate::pages::step_up::NAMES;
use crate::view::FieldError;
use crate::view::account::Account;
use crate::visit::AgentVisit;
use nameplate_app::Error;
use nameplate_app::accounts::password;
use nameplate_app::accounts::ways_in::Ending;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let (app, proof, new) = (visit.visit.web.app(), NAMES.proof(&form), form.get("new_password"));
    let ending = Ending { tokens: form.has("revoke_tokens"), passkeys: form.has("remove_passkeys") };
    // Passwords are never shown again.
    let fill = |page: &mut Account| {
        page.revoke_tokens = ending.tokens;
        page.remove_passkeys = ending.passkeys;
    };
    match password::change(app, &visit.ctx(), proof, new, ending).await {
        Ok(()) => Ok(see_other("/account?saved=password")),
        Err(Error::ReauthenticationRequired) => {
            let errors = missing(&visit, new).await?;
            again(&visit, errors, fill).await
        }
        Err(error) => failed(&visit, error, &form, "current_password", fill).await,
    }
}

/// What is said when the current password did not come: also what is wrong with the new one.
pub(crate) async fn missing(visit: &AgentVisit, new: &str) -> Result<Vec<FieldError>, Failure> {
    let texts = visit.visit.texts();
    let problem = password::problem(visit.visit.web.app(), &visit.ctx(), new).await;
    let problem = or_page(&visit.visit, problem).await?;
    let mut errors = NAMES.missing(texts);
    errors.extend(forms::invalid(texts, problem.as_slice()));
    Ok(errors)
}
