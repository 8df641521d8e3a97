//! The text of a template, cut into literals and tags, and the inside of tags cut into tokens.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A dotted name or a word of the language.
    Name(String),
    /// A string between `"` or `'`, without them. There are no escapes.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `|`, `(`, `)`, `==` or `!=`.
    Sign(&'static str),
    /// Anything else.
    Other,
}

/// A token and its bytes in the source.
pub(super) type Placed = (Token, Range<usize>);

#[derive(Debug)]
pub(super) enum Segment {
    Literal(Range<usize>),
    /// `{{ … }}`
    Print(Vec<Placed>, Range<usize>),
    /// `{% … %}`
    Block(Vec<Placed>, Range<usize>),
    /// `{# … #}`
    Comment,
    /// The two signs that open a tag without an end. The text behind them is read on.
    Unclosed(Range<usize>),
}

/// What stands outside of all tags.
pub(crate) fn literals(source: &str) -> Vec<Range<usize>> {
    let literal = |segment| match segment {
        Segment::Literal(range) => Some(range),
        _ => None,
    };
    segments(source).into_iter().filter_map(literal).collect()
}

/// The names between the tags, of placeholders and of the language alike; a text that cannot be read as a template has names too.
#[must_use]
pub fn names(source: &str) -> Vec<String> {
    let inside = |segment| match segment {
        Segment::Print(tokens, _) | Segment::Block(tokens, _) => tokens,
        Segment::Literal(_) | Segment::Comment | Segment::Unclosed(_) => Vec::new(),
    };
    let name = |(token, _)| match token {
        Token::Name(name) => Some(name),
        _ => None,
    };
    segments(source).into_iter().flat_map(inside).filter_map(name).collect()
}

/// The whole text, in its order.
pub(super) fn segments(source: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(open) = next_open(rest) else {
            found.push(Segment::Literal(at..source.len()));
            break;
        };
        if open > 0 {
            found.push(Segment::Literal(at..at + open));
        }
        at += open;
        let inside = at + 2;
        let tag = source.get(at..inside).unwrap_or_default();
        let end = if tag == "{#" {
            let end = source.get(inside..).and_then(|rest| rest.find("#}"));
            end.map(|end| (Segment::Comment, inside + end + 2))
        } else {
            let close = if tag == "{{" { "}}" } else { "%}" };
            tokens(source, inside, close).map(|(tokens, end)| {
                let range = at..end;
                (if tag == "{{" { Segment::Print(tokens, range) } else { Segment::Block(tokens, range) }, end)
            })
        };
        let (segment, end) = end.unwrap_or((Segment::Unclosed(at..inside), inside));
        found.push(segment);
        at = end;
    }
    found
}

fn next_open(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.windows(2).position(|two| matches!(two, b"{{" | b"{%" | b"{#"))
}

/// The tokens up to `close`, and where the text goes on behind it. `None` without an end: where the text is over, or another
/// tag opens first.
fn tokens(source: &str, start: usize, close: &str) -> Option<(Vec<Placed>, usize)> {
    let mut tokens = Vec::new();
    let mut at = start;
    loop {
        let rest = source.get(at..)?;
        if rest.starts_with(close) {
            return Some((tokens, at + close.len()));
        }
        if next_open(rest.get(..2).unwrap_or_default()).is_some() {
            return None;
        }
        let (token, length) = token(rest)?;
        tokens.extend(token.map(|token| (token, at..at + length)));
        at += length;
    }
}

/// The next token and its length in bytes; white space has a length only.
fn token(rest: &str) -> Option<(Option<Token>, usize)> {
    let first = rest.chars().next()?;
    if let Some(sign) = ["==", "!=", "|", "(", ")"].into_iter().find(|sign| rest.starts_with(sign)) {
        return Some((Some(Token::Sign(sign)), sign.len()));
    }
    Some(match first {
        '"' | '\'' => {
            let text = rest.get(1..)?.split_once(first)?.0;
            (Some(Token::Text(text.to_owned())), text.len() + 2)
        }
        _ if first.is_whitespace() => (None, first.len_utf8()),
        _ if is_name(first) => {
            let name = rest.split(|c| !is_name(c)).next().unwrap_or_default();
            let number = name.bytes().all(|byte| byte.is_ascii_digit()).then(|| name.parse().ok());
            let token = match number {
                Some(Some(number)) => Token::Number(number),
                Some(None) => Token::Other,
                None => Token::Name(name.to_owned()),
            };
            (Some(token), name.len())
        }
        _ => (Some(Token::Other), first.len_utf8()),
    })
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}
