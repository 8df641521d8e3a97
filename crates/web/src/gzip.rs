//! gzip, for assets and for pages that show nothing of their request. A page that holds a secret and also shows what was sent
//! (a form with its errors) stays plain, or its length would give the secret away letter by letter.

use crate::failure::html;
use askama::Template;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// The bytes as a gzip stream.
pub fn pack(bytes: &[u8], level: Compression) -> Option<Bytes> {
    let mut stream = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    stream.write_all(bytes).ok()?;
    stream.finish().ok().map(Bytes::from)
}

/// A rendered page that shows nothing of its request, as small as the reader takes it.
pub fn page(template: &impl Template, headers: &HeaderMap) -> Response {
    let packed = if is_taken(headers) { template.render().ok() } else { None };
    let Some(packed) = packed.and_then(|text| pack(text.as_bytes(), Compression::fast())) else {
        return html(template);
    };
    let mut response = packed.into_response();
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// RFC 9110 section 12.5.3: gzip is named, and not with a weight of zero.
pub fn is_taken(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_those_who_name_it() {
        let takes = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(value));
            is_taken(&headers)
        };
        assert!(takes("gzip, deflate, br") && takes("br;q=1.0, GZIP;q=0.5"));
        assert!(!takes("br") && !takes("gzip;q=0, br") && !is_taken(&HeaderMap::new()));
    }
}
