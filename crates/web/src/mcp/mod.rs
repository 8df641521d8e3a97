//! The Model Context Protocol at `/mcp` (streamable HTTP, without sessions): assistants find agents and free times, book, move and cancel.
//!
//! A tool is an operation of the REST API under another name. What a tool is called with becomes a request that enters the server from the
//! outside, with the caller's token and address: authorisation, limits, checks and errors are those of the API, and nobody can do here what
//! they cannot do there.

mod door;
mod server;
mod tools;

pub(crate) use door::layer;

use crate::api::call::Call;
use crate::api::problem::ApiError;
use crate::routes::{Access, Routes};
use crate::state::Web;
use axum::body::Body;
use axum::extract::Request;
use axum::extract::State;
use axum::response::Response;

/// Where assistants connect.
pub const PATH: &str = "/mcp";

/// Adds the route.
pub fn routes(routes: Routes) -> Routes {
    routes.post(PATH, Access::Public, answer)
}

/// `POST /mcp`: a message of the protocol. A token that is sent must be alive.
async fn answer(State(web): State<Web>, _: Call, request: Request) -> Result<Response, ApiError> {
    Ok(server::service(&web).handle(request).await.map(Body::new))
}
