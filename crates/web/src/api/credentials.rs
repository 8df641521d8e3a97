//! Password and email address: a token alone is not enough, the current password comes with the call, and a code where two-step
//! sign-in is on (`security.md` P2).

use super::body::Body;
use super::call::AgentCall;
use super::fields::Fields;
use super::problem::ApiError;
use axum::Json;
use axum::http::StatusCode;
use nameplate_app::accounts::email_change::Requested;
use nameplate_app::accounts::sessions::Proof;
use nameplate_app::accounts::{email_change, password};
use nameplate_domain::account::EmailAddress;
use serde_json::{Value, json};

/// The current password and, for an account with two-step sign-in, a code: as typed, no rule of new ones holds for them.
struct Given {
    password: Option<String>,
    code: Option<String>,
}

impl Given {
    fn read(fields: &mut Fields) -> Self {
        let mut field = |name| fields.given(name, |text| Ok(text.to_owned()));
        Self { password: field("current_password"), code: field("code") }
    }

    fn proof(&self) -> Proof<'_> {
        Proof { password: self.password.as_deref(), code: self.code.as_deref() }
    }
}

/// `POST /api/v1/me/password`: ends the sessions of the account.
pub async fn password(call: AgentCall, body: Body) -> Result<StatusCode, ApiError> {
    let mut fields = body.fields();
    let given = Given::read(&mut fields);
    let new = fields.required("new_password", |text| Ok(text.to_owned()));
    fields.finish()?;
    // Tokens stay: the one that calls is among them.
    password::change(call.web.app(), &call.ctx, given.proof(), &new.unwrap_or_default(), false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/me/email`: a link and a code go to the new address; the old one stays until it is confirmed.
pub async fn email(call: AgentCall, body: Body) -> Result<(StatusCode, Json<Value>), ApiError> {
    let mut fields = body.fields();
    let given = Given::read(&mut fields);
    let email = fields.required("email", EmailAddress::parse);
    fields.finish()?;
    let Some(email) = email else { return Err(ApiError::internal()) };
    let wanted = email.to_string();
    let requested = email_change::request(call.web.app(), &call.ctx, email, given.proof()).await?;
    let pending = (requested == Requested::Sent).then_some(wanted);
    let answer = json!({ "email": call.agent.email.to_string(), "pending_email": pending });
    Ok((StatusCode::ACCEPTED, Json(answer)))
}
