//! What this server can do (RFC 7644 section 4), for clients that ask.

use super::attributes::USER;
use super::query::MOST;
use super::user::answer;
use crate::api::call::{AdminCall, Named};
use crate::api::problem::ApiError;
use crate::state::Web;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

/// The schemas of what is served here, as RFC 7643 sections 5 to 7 would have them; that of users has only what Nameplate has.
const SCHEMAS: &str = include_str!("schemas.json");

/// `GET /scim/v2/ServiceProviderConfig`
pub async fn config(call: AdminCall) -> Response {
    let config = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": { "supported": true },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": true, "maxResults": MOST },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "API token of an administrator",
            "description": "A token from My Account, API tokens, as Authorization: Bearer",
            "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
            "primary": true,
        }],
        "meta": meta(&call.web, "ServiceProviderConfig", "ServiceProviderConfig"),
    });
    answer(StatusCode::OK, &config)
}

fn meta(web: &Web, kind: &str, place: &str) -> Value {
    json!({ "resourceType": kind, "location": web.app().url(&format!("/scim/v2/{place}")) })
}

fn types(web: &Web) -> Vec<Value> {
    vec![json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": "User",
        "name": "User",
        "description": "An account: somebody who holds meetings",
        "endpoint": "/Users",
        "schema": USER,
        "schemaExtensions": [],
        "meta": meta(web, "ResourceType", "ResourceTypes/User"),
    })]
}

fn schemas(web: &Web) -> Result<Vec<Value>, ApiError> {
    let mut schemas: Vec<Value> = serde_json::from_str(SCHEMAS).map_err(|_| ApiError::internal())?;
    for schema in schemas.iter_mut().filter_map(Value::as_object_mut) {
        let id = schema.get("id").and_then(Value::as_str).unwrap_or_default();
        let meta = meta(web, "Schema", &format!("Schemas/{id}"));
        schema.insert("meta".to_owned(), meta);
    }
    Ok(schemas)
}

/// All of one kind: too few for pages.
fn list(resources: &[Value]) -> Response {
    let list = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": resources.len(),
        "startIndex": 1,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    });
    answer(StatusCode::OK, &list)
}

fn with_id(resources: Vec<Value>, id: &str) -> Result<Response, ApiError> {
    let found = resources
        .into_iter()
        .find(|one| one.get("id").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(id)));
    found.map(|one| answer(StatusCode::OK, &one)).ok_or_else(ApiError::not_found)
}

/// `GET /scim/v2/ResourceTypes`
pub async fn resource_types(call: AdminCall) -> Response {
    list(&types(&call.web))
}

/// `GET /scim/v2/ResourceTypes/{id}`
pub async fn resource_type(call: AdminCall, Named(id): Named) -> Result<Response, ApiError> {
    with_id(types(&call.web), &id)
}

/// `GET /scim/v2/Schemas`
pub async fn all_schemas(call: AdminCall) -> Result<Response, ApiError> {
    Ok(list(&schemas(&call.web)?))
}

/// `GET /scim/v2/Schemas/{id}`
pub async fn schema(call: AdminCall, Named(id): Named) -> Result<Response, ApiError> {
    with_id(schemas(&call.web)?, &id)
}
