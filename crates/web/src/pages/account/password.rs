//! The password.

use super::page::{again, failed};
use crate::failure::{Page, see_other};
use crate::forms::Form;
use crate::pages::step_up::NAMES;
use crate::view::account::Account;
use crate::visit::AgentVisit;
use nameplate_app::Error;
use nameplate_app::accounts::password;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let (app, proof, new) = (visit.visit.web.app(), NAMES.proof(&form), form.get("new_password"));
    let revoke_tokens = form.has("revoke_tokens");
    // Passwords are never shown again.
    let fill = |page: &mut Account| page.revoke_tokens = revoke_tokens;
    match password::change(app, &visit.ctx(), proof, new, revoke_tokens).await {
        Ok(()) => Ok(see_other("/account?saved=password")),
        Err(Error::ReauthenticationRequired) => again(&visit, NAMES.missing(visit.visit.texts()), fill).await,
        Err(error) => failed(&visit, error, &form, "current_password", fill).await,
    }
}
