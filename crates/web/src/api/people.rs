//! `/api/v1/agents`: the agents of the organisation, for its admins.

use super::body::Body;
use super::call::{AdminCall, AgentCall, Named};
use super::etag::{IfMatch, json};
use super::fields::Fields;
use super::me;
use super::problem::ApiError;
use super::query::{self, Query};
use super::shapes::Account;
use crate::state::Web;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use nameplate_app::accounts::external_ids::{self, IdChanges};
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::fields;
use nameplate_app::people::{self, AgentFilter, Invitee, MeetingsThen};
use nameplate_app::{Ctx, Error, once};
use nameplate_domain::account::{
    Agent, AgentStatus, EmailAddress, ExternalId, FieldKey, FullName, Location, Problem, Role, Visibility,
};
use serde::Serialize;

#[derive(Serialize)]
struct Agents {
    agents: Vec<Account>,
    next_cursor: Option<String>,
}

/// `GET /api/v1/agents?search=&email=&external_id=&role=&status=&updated_since=&limit=&cursor=`
pub async fn list(call: AdminCall, Query(mut query): Query) -> Result<Response, ApiError> {
    let filter = AgentFilter {
        email: query.given("email", EmailAddress::parse),
        external_id: query.given("external_id", external_id),
        role: query.given("role", Role::parse),
        status: query.given("status", AgentStatus::parse),
        updated_since: instant(&mut query),
    };
    let search = query.given("search", |text| Ok(text.to_owned())).unwrap_or_default();
    let limit = query::limit(&mut query);
    let after = query.given("cursor", |text| text.parse().map_err(|_| Problem::NotAChoice));
    query.finish()?;
    let found = people::page(call.web.app(), &call.ctx, filter, &search, after, limit).await?;
    let ids = found.agents.iter().map(|agent| agent.id).collect();
    let filled = fields::of_each(call.web.app(), Vec::clone(&ids)).await?;
    let external = external_ids::of_each(call.web.app(), ids).await?;
    let each = found.agents.iter().zip(&filled).zip(&external);
    let agents: Vec<Account> =
        each.map(|((agent, filled), ids)| Account::of(call.web.app(), agent, filled, ids)).collect();
    let next_cursor = found.agents.last().filter(|_| found.more).map(|agent| agent.id.to_string());
    Ok(json(StatusCode::OK, &Agents { agents, next_cursor }))
}

/// `crm:0031x`; the id may have colons too.
fn external_id(text: &str) -> Result<(FieldKey, ExternalId), Problem> {
    let (system, id) = text.split_once(':').ok_or(Problem::ExternalIdFormat)?;
    let system = FieldKey::parse(system).map_err(|_| Problem::ExternalIdFormat)?;
    Ok((system, ExternalId::parse(id).map_err(|_| Problem::ExternalIdFormat)?))
}

/// `external_ids: {SYSTEM: id}`; null takes one away, absent ones stay.
fn external_ids_of(fields: &mut Fields) -> IdChanges {
    let mut changes = IdChanges::new();
    let Some(mut nested) = fields.nested("external_ids") else { return changes };
    for name in nested.names() {
        let system = FieldKey::parse(&name).ok().filter(|system| system.as_str() == name);
        let Some(system) = system else {
            nested.take(&name);
            nested.problem(&name, &Problem::KeyFormat);
            continue;
        };
        if nested.take_null(&name) {
            changes.insert(system, None);
        } else if let Some(id) = nested.given(&name, ExternalId::parse) {
            changes.insert(system, Some(id));
        }
    }
    fields.join(nested);
    changes
}

fn instant(query: &mut Fields) -> Option<Timestamp> {
    let text = query.given("updated_since", |text| Ok(text.to_owned()))?;
    let read = text.parse().ok();
    if read.is_none() {
        query.fault("updated_since", "instant_format");
    }
    read
}

/// `POST /api/v1/agents`: invites somebody, with a profile that is filled already.
pub async fn create(call: AdminCall, body: Body) -> Result<Response, ApiError> {
    let AdminCall { web, ctx } = call;
    let defined = fields::list(web.app()).await?;
    let mut fields = body.fields();
    let name = fields.required("name", FullName::parse);
    let email = fields.required("email", EmailAddress::parse);
    let role = fields.given("role", Role::parse).unwrap_or(Role::Agent);
    let profile = me::profile(&mut fields, &web, &defined, (&Location::default(), Visibility::default()));
    let profile = ProfileChange { external_ids: external_ids_of(&mut fields), ..profile };
    fields.finish()?;
    let (Some(name), Some(email)) = (name, email) else { return Err(ApiError::internal()) };
    let made = people::invite(web.app(), &ctx, Invitee { name, email, role, profile }).await?;
    let mut response = me::answer(&web, StatusCode::CREATED, &made).await?;
    if let Ok(place) = HeaderValue::from_str(&web.app().url(&format!("/api/v1/agents/{}", made.id))) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// `GET /api/v1/agents/{slug}`, by slug or id: anybody for an admin, the own account for everybody else.
pub async fn get(call: AgentCall, Named(name): Named) -> Result<Response, ApiError> {
    let agent = people::find(call.web.app(), &call.ctx, &name).await?;
    me::answer(&call.web, StatusCode::OK, &agent).await
}

/// `PATCH /api/v1/agents/{slug}` (RFC 7396): the profile, or the role, or the status.
pub async fn change(
    call: AdminCall,
    Named(name): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let AdminCall { web, ctx } = call;
    let agent = people::find(web.app(), &ctx, &name).await?;
    if_match.check(agent.version)?;
    let defined = fields::list(web.app()).await?;
    let mut fields = body.fields();
    let role = fields.given("role", Role::parse);
    let status = fields.given("status", AgentStatus::parse);
    let has_more = !fields.is_empty();
    let profile = me::profile(&mut fields, &web, &defined, (&agent.location, agent.visibility));
    let profile = ProfileChange { external_ids: external_ids_of(&mut fields), ..profile };
    if [role.is_some(), status.is_some(), has_more].iter().filter(|given| **given).count() > 1 {
        fields.fault(if role.is_some() { "role" } else { "status" }, "one_change_at_a_time");
    }
    if status.is_some_and(|status| !matches!(status, AgentStatus::Active | AgentStatus::Disabled)) {
        fields.problem("status", &Problem::NotAChoice);
    }
    fields.finish()?;
    match (role, status) {
        (Some(role), _) => people::set_role(web.app(), &ctx, agent.id, role).await?,
        (None, Some(status)) => set_status(&web, &ctx, &agent, status).await?,
        (None, None) => {
            let seen = if_match.version(agent.version);
            let read = (agent.location.clone(), agent.visibility);
            let changed = people::change_profile(web.app(), &ctx, agent.id, profile, move |stored| {
                seen.is_none_or(|seen| seen == stored.version)
                    && read.0 == stored.location
                    && read.1 == stored.visibility
            });
            changed.await?;
        }
    }
    let agent = people::find(web.app(), &ctx, &agent.id.to_string()).await?;
    me::answer(&web, StatusCode::OK, &agent).await
}

/// What is so already is no change.
async fn set_status(web: &Web, ctx: &Ctx, agent: &Agent, status: AgentStatus) -> Result<(), Error> {
    if agent.status == status {
        return once::nothing_to_do(web.app(), ctx).await;
    }
    match status {
        AgentStatus::Disabled => {
            people::deactivate(web.app(), ctx, agent.id, MeetingsThen::Stay).await.map(drop)
        }
        _ => people::reactivate(web.app(), ctx, agent.id).await,
    }
}

/// `DELETE /api/v1/agents/{slug}`: deactivates; `{"meetings": "cancel"}` cancels what is ahead.
pub async fn deactivate(
    call: AdminCall,
    Named(name): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let agent = people::find(call.web.app(), &call.ctx, &name).await?;
    if_match.check(agent.version)?;
    let mut fields = body.fields();
    let meetings = fields.given("meetings", |word| match word {
        "stay" => Ok(MeetingsThen::Stay),
        "cancel" => Ok(MeetingsThen::Cancelled),
        _ => Err(Problem::NotAChoice),
    });
    fields.finish()?;
    let then = meetings.unwrap_or(MeetingsThen::Stay);
    people::deactivate(call.web.app(), &call.ctx, agent.id, then).await?;
    Ok(StatusCode::NO_CONTENT)
}
