//! The built-in templates: one file a notification and role, cut into blocks by lines like `== facts`. The text part and
//! the HTML part come from the same blocks.

use crate::letter::{Line, Link, Pair, Row};
use crate::meeting::{Notification, RecipientRole};
use crate::values::{Content, one_line};
use nameplate_domain::placeholder::{Path, Sink, Template, Values};
use nameplate_i18n::Locale;

/// A file of the templates in one language.
macro_rules! template {
    ($locale:expr, $name:literal) => {
        match $locale {
            Locale::En => include_str!(concat!("../templates/en/", $name, ".txt")),
            Locale::Nl => include_str!(concat!("../templates/nl/", $name, ".txt")),
        }
    };
}

pub(crate) struct Blocks(&'static str);

impl Blocks {
    pub(crate) fn of(kind: Notification, role: RecipientRole, locale: Locale) -> Self {
        of_kind(kind, role, locale)
    }

    fn source(&self, name: &str) -> &'static str {
        let block = self.0.split("== ").find(|block| block.lines().next() == Some(name));
        block.and_then(|block| block.split_once('\n')).map_or("", |(_, text)| text.trim())
    }

    pub(crate) fn render(&self, name: &str, sink: Sink, content: &Content<'_>) -> String {
        render(self.source(name), sink, content)
    }

    pub(crate) fn pair(&self, name: &str, content: &Content<'_>) -> Pair {
        pair(self.source(name), content)
    }

    /// The paragraphs of a block: what stands between blank lines.
    pub(crate) fn paragraphs(&self, name: &str, content: &Content<'_>) -> Vec<Pair> {
        let paragraphs = self.source(name).split("\n\n").map(|paragraph| pair(paragraph, content));
        paragraphs.filter(|pair| !pair.text.is_empty()).collect()
    }

    /// The lines of a block as label and value; a line with an empty value is left out.
    pub(crate) fn rows(&self, name: &str, content: &Content<'_>) -> Vec<Row> {
        lines(self.source(name), content)
            .into_iter()
            .filter_map(|line| Some(Row { label: line.label?, value: line.value, href: line.href }))
            .collect()
    }

    /// The lines of a block that hold a label and one address.
    pub(crate) fn links(&self, name: &str, content: &Content<'_>) -> Vec<Link> {
        let lines = lines(self.source(name), content);
        lines.into_iter().filter_map(|line| Some(Link { label: line.label?, url: line.href? })).collect()
    }
}

/// The file of a notification.
pub(crate) const fn of_kind(kind: Notification, role: RecipientRole, locale: Locale) -> Blocks {
    Blocks(match (kind, role) {
        (Notification::Scheduled, RecipientRole::Customer) => template!(locale, "meeting_scheduled.customer"),
        (Notification::Scheduled, RecipientRole::Agent) => template!(locale, "meeting_scheduled.agent"),
        (Notification::Rescheduled, RecipientRole::Customer) => {
            template!(locale, "meeting_rescheduled.customer")
        }
        (Notification::Rescheduled, RecipientRole::Agent) => template!(locale, "meeting_rescheduled.agent"),
        (Notification::Cancelled, RecipientRole::Customer) => template!(locale, "meeting_cancelled.customer"),
        (Notification::Cancelled, RecipientRole::Agent) => template!(locale, "meeting_cancelled.agent"),
        (Notification::Reminder, RecipientRole::Customer) => template!(locale, "reminder.customer"),
        (Notification::Reminder, RecipientRole::Agent) => template!(locale, "reminder.agent"),
        (Notification::StartsSoon, RecipientRole::Customer) => template!(locale, "starts_soon.customer"),
        (Notification::StartsSoon, RecipientRole::Agent) => template!(locale, "starts_soon.agent"),
    })
}

/// The title of a calendar entry.
pub(crate) fn summary(role: RecipientRole, locale: Locale, content: &Content<'_>) -> String {
    one_line(
        &of_kind(Notification::Scheduled, role, locale).render("summary", Sink::Header, content),
        Sink::Header,
    )
}

/// The text of a calendar entry.
pub(crate) fn description(role: RecipientRole, locale: Locale, content: &Content<'_>) -> String {
    let calendar = match role {
        RecipientRole::Customer => template!(locale, "calendar.customer"),
        RecipientRole::Agent => template!(locale, "calendar.agent"),
    };
    let text = render(calendar, Sink::IcsText, content);
    match role {
        RecipientRole::Customer => {
            format!("{text}\n\n{}", render(template!(locale, "signature"), Sink::IcsText, content))
        }
        RecipientRole::Agent => text,
    }
}

/// The signature, line by line.
pub(crate) fn signature(locale: Locale, content: &Content<'_>) -> Vec<Line> {
    lines(template!(locale, "signature"), content)
}

fn pair(source: &str, content: &Content<'_>) -> Pair {
    Pair { text: render(source, Sink::Text, content), html: render(source, Sink::Html, content) }
}

fn lines(source: &str, content: &Content<'_>) -> Vec<Line> {
    source.lines().filter_map(|line| self::line(line, content)).collect()
}

/// `Label: {{ value }}` or `{{ value }}`.
fn line(source: &str, content: &Content<'_>) -> Option<Line> {
    let (label, value) = match source.split_once(": {{") {
        Some((label, _)) => (Some(label.to_owned()), source.get(label.len() + 2..).unwrap_or_default()),
        None => (None, source),
    };
    let value = pair(value, content);
    if value.text.is_empty() {
        return None;
    }
    let placeholder = source.get(label.as_ref().map_or(0, |label| label.len() + 2)..).unwrap_or_default();
    let path = Template::parse(placeholder, Sink::Text).ok().and_then(|template| template.only_path());
    let href = path.and_then(|path| href(path, &content.values));
    Some(Line { label, value, href })
}

/// What a value of this kind links to.
fn href(path: Path, values: &Values) -> Option<String> {
    use nameplate_domain::placeholder::{Kind, Value};
    match (path.kind(), values.get(path)?) {
        (Kind::Url, Value::Plain(url)) => Some(url.clone()),
        (Kind::Email, Value::Plain(email)) => Some(format!("mailto:{email}")),
        (Kind::Phone, Value::Phone(number)) => Some(format!("tel:{}", number.e164())),
        _ => None,
    }
}

/// The built-in templates parse (a test holds them all); an unreadable one would print nothing.
fn render(source: &str, sink: Sink, content: &Content<'_>) -> String {
    let template = Template::parse(source, sink);
    template.map(|template| template.render(&content.values, &content.reader)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_names_only_what_its_message_has() {
        let mut read = 0;
        for locale in [Locale::En, Locale::Nl] {
            for role in RecipientRole::ALL.iter().copied() {
                for kind in Notification::ALL.iter().copied() {
                    let file = of_kind(kind, role, locale).0;
                    for sink in [Sink::Text, Sink::Html] {
                        let template = Template::parse_for(file, sink, &|path| kind.has(path));
                        assert!(template.is_ok(), "{kind:?} {role:?} {locale:?}: {template:?}");
                        read += file.matches("{{").count();
                    }
                }
            }
            let shared = [
                template!(locale, "signature"),
                template!(locale, "calendar.agent"),
                template!(locale, "calendar.customer"),
            ];
            for file in shared {
                assert!(Template::parse(file, Sink::IcsText).is_ok(), "{locale:?}");
            }
        }
        assert!(read > 400, "{read}");
    }

    #[test]
    fn a_path_that_a_message_never_has_is_told() {
        let wrong = "{{ meeting.previous_start }} {{ meeting.cancel_url }} {{ meeting.wrap_up }}";
        for (kind, errors) in
            [(Notification::Scheduled, 2), (Notification::Rescheduled, 1), (Notification::Cancelled, 3)]
        {
            let found = Template::parse_for(wrong, Sink::Text, &|path| kind.has(path)).unwrap_err();
            assert_eq!(found.len(), errors, "{kind:?}");
        }
    }
}
