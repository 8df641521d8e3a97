//! Passkeys: kept in order on the Security page, used at sign-in and where somebody shows who they are.
//!
//! The script fetches a question, gives it to the browser and sends the answer with a form of the page: what comes then is
//! a page like after any other form.

mod confirm;
mod manage;
mod sign_in;

pub(crate) use confirm::path as confirm_path;
pub(crate) use manage::section;

use crate::routes::{Access, Routes};
use axum::Json;
use axum::response::{IntoResponse, Response};
use nameplate_app::accounts::passkeys::Question;
use serde_json::json;

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .post("/passkeys/sign-in/ask", Access::Public, sign_in::ask)
        .post("/passkeys/sign-in", Access::Public, sign_in::sign_in)
        .post("/passkeys/add/ask", agent, manage::ask)
        .post("/passkeys/add", agent, manage::add)
        .post("/passkeys/confirm/ask", agent, confirm::ask)
        .post("/passkeys/confirm", agent, confirm::by_passkey)
        .get("/account/confirm", agent, confirm::show)
        .post("/account/confirm", agent, confirm::by_password)
        .get("/account/passkeys/{id}", agent, manage::show)
        .post("/account/passkeys/{id}", agent, manage::rename)
        .get("/account/passkeys/{id}/remove", agent, manage::ask_remove)
        .post("/account/passkeys/{id}/remove", agent, manage::remove)
}

/// A question as the script takes it. `method` is that of `navigator.credentials`.
fn question(method: &str, question: &Question) -> Response {
    Json(json!({ "challenge": question.id.to_string(), method: question.options })).into_response()
}
