//! Whether a text can be saved as a part of a template: all that is wrong at once.

use super::{Part, TemplateName, labelled};
use crate::placeholder::{ErrorCode, Fields, Kind, Sink, Template, TemplateError, literals};
use std::ops::Range;

/// The most characters of a text that an agent writes, as of a customer's note (security.md P4).
const OWN: usize = 2_000;

/// What is wrong with a part; nothing when it can be saved.
#[must_use]
pub fn check(name: TemplateName, part: Part, source: &str, fields: &Fields) -> Vec<TemplateError> {
    let has = |path| name.has(path);
    let parse = |source: &str, sink| Template::parse_with(source, sink, &has, fields);
    let mut errors = match part {
        Part::Details | Part::Buttons | Part::Lines => match parse_whole(source) {
            Some(error) => vec![error],
            None => lines(source, |line| self::line(part, line, &|value| parse(value, Sink::HtmlText))),
        },
        Part::Subject | Part::Title | Part::CancelledTitle => failed(parse(source, Sink::Header)),
        Part::Heading | Part::Text | Part::Footer => failed(parse(source, Sink::HtmlText)),
        Part::Description => failed(parse(source, Sink::IcsText)),
        Part::Sms => failed(parse(source, Sink::Sms)),
    };
    let needed = matches!(
        part,
        Part::Subject | Part::Heading | Part::Title | Part::CancelledTitle | Part::Lines | Part::Sms
    );
    if needed && source.trim().is_empty() {
        errors.push(TemplateError::at(source, ErrorCode::Empty, 0..0));
    }
    errors.extend(tags(source).map(|range| TemplateError::at(source, ErrorCode::MarkupForbidden, range)));
    errors.sort_by_key(|error| error.range.start);
    errors
}

/// What is wrong with what an agent writes: a signature, or a note (`Part::Text`). Empty is fine: there is none then.
#[must_use]
pub fn check_own(part: Part, source: &str, fields: &Fields) -> Vec<TemplateError> {
    if source.trim().is_empty() {
        return Vec::new();
    }
    match source.char_indices().nth(OWN) {
        Some((start, _)) => vec![TemplateError::at(source, ErrorCode::TooLong, start..source.len())],
        None => check(TemplateName::Signature, part, source, fields),
    }
}

fn failed(parsed: Result<Template, Vec<TemplateError>>) -> Vec<TemplateError> {
    parsed.err().unwrap_or_default()
}

/// The one error of a text that is too long to be looked at line by line.
fn parse_whole(source: &str) -> Option<TemplateError> {
    let errors = failed(Template::parse(source, Sink::Text));
    errors.into_iter().find(|error| error.code == ErrorCode::TooLong)
}

/// What is wrong with each line, with its place in the whole text.
fn lines(source: &str, check: impl Fn(&str) -> Vec<TemplateError>) -> Vec<TemplateError> {
    let mut errors = Vec::new();
    let mut start = 0;
    for line in source.split('\n') {
        let placed = |error: TemplateError| {
            let range = start + error.range.start..start + error.range.end;
            TemplateError { suggestion: error.suggestion, ..TemplateError::at(source, error.code, range) }
        };
        errors.extend(check(line.trim_end_matches('\r')).into_iter().map(placed));
        start += line.len() + 1;
    }
    errors
}

type Parsed = Result<Template, Vec<TemplateError>>;

fn line(part: Part, line: &str, parse: &dyn Fn(&str) -> Parsed) -> Vec<TemplateError> {
    if line.trim().is_empty() {
        return Vec::new();
    }
    let found = labelled(line);
    let value_at = found.at..line.len();
    if found.label.is_none() && part != Part::Lines {
        return vec![TemplateError::at(line, ErrorCode::LabelMissing, 0..line.len())];
    }
    match parse(found.value) {
        Err(errors) => errors
            .into_iter()
            .map(|error| {
                let range = found.at + error.range.start..found.at + error.range.end;
                TemplateError { suggestion: error.suggestion, ..TemplateError::at(line, error.code, range) }
            })
            .collect(),
        Ok(template) if part == Part::Buttons && !is_link(&template, found.value) => {
            vec![TemplateError::at(line, ErrorCode::NotALink, value_at)]
        }
        Ok(_) => Vec::new(),
    }
}

fn is_link(template: &Template, value: &str) -> bool {
    let path = template.only_name().is_some_and(|name| name.kind() == Kind::Url);
    path || is_web_address(value)
}

/// Whether a value that was written out is an address of the web.
#[must_use]
pub fn is_web_address(value: &str) -> bool {
    value.strip_prefix("https://").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\{}".contains(&byte))
    })
}

/// Where the text outside of placeholders looks like HTML, which readers would see as it is.
fn tags(source: &str) -> impl Iterator<Item = Range<usize>> {
    literals(source).into_iter().flat_map(move |range| {
        let text = source.get(range.clone()).unwrap_or_default();
        text.match_indices('<').filter_map(move |(at, _)| {
            let rest = text.get(at + 1..).unwrap_or_default();
            let opens = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            opens.then_some(range.start + at..range.start + at + 1 + end)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(part: Part, source: &str) -> Vec<(ErrorCode, usize, usize, String)> {
        let errors = check(TemplateName::Scheduled, part, source, &Fields::default());
        errors.into_iter().map(|error| (error.code, error.line, error.column, error.snippet)).collect()
    }

    #[test]
    fn t_01_an_unknown_placeholder_is_told_with_its_line_and_the_nearest_name() {
        let source = "Hello {{ customer.name }},\n\nCall {{ agent.phonenumber }} or {{ agent.mail }}.";
        let errors = check(TemplateName::Scheduled, Part::Text, source, &Fields::default());
        assert_eq!(errors.len(), 2);
        assert_eq!((errors[0].code, errors[0].line, errors[0].column), (ErrorCode::UnknownVariable, 3, 9));
        assert_eq!(errors[0].suggestion.as_deref(), Some("agent.phone_number"));
        assert_eq!(errors[1].suggestion.as_deref(), Some("agent.email"));
    }

    #[test]
    fn lines_are_checked_each_for_itself_with_places_in_the_whole() {
        let source =
            "Where: {{ meeting.place }}\r\n\r\nZoë: {{ meeting.plaice }}\nno label\nCall: {{ agent.nme }}";
        assert_eq!(
            found(Part::Details, source),
            [
                (ErrorCode::UnknownVariable, 3, 9, "meeting.plaice".into()),
                (ErrorCode::LabelMissing, 4, 1, "no label".into()),
                (ErrorCode::UnknownVariable, 5, 10, "agent.nme".into()),
            ]
        );
        assert_eq!(found(Part::Lines, "no label\nPhone: {{ agent.phone_number }}"), []);
    }

    #[test]
    fn a_button_leads_somewhere() {
        for good in ["Move: {{ meeting.reschedule_url }}", "Route: https://example.com/route?x=1", ""] {
            assert_eq!(found(Part::Buttons, good), [], "{good}");
        }
        for wrong in
            ["Move: {{ meeting.title }}", "Route: here", "Run: javascript:alert(1)", "A: http://example.com"]
        {
            assert_eq!(found(Part::Buttons, wrong)[0].0, ErrorCode::NotALink, "{wrong}");
        }
    }

    #[test]
    fn t_14_tags_are_flagged_and_signs_are_not() {
        for good in ["a < b, <3, {{ meeting.title | default(\"<b>\") }} {# <b> #}", "1 > 0 & more"] {
            assert_eq!(found(Part::Text, good), [], "{good}");
        }
        let source = "Hi <b>you</b> <img src=x onerror=alert(1)>\n<script>alert(1)</script>";
        let tags: Vec<_> =
            found(Part::Text, source).into_iter().map(|(_, line, _, text)| (line, text)).collect();
        let expected = ["<b>", "</b>", "<img src=x onerror=alert(1)>", "<script>", "</script>"];
        assert_eq!(tags.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(tags.last().unwrap().0, 2);
    }

    #[test]
    fn an_agents_own_texts_may_be_empty_and_know_the_agent_alone() {
        let check_own = |part, source: &str| check_own(part, source, &Fields::default());
        assert_eq!(check_own(Part::Lines, " \n"), []);
        assert_eq!(check_own(Part::Text, "Bring your passport to {{ agent.location.name }}."), []);
        let code = |part, source: &str| check_own(part, source).first().map(|error| error.code);
        assert_eq!(code(Part::Text, "{{ customer.name }}"), Some(ErrorCode::NotInThisMessage));
        assert_eq!(code(Part::Lines, "<b>x</b>"), Some(ErrorCode::MarkupForbidden));
        assert_eq!(code(Part::Text, &"x".repeat(2_001)), Some(ErrorCode::TooLong));
    }

    #[test]
    fn what_a_message_needs_cannot_be_empty() {
        assert_eq!(found(Part::Subject, " ")[0].0, ErrorCode::Empty);
        assert_eq!(found(Part::Footer, ""), []);
        assert_eq!(found(Part::Details, &"x: y\n".repeat(5_000))[0].0, ErrorCode::TooLong);
        assert_eq!(found(Part::Subject, &"x".repeat(201))[0].0, ErrorCode::TooLong);
    }
}
