//! Style, script and icon: embedded, under a directory named by their content, cached for ever.

use crate::layers::Refusal;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// Changes with any byte of any file.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort_unstable();
    let mut hash = Sha256::new();
    for file in names.iter().filter_map(|name| Files::get(name)) {
        hash.update(&file.data);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
});

/// Where the assets are: `/assets/3f2a…`.
pub fn base() -> String {
    format!("/assets/{}", *HASH)
}

/// `GET /assets/{hash}/{name}`
pub async fn get(Path((hash, name)): Path<(String, String)>) -> Response {
    let file = Files::get(&name).filter(|_| hash == *HASH);
    let Some(file) = file else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return Refusal::Crashed.into_response(),
    };
    let mut response = file.data.into_owned().into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
