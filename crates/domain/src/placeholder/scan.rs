//! The inside of `{{ … }}`: names, strings and signs.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A dotted name.
    Name(String),
    /// A string between `"` or `'`, without them. There are no escapes.
    Text(String),
    /// `|`, `(` or `)`.
    Sign(char),
    /// Anything else.
    Other,
}

/// A token and its bytes in the source.
pub(super) type Placed = (Token, Range<usize>);

/// The tokens from `start` to the next `}}` outside a string, and where the text goes on behind it.
/// `None` when there is no end.
pub(super) fn placeholder(source: &str, start: usize) -> Option<(Vec<Placed>, usize)> {
    let mut tokens = Vec::new();
    let mut at = start;
    loop {
        let rest = source.get(at..)?;
        if rest.starts_with("}}") {
            return Some((tokens, at + 2));
        }
        let first = rest.chars().next()?;
        let (token, length) = match first {
            '"' | '\'' => {
                let text = rest.get(1..)?.split_once(first)?.0;
                (Some(Token::Text(text.to_owned())), text.len() + 2)
            }
            '|' | '(' | ')' => (Some(Token::Sign(first)), 1),
            _ if first.is_whitespace() => (None, first.len_utf8()),
            _ if is_name(first) => {
                let name = rest.split(|c| !is_name(c)).next().unwrap_or_default();
                (Some(Token::Name(name.to_owned())), name.len())
            }
            _ => (Some(Token::Other), first.len_utf8()),
        };
        tokens.extend(token.map(|token| (token, at..at + length)));
        at += length;
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}
