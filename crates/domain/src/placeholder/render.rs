//! From lines and values to the text for a sink.

use super::{Filter, Kind, Piece, Placeholder, Sink, Value, Values};

/// The blank-line rule over the rendered lines.
pub(super) fn lines(lines: &[Vec<Piece>], sink: Sink, values: &Values) -> String {
    let mut text = String::new();
    let mut gap = false;
    for line in lines.iter().filter_map(|line| self::line(line, sink, values)) {
        if line.trim().is_empty() {
            gap = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        text.push_str(&line);
    }
    text
}

/// `None` for a line that has placeholders, all of them empty.
fn line(pieces: &[Piece], sink: Sink, values: &Values) -> Option<String> {
    let mut text = String::new();
    let (mut placeholders, mut filled) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Placeholder(placeholder) => {
                placeholders += 1;
                let value = value(placeholder, sink, values);
                filled += usize::from(!value.is_empty());
                text.push_str(&value);
            }
        }
    }
    (placeholders == 0 || filled > 0).then_some(text)
}

/// The value as the sink writes it; white space only is empty.
fn value(placeholder: &Placeholder, sink: Sink, values: &Values) -> String {
    let mut value = values.get(placeholder.path).cloned();
    let mut breaks = false;
    let lines = placeholder.path.kind() == Kind::Lines && sink != Sink::Header;
    for filter in &placeholder.filters {
        let printed = value.as_ref().map(|value| print(value, sink, lines)).unwrap_or_default();
        match filter {
            Filter::Default(text) if printed.is_empty() => value = Some(Value::text(text)),
            Filter::LineBreaks => breaks = true,
            other => value = value.map(|value| other.apply(value)),
        }
    }
    let text = value.map(|value| print(&value, sink, lines)).unwrap_or_default();
    if sink != Sink::Html || text.is_empty() {
        return text;
    }
    let escaped = escape(&text);
    let escaped = if breaks { escaped.replace('\n', "<br>") } else { escaped };
    format!("<bdi>{escaped}</bdi>")
}

fn print(value: &Value, sink: Sink, lines: bool) -> String {
    let text = match value {
        Value::Plain(text) => text,
        Value::Phone(number) => &number.international(),
        Value::Time { short, .. } if sink == Sink::Header => short,
        Value::Time { full, .. } => full,
    };
    clean(text, lines)
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
