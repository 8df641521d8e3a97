//! The frame around every page: language, theme, header, banner, error summary, footer.

use super::Picture;
pub use nameplate_domain::account::Theme;
use nameplate_i18n::{Locale, Texts};

/// Which entry of the agent's menu the page belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// None: public pages, errors.
    #[default]
    Other,
    /// `/account`
    Account,
    /// `/account/availability`
    Availability,
    /// `/account/meeting-types`
    MeetingTypes,
    /// `/account/meetings`
    Meetings,
}

/// The signed-in agent, as the header shows them.
#[derive(Debug, Clone, Default)]
pub struct AgentMenu {
    /// The visible name.
    pub name: String,
    /// The picture or the initials.
    pub picture: Picture,
    /// The full profile URL, for "Copy my link".
    pub profile_url: String,
    /// Whether the pages for admins are in the menu.
    pub is_admin: bool,
}

/// One thing wrong with a submitted form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The name of the field, which is also its id on the page.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// The frame of a page. Everything a page needs that is not its own content.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the page.
    pub locale: Locale,
    /// The catalogue of that language.
    pub texts: Texts,
    /// The stored theme.
    pub theme: Theme,
    /// Whether times are shown in 12 hours (G-12).
    pub hours_12: bool,
    /// Where the assets are, without a slash at the end: `/assets/3f2a…`.
    pub assets: String,
    /// The organisation's name, which is the brand in the header and the site in the title.
    pub organisation: String,
    /// Path and query that show this page with GET: where changing the theme leads back to.
    pub path: String,
    /// Who is signed in; `None` on pages for customers and before sign-in.
    pub agent: Option<AgentMenu>,
    /// The menu entry to mark as current.
    pub section: Section,
    /// What was just saved: one sentence for the banner above the heading (G-13).
    pub saved: Option<String>,
    /// What was wrong with the submitted form; empty when nothing was (F-02).
    pub errors: Vec<FieldError>,
    /// What is stored, for each field that differs from what was typed: somebody saved meanwhile (F-12).
    pub stored: Vec<FieldError>,
    /// The token that makes a second click harmless, sent by every form as `form_token` (F-09).
    pub form_token: String,
    /// Whether this is the demonstration, which says so at the top of each page.
    pub demo: bool,
}

impl Shell {
    /// The languages to choose from.
    #[must_use]
    pub const fn languages(&self) -> [Locale; Locale::ALL.len()] {
        Locale::ALL
    }

    /// A text of the catalogue.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }

    /// A text of the catalogue with one value in it.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: &str) -> String {
        self.texts.format(key, &[(name, value)])
    }

    /// A text of the catalogue with two values in it.
    #[must_use]
    pub fn t2(&self, key: &str, first: (&str, &str), second: (&str, &str)) -> String {
        self.texts.format(key, &[first, second])
    }

    /// What is wrong with a field, if anything is.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        text_of(&self.errors, field)
    }

    /// What is stored of a field that comes back with something else typed.
    #[must_use]
    pub fn stored(&self, field: &str) -> Option<&str> {
        text_of(&self.stored, field)
    }

    /// Shows what is stored beside a field, as people read it.
    pub fn add_stored(&mut self, field: &str, shown: &str) {
        let shown = if shown.is_empty() { self.t("stored-empty") } else { shown.to_owned() };
        let text = self.t1("stored-now", "value", &shown);
        self.stored.push(FieldError { field: field.to_owned(), text });
    }

    /// The ids of the hint, the error and the stored value of a field, for `aria-describedby`.
    #[must_use]
    pub fn described_by(&self, field: &str, has_hint: bool) -> String {
        let parts = [
            (has_hint, "hint"),
            (self.error(field).is_some(), "error"),
            (self.stored(field).is_some(), "stored"),
        ];
        let ids = parts.iter().filter(|(is_there, _)| *is_there).map(|(_, part)| format!("{field}-{part}"));
        ids.collect::<Vec<_>>().join(" ")
    }

    /// The page's title: heading and site, after a failed submit marked as an error (G-03).
    #[must_use]
    pub fn title(&self, heading: &str) -> String {
        if self.errors.is_empty() {
            self.t2("page-title", ("heading", heading), ("site", &self.organisation))
        } else {
            self.error_title(heading)
        }
    }

    /// The title after a failure that is no field's, such as a time that was just taken (G-03).
    #[must_use]
    pub fn error_title(&self, heading: &str) -> String {
        self.t2("page-title-error", ("heading", heading), ("site", &self.organisation))
    }
}

fn text_of<'a>(texts: &'a [FieldError], field: &str) -> Option<&'a str> {
    texts.iter().find(|one| one.field == field).map(|one| one.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(errors: Vec<FieldError>) -> Shell {
        Shell {
            locale: Locale::En,
            texts: Texts::of(Locale::En),
            theme: Theme::Dark,
            hours_12: false,
            assets: String::new(),
            organisation: "Harbour Advice".into(),
            path: "/".into(),
            agent: None,
            section: Section::Other,
            saved: None,
            errors,
            stored: Vec::new(),
            form_token: String::new(),
            demo: false,
        }
    }

    #[test]
    fn a_failed_submit_marks_the_title_and_ties_the_error_to_its_field() {
        let good = shell(Vec::new());
        assert_eq!(good.title("Sign in"), "Sign in - Harbour Advice");
        assert_eq!(good.described_by("email", true), "email-hint");
        assert_eq!(good.described_by("email", false), "");

        let wrong = shell(vec![FieldError { field: "email".into(), text: "Enter it".into() }]);
        assert_eq!(wrong.title("Sign in"), "Error: Sign in - Harbour Advice");
        assert_eq!(wrong.error("email"), Some("Enter it"));
        assert_eq!(wrong.error("password"), None);
        assert_eq!(wrong.described_by("email", true), "email-hint email-error");
    }
}
