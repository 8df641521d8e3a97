//! The password.

use super::page::{again, failed};
use crate::failure::{Page, see_other};
use crate::forms::Form;
use crate::pages::step_up::NAMES;
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
        Err(Error::ReauthenticationRequired) => again(&visit, NAMES.missing(visit.visit.texts()), fill).await,
        Err(error) => failed(&visit, error, &form, "current_password", fill).await,
    }
}
