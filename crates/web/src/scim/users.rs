//! `/scim/v2/Users`.

use super::attributes::{Kind, of_kind};
use super::body::Body;
use super::matches::{get, matches, sort_key};
use super::patch;
use super::query::{Asked, Question, Shown};
use super::user::{answer, user, user_answer, version_of};
use super::version::Seen;
use super::wanted::{Absent, leaving, read};
use crate::api::call::{AdminCall, Named};
use crate::api::problem::{ApiError, Fault};
use crate::state::Web;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nameplate_app::Ctx;
use nameplate_app::people::provided::{self, Among, Provided, Wanted};
use nameplate_domain::ids::AgentId;
use serde_json::{Value, json};

const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// What is no id is nobody's.
fn id(name: &str) -> Result<AgentId, ApiError> {
    name.parse().map_err(|_| ApiError::not_found())
}

/// `GET /scim/v2/Users`
pub async fn list(call: AdminCall, Asked(asked): Asked) -> Result<Response, ApiError> {
    found(&call.web, &call.ctx, Question::read(&asked)?).await
}

/// `POST /scim/v2/Users/.search`, and `POST /scim/v2/.search`: there are no resources but users.
pub async fn search(call: AdminCall, Body(asked): Body) -> Result<Response, ApiError> {
    found(&call.web, &call.ctx, Question::read(&asked)?).await
}

async fn found(web: &Web, ctx: &Ctx, question: Question) -> Result<Response, ApiError> {
    let among = question.among();
    // Addresses are compared by their canonical form: whom a new user would stand in the way of is found.
    let narrowed = !matches!(among, Among::All);
    let accounts = provided::list(web.app(), ctx, among).await?;
    let web = web.clone();
    let made = tokio::task::spawn_blocking(move || {
        let mut users: Vec<Value> = accounts.iter().map(|one| user(&web, one)).collect();
        if let Some(filter) = question.filter.as_ref().filter(|_| !narrowed) {
            users.retain(|user| matches(user, filter));
        }
        if let Some(path) = &question.sort {
            users.sort_by_cached_key(|user| sort_key(user, path));
            if question.descending {
                users.reverse();
            }
        }
        let page = users.iter().skip(question.start - 1).take(question.count);
        let shown: Vec<Value> = page.map(|user| question.shown.of(user)).collect();
        json!({
            "schemas": [LIST],
            "totalResults": users.len(),
            "startIndex": question.start,
            "itemsPerPage": shown.len(),
            "Resources": shown,
        })
    });
    let list = made.await.map_err(|_| ApiError::internal())?;
    Ok(answer(StatusCode::OK, &list))
}

/// `GET /scim/v2/Users/{id}`
pub async fn one(
    call: AdminCall,
    Named(name): Named,
    seen: Seen,
    Asked(asked): Asked,
) -> Result<Response, ApiError> {
    let shown = Shown::read(&asked)?;
    let found = provided::find(call.web.app(), &call.ctx, id(&name)?).await?;
    let user = user(&call.web, &found);
    if seen.has(version_of(&user)) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    seen.check(version_of(&user))?;
    Ok(user_answer(StatusCode::OK, &user, &shown.of(&user)))
}

/// `POST /scim/v2/Users`: invites somebody.
pub async fn create(call: AdminCall, Asked(asked): Asked, Body(body): Body) -> Result<Response, ApiError> {
    let shown = Shown::read(&asked)?;
    let sent = read(&call.web, &body, None, Absent::Stays)?;
    let (Some(name), Some(email)) = (sent.name, sent.email) else { return Err(ApiError::internal()) };
    let made = provided::create(call.web.app(), &call.ctx, (name, email), sent.wanted).await?;
    let user = user(&call.web, &made);
    Ok(user_answer(StatusCode::CREATED, &user, &shown.of(&user)))
}

/// `PUT /scim/v2/Users/{id}`: attributes that are not sent stay.
pub async fn replace(
    call: AdminCall,
    Named(name): Named,
    seen: Seen,
    Asked(asked): Asked,
    Body(body): Body,
) -> Result<Response, ApiError> {
    let shown = Shown::read(&asked)?;
    let decide = move |web: &Web, before: &Provided| {
        let sent = read(web, &body, Some(before), Absent::Stays);
        sent.map(|sent| sent.wanted).or_else(|refused| leaving(web, &body, before).ok_or(refused))
    };
    update(call, id(&name)?, seen, shown, decide).await
}

/// `PATCH /scim/v2/Users/{id}`: all operations or none.
pub async fn change(
    call: AdminCall,
    Named(name): Named,
    seen: Seen,
    Asked(asked): Asked,
    Body(message): Body,
) -> Result<Response, ApiError> {
    let shown = Shown::read(&asked)?;
    let decide = move |web: &Web, before: &Provided| {
        let today = user(web, before);
        let mut wanted = today.clone();
        patch::apply(&mut wanted, &message)?;
        let sent = unchanged(&today, &wanted).and_then(|()| read(web, &wanted, Some(before), Absent::Goes));
        sent.map(|sent| sent.wanted).or_else(|refused| leaving(web, &wanted, before).ok_or(refused))
    };
    update(call, id(&name)?, seen, shown, decide).await
}

/// What the server alone says must come out as it was; case aside, in which providers are not exact.
fn unchanged(before: &Value, after: &Value) -> Result<(), ApiError> {
    let text = |user: &Value, name: &str| {
        get(user, name).map_or_else(String::new, |value| value.to_string().to_lowercase())
    };
    let differs = |name: &&str| text(before, name) != text(after, name);
    let changed = of_kind(Kind::ReadOnly).filter(differs);
    let faults: Vec<Fault> = changed.map(|name| Fault::new(format!("/{name}"), "scim_read_only")).collect();
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// Reads, checks and writes in one transaction: what is decided is decided of the user as it is then.
async fn update(
    call: AdminCall,
    id: AgentId,
    seen: Seen,
    shown: Shown,
    decide: impl FnOnce(&Web, &Provided) -> Result<Wanted, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let web = call.web.clone();
    let checked = move |before: &Provided| {
        seen.check(version_of(&user(&web, before)))?;
        decide(&web, before)
    };
    let changed = provided::update(call.web.app(), &call.ctx, id, checked).await??;
    let user = user(&call.web, &changed);
    Ok(user_answer(StatusCode::OK, &user, &shown.of(&user)))
}

/// `DELETE /scim/v2/Users/{id}`: deactivates, and is there no more for the provider.
pub async fn delete(call: AdminCall, Named(name): Named, seen: Seen) -> Result<StatusCode, ApiError> {
    let web = call.web.clone();
    let allow = move |before: &Provided| seen.check(version_of(&user(&web, before)));
    provided::delete(call.web.app(), &call.ctx, id(&name)?, allow).await??;
    Ok(StatusCode::NO_CONTENT)
}
