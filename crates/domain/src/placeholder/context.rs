//! Where a placeholder stands in the text around it, which decides how its value is written.

use super::html::Html;
use super::{Kind, Node, Sink, escape};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As the sink writes a value.
    Body,
    /// HTML: inside a quoted attribute.
    Attribute,
    /// HTML: all of a `href`.
    Link,
    /// HTML: all of a `href` behind `mailto:` or `tel:`.
    Address,
    /// HTML: in the query of a `href`.
    Query,
    /// JSON: inside a string.
    InString,
}

/// The value cannot stand here.
pub(super) struct Forbidden;

/// What the text before a placeholder has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Context {
    /// Nothing can be opened.
    Plain,
    /// Nothing can be opened, and what would open something is written as an entity.
    Escaped,
    Html(Html),
    Json(Json),
}

impl Context {
    pub(super) fn of(sink: Sink) -> Self {
        match sink {
            Sink::Html => Self::Html(Html::default()),
            Sink::HtmlText => Self::Escaped,
            Sink::Json => Self::Json(Json::default()),
            Sink::Text | Sink::Header | Sink::Sms | Sink::IcsText | Sink::IcsParameter => Self::Plain,
        }
    }

    /// Reads on, over text of the template.
    pub(super) fn literal(&mut self, text: &str, nodes: &mut Vec<Node>) -> Result<(), Forbidden> {
        match self {
            Self::Html(html) => return html.literal(text, nodes),
            Self::Json(json) => text.chars().for_each(|c| json.step(c)),
            Self::Escaped => {
                nodes.push(Node::Literal(escape(text)));
                return Ok(());
            }
            Self::Plain => {}
        }
        nodes.push(Node::Literal(text.to_owned()));
        Ok(())
    }

    /// Reads on, over a value of this kind.
    pub(super) fn placeholder(&mut self, kind: Kind) -> Result<Place, Forbidden> {
        match self {
            Self::Plain | Self::Escaped => Ok(Place::Body),
            Self::Html(html) => html.placeholder(kind),
            Self::Json(json) => json.placeholder(),
        }
    }

    /// The context behind two branches; both must have closed what they opened.
    pub(super) fn join(self, other: Self) -> Result<Self, Forbidden> {
        match (self, other) {
            (Self::Html(one), Self::Html(other)) => one.join(other).map(Self::Html),
            (one, other) if one == other => Ok(one),
            _ => Err(Forbidden),
        }
    }
}

/// Inside or outside of a string of JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Json {
    in_string: bool,
    /// What is missing of an escape: one character behind `\`, four digits behind `\u`.
    escape: usize,
}

impl Json {
    fn step(&mut self, c: char) {
        match (self.in_string, self.escape, c) {
            (true, 0, '\\') => self.escape = 1,
            (_, 0, '"') => self.in_string = !self.in_string,
            (true, 1, 'u') => self.escape = 4,
            (true, 1.., _) => self.escape -= 1,
            _ => {}
        }
    }

    fn placeholder(&self) -> Result<Place, Forbidden> {
        match self {
            Self { escape: 1.., .. } => Err(Forbidden),
            Self { in_string: true, .. } => Ok(Place::InString),
            Self { in_string: false, .. } => Ok(Place::Body),
        }
    }
}
