//! Colours, hours and language of the one who looks, kept in cookies.

use crate::failure::{Page, see_other, set_cookie};
use crate::forms::Form;
use crate::language;
use crate::view::Theme;
use crate::visit::Visit;
use nameplate_i18n::Locale;

const YEAR: u32 = 365 * 24 * 60 * 60;

/// `POST /preferences`: `theme`, `hours` or `language`, then back to `return_to`.
pub async fn save(visit: Visit, form: Form) -> Page {
    let mut response = see_other(&own_path(form.get("return_to"), "/"));
    let secure = if visit.web.config().secure { "; Secure" } else { "" };
    if form.has("theme") {
        let theme = Theme::parse(form.get("theme")).value();
        set_cookie(
            &mut response,
            &format!("theme={theme}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly{secure}"),
        );
    }
    if form.has("hours") {
        let hours = if form.get("hours") == "12" { "12" } else { "24" };
        set_cookie(
            &mut response,
            &format!("hours={hours}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly{secure}"),
        );
    }
    // A language that is not offered changes nothing.
    if let Some(locale) = Locale::ALL.into_iter().find(|locale| locale.tag() == form.get("language")) {
        set_cookie(
            &mut response,
            &format!(
                "{}={}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly{secure}",
                language::COOKIE,
                locale.tag()
            ),
        );
    }
    Ok(response)
}

/// A path of ours to go back to, or `default` (`security.md` C18): one slash, then nothing that a browser could read as
/// another host.
pub fn own_path(typed: &str, default: &str) -> String {
    let plain = typed.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && typed.starts_with('/') && !typed.starts_with("//") {
        typed.to_owned()
    } else {
        default.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn sec_c18_only_paths_of_ours_are_returned_to() {
        for ours in ["/", "/account", "/account?saved=name#name", "/anna/intro?date=2026-11-27"] {
            assert_eq!(own_path(ours, "/x"), ours);
        }
        let foreign = [
            "",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "evil.example",
            " /account",
            "/account\r\nSet-Cookie: a=b",
            "/\t/evil.example",
            "/ä",
        ];
        for foreign in foreign {
            assert_eq!(own_path(foreign, "/x"), "/x", "{foreign:?}");
        }
    }
}
