//! How a value is written, by where it goes. It belongs to the sink and cannot be switched off (security.md C5).

use super::context::Place;
use super::{Kind, Sink};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a query keeps: the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What an address behind `mailto:` keeps, and a number behind `tel:`.
const ADDRESS: &AsciiSet = &QUERY.remove(b'@').remove(b'+');

impl Sink {
    /// One line, whatever the template and the values hold.
    pub(super) const fn is_one_line(self) -> bool {
        matches!(self, Self::Header | Self::IcsParameter)
    }

    /// Whether times are printed in their short form.
    pub(super) const fn is_short(self) -> bool {
        matches!(self, Self::Header | Self::IcsParameter | Self::Sms)
    }

    /// Whether a value keeps its lines.
    pub(super) const fn has_lines(self) -> bool {
        matches!(self, Self::Text | Self::Html | Self::HtmlText | Self::IcsText | Self::Json)
    }
}

pub(super) fn is_link(place: Place) -> bool {
    matches!(place, Place::Link | Place::Address)
}

/// A cleaned value in its place, and whether there is one.
pub(super) fn write(text: &str, place: Place, kind: Kind, sink: Sink, breaks: bool) -> (String, bool) {
    if text.is_empty() {
        return (
            if sink == Sink::Json && place == Place::Body { "\"\"".to_owned() } else { String::new() },
            false,
        );
    }
    let written = match place {
        Place::Attribute => escape(text),
        Place::Link => escape(&link(text, kind)),
        Place::Address => escape(&address(text)),
        Place::Query => utf8_percent_encode(text, QUERY).to_string(),
        Place::InString => {
            let string = json(text);
            let inside = string.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            inside.unwrap_or_default().to_owned()
        }
        Place::Body => match sink {
            Sink::Html | Sink::HtmlText => {
                let escaped = escape(text);
                // Lines of a value are no lines of the text around it, which the layout cuts into paragraphs.
                let breaks = breaks || sink == Sink::HtmlText;
                let escaped = if breaks { escaped.replace('\n', "<br>") } else { escaped };
                format!("<bdi>{escaped}</bdi>")
            }
            Sink::Json => json(text),
            Sink::Text | Sink::Header | Sink::Sms | Sink::IcsText | Sink::IcsParameter => text.to_owned(),
        },
    };
    let filled = !written.is_empty();
    (written, filled)
}

/// The finished text, where the sink has a rule for all of it.
pub(super) fn finish(text: String, sink: Sink) -> String {
    match sink {
        Sink::Sms => text.chars().map(|c| if is_exotic_space(c) { ' ' } else { c }).collect(),
        Sink::IcsParameter => format!("\"{}\"", parameter_text(&text)),
        Sink::Text | Sink::Html | Sink::HtmlText | Sink::Header | Sink::IcsText | Sink::Json => text,
    }
}

/// An address of the web stands as it is, when it is one: a link never runs a script.
fn link(text: &str, kind: Kind) -> String {
    match kind {
        Kind::Email => format!("mailto:{}", address(text)),
        Kind::Phone => format!("tel:{}", address(text)),
        _ if ["https://", "http://"].iter().any(|scheme| {
            text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        }) =>
        {
            text.to_owned()
        }
        _ => String::new(),
    }
}

fn address(text: &str) -> String {
    utf8_percent_encode(text, ADDRESS).to_string()
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Spaces that would turn an SMS into one of 70 characters, and tabs.
fn is_exotic_space(c: char) -> bool {
    c != '\n' && c.is_whitespace()
}

/// The text of a parameter of a calendar file, for between quotes. No escapes exist that all readers know: what would need
/// one becomes its neighbour. So does `\`, which ends no name: ical.js, libical and icalendar take it for an escape, and a
/// name that ends with it takes the rest of the line with it, or the whole calendar. `^` stays, since readers without RFC 6868 show it as it is; those that have it know `^n`, `^^`
/// and `^'` only, so a caret before one of these goes.
#[must_use]
pub fn parameter_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '"' => '\'',
            ';' => ',',
            '\\' => '/',
            c if c.is_control() => continue,
            c => c,
        };
        if matches!(c, 'n' | '^' | '\'') && out.ends_with('^') {
            out.pop();
        }
        out.push(c);
    }
    // Some readers keep the spaces at its ends, others do not.
    out.trim().to_owned()
}

/// A value without what could break out of its place: C0 and C1 controls and bidi controls go (LRM and RLM stay), line
/// breaks become a space unless the value has lines, outer white space goes.
#[must_use]
pub fn clean(text: &str, lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace(['\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if lines => kept.push('\n'),
            '\n' | '\t' => kept.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => kept.push(c),
        }
    }
    kept.trim().to_owned()
}

/// `& < > " '` as entities.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
