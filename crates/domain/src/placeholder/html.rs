//! The HTML around placeholders: what a value may be part of, and where the units of the blank-line rule begin and end.
//!
//! It reads tags as the HTML standard does (sections 13.2.5.1 to 13.2.5.44), as far as a placeholder may stand there: text,
//! and quoted values of a few attributes. Everywhere else a value is refused, so that a doubt costs a template and never a
//! page.

use super::context::{Forbidden, Place};
use super::link::Link;
use super::units::{BREAK, tracked};
use super::{Kind, Node};

/// Elements whose content is no text, or text that HTML reads otherwise.
const RAW: [&str; 14] = [
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
];
/// Attributes whose value is shown or read out, and nothing else.
const TEXTUAL: [&str; 4] = ["alt", "aria-label", "abbr", "title"];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Html {
    state: State,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tag {
    name: String,
    closing: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// Behind `<`.
    Opened,
    /// Behind `</`.
    Closing,
    /// Behind `<!`, as far as it may still become a comment.
    Declared(String),
    /// Up to `>`.
    Bogus,
    /// How much of `-->` or `--!>` was read.
    Comment(u8),
    Name(Tag),
    /// Between the attributes of a tag.
    Inside(Tag),
    Attribute(Tag, String),
    BehindAttribute(Tag, String),
    BeforeValue(Tag, String),
    Quoted(Tag, String, char, Link),
    Unquoted(Tag),
    /// In an element of [`RAW`], and what could be the start of its end.
    Raw(String, String),
}

impl Html {
    /// Reads on; the text goes to `nodes`, with the edges of the elements that count for blank lines.
    pub(super) fn literal(&mut self, text: &str, nodes: &mut Vec<Node>) -> Result<(), Forbidden> {
        let mut from = 0;
        let mut opened = None;
        let flush = |from: &mut usize, to: usize, nodes: &mut Vec<Node>| {
            if let Some(part) = text.get(*from..to).filter(|part| !part.is_empty()) {
                nodes.push(Node::Literal(part.to_owned()));
            }
            *from = to;
        };
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let before = std::mem::take(&mut self.state);
            let named = matches!(&before, State::Name(_));
            let tag = before.tag().cloned();
            self.state = before.step(c);
            if self.state == State::Opened {
                opened = Some(at);
            }
            if let State::Quoted(.., link @ Link::Broken) = &mut self.state {
                *link = Link::Closed;
                return Err(Forbidden);
            }
            let Some(tag) = tag else { continue };
            let Some(name) = tracked(&tag.name) else { continue };
            let done = self.state == State::Text;
            let begun = opened.filter(|start| from <= *start);
            if named && !tag.closing && name != BREAK && !matches!(self.state, State::Name(_)) {
                let start = begun.unwrap_or(from);
                flush(&mut from, start, nodes);
                nodes.push(Node::Open(name));
            }
            if done && (tag.closing || name == BREAK) {
                let Some(start) = begun else { continue };
                flush(&mut from, start, nodes);
                let whole = text.get(start..end).unwrap_or_default().to_owned();
                nodes.push(if tag.closing { Node::Close(name, whole) } else { Node::Break(whole) });
                from = end;
            } else if done {
                flush(&mut from, end, nodes);
                nodes.push(Node::Inside);
            }
        }
        flush(&mut from, text.len(), nodes);
        if let State::Raw(_, tail) = &mut self.state {
            tail.clear();
        }
        Ok(())
    }

    /// A value stands here.
    pub(super) fn placeholder(&mut self, kind: Kind) -> Result<Place, Forbidden> {
        match &mut self.state {
            State::Text => Ok(Place::Body),
            State::Quoted(tag, name, _, link) if !tag.closing => match (tag.name.as_str(), name.as_str()) {
                ("a", "href") => link.placeholder(kind),
                (_, name) if TEXTUAL.contains(&name) => Ok(Place::Attribute),
                _ => Err(Forbidden),
            },
            _ => Err(Forbidden),
        }
    }

    /// Both branches must end in the same place of the same tag.
    pub(super) fn join(self, other: Self) -> Result<Self, Forbidden> {
        match (self.state, other.state) {
            (State::Quoted(tag, name, quote, one), State::Quoted(tag2, name2, quote2, other))
                if (&tag, &name, quote) == (&tag2, &name2, quote2) =>
            {
                Ok(Self { state: State::Quoted(tag, name, quote, one.join(&other)) })
            }
            (one, other) if one == other => Ok(Self { state: one }),
            _ => Err(Forbidden),
        }
    }
}

impl State {
    fn tag(&self) -> Option<&Tag> {
        match self {
            Self::Name(tag)
            | Self::Inside(tag)
            | Self::Attribute(tag, _)
            | Self::BehindAttribute(tag, _)
            | Self::BeforeValue(tag, _)
            | Self::Quoted(tag, ..)
            | Self::Unquoted(tag) => Some(tag),
            _ => None,
        }
    }

    fn step(self, c: char) -> Self {
        let space = c.is_ascii_whitespace();
        match self {
            Self::Text if c == '<' => Self::Opened,
            Self::Text => Self::Text,
            Self::Opened => match c {
                '/' => Self::Closing,
                '!' => Self::Declared(String::new()),
                '?' => Self::Bogus,
                c if c.is_ascii_alphabetic() => Self::Name(Tag { name: lower(c), closing: false }),
                c => Self::Text.step(c),
            },
            Self::Closing => match c {
                '>' => Self::Text,
                c if c.is_ascii_alphabetic() => Self::Name(Tag { name: lower(c), closing: true }),
                c => Self::Bogus.step(c),
            },
            Self::Declared(read) => match (read.as_str(), c) {
                ("", '-') => Self::Declared("-".to_owned()),
                ("-", '-') => Self::Comment(2),
                _ => Self::Bogus.step(c),
            },
            Self::Bogus if c == '>' => Self::Text,
            Self::Bogus => Self::Bogus,
            Self::Comment(read) => match (read, c) {
                (2 | 3, '>') => Self::Text,
                (0 | 3, '-') => Self::Comment(1),
                (_, '-') => Self::Comment(2),
                (2, '!') => Self::Comment(3),
                _ => Self::Comment(0),
            },
            Self::Name(tag) if space || c == '/' => Self::Inside(tag),
            Self::Name(tag) if c == '>' => tag.end(),
            Self::Name(mut tag) => {
                tag.name.push(c.to_ascii_lowercase());
                Self::Name(tag)
            }
            Self::Inside(tag) if space || c == '/' => Self::Inside(tag),
            Self::Inside(tag) if c == '>' => tag.end(),
            Self::Inside(tag) => Self::Attribute(tag, lower(c)),
            Self::Attribute(tag, mut name) => match c {
                '/' => Self::Inside(tag),
                '>' => tag.end(),
                '=' => Self::BeforeValue(tag, name),
                _ if space => Self::BehindAttribute(tag, name),
                _ => {
                    name.push(c.to_ascii_lowercase());
                    Self::Attribute(tag, name)
                }
            },
            Self::BehindAttribute(tag, name) => match c {
                _ if space => Self::BehindAttribute(tag, name),
                '=' => Self::BeforeValue(tag, name),
                _ => Self::Inside(tag).step(c),
            },
            Self::BeforeValue(tag, name) => match c {
                _ if space => Self::BeforeValue(tag, name),
                '"' | '\'' => Self::Quoted(tag, name, c, Link::default()),
                '>' => tag.end(),
                _ => Self::Unquoted(tag),
            },
            Self::Quoted(tag, _, quote, _) if c == quote => Self::Inside(tag),
            Self::Quoted(tag, name, quote, link) => {
                let link = link.step(c);
                Self::Quoted(tag, name, quote, link)
            }
            Self::Unquoted(tag) if space => Self::Inside(tag),
            Self::Unquoted(tag) if c == '>' => tag.end(),
            Self::Unquoted(tag) => Self::Unquoted(tag),
            Self::Raw(name, tail) => raw(name, tail, c, space),
        }
    }
}

impl Tag {
    fn end(self) -> State {
        if !self.closing && RAW.contains(&self.name.as_str()) {
            State::Raw(self.name, String::new())
        } else {
            State::Text
        }
    }
}

/// The end of a raw element is `</`, its name, and a sign that ends a name.
fn raw(name: String, mut tail: String, c: char, space: bool) -> State {
    if tail.strip_prefix("</") == Some(name.as_str()) && (space || c == '/' || c == '>') {
        return State::Name(Tag { name, closing: true }).step(c);
    }
    tail.push(c.to_ascii_lowercase());
    let end = format!("</{name}");
    while !end.starts_with(&tail) {
        tail = tail.chars().skip(1).collect();
    }
    State::Raw(name, tail)
}

fn lower(c: char) -> String {
    c.to_ascii_lowercase().to_string()
}
