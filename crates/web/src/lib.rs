//! HTTP only: pages, the REST API, their layers. Knows no SQL and sends no mail.

mod api;
mod assets;
mod device;
mod draft;
mod failure;
mod forms;
mod gzip;
mod language;
pub mod layers;
mod linked_data;
mod mcp;
mod pages;
mod picker;
mod plates;
mod qr;
mod routes;
mod scim;
mod state;
pub mod view;
mod visit;

pub use api::openapi::text as openapi;
pub use assets::stylesheet;
pub use pages::api_docs::page as api_docs;
pub use pages::refusal_page;
pub use routes::{Access, Row, reserved_segments, router, rows};
pub use state::{Web, WebConfig};
