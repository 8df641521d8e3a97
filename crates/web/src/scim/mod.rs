//! SCIM 2.0 (RFC 7643, RFC 7644) under `/scim/v2`: an identity provider keeps the accounts, with an admin's API token.

mod attributes;
mod body;
mod discovery;
pub(crate) mod error;
mod filter;
mod matches;
mod patch;
mod query;
mod user;
mod users;
mod version;
mod wanted;

use crate::routes::{Access, Routes};

/// Adds the routes of SCIM.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/scim/v2/ServiceProviderConfig", Access::AdminToken, discovery::config)
        .get("/scim/v2/ResourceTypes", Access::AdminToken, discovery::resource_types)
        .get("/scim/v2/ResourceTypes/{id}", Access::AdminToken, discovery::resource_type)
        .get("/scim/v2/Schemas", Access::AdminToken, discovery::all_schemas)
        .get("/scim/v2/Schemas/{id}", Access::AdminToken, discovery::schema)
        .post("/scim/v2/.search", Access::AdminToken, users::search)
        .get("/scim/v2/Users", Access::AdminToken, users::list)
        .post("/scim/v2/Users", Access::AdminToken, users::create)
        .post("/scim/v2/Users/.search", Access::AdminToken, users::search)
        .get("/scim/v2/Users/{id}", Access::AdminToken, users::one)
        .put("/scim/v2/Users/{id}", Access::AdminToken, users::replace)
        .patch("/scim/v2/Users/{id}", Access::AdminToken, users::change)
        .delete("/scim/v2/Users/{id}", Access::AdminToken, users::delete)
}
