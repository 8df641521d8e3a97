//! What stands beside every field for a new password.

use crate::state::Web;
use crate::view::NewPassword;
use axum::Json;
use axum::extract::State;
use nameplate_app::accounts::passphrase;
use serde::Serialize;

/// A suggestion.
#[derive(Serialize)]
pub struct Suggestion {
    passphrase: String,
}

/// `GET /passphrase`: another one with every request, for anybody: it is nobody's, and nothing remembers it.
pub async fn suggest(State(web): State<Web>) -> Json<Suggestion> {
    Json(Suggestion { passphrase: passphrase::for_anybody(web.app()) })
}

/// The hint for a password of at least so many characters.
pub fn hint(minimum: usize) -> NewPassword {
    NewPassword { minimum: minimum.to_string(), example: passphrase::of(minimum) }
}
