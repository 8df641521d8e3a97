//! Filters (RFC 7644 section 3.4.2.2, figure 1) and the paths of PATCH (section 3.5.2): text to a tree. Bounded in length and depth, so that no
//! text can exhaust the server.

use serde_json::Value;

/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 4_000;
/// The deepest nesting of parentheses, brackets and `not`.
const DEPTH: usize = 20;

/// The name of an attribute, in small letters: names have no case (RFC 7643 section 2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttrPath {
    /// The schema, where it was named.
    pub schema: Option<String>,
    /// The attribute.
    pub attr: String,
    /// The sub-attribute.
    pub sub: Option<String>,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Eq,
    Ne,
    Co,
    Sw,
    Ew,
    Gt,
    Ge,
    Lt,
    Le,
}

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// `pr`
    Present(AttrPath),
    /// `eq` and its kin.
    Compare(AttrPath, Op, Value),
    /// `emails[type eq "work"]`: one value fits the whole of it.
    Within(AttrPath, Box<Self>),
}

/// Where an operation of PATCH acts.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchPath {
    /// The attribute.
    pub attr: AttrPath,
    /// Which of its values.
    pub filter: Option<Filter>,
}

/// What cannot be read, by the byte where reading stopped, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed(pub usize);

/// Reads a filter.
///
/// # Errors
/// [`Malformed`], also for one that is too long, nested too deep, or compares what has no such order.
pub fn parse(text: &str) -> Result<Filter, Malformed> {
    let mut reader = Reader::new(text)?;
    let filter = reader.or(0)?;
    reader.end()?;
    Ok(filter)
}

/// Reads a path.
///
/// # Errors
/// [`Malformed`].
pub fn parse_path(text: &str) -> Result<PatchPath, Malformed> {
    let mut reader = Reader::new(text)?;
    reader.spaces();
    let mut attr = reader.attr()?;
    let mut filter = None;
    if reader.eat("[") {
        filter = Some(reader.or(1)?);
        reader.spaces();
        reader.expect("]")?;
        if attr.sub.is_none() && reader.eat(".") {
            attr.sub = Some(reader.name()?);
        }
    }
    reader.end()?;
    Ok(PatchPath { attr, filter })
}

/// Reads the name of an attribute alone.
///
/// # Errors
/// [`Malformed`].
pub fn parse_attr(text: &str) -> Result<AttrPath, Malformed> {
    let path = parse_path(text)?;
    if path.filter.is_none() { Ok(path.attr) } else { Err(Malformed(0)) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Result<Self, Malformed> {
        if text.len() > MOST_BYTES { Err(Malformed(MOST_BYTES)) } else { Ok(Self { text, at: 0 }) }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn spaces(&mut self) -> bool {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start_matches(' ').len();
        self.at += skipped;
        skipped > 0
    }

    fn eat(&mut self, mark: &str) -> bool {
        let fits = self.rest().starts_with(mark);
        if fits {
            self.at += mark.len();
        }
        fits
    }

    fn expect(&mut self, mark: &str) -> Result<(), Malformed> {
        if self.eat(mark) { Ok(()) } else { Err(Malformed(self.at)) }
    }

    fn end(&mut self) -> Result<(), Malformed> {
        self.spaces();
        if self.rest().is_empty() { Ok(()) } else { Err(Malformed(self.at)) }
    }

    /// A word of letters alone, in small letters, without taking it.
    fn word(&self) -> String {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default().to_ascii_lowercase()
    }

    /// Takes ` and ` or ` or `.
    fn joined_by(&mut self, word: &str) -> bool {
        let before = self.at;
        if self.spaces() && self.word() == word {
            self.at += word.len();
            if self.rest().starts_with([' ', '(']) {
                return true;
            }
        }
        self.at = before;
        false
    }

    fn or(&mut self, depth: usize) -> Result<Filter, Malformed> {
        let mut left = self.and(depth)?;
        while self.joined_by("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and(depth)?));
        }
        Ok(left)
    }

    fn and(&mut self, depth: usize) -> Result<Filter, Malformed> {
        let mut left = self.term(depth)?;
        while self.joined_by("and") {
            left = Filter::And(Box::new(left), Box::new(self.term(depth)?));
        }
        Ok(left)
    }

    fn term(&mut self, depth: usize) -> Result<Filter, Malformed> {
        if depth > DEPTH {
            return Err(Malformed(self.at));
        }
        self.spaces();
        let before = self.at;
        if self.word() == "not" {
            self.at += "not".len();
            self.spaces();
            if self.eat("(") {
                return Ok(Filter::Not(Box::new(self.group(depth)?)));
            }
            self.at = before;
        }
        if self.eat("(") {
            return self.group(depth);
        }
        let attr = self.attr()?;
        if self.eat("[") {
            let inner = self.or(depth + 1)?;
            self.spaces();
            self.expect("]")?;
            return Ok(Filter::Within(attr, Box::new(inner)));
        }
        if !self.spaces() {
            return Err(Malformed(self.at));
        }
        self.comparison(attr)
    }

    fn group(&mut self, depth: usize) -> Result<Filter, Malformed> {
        let inner = self.or(depth + 1)?;
        self.spaces();
        self.expect(")")?;
        Ok(inner)
    }

    fn comparison(&mut self, attr: AttrPath) -> Result<Filter, Malformed> {
        let (start, word) = (self.at, self.word());
        self.at += word.len();
        let op = match word.as_str() {
            "pr" => return Ok(Filter::Present(attr)),
            "eq" => Op::Eq,
            "ne" => Op::Ne,
            "co" => Op::Co,
            "sw" => Op::Sw,
            "ew" => Op::Ew,
            "gt" => Op::Gt,
            "ge" => Op::Ge,
            "lt" => Op::Lt,
            "le" => Op::Le,
            _ => return Err(Malformed(start)),
        };
        if !self.spaces() {
            return Err(Malformed(self.at));
        }
        let at = self.at;
        let value = self.value()?;
        let fits = match op {
            Op::Eq | Op::Ne => true,
            Op::Co | Op::Sw | Op::Ew => value.is_string(),
            Op::Gt | Op::Ge | Op::Lt | Op::Le => value.is_string() || value.is_number(),
        };
        if fits { Ok(Filter::Compare(attr, op, value)) } else { Err(Malformed(at)) }
    }

    /// A value as JSON writes it.
    fn value(&mut self) -> Result<Value, Malformed> {
        let rest = self.rest();
        let end = if rest.starts_with('"') {
            let mut escaped = false;
            let close = rest.bytes().enumerate().skip(1).find(|(_, byte)| {
                let closes = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                closes
            });
            close.map(|(at, _)| at + 1).ok_or(Malformed(self.at))?
        } else {
            rest.find([' ', ')', ']']).unwrap_or(rest.len())
        };
        let text = rest.get(..end).unwrap_or_default();
        // Entra ID writes `True` and `False`.
        let plain = if text.starts_with('"') { text.to_owned() } else { text.to_ascii_lowercase() };
        let value: Value = serde_json::from_str(&plain).map_err(|_| Malformed(self.at))?;
        if value.is_array() || value.is_object() {
            return Err(Malformed(self.at));
        }
        self.at += end;
        Ok(value)
    }

    /// A letter, then letters, digits, hyphens and underscores; `$ref` is one too.
    fn name(&mut self) -> Result<String, Malformed> {
        let rest = self.rest();
        let body = rest.strip_prefix('$').unwrap_or(rest);
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let length = body.find(|c| !fits(c)).unwrap_or(body.len());
        if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(Malformed(self.at));
        }
        let whole = rest.len() - body.len() + length;
        self.at += whole;
        Ok(rest.get(..whole).unwrap_or_default().to_ascii_lowercase())
    }

    fn attr(&mut self) -> Result<AttrPath, Malformed> {
        let mut schema = None;
        let rest = self.rest();
        if rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:")) {
            let end = rest.find([' ', '[', ']', '(', ')']).unwrap_or(rest.len());
            let urn = rest.get(..end).unwrap_or_default();
            // The name behind the last colon; the numbers of a schema's release have dots and no letters.
            let colon = urn.rfind(':').unwrap_or_default();
            schema = Some(urn.get(..colon).unwrap_or_default().to_ascii_lowercase());
            self.at += colon + 1;
        }
        let attr = self.name()?;
        let sub = if self.eat(".") { Some(self.name()?) } else { None };
        Ok(AttrPath { schema, attr, sub })
    }
}

#[cfg(test)]
mod tests;
