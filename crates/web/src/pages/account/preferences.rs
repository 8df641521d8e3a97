//! How the agent likes the pages (G-12).

use super::page::{again, failed};
use crate::failure::{Page, see_other};
use crate::forms::{Check, Form};
use crate::pages::preferences::{remember, spoken, words};
use crate::view::account::{Account, SelectField};
use crate::visit::{AgentVisit, weekday_of};
use nameplate_app::accounts::preferences::choose;
use nameplate_domain::account::{FirstWeekday, HourCycle, Preferences, Problem, Theme};
use nameplate_i18n::Locale;
use nameplate_i18n::time::weekday;

/// `POST /account/preferences`: every choice of the account; an empty one follows the browser.
pub(super) async fn save(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let language = check.take("language", choice(form.get("language"), spoken));
    let hour_cycle = check.take("hours", choice(form.get("hours"), HourCycle::parse));
    let first_weekday = check.take("first_weekday", choice(form.get("first_weekday"), FirstWeekday::parse));
    let theme = check.take("theme", choice(form.get("theme"), Theme::parse));
    let typed = form.clone();
    let fill = |page: &mut Account| {
        for select in &mut page.preferences {
            select.chosen = typed.typed(&select.name);
        }
    };
    let (Some(language), Some(hour_cycle), Some(first_weekday), Some(theme)) =
        (language, hour_cycle, first_weekday, theme)
    else {
        return again(&visit, check.errors(visit.visit.texts()), fill).await;
    };
    let seen = serde_json::from_str(form.get("seen")).unwrap_or_default();
    let chosen = Preferences { language, hour_cycle, first_weekday, theme };
    let (kept, ctx) = (chosen.clone(), visit.ctx());
    match choose(visit.visit.web.app(), &ctx, Some(seen), |_| kept).await {
        Ok(()) => {
            let mut response = see_other("/account?saved=preferences");
            for (name, word) in words(&chosen) {
                remember(&visit.visit, &mut response, name, word);
            }
            Ok(response)
        }
        Err(error) => failed(&visit, error, &form, "preferences", fill).await,
    }
}

/// The form of them all, as stored.
pub(super) fn selects(visit: &AgentVisit) -> Vec<SelectField> {
    let texts = visit.visit.texts();
    let chosen = words(&visit.agent.preferences);
    let days = FirstWeekday::ALL.iter().map(|day| {
        let name = weekday(visit.visit.locale(), weekday_of(*day));
        (day.as_str().to_owned(), name)
    });
    let hours = [HourCycle::H24, HourCycle::H12]
        .map(|hours| (hours.as_str().to_owned(), texts.text(&format!("preference-hours-{hours}"))));
    let themes = Theme::ALL.iter().filter(|theme| **theme != Theme::System);
    let themes = themes.map(|theme| (theme.as_str().to_owned(), texts.text(&format!("theme-{theme}"))));
    let of = |(name, chosen): (&str, Option<&str>), as_browser: &str, options: Vec<(String, String)>| {
        let first = (String::new(), texts.text(as_browser));
        SelectField {
            name: name.to_owned(),
            label: texts.text(&format!("preference-{}", name.replace('_', "-"))),
            chosen: chosen.unwrap_or_default().to_owned(),
            options: std::iter::once(first).chain(options).collect(),
        }
    };
    let [language, (theme, chosen_theme), hours_chosen, first] = chosen;
    // The device's choice is what holds without one.
    let theme = (theme, chosen_theme.filter(|theme| *theme != Theme::System.as_str()));
    let languages = Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.name().to_owned()));
    vec![
        of(language, "preference-as-browser", languages.into()),
        of(hours_chosen, "preference-as-language", hours.into()),
        of(first, "preference-as-region", days.collect()),
        of(theme, "preference-as-device", themes.collect()),
    ]
}

fn choice<T>(typed: &str, parse: fn(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    if typed.is_empty() { Ok(None) } else { parse(typed).map(Some) }
}
