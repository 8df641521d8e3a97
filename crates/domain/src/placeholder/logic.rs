//! From the tokens behind `if` to a [`Condition`]. `or` binds loosest, then `and`, then `not`, then `==` and `!=`, as in
//! Jinja.

use super::condition::{Condition, Operand};
use super::error::Fault;
use super::name::Scope;
use super::parse::{DEPTH, name};
use super::scan::{Placed, Token};
use super::{ErrorCode, Kind, TemplateError};
use std::ops::Range;

/// The condition, or none when an error was found in it.
pub(super) fn condition(
    source: &str,
    scope: Scope<'_>,
    tokens: &[Placed],
    whole: &Range<usize>,
    errors: &mut Vec<TemplateError>,
) -> Option<Condition> {
    let mut reader = Reader { source, scope, tokens, at: 0, whole, depth: 0, errors };
    let condition = reader.or()?;
    if reader.at < tokens.len() {
        return reader.fail(ErrorCode::UnexpectedToken);
    }
    Some(condition)
}

struct Reader<'a> {
    source: &'a str,
    scope: Scope<'a>,
    tokens: &'a [Placed],
    at: usize,
    whole: &'a Range<usize>,
    depth: usize,
    errors: &'a mut Vec<TemplateError>,
}

impl Reader<'_> {
    fn or(&mut self) -> Option<Condition> {
        let mut left = self.and();
        while self.word("or") {
            let right = self.and();
            left = left.zip(right).map(|(one, other)| Condition::Or(Box::new(one), Box::new(other)));
        }
        left
    }

    fn and(&mut self) -> Option<Condition> {
        let mut left = self.not();
        while self.word("and") {
            let right = self.not();
            left = left.zip(right).map(|(one, other)| Condition::And(Box::new(one), Box::new(other)));
        }
        left
    }

    fn not(&mut self) -> Option<Condition> {
        if !self.word("not") {
            return self.comparison();
        }
        let inner = self.deeper(Self::not)?;
        Some(Condition::Not(Box::new(inner)))
    }

    fn comparison(&mut self) -> Option<Condition> {
        if self.sign("(") {
            let inner = self.deeper(Self::or);
            if !self.sign(")") {
                // What stands inside has told its own error already.
                return inner.and_then(|_| self.fail(ErrorCode::UnexpectedToken));
            }
            return inner;
        }
        let start = self.place();
        let left = self.operand();
        let negated = match self.tokens.get(self.at) {
            Some((Token::Sign("=="), _)) => false,
            Some((Token::Sign("!="), _)) => true,
            _ => return left.map(Condition::Holds),
        };
        self.at += 1;
        let second = self.place();
        let right = self.operand();
        let (left, right) = left.zip(right)?;
        if let Some(fault) = unequal(&left, &right) {
            let range = if fault.code == ErrorCode::BadArgument && matches!(left, Operand::Name(_)) {
                second
            } else if fault.code == ErrorCode::BadArgument {
                start
            } else {
                start.start..second.end
            };
            self.errors.push(TemplateError::at(self.source, fault, range));
            return None;
        }
        let equal = Condition::Equal(left, right);
        Some(if negated { Condition::Not(Box::new(equal)) } else { equal })
    }

    fn operand(&mut self) -> Option<Operand> {
        let Some((token, range)) = self.tokens.get(self.at) else {
            return self.fail(ErrorCode::UnexpectedToken);
        };
        let operand = match token {
            Token::Name(name) if name == "true" => Operand::Boolean(true),
            Token::Name(name) if name == "false" => Operand::Boolean(false),
            Token::Name(name) if ["and", "or", "not"].contains(&name.as_str()) => {
                return self.fail(ErrorCode::UnexpectedToken);
            }
            Token::Name(text) => match name(text, self.scope) {
                Ok(name) => Operand::Name(name),
                Err(fault) => {
                    self.errors.push(TemplateError::at(self.source, fault, range.clone()));
                    self.at += 1;
                    return None;
                }
            },
            Token::Text(text) => Operand::Text(text.clone()),
            Token::Number(number) => Operand::Number(*number),
            Token::Sign(_) | Token::Other => return self.fail(ErrorCode::UnexpectedToken),
        };
        self.at += 1;
        Some(operand)
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Option<Condition>) -> Option<Condition> {
        self.depth += 1;
        let inner = if self.depth > DEPTH { self.fail(ErrorCode::TooLong) } else { read(self) };
        self.depth -= 1;
        inner
    }

    /// Tells the error at the current token and reads no further.
    fn fail<T>(&mut self, code: ErrorCode) -> Option<T> {
        let range = self.place();
        self.errors.push(TemplateError::at(self.source, code, range));
        self.at = self.tokens.len();
        None
    }

    fn place(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.whole, |(_, range)| range).clone()
    }

    fn word(&mut self, word: &str) -> bool {
        let is = matches!(self.tokens.get(self.at), Some((Token::Name(name), _)) if name == word);
        self.at += usize::from(is);
        is
    }

    fn sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.tokens.get(self.at), Some((Token::Sign(found), _)) if *found == sign);
        self.at += usize::from(is);
        is
    }
}

/// Why the two can never be equal: another type, or a word that the path never has.
fn unequal(left: &Operand, right: &Operand) -> Option<Fault> {
    if !left.fits(right) {
        return Some(ErrorCode::WrongType.into());
    }
    let (Operand::Name(name), Operand::Text(word)) = (match (left, right) {
        (Operand::Text(_), Operand::Name(_)) => (right, left),
        _ => (left, right),
    }) else {
        return None;
    };
    let known = name.words();
    let strange = name.kind() == Kind::Word && !word.is_empty() && !known.contains(&word.as_str());
    strange.then(|| Fault::near(ErrorCode::BadArgument, word, known))
}
