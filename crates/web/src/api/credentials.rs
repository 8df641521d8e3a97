//! Password and email address: a token alone is not enough, the current password comes with the call (`security.md` P2).

use super::body::Body;
use super::call::AgentCall;
use super::fields::Fields;
use super::problem::ApiError;
use axum::Json;
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::accounts::email_change::Requested;
use nameplate_app::accounts::{email_change, password};
use nameplate_domain::account::EmailAddress;
use serde_json::{Value, json};

/// The current password, as typed: no rule of a new one holds for it.
fn current(fields: &mut Fields) -> Option<String> {
    fields.given("current_password", |text| Ok(text.to_owned()))
}

/// `POST /api/v1/me/password`: ends the sessions of the account.
pub async fn password(call: AgentCall, body: Body) -> Result<StatusCode, ApiError> {
    let mut fields = body.fields();
    let current = current(&mut fields);
    let new = fields.required("new_password", |text| Ok(text.to_owned()));
    fields.finish()?;
    let current = current.ok_or(Error::ReauthenticationRequired)?;
    // Tokens stay: the one that calls is among them.
    password::change(call.web.app(), &call.ctx, &current, &new.unwrap_or_default(), false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/me/email`: a link and a code go to the new address; the old one stays until it is confirmed.
pub async fn email(call: AgentCall, body: Body) -> Result<(StatusCode, Json<Value>), ApiError> {
    let mut fields = body.fields();
    let current = current(&mut fields);
    let email = fields.required("email", EmailAddress::parse);
    fields.finish()?;
    let Some(email) = email else { return Err(ApiError::internal()) };
    let wanted = email.to_string();
    let requested = email_change::request(call.web.app(), &call.ctx, email, current.as_deref()).await?;
    let pending = (requested == Requested::Sent).then_some(wanted);
    let answer = json!({ "email": call.agent.email.to_string(), "pending_email": pending });
    Ok((StatusCode::ACCEPTED, Json(answer)))
}
