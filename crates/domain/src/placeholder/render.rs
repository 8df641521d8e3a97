//! From nodes and values to the text for a sink.

use super::clock::{TimePart, Whose, Width};
use super::condition::Condition;
use super::filter::{Filter, PhoneForm};
use super::{Clock, Node, Placeholder, Sink, Value, Values, clean, sink, units};

/// What is left when the conditions are decided and the values are written.
pub(super) enum Item<'a> {
    Literal(&'a str),
    /// The value as the sink writes it, and whether there is one.
    Value(String, bool),
    /// A block tag or a comment stood here.
    Mark,
    /// The start tag of an element follows, until [`Item::Inside`].
    Open(&'static str),
    Inside,
    /// An element and its end tag.
    Close(&'static str, &'a str),
    /// `<br>`.
    Break(&'a str),
}

pub(super) fn text(nodes: &[Node], sink: Sink, values: &Values, clock: &dyn Clock) -> String {
    let mut items = Vec::new();
    decide(nodes, sink, values, clock, &mut items);
    let text = match sink {
        Sink::Json => all(&items),
        // Without an element that counts it is a text of lines, which the layout around it turns into HTML.
        Sink::Html if items.iter().any(|item| matches!(item, Item::Open(_) | Item::Break(_))) => {
            units::html(items)
        }
        _ => lines(items, if sink.is_one_line() { " " } else { "\n" }),
    };
    sink::finish(text, sink)
}

fn decide<'a>(nodes: &'a [Node], sink: Sink, values: &Values, clock: &dyn Clock, items: &mut Vec<Item<'a>>) {
    for node in nodes {
        items.push(match node {
            Node::Literal(text) => Item::Literal(text),
            Node::Placeholder(placeholder) => {
                let (text, filled) = value(placeholder, sink, values, clock);
                Item::Value(text, filled)
            }
            Node::If(branches) => {
                let holds =
                    |condition: &Option<Condition>| condition.as_ref().is_none_or(|it| it.holds(values));
                if let Some(branch) = branches.iter().find(|branch| holds(&branch.condition)) {
                    decide(&branch.nodes, sink, values, clock, items);
                }
                continue;
            }
            Node::Mark => Item::Mark,
            Node::Open(name) => Item::Open(name),
            Node::Inside => Item::Inside,
            Node::Close(name, tag) => Item::Close(name, tag),
            Node::Break(tag) => Item::Break(tag),
        });
    }
}

fn all(items: &[Item<'_>]) -> String {
    let text = |item: &Item<'_>| match item {
        Item::Literal(text) | Item::Close(_, text) | Item::Break(text) => (*text).to_owned(),
        Item::Value(text, _) => text.clone(),
        Item::Mark | Item::Open(_) | Item::Inside => String::new(),
    };
    items.iter().map(text).collect()
}

/// One line of the text while it is put together.
#[derive(Default)]
struct Line {
    text: String,
    placeholders: usize,
    filled: usize,
    marks: usize,
}

/// The blank-line rule: a line of block tags alone leaves no line, one whose placeholders are all empty goes with its
/// literals, runs of blank lines become one, and none stands at either end.
fn lines(items: Vec<Item<'_>>, newline: &str) -> String {
    let mut lines = vec![Line::default()];
    for item in items {
        let (text, value) = match &item {
            Item::Value(text, filled) => (text.as_str(), Some(*filled)),
            Item::Literal(text) | Item::Close(_, text) | Item::Break(text) => (*text, None),
            Item::Mark | Item::Open(_) | Item::Inside => ("", None),
        };
        // A value has the lines that it has; only the template's own lines can go.
        let parts: Vec<&str> = if value.is_some() { vec![text] } else { text.split('\n').collect() };
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                lines.push(Line::default());
            }
            let Some(line) = lines.last_mut() else { continue };
            line.text.push_str(if value.is_some() { part } else { part.trim_end_matches('\r') });
        }
        if let Some(line) = lines.last_mut() {
            line.placeholders += usize::from(value.is_some());
            line.filled += usize::from(value == Some(true));
            line.marks += usize::from(matches!(item, Item::Mark));
        }
    }
    let mut text = String::new();
    let mut gap = false;
    for line in lines {
        let blank = line.text.trim().is_empty();
        if (line.placeholders > 0 && line.filled == 0) || (blank && line.marks > 0) {
            continue;
        }
        if blank {
            gap = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(newline);
            text.push_str(if gap && newline == "\n" { newline } else { "" });
        }
        gap = false;
        text.push_str(&line.text);
    }
    text
}

/// A value on its way through the filters.
struct Current<'a> {
    value: Option<Value>,
    whose: &'a Whose,
    phone: PhoneForm,
    width: Width,
    lines: bool,
    clock: &'a dyn Clock,
}

impl Current<'_> {
    fn print(&self) -> String {
        let text = match &self.value {
            None => return String::new(),
            Some(Value::Plain(text)) => text.clone(),
            Some(Value::Phone(number)) => match self.phone {
                PhoneForm::National => number.national(),
                PhoneForm::International => number.international(),
                PhoneForm::E164 => number.e164().to_owned(),
            },
            Some(Value::Time(at)) => self.clock.instant(*at, TimePart::DateTime, self.width, self.whose),
            Some(Value::Range(start, end)) => self.clock.range(*start, *end, self.width, self.whose),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Boolean(boolean)) => boolean.to_string(),
            Some(Value::Date(date)) => self.clock.day(*date, self.width),
            Some(Value::Answer(_, word)) => word.clone(),
        };
        clean(&text, self.lines)
    }
}

/// The value as the sink writes it, and whether there is one; white space only is empty.
fn value(placeholder: &Placeholder, sink: Sink, values: &Values, clock: &dyn Clock) -> (String, bool) {
    let mut current = Current {
        value: values.of(&placeholder.name).cloned(),
        whose: &Whose::Recipient,
        phone: PhoneForm::International,
        width: if sink.is_short() { Width::Short } else { Width::Full },
        lines: placeholder.name.kind().has_lines() && sink.has_lines(),
        clock,
    };
    let mut breaks = false;
    for filter in &placeholder.filters {
        match (filter, &current.value) {
            (Filter::Default(text), _) if current.print().is_empty() => {
                current.value = Some(Value::text(text));
            }
            (Filter::LineBreaks, _) => breaks = true,
            (Filter::InZone(whose), _) => current.whose = whose,
            (Filter::Phone(form), _) => current.phone = *form,
            (Filter::Time(part, width), Some(Value::Time(at))) => {
                let width = width.unwrap_or(current.width);
                current.value = Some(Value::text(clock.instant(*at, *part, width, current.whose)));
            }
            (Filter::Time(_, width), Some(Value::Date(date))) => {
                current.value = Some(Value::text(clock.day(*date, width.unwrap_or(current.width))));
            }
            (Filter::Range(width), Some(Value::Range(start, end))) => {
                let width = width.unwrap_or(current.width);
                current.value = Some(Value::text(clock.range(*start, *end, width, current.whose)));
            }
            (Filter::Words(words), Some(_)) => {
                current.value = Some(Value::text(words.apply(&current.print())));
            }
            _ => {}
        }
    }
    // A link dials the number, however it is printed.
    if sink::is_link(placeholder.place) {
        current.phone = PhoneForm::E164;
    }
    sink::write(&current.print(), placeholder.place, placeholder.kind, sink, breaks)
}
