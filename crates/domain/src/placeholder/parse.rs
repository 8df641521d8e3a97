//! From the text of a template to its lines.

use super::scan::{Placed, Token, placeholder};
use super::{ErrorCode, Filter, Path, Piece, Placeholder, Sink, TemplateError, filter};
use std::ops::Range;

/// All lines, or all errors.
pub(super) fn template(source: &str, sink: Sink) -> Result<Vec<Vec<Piece>>, Vec<TemplateError>> {
    let mut lines = vec![Vec::new()];
    let mut errors = Vec::new();
    let mut in_tag = false;
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let next = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min().unwrap_or(rest.len());
        let literal = rest.get(..next).unwrap_or_default();
        push_literal(&mut lines, literal);
        in_tag = match (literal.rfind('<'), literal.rfind('>')) {
            (Some(open), close) => close.is_none_or(|close| close < open),
            (None, Some(_)) => false,
            (None, None) => in_tag,
        };
        at += next;
        if next == rest.len() {
            break;
        }
        let here = at..at + 2;
        if !rest.get(next..).is_some_and(|rest| rest.starts_with("{{")) {
            errors.push(TemplateError::at(source, ErrorCode::UnknownBlock, here));
            at += 2;
            continue;
        }
        let Some((tokens, end)) = placeholder(source, at + 2) else {
            errors.push(TemplateError::at(source, ErrorCode::UnclosedTag, here));
            break;
        };
        if in_tag && sink == Sink::Html {
            errors.push(TemplateError::at(source, ErrorCode::ContextForbidden, at..end));
        }
        match expression(source, &tokens, at..end) {
            Ok(placeholder) => {
                if let Some(line) = lines.last_mut() {
                    line.push(Piece::Placeholder(placeholder));
                }
            }
            Err(error) => errors.push(error),
        }
        at = end;
    }
    if errors.is_empty() { Ok(lines) } else { Err(errors) }
}

fn push_literal(lines: &mut Vec<Vec<Piece>>, literal: &str) {
    for (number, text) in literal.split('\n').enumerate() {
        if number > 0 {
            lines.push(Vec::new());
        }
        let text = text.trim_end_matches('\r');
        if let (false, Some(line)) = (text.is_empty(), lines.last_mut()) {
            line.push(Piece::Literal(text.to_owned()));
        }
    }
}

/// `path | filter | filter("argument")`.
fn expression(source: &str, tokens: &[Placed], whole: Range<usize>) -> Result<Placeholder, TemplateError> {
    let fail = |code, range: &Range<usize>| TemplateError::at(source, code, range.clone());
    let mut tokens = tokens.iter().peekable();
    let (name, range) = match tokens.next() {
        Some((Token::Name(name), range)) => (name, range),
        Some((_, range)) => return Err(fail(ErrorCode::UnexpectedToken, range)),
        None => return Err(fail(ErrorCode::UnexpectedToken, &whole)),
    };
    let path = Path::parse(name).ok_or_else(|| TemplateError {
        suggestion: Path::nearest(name).map(|path| path.as_str().to_owned()),
        ..fail(ErrorCode::UnknownVariable, range)
    })?;
    let mut filters = Vec::new();
    while let Some((token, range)) = tokens.next() {
        if *token != Token::Sign('|') {
            return Err(fail(ErrorCode::UnexpectedToken, range));
        }
        let Some((Token::Name(name), range)) = tokens.next() else {
            return Err(fail(ErrorCode::UnexpectedToken, range));
        };
        let mut argument = None;
        if tokens.next_if(|(token, _)| *token == Token::Sign('(')).is_some() {
            argument = match tokens.next() {
                Some((Token::Text(text), _)) => Some(text.clone()),
                _ => return Err(fail(ErrorCode::BadArgument, range)),
            };
            if tokens.next_if(|(token, _)| *token == Token::Sign(')')).is_none() {
                return Err(fail(ErrorCode::BadArgument, range));
            }
        }
        filters.push(Filter::new(name, argument, path.kind()).map_err(|code| TemplateError {
            suggestion: (code == ErrorCode::UnknownFilter).then(|| nearest_filter(name)).flatten(),
            ..fail(code, range)
        })?);
    }
    Ok(Placeholder { path, filters })
}

fn nearest_filter(name: &str) -> Option<String> {
    let near = filter::NAMES.iter().find(|known| strsim::damerau_levenshtein(name, known) <= 2);
    near.map(|known| (*known).to_owned())
}
