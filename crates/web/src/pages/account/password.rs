//! The password.

use super::page::failed;
use crate::failure::{Page, see_other};
use crate::forms::Form;
use crate::visit::AgentVisit;
use nameplate_app::accounts::password;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let (current, new) = (form.get("current_password"), form.get("new_password"));
    let app = visit.visit.web.app();
    match password::change(app, &visit.ctx(), current, new).await {
        Ok(()) => Ok(see_other("/account?saved=password")),
        // Passwords are never shown again.
        Err(error) => failed(&visit, error, &form, "current_password", |_| {}).await,
    }
}
