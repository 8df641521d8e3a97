//! The protocol, spoken by its library.

use super::door::Door;
use super::tools::{self, TOOLS, Unclear};
use crate::state::Web;
use axum::http::request::Parts;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, InitializeResult,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::{Value, json};
use std::sync::Arc;

const INSTRUCTIONS: &str = "Book video meetings with the agents of an organisation. get_agent shows an agent and the meeting types that customers can \
    book; list_free_times shows when; book_meeting books one of those times. Ask the customer for name and email address, say the time with \
    its time zone, and let them confirm before you book, move or cancel: messages are sent at once. A booking answers manage_url: its last part \
    is the customer's personal token, with which that meeting can be read, moved and cancelled later.";

/// Answers one request; nothing is kept between two.
pub(super) fn service(web: &Web) -> StreamableHttpService<Server, NeverSessionManager> {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        // No cookie and no address of a network opens anything here, so a name that was rebound gains nothing.
        .disable_allowed_hosts()
        .with_allowed_origins([origin(web)]);
    StreamableHttpService::new(|| Ok(Server), Arc::default(), config)
}

/// The public URL's origin, with the port that the library wants to see.
fn origin(web: &Web) -> String {
    let public = web.app().url("/");
    match url::Url::parse(&public) {
        Ok(url) => {
            let port = url.port_or_known_default().map_or_else(String::new, |port| format!(":{port}"));
            format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or_default())
        }
        Err(_) => public,
    }
}

/// Lists tools and runs their errands.
pub(super) struct Server;

impl ServerHandler for Server {
    fn get_info(&self) -> InitializeResult {
        let mut info = InitializeResult::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("nameplate", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(INSTRUCTIONS.to_owned());
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let lost = || ErrorData::internal_error("The request could not be carried out.", None);
        let errand = match tools::errand(&request.name, request.arguments) {
            Ok(errand) => errand,
            Err(Unclear::UnknownTool) => {
                return Err(ErrorData::invalid_params(format!("There is no tool {}.", request.name), None));
            }
            Err(Unclear::Argument(name)) => {
                return Ok(CallToolResult::structured_error(missing(&name)).into());
            }
        };
        let parts = context.extensions.get::<Parts>().ok_or_else(lost)?;
        let door = parts.extensions.get::<Door>().ok_or_else(lost)?;
        let (status, answer) = door.send(parts, errand).await.ok_or_else(lost)?;
        Ok(if status.is_success() {
            CallToolResult::structured(answer)
        } else {
            CallToolResult::structured_error(answer)
        }
        .into())
    }
}

/// An argument without which nothing can be asked, as the API writes it.
fn missing(argument: &str) -> Value {
    json!({
        "code": "validation_failed",
        "errors": [{
            "pointer": format!("/{argument}"),
            "code": "missing",
            "message": format!("Give {argument} as a text that is not empty."),
        }],
    })
}
