//! Style, script and icon: embedded, under a directory named by their content, cached for ever.

use crate::gzip;
use axum::extract::Path;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use nameplate_domain::account::HUES;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// The parts of the stylesheet. What comes later overrules what came before within a layer.
const STYLE: [&str; 5] = ["base", "parts", "booking", "account", "narrow"];

/// A file as it is served.
struct Asset {
    kind: &'static str,
    plain: Bytes,
    /// As a gzip stream, made once. It holds no secret, so its length may tell what is in it.
    small: Option<Bytes>,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let files = Files::iter().filter_map(|name| {
        let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => return None,
        };
        Some((name.to_string(), kind, Bytes::from(Files::get(&name)?.data.into_owned())))
    });
    let style = ("nameplate.css".to_owned(), "text/css; charset=utf-8", Bytes::from(stylesheet()));
    let asset = |(name, kind, plain): (String, _, Bytes)| {
        let small = gzip::pack(&plain, Compression::best());
        (name, Asset { kind, plain, small })
    };
    files.chain([style]).map(asset).collect()
});

/// The stylesheet of every page: its parts in one piece, so that a page asks once, and the colours behind initials, which
/// messages show too.
#[must_use]
pub fn stylesheet() -> String {
    let part = |name: &str| {
        let file = Files::get(&format!("style/{name}.css"));
        file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
    };
    let hue = |(hue, colour): (usize, &str)| format!(".hue-{hue} {{ background: {colour}; }} ");
    let hues: String = HUES.into_iter().enumerate().map(hue).collect();
    STYLE.into_iter().map(part).chain([format!("@layer components {{ {hues}}}\n")]).collect()
}

/// Changes with any byte of any file.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    ASSETS.values().for_each(|asset| hash.update(&asset.plain));
    let hash = hash.finalize();
    nameplate_app::hex(hash.first_chunk::<8>().map_or(&[], |head| head))
});

/// Where the assets are: `/assets/3f2a…`.
pub fn base() -> String {
    format!("/assets/{}", *HASH)
}

/// `GET /assets/{hash}/{name}`
pub async fn get(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let asset = ASSETS.get(&name).filter(|_| hash == *HASH);
    let Some(asset) = asset else { return StatusCode::NOT_FOUND.into_response() };
    let small = asset.small.as_ref().filter(|_| gzip::is_taken(&headers));
    let mut response = small.unwrap_or(&asset.plain).clone().into_response();
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if small.is_some() {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_has_every_part_and_every_hue_of_the_initials() {
        let style = stylesheet();
        assert!(style.contains("@layer reset, tokens, base, components, utilities;"));
        for (name, mark) in
            STYLE.into_iter().zip([".hidden", ".plate", ".month", ".week", "(max-width: 46rem)"])
        {
            assert!(style.contains(mark), "{name}");
        }
        let files = Files::iter().filter(|name| name.ends_with(".css")).count();
        assert_eq!(files, STYLE.len(), "a part that is not served");
        for (hue, colour) in HUES.into_iter().enumerate() {
            assert!(style.contains(&format!(".hue-{hue} {{ background: {colour}; }}")), "{hue}");
        }
        assert_eq!(style.matches('{').count(), style.matches('}').count());
    }
}
