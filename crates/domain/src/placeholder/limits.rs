//! How long a template may be (security.md P4), in characters.

use super::{ErrorCode, Node, Sink, TemplateError};

/// A subject, or another text of one line.
const LINE: usize = 200;
/// A body.
const BODY: usize = 20_000;
/// What three segments of an SMS hold: the text of the template alone must fit, whichever branches are taken. Values come on
/// top, so the parts of a finished SMS are counted once more.
const SMS: usize = 3 * 153;

/// The error of a source that nobody looks into any further.
pub(super) fn source_too_long(source: &str, sink: Sink) -> Option<TemplateError> {
    let most = match sink {
        Sink::Header | Sink::IcsParameter => LINE,
        Sink::Text | Sink::Html | Sink::HtmlText | Sink::IcsText | Sink::Json | Sink::Sms => BODY,
    };
    let (start, _) = source.char_indices().nth(most)?;
    Some(TemplateError::at(source, ErrorCode::TooLong, start..source.len()))
}

pub(super) fn sms_too_long(source: &str, sink: Sink, nodes: &[Node]) -> Option<TemplateError> {
    let long = sink == Sink::Sms && longest(nodes) > SMS;
    long.then(|| TemplateError::at(source, ErrorCode::TooLong, 0..source.len()))
}

/// The characters of the literals, over the longest branches.
fn longest(nodes: &[Node]) -> usize {
    let of = |node: &Node| match node {
        Node::Literal(text) => text.chars().count(),
        Node::If(branches) => branches.iter().map(|branch| longest(&branch.nodes)).max().unwrap_or(0),
        _ => 0,
    };
    nodes.iter().map(of).sum()
}
