//! From the text of a template to its nodes.

use super::condition::Condition;
use super::context::{Context, Forbidden, Place};
use super::error::Fault;
use super::filter::{Argument, Filter};
use super::name::{Name, Scope};
use super::scan::{Placed, Segment, Token, segments};
use super::{Branch, ErrorCode, Node, Path, Placeholder, Sink, TemplateError, limits, logic};
use std::ops::Range;

/// How deep conditions may be nested, and parentheses in one.
pub(super) const DEPTH: usize = 16;

const BLOCKS: &[&str] = &["if", "elif", "else", "endif"];

/// All nodes, or all errors.
pub(super) fn template(source: &str, sink: Sink, scope: Scope<'_>) -> Result<Vec<Node>, Vec<TemplateError>> {
    if let Some(error) = limits::source_too_long(source, sink) {
        return Err(vec![error]);
    }
    let mut parser = Parser {
        source,
        scope,
        errors: Vec::new(),
        context: Context::of(sink),
        nodes: Vec::new(),
        open: Vec::new(),
        last: 0..0,
    };
    for segment in segments(source) {
        parser.segment(segment);
    }
    let Parser { mut errors, nodes, open, .. } = parser;
    errors.extend(
        open.iter().map(|open| TemplateError::at(source, ErrorCode::UnbalancedIf, open.place.clone())),
    );
    errors.extend(limits::sms_too_long(source, sink, &nodes));
    errors.sort_by_key(|error| error.range.start);
    if errors.is_empty() { Ok(nodes) } else { Err(errors) }
}

/// What this names, if it can have a value here.
pub(super) fn name(text: &str, scope: Scope<'_>) -> Result<Name, Fault> {
    match Path::parse(text) {
        Some(path) if (scope.allowed)(path) => Ok(Name::Path(path)),
        Some(_) => Err(ErrorCode::NotInThisMessage.into()),
        None => scope.fields.find(text).ok_or_else(|| Fault {
            code: ErrorCode::UnknownVariable,
            suggestion: scope.fields.nearest(text),
        }),
    }
}

struct Parser<'a> {
    source: &'a str,
    scope: Scope<'a>,
    errors: Vec<TemplateError>,
    context: Context,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The last placeholder.
    last: Range<usize>,
}

/// An `if` whose `endif` has not come.
struct Open {
    place: Range<usize>,
    /// What stands before it.
    outer: Vec<Node>,
    branches: Vec<Branch>,
    /// That of the branch which is being read; `else` has none.
    condition: Option<Condition>,
    has_else: bool,
    start: Context,
    ends: Vec<Context>,
}

impl Parser<'_> {
    fn fail(&mut self, fault: impl Into<Fault>, range: Range<usize>) {
        self.errors.push(TemplateError::at(self.source, fault, range));
    }

    fn segment(&mut self, segment: Segment) {
        match segment {
            Segment::Literal(range) => {
                let text = self.source.get(range).unwrap_or_default();
                if self.context.literal(text, &mut self.nodes).is_err() {
                    self.fail(ErrorCode::ContextForbidden, self.last.clone());
                }
            }
            Segment::Comment => self.nodes.push(Node::Mark),
            Segment::Unclosed(range) => self.fail(ErrorCode::UnclosedTag, range),
            Segment::Print(tokens, range) => {
                self.last = range.clone();
                match self.placeholder(&tokens, &range) {
                    Ok(placeholder) => self.nodes.push(Node::Placeholder(placeholder)),
                    Err(error) => self.errors.push(error),
                }
            }
            Segment::Block(tokens, range) => {
                self.nodes.push(Node::Mark);
                self.block(&tokens, range);
            }
        }
    }

    /// `path | filter | filter("argument")`.
    fn placeholder(&mut self, tokens: &[Placed], whole: &Range<usize>) -> Result<Placeholder, TemplateError> {
        let source = self.source;
        let fail = |fault: Fault, range: &Range<usize>| TemplateError::at(source, fault, range.clone());
        let mut tokens = tokens.iter().peekable();
        let name = match tokens.next() {
            Some((Token::Name(text), range)) => name(text, self.scope).map_err(|fault| fail(fault, range))?,
            Some((_, range)) => return Err(fail(ErrorCode::UnexpectedToken.into(), range)),
            None => return Err(fail(ErrorCode::UnexpectedToken.into(), whole)),
        };
        let mut filters = Vec::new();
        let mut kind = name.kind();
        while let Some((token, range)) = tokens.next() {
            if *token != Token::Sign("|") {
                return Err(fail(ErrorCode::UnexpectedToken.into(), range));
            }
            let Some((Token::Name(called), range)) = tokens.next() else {
                return Err(fail(ErrorCode::UnexpectedToken.into(), range));
            };
            let mut argument = None;
            if tokens.next_if(|(token, _)| *token == Token::Sign("(")).is_some() {
                argument = Some(match tokens.next() {
                    Some((Token::Text(text), _)) => Argument::Text(text.clone()),
                    Some((Token::Number(number), _)) => Argument::Number(*number),
                    _ => return Err(fail(ErrorCode::BadArgument.into(), range)),
                });
                if tokens.next_if(|(token, _)| *token == Token::Sign(")")).is_none() {
                    return Err(fail(ErrorCode::BadArgument.into(), range));
                }
            }
            let filter = Filter::new(called, argument.as_ref(), kind).map_err(|fault| fail(fault, range))?;
            filters.push(filter.0);
            kind = filter.1;
        }
        let place = self.context.placeholder(kind).unwrap_or_else(|Forbidden| {
            self.fail(ErrorCode::ContextForbidden, whole.clone());
            Place::Body
        });
        Ok(Placeholder { name, filters, kind, place })
    }

    fn block(&mut self, tokens: &[Placed], range: Range<usize>) {
        let Some(((first, place), rest)) = tokens.split_first() else {
            return self.fail(ErrorCode::UnexpectedToken, range);
        };
        let Token::Name(name) = first else { return self.fail(ErrorCode::UnexpectedToken, place.clone()) };
        match name.as_str() {
            "if" => self.begin(rest, range),
            "elif" | "else" => self.next_branch(name == "else", rest, range),
            "endif" => {
                self.nothing_more(rest);
                self.end(range);
            }
            _ => self.fail(Fault::near(ErrorCode::UnknownBlock, name, BLOCKS), place.clone()),
        }
    }

    fn begin(&mut self, tokens: &[Placed], range: Range<usize>) {
        if self.open.len() == DEPTH {
            self.fail(ErrorCode::TooLong, range.clone());
        }
        let condition = logic::condition(self.source, self.scope, tokens, &range, &mut self.errors);
        self.open.push(Open {
            place: range,
            outer: std::mem::take(&mut self.nodes),
            branches: Vec::new(),
            condition,
            has_else: false,
            start: self.context.clone(),
            ends: Vec::new(),
        });
    }

    fn next_branch(&mut self, is_else: bool, tokens: &[Placed], range: Range<usize>) {
        let condition = if is_else {
            self.nothing_more(tokens);
            None
        } else {
            logic::condition(self.source, self.scope, tokens, &range, &mut self.errors)
        };
        match self.open.last_mut() {
            Some(open) if !open.has_else => {
                open.close(&mut self.nodes, &mut self.context);
                open.condition = condition;
                open.has_else = is_else;
                self.nodes.push(Node::Mark);
            }
            _ => self.fail(ErrorCode::UnbalancedIf, range),
        }
    }

    fn end(&mut self, range: Range<usize>) {
        let deep = self.open.len() > DEPTH;
        let Some(mut open) = self.open.pop() else { return self.fail(ErrorCode::UnbalancedIf, range) };
        open.close(&mut self.nodes, &mut self.context);
        self.nodes = open.outer;
        // What is too deep is an error already; it is not kept, so that nothing deep is ever walked.
        if !deep {
            self.nodes.push(Node::If(open.branches));
        }
        self.nodes.push(Node::Mark);
        let mut ends = open.ends.into_iter();
        let mut joined = ends.next().unwrap_or_else(|| open.start.clone());
        for end in ends.chain((!open.has_else).then_some(open.start)) {
            let Ok(context) = joined.clone().join(end) else {
                self.fail(ErrorCode::ContextForbidden, open.place);
                break;
            };
            joined = context;
        }
        self.context = joined;
    }

    fn nothing_more(&mut self, tokens: &[Placed]) {
        if let Some((_, range)) = tokens.first() {
            self.fail(ErrorCode::UnexpectedToken, range.clone());
        }
    }
}

impl Open {
    /// Ends the branch that is being read and starts the next one where this one started.
    fn close(&mut self, nodes: &mut Vec<Node>, context: &mut Context) {
        self.branches.push(Branch { condition: self.condition.take(), nodes: std::mem::take(nodes) });
        self.ends.push(std::mem::replace(context, self.start.clone()));
    }
}
