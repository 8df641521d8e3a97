//! How long a template may be (security.md P4), in characters.

use super::{ErrorCode, Node, Sink, TemplateError};

/// A subject, or another text of one line.
const LINE: usize = 200;
/// A body.
const BODY: usize = 20_000;
/// What three segments of an SMS hold: the text of the template alone must fit, whichever branches are taken. Values come on
/// top, so the parts of a finished SMS are counted once more.
const SMS: usize = 3 * 153;

pub(super) fn too_long(source: &str, sink: Sink, nodes: &[Node]) -> Option<TemplateError> {
    let most = match sink {
        Sink::Header | Sink::IcsParameter => LINE,
        Sink::Text | Sink::Html | Sink::IcsText | Sink::Json | Sink::Sms => BODY,
    };
    let (start, _) = source.char_indices().nth(most).or_else(|| {
        let long = sink == Sink::Sms && longest(nodes) > SMS;
        long.then_some((0, ' '))
    })?;
    Some(TemplateError::at(source, ErrorCode::TooLong, start..source.len()))
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
