//! `/api/v1/changes`: what happened to accounts since the last question, for programs that keep a copy.

use super::call::AdminCall;
use super::etag::json;
use super::problem::ApiError;
use super::query::{self, Query};
use super::shapes::Account;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::accounts::external_ids;
use nameplate_app::{fields, people};
use nameplate_domain::account::Agent;
use serde::Serialize;

#[derive(Serialize)]
struct Change {
    id: String,
    agent: Option<Account>,
}

#[derive(Serialize)]
struct Answer {
    changes: Vec<Change>,
    next_cursor: String,
    has_more: bool,
}

/// `GET /api/v1/changes?cursor=&limit=`
pub async fn list(call: AdminCall, Query(mut query): Query) -> Result<Response, ApiError> {
    let limit = query::limit(&mut query);
    let after = query.given("cursor", str::parse);
    query.finish()?;
    let app = call.web.app();
    let found = people::changes(app, &call.ctx, after, limit).await?;
    let found = found.ok_or_else(|| ApiError::new(StatusCode::GONE, "cursor_gone"))?;
    let ids: Vec<_> = found.accounts.iter().map(|one| one.id).collect();
    let filled = fields::of_each(app, ids.clone()).await?;
    let external = external_ids::of_each(app, ids).await?;
    let each = found.accounts.iter().zip(&filled).zip(&external);
    let changes = each.map(|((one, filled), ids)| {
        let shape = |agent: &Agent| Account::of(app, agent, filled, ids);
        Change { id: one.id.to_string(), agent: one.agent.as_ref().map(shape) }
    });
    let changes = changes.collect();
    Ok(json(StatusCode::OK, &Answer { changes, next_cursor: found.next.to_string(), has_more: found.more }))
}
