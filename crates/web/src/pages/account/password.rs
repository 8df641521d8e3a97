//! The password.

use super::page::failed;
use crate::failure::{Page, see_other};
use crate::forms::Form;
use crate::view::account::Account;
use crate::visit::AgentVisit;
use nameplate_app::accounts::password;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let (current, new) = (form.get("current_password"), form.get("new_password"));
    let app = visit.visit.web.app();
    let revoke_tokens = form.has("revoke_tokens");
    match password::change(app, &visit.ctx(), current, new, revoke_tokens).await {
        Ok(()) => Ok(see_other("/account?saved=password")),
        // Passwords are never shown again.
        Err(error) => {
            let fill = |page: &mut Account| page.revoke_tokens = revoke_tokens;
            failed(&visit, error, &form, "current_password", fill).await
        }
    }
}
