//! The parts of templates: the built-in ones, one file a template and role, cut by lines like `== details`, and what an
//! organisation has written in their place. The text part and the HTML part come from the same text.

use crate::letter::{Line, Link, Pair, Prose, Row};
use crate::meeting::{MeetingFacts, RecipientRole};
use crate::values::{Content, one_line};
use nameplate_domain::meetings::Status;
use nameplate_domain::placeholder::{Fields, Kind, Name, Sink, Template, Value, Values};
use nameplate_domain::templates::{Part, Parts, TemplateName, check, check_own, is_web_address, labelled};
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

/// A template of one message.
pub(crate) struct Blocks<'a> {
    name: TemplateName,
    built_in: &'static str,
    written: Option<&'a Parts>,
    fields: &'a Fields,
}

impl<'a> Blocks<'a> {
    pub(crate) fn of(facts: &'a MeetingFacts, name: TemplateName, role: RecipientRole) -> Self {
        let locale = facts.locale(role);
        let written = facts.written.get(name, role, locale.tag());
        Self { name, built_in: built_in(name, role, locale), written, fields: &facts.fields.known }
    }

    /// What was written and can still be read, else what is built in: an older text may name what a newer server has not.
    fn source(&self, part: Part) -> &'a str {
        let written = self.written.and_then(|written| written.get(part));
        written
            .filter(|text| check(self.name, part, text, self.fields).is_empty())
            .unwrap_or(self::part(self.built_in, part))
    }

    pub(crate) fn render(&self, part: Part, sink: Sink, content: &Content<'_>) -> String {
        render(self.source(part), sink, content)
    }

    pub(crate) fn pair(&self, part: Part, content: &Content<'_>) -> Pair {
        pair(self.source(part), content)
    }

    pub(crate) fn paragraphs(&self, part: Part, content: &Content<'_>) -> Prose {
        paragraphs(self.source(part), content)
    }

    /// The lines as label and value; a line with an empty value is left out.
    pub(crate) fn rows(&self, part: Part, content: &Content<'_>) -> Vec<Row> {
        lines(self.source(part), content)
            .into_iter()
            .filter_map(|line| Some(Row { label: line.label?, value: line.value, href: line.href }))
            .collect()
    }

    /// The lines that hold a label and one address.
    pub(crate) fn links(&self, part: Part, content: &Content<'_>) -> Vec<Link> {
        links(self.source(part), content)
    }
}

/// The text of a part that is built in.
pub(crate) fn built_in_part(
    name: TemplateName,
    role: RecipientRole,
    locale: Locale,
    part: Part,
) -> &'static str {
    self::part(built_in(name, role, locale), part)
}

fn part(file: &'static str, part: Part) -> &'static str {
    let block = file.split("== ").find(|block| block.lines().next() == Some(part.as_str()));
    block.and_then(|block| block.split_once('\n')).map_or("", |(_, text)| text.trim())
}

/// The file of a template.
const fn built_in(name: TemplateName, role: RecipientRole, locale: Locale) -> &'static str {
    use RecipientRole::{Agent, Customer, Guest, PreviousAgent};
    match (name, role) {
        (TemplateName::Scheduled, Customer | Guest) => template!(locale, "meeting_scheduled.customer"),
        (TemplateName::Scheduled, Agent | PreviousAgent) => template!(locale, "meeting_scheduled.agent"),
        (TemplateName::Rescheduled, Customer) => template!(locale, "meeting_rescheduled.customer"),
        (TemplateName::Rescheduled, Guest) => template!(locale, "meeting_rescheduled.guest"),
        (TemplateName::Rescheduled, Agent | PreviousAgent) => template!(locale, "meeting_rescheduled.agent"),
        (TemplateName::Reassigned, Customer) => template!(locale, "meeting_reassigned.customer"),
        (TemplateName::Reassigned, Guest) => template!(locale, "meeting_reassigned.guest"),
        (TemplateName::Reassigned, Agent) => template!(locale, "meeting_reassigned.agent"),
        (TemplateName::Reassigned, PreviousAgent) => template!(locale, "meeting_reassigned.previous_agent"),
        (TemplateName::Changed, Customer) => template!(locale, "meeting_changed.customer"),
        (TemplateName::Changed, Guest) => template!(locale, "meeting_changed.guest"),
        (TemplateName::Changed, Agent | PreviousAgent) => template!(locale, "meeting_changed.agent"),
        (TemplateName::GuestAdded, _) => template!(locale, "guest_added.guest"),
        (TemplateName::GuestRemoved, _) => template!(locale, "guest_removed.guest"),
        (TemplateName::Cancelled, Customer) => template!(locale, "meeting_cancelled.customer"),
        (TemplateName::Cancelled, Guest) => template!(locale, "meeting_cancelled.guest"),
        (TemplateName::Cancelled, Agent | PreviousAgent) => template!(locale, "meeting_cancelled.agent"),
        (TemplateName::Reminder, Customer) => template!(locale, "reminder.customer"),
        (TemplateName::Reminder, Guest) => template!(locale, "reminder.guest"),
        (TemplateName::Reminder, Agent | PreviousAgent) => template!(locale, "reminder.agent"),
        (TemplateName::StartsSoon, Customer) => template!(locale, "starts_soon.customer"),
        (TemplateName::StartsSoon, Guest) => template!(locale, "starts_soon.guest"),
        (TemplateName::StartsSoon, Agent | PreviousAgent) => template!(locale, "starts_soon.agent"),
        (TemplateName::WrapUp, _) => template!(locale, "wrap_up.customer"),
        (TemplateName::ReviewRequest, _) => template!(locale, "review_request.customer"),
        (TemplateName::Missed, Customer | Guest) => template!(locale, "meeting_missed.customer"),
        (TemplateName::Missed, Agent | PreviousAgent) => template!(locale, "meeting_missed.agent"),
        (TemplateName::CalendarEntry, Customer) => template!(locale, "calendar_entry.customer"),
        (TemplateName::CalendarEntry, Guest) => template!(locale, "calendar_entry.guest"),
        (TemplateName::CalendarEntry, Agent | PreviousAgent) => template!(locale, "calendar_entry.agent"),
        (TemplateName::Signature, _) => template!(locale, "signature.customer"),
    }
}

/// The title of a calendar entry: one line of at most 200 characters.
pub(crate) fn title(role: RecipientRole, content: &Content<'_>) -> String {
    let facts = content.reader.facts;
    let part = if facts.meeting.status == Status::Cancelled { Part::CancelledTitle } else { Part::Title };
    let entry = Blocks::of(facts, TemplateName::CalendarEntry, role);
    one_line(&entry.render(part, Sink::Header, content), Sink::Header)
}

/// The text of a calendar entry; a customer's ends with the agent's signature.
pub(crate) fn description(role: RecipientRole, content: &Content<'_>) -> String {
    let facts = content.reader.facts;
    let entry = Blocks::of(facts, TemplateName::CalendarEntry, role);
    let text = entry.render(Part::Description, Sink::IcsText, content);
    match role {
        RecipientRole::Customer | RecipientRole::Guest => {
            format!("{text}\n\n{}", render(signature_source(facts), Sink::IcsText, content))
        }
        RecipientRole::Agent | RecipientRole::PreviousAgent => text,
    }
}

/// The signature, line by line.
pub(crate) fn signature(facts: &MeetingFacts, content: &Content<'_>) -> Vec<Line> {
    lines(signature_source(facts), content)
}

/// The agent's own, else the organisation's.
fn signature_source(facts: &MeetingFacts) -> &str {
    let own = Some(facts.own.signature.as_str()).filter(|text| is_kept(Part::Lines, text, facts));
    own.unwrap_or_else(|| {
        Blocks::of(facts, TemplateName::Signature, RecipientRole::Customer).source(Part::Lines)
    })
}

/// What the agent adds to every message of a meeting ahead.
pub(crate) fn note(facts: &MeetingFacts, content: &Content<'_>) -> Prose {
    if is_kept(Part::Text, &facts.own.note, facts) {
        paragraphs(&facts.own.note, content)
    } else {
        Prose::default()
    }
}

/// Whether an agent's text is there and can still be read.
fn is_kept(part: Part, text: &str, facts: &MeetingFacts) -> bool {
    !text.trim().is_empty() && check_own(part, text, &facts.fields.known).is_empty()
}

/// What adds a meeting to a calendar that does not read our invitation.
pub(crate) fn calendar_links(locale: Locale, content: &Content<'_>) -> Vec<Link> {
    links(template!(locale, "calendar_links"), content)
}

fn pair(source: &str, content: &Content<'_>) -> Pair {
    Pair { text: render(source, Sink::Text, content), html: render(source, Sink::HtmlText, content) }
}

fn paragraphs(source: &str, content: &Content<'_>) -> Prose {
    let Pair { text, html } = pair(source, content);
    let paragraphs = html.split("\n\n").filter(|html| !html.is_empty());
    Prose { text, html: paragraphs.map(str::to_owned).collect() }
}

fn links(source: &str, content: &Content<'_>) -> Vec<Link> {
    let lines = lines(source, content).into_iter();
    lines.filter_map(|line| Some(Link { label: line.label?, url: line.href? })).collect()
}

fn lines(source: &str, content: &Content<'_>) -> Vec<Line> {
    source.lines().filter_map(|line| self::line(line, content)).collect()
}

/// `Label: {{ value }}` or `{{ value }}`.
fn line(source: &str, content: &Content<'_>) -> Option<Line> {
    let found = labelled(source);
    let value = pair(found.value, content);
    if value.text.is_empty() {
        return None;
    }
    let template = parse(found.value, Sink::Text, content);
    let href = match template.as_ref().and_then(Template::only_name) {
        Some(name) => href(name, &content.values),
        // Only what the template itself says: a value is never a link.
        None => is_web_address(found.value).then(|| found.value.to_owned()),
    };
    Some(Line { label: found.label.map(str::to_owned), value, href })
}

/// What a value of this kind links to.
fn href(name: &Name, values: &Values) -> Option<String> {
    match (name.kind(), values.of(name)?) {
        (Kind::Url, Value::Plain(url)) => Some(url.clone()),
        (Kind::Email, Value::Plain(email)) => Some(format!("mailto:{email}")),
        (Kind::Phone, Value::Phone(number)) => Some(format!("tel:{}", number.e164())),
        _ => None,
    }
}

fn parse(source: &str, sink: Sink, content: &Content<'_>) -> Option<Template> {
    Template::parse_with(source, sink, &|_| true, &content.reader.facts.fields.known).ok()
}

/// The templates were checked when they were saved (a test holds the built-in ones); an unreadable one would print nothing.
fn render(source: &str, sink: Sink, content: &Content<'_>) -> String {
    let template = parse(source, sink, content);
    template.map(|template| template.render(&content.values, &content.reader)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_could_be_saved_by_an_admin() {
        let mut read = 0;
        for locale in Locale::ALL {
            for name in TemplateName::ALL.iter().copied() {
                for role in name.recipients().iter().copied() {
                    for part in name.parts(role).iter().copied() {
                        let text = built_in_part(name, role, locale, part);
                        assert_eq!(
                            check(name, part, text, &Fields::default()),
                            [],
                            "{name} {role} {locale:?} {part}"
                        );
                        read += text.matches("{{").count();
                    }
                    let blocks = built_in(name, role, locale).matches("== ").count();
                    assert_eq!(
                        blocks,
                        name.parts(role).len(),
                        "{name} {role} {locale:?} has parts that nobody names"
                    );
                }
            }
            assert!(Template::parse(template!(locale, "calendar_links"), Sink::Text).is_ok());
        }
        assert!(read > 300, "{read}");
    }
}
