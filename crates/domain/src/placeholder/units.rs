//! The blank-line rule in HTML: what goes when its placeholders are all empty is the innermost `p`, `li` or `tr`, or the
//! stretch between two `<br>` (`messages.md` section 6). Text outside of all elements is a stretch too.

use super::render::Item;

/// The element that ends a stretch.
pub(super) const BREAK: &str = "br";
/// The elements that go as a whole.
const UNITS: [&str; 3] = ["p", "li", "tr"];
/// These and the elements that bound them.
const TRACKED: [&str; 17] = [
    BREAK,
    "p",
    "li",
    "tr",
    "td",
    "th",
    "table",
    "ul",
    "ol",
    "div",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];
/// Elements without an end.
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];
/// Elements that are nested deeper than this are no units.
const DEPTH: usize = 64;

/// The name, if its element counts.
pub(super) fn tracked(name: &str) -> Option<&'static str> {
    TRACKED.into_iter().find(|tracked| *tracked == name)
}

struct Frame<'a> {
    name: &'static str,
    /// The start tag, until [`Item::Inside`].
    start: Vec<Item<'a>>,
    started: bool,
    children: Vec<Child<'a>>,
    end: &'a str,
}

enum Child<'a> {
    Item(Item<'a>),
    Break(&'a str),
    Frame(Frame<'a>),
}

/// What was found in a stretch or an element.
#[derive(Default)]
struct Found {
    html: String,
    placeholders: usize,
    filled: usize,
    /// Text that is there without a value.
    visible: bool,
    /// Whether something of it that could go has gone, or stayed.
    gone: bool,
    kept: bool,
}

impl Found {
    fn all_empty(&self) -> bool {
        let empty = self.placeholders > 0 && self.filled == 0;
        !self.kept && (empty || (self.gone && self.placeholders == 0 && !self.visible))
    }

    fn take(&mut self, other: &Self) {
        self.html += &other.html;
        self.placeholders += other.placeholders;
        self.filled += other.filled;
        self.visible |= other.visible;
        self.gone |= other.gone;
        self.kept |= other.kept;
    }
}

pub(super) fn html(items: Vec<Item<'_>>) -> String {
    let mut stack = vec![Frame::new("")];
    for item in items {
        match item {
            Item::Open(name) => open(&mut stack, name),
            Item::Close(name, tag) => close(&mut stack, name, tag),
            Item::Inside => top(&mut stack, |frame| frame.started = true),
            Item::Break(tag) => top(&mut stack, |frame| frame.children.push(Child::Break(tag))),
            item => top(&mut stack, |frame| {
                if frame.started {
                    frame.children.push(Child::Item(item));
                } else {
                    frame.start.push(item);
                }
            }),
        }
    }
    while stack.len() > 1 {
        pop(&mut stack);
    }
    stack.pop().map(|root| root.found().html.trim().to_owned()).unwrap_or_default()
}

impl Frame<'_> {
    fn new(name: &'static str) -> Self {
        Self { name, start: Vec::new(), started: name.is_empty(), children: Vec::new(), end: "" }
    }

    fn found(self) -> Found {
        let (root, unit) = (self.name.is_empty(), UNITS.contains(&self.name));
        let mut all = Found::default();
        for item in &self.start {
            all.item(item);
        }
        // Text in a start tag is no text.
        all.visible = false;
        let broken = root || self.children.iter().any(|child| matches!(child, Child::Break(_)));
        let stretches = stretches(self.children, root);
        let mut pending = "";
        for (stretch, separator) in stretches {
            if broken && stretch.all_empty() {
                all.html += &unmatched(&stretch.html);
                all.gone = true;
                continue;
            }
            all.html += std::mem::take(&mut pending);
            let shown = stretch.visible || stretch.filled > 0;
            all.take(&stretch);
            if broken {
                all.kept |= shown;
            }
            pending = separator;
        }
        if unit && all.all_empty() {
            return Found { gone: true, ..Found::default() };
        }
        all.html += self.end;
        if unit {
            return Found { html: all.html, kept: true, ..Found::default() };
        }
        all
    }
}

/// The children, cut at each `<br>`, with the `<br>` behind each; around the elements of the root too.
fn stretches(children: Vec<Child<'_>>, root: bool) -> Vec<(Found, &str)> {
    let mut stretches = Vec::new();
    let mut stretch = Found::default();
    for child in children {
        match child {
            Child::Item(item) => stretch.item(&item),
            Child::Break(tag) => stretches.push((std::mem::take(&mut stretch), tag)),
            Child::Frame(frame) if root => {
                stretches.push((std::mem::take(&mut stretch), ""));
                stretches.push((frame.found(), ""));
            }
            Child::Frame(frame) => stretch.take(&frame.found()),
        }
    }
    stretches.push((stretch, ""));
    stretches
}

impl Found {
    fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::Literal(text) => {
                self.visible |= is_visible(text);
                self.html += text;
            }
            Item::Value(text, filled) => {
                self.placeholders += 1;
                self.filled += usize::from(*filled);
                self.html += text;
            }
            _ => {}
        }
    }
}

fn top<'a>(stack: &mut [Frame<'a>], change: impl FnOnce(&mut Frame<'a>)) {
    if let Some(frame) = stack.last_mut() {
        change(frame);
    }
}

/// Opens an element and closes those whose end tag may be left out there.
fn open(stack: &mut Vec<Frame<'_>>, name: &'static str) {
    let closes: &[&str] = match name {
        "li" => &["p", "li"],
        "tr" => &["p", "td", "th", "tr"],
        "td" | "th" => &["p", "td", "th"],
        _ => &["p"],
    };
    while stack.last().is_some_and(|frame| closes.contains(&frame.name)) {
        pop(stack);
    }
    if stack.len() < DEPTH {
        stack.push(Frame::new(name));
    }
}

fn close<'a>(stack: &mut Vec<Frame<'a>>, name: &'static str, tag: &'a str) {
    if !stack.iter().any(|frame| frame.name == name) {
        top(stack, |frame| frame.children.push(Child::Item(Item::Literal(tag))));
        return;
    }
    while stack.last().is_some_and(|frame| frame.name != name) {
        pop(stack);
    }
    top(stack, |frame| frame.end = tag);
    pop(stack);
}

fn pop(stack: &mut Vec<Frame<'_>>) {
    if let Some(frame) = stack.pop() {
        top(stack, |parent| parent.children.push(Child::Frame(frame)));
    }
}

fn is_visible(html: &str) -> bool {
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        if !text.trim().is_empty() {
            return true;
        }
        rest = tag_end(tag).and_then(|end| tag.get(end + 1..)).unwrap_or_default();
    }
    !rest.trim().is_empty()
}

/// Where the `>` of a tag or a comment stands whose `<` was read: not inside quotes, and a comment's behind `--`.
fn tag_end(tag: &str) -> Option<usize> {
    if tag.starts_with("!--") {
        return tag.find("-->").map(|at| at + 2);
    }
    let mut quote = None;
    let end = tag.char_indices().find(|(_, c)| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if open == *c => quote = None,
            _ => {}
        }
        quote.is_none() && *c == '>'
    });
    end.map(|(at, _)| at)
}

/// The tags of a stretch that goes which open or close something outside of it: these stay.
fn unmatched(html: &str) -> String {
    let mut kept: Vec<(&str, &str)> = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let Some((inside, after)) = tag_end(tag).and_then(|end| tag.split_at_checked(end)) else { break };
        rest = after;
        if inside.starts_with('!') {
            continue;
        }
        let name =
            inside.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let opens = !inside.starts_with('/');
        let matches_last = kept.last().is_some_and(|(last, tag)| *last == name && !tag.starts_with('/'));
        if VOID.contains(&name) {
            // It holds nothing.
        } else if opens {
            kept.push((name, inside));
        } else if matches_last {
            kept.pop();
        } else {
            kept.push((name, inside));
        }
    }
    kept.iter().flat_map(|(_, inside)| ["<", *inside, ">"]).collect()
}
