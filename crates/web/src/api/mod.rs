//! The REST API under `/api/v1`: strict JSON in, plain JSON out, problems as RFC 9457. It takes no cookies.

pub(crate) mod agents;
mod availability;
pub(crate) mod body;
mod booking;
pub(crate) mod call;
mod changes;
mod codes;
mod credentials;
mod etag;
mod fields;
pub(crate) mod inbound;
pub(crate) mod json;
mod me;
mod meeting_types;
mod meetings;
mod once;
pub(crate) mod openapi;
mod people;
mod picture;
pub(crate) mod problem;
mod profile_fields;
mod query;
mod shapes;
mod start;
mod webhooks;

use crate::routes::{Access, Routes};
use crate::state::Web;
use axum::{Router, middleware};

/// What stands around every route for the sake of the API.
pub fn around(router: Router, web: Web) -> Router {
    let keys = once::Keys::new(web, router.clone());
    router.layer(middleware::from_fn_with_state(keys, once::layer)).layer(middleware::from_fn(problem::layer))
}

/// Adds the routes of the API.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/api/v1/openapi.json", Access::Public, openapi::document)
        .get("/api/v1/agents", Access::AdminToken, people::list)
        .post("/api/v1/agents", Access::AdminToken, people::create)
        .get("/api/v1/agents/{slug}", Access::Token, people::get)
        .patch("/api/v1/agents/{slug}", Access::AdminToken, people::change)
        .delete("/api/v1/agents/{slug}", Access::AdminToken, people::deactivate)
        .get("/api/v1/changes", Access::AdminToken, changes::list)
        .get("/api/v1/agents/{slug}/public", Access::Public, agents::public)
        .get("/api/v1/agents/{slug}/slots", Access::Public, agents::slots)
        .post(inbound::PATH, Access::Relay, inbound::mail)
        .post("/api/v1/meetings", Access::Public, booking::create)
        .get("/api/v1/meetings/{id}", Access::TokenOrLink, meetings::get)
        .patch("/api/v1/meetings/{id}", Access::TokenOrLink, meetings::change)
        .delete("/api/v1/meetings/{id}", Access::TokenOrLink, meetings::cancel)
        .get("/api/v1/me", Access::Token, me::get)
        .patch("/api/v1/me", Access::Token, me::change)
        .put("/api/v1/me/picture", Access::Token, picture::put)
        .delete("/api/v1/me/picture", Access::Token, picture::delete)
        .get("/api/v1/me/availability", Access::Token, availability::get)
        .put("/api/v1/me/availability", Access::Token, availability::put)
        .post("/api/v1/me/password", Access::Token, credentials::password)
        .post("/api/v1/me/email", Access::Token, credentials::email)
        .get("/api/v1/meeting_types", Access::Token, meeting_types::list)
        .post("/api/v1/meeting_types", Access::Token, meeting_types::create)
        .get("/api/v1/meeting_types/{id}", Access::Token, meeting_types::get)
        .patch("/api/v1/meeting_types/{id}", Access::Token, meeting_types::change)
        .delete("/api/v1/meeting_types/{id}", Access::Token, meeting_types::delete)
        .get("/api/v1/webhooks", Access::AdminToken, webhooks::list)
        .post("/api/v1/webhooks", Access::AdminToken, webhooks::create)
        .get("/api/v1/webhooks/{id}", Access::AdminToken, webhooks::get)
        .patch("/api/v1/webhooks/{id}", Access::AdminToken, webhooks::change)
        .delete("/api/v1/webhooks/{id}", Access::AdminToken, webhooks::delete)
        .post("/api/v1/webhooks/{id}/rotate-secret", Access::AdminToken, webhooks::rotate)
        .post("/api/v1/webhooks/{id}/test", Access::AdminToken, webhooks::test)
        .get("/api/v1/webhooks/{id}/deliveries", Access::AdminToken, webhooks::deliveries)
        .post("/api/v1/webhooks/{id}/deliveries/{delivery}/replay", Access::AdminToken, webhooks::replay)
}
