//! The language of an answer: chosen in the footer, else asked for by the browser.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use nameplate_i18n::{Habits, Locale};

/// The cookie of the choice in the footer.
pub const COOKIE: &str = "language";

/// What was chosen, if it was.
pub fn chosen(headers: &HeaderMap) -> Option<Locale> {
    let value = crate::layers::cookie(headers, COOKIE)?;
    Locale::ALL.into_iter().find(|locale| locale.tag() == value)
}

/// What the browser asks for.
pub fn accepted(headers: &HeaderMap) -> Locale {
    Locale::negotiate(&list(headers))
}

/// How hours and weeks are where the browser comes from.
pub fn habits(headers: &HeaderMap) -> Habits {
    Habits::of(&list(headers))
}

/// Several headers are one list.
fn list(headers: &HeaderMap) -> String {
    let lines: Vec<_> =
        headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok()).collect();
    lines.join(",")
}

/// The language of a page.
pub fn of(headers: &HeaderMap) -> Locale {
    chosen(headers).unwrap_or_else(|| accepted(headers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::http::header::COOKIE as HEADER;

    #[test]
    fn a_choice_goes_before_the_browser_and_must_be_one_of_ours() {
        let read = |cookie: &'static str, accept: &[&'static str]| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_static(cookie));
            for line in accept {
                headers.append(ACCEPT_LANGUAGE, HeaderValue::from_static(line));
            }
            of(&headers)
        };
        assert_eq!(read("theme=dark", &["nl-NL, en;q=0.5"]), Locale::Nl);
        assert_eq!(read("theme=dark; language=en", &["nl-NL, en;q=0.5"]), Locale::En);
        assert_eq!(read("language=nl", &["en"]), Locale::Nl);
        assert_eq!(read("theme=dark", &["en;q=0.3", "nl"]), Locale::Nl);
        for foreign in ["language=", "language=NL", "language=nl-NL", "language=de", "language=*"] {
            assert_eq!(read(foreign, &["nl"]), Locale::Nl, "{foreign}");
            assert_eq!(read(foreign, &[]), Locale::En, "{foreign}");
        }
    }
}
