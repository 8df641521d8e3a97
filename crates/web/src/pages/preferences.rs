//! Language, hours, weeks and theme as one likes them: in the account, and in cookies for pages where nobody is signed in.

use crate::failure::{Page, see_other, set_cookie};
use crate::forms::Form;
use crate::language;
use crate::pages::or_page;
use crate::visit::Visit;
use axum::response::Response;
use nameplate_app::accounts::preferences::choose;
use nameplate_domain::account::{FirstWeekday, HourCycle, Language, Preferences, Problem, Theme};
use nameplate_i18n::Locale;

const YEAR: u32 = 365 * 24 * 60 * 60;

/// `POST /preferences`: `theme`, `hours` or `language`, then back to `return_to`. A word that is none changes nothing.
pub async fn save(visit: Visit, form: Form) -> Page {
    let mut response = see_other(&own_path(form.get("return_to"), "/"));
    let theme = Theme::parse(form.get("theme")).ok();
    let hour_cycle = HourCycle::parse(form.get("hours")).ok();
    let language = spoken(form.get("language")).ok();
    let chosen = Preferences { theme, hour_cycle, language, ..Preferences::default() };
    if visit.session.is_some() && chosen != Preferences::default() {
        let (now, ctx) = (chosen.clone(), visit.ctx());
        let stored = choose(visit.web.app(), &ctx, None, |before| now.or(before)).await;
        or_page(&visit, stored).await?;
    }
    for (name, word) in words(&chosen).into_iter().filter(|(_, word)| word.is_some()) {
        remember(&visit, &mut response, name, word);
    }
    Ok(response)
}

/// The names of the fields and cookies, with what was chosen.
pub(super) fn words(chosen: &Preferences) -> [(&'static str, Option<&str>); 4] {
    [
        (language::COOKIE, chosen.language.as_ref().map(Language::as_str)),
        ("theme", chosen.theme.map(Theme::as_str)),
        ("hours", chosen.hour_cycle.map(HourCycle::as_str)),
        ("first_weekday", chosen.first_weekday.map(FirstWeekday::as_str)),
    ]
}

/// A language that there are texts in.
pub(super) fn spoken(code: &str) -> Result<Language, Problem> {
    let language = Language::parse(code)?;
    let is_spoken = Locale::ALL.iter().any(|locale| locale.tag() == language.as_str());
    if is_spoken { Ok(language) } else { Err(Problem::NotAChoice) }
}

/// Keeps a choice in the browser, or forgets it.
pub(super) fn remember(visit: &Visit, response: &mut Response, name: &str, word: Option<&str>) {
    let secure = if visit.web.config().secure { "; Secure" } else { "" };
    let (word, age) = word.map_or(("", 0), |word| (word, YEAR));
    set_cookie(response, &format!("{name}={word}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly{secure}"));
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
