//! Style, script and icon: embedded, under a directory named by their content, cached for ever.

use crate::gzip;
use axum::extract::Path;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
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
    let hash = hash.finalize();
    nameplate_app::hex(hash.first_chunk::<8>().map_or(&[], |head| head))
});

/// Where the assets are: `/assets/3f2a…`.
pub fn base() -> String {
    format!("/assets/{}", *HASH)
}

/// Each file as a gzip stream, made once. They hold no secret, so their length may tell what is in them.
static SMALL: LazyLock<BTreeMap<String, Bytes>> = LazyLock::new(|| {
    let small = |name: &str| gzip::pack(&Files::get(name)?.data, Compression::best());
    Files::iter().filter_map(|name| Some((name.to_string(), small(&name)?))).collect()
});

/// `GET /assets/{hash}/{name}`
pub async fn get(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let file = Files::get(&name).filter(|_| hash == *HASH);
    let Some(file) = file else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let small = SMALL.get(&name).filter(|_| gzip::is_taken(&headers));
    let encoded = small.is_some();
    let mut response =
        small.map_or_else(|| file.data.into_owned().into_response(), |small| small.clone().into_response());
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if encoded {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
