//! Placeholders: `{{ agent.name }}` in the text of messages.
//!
//! A template is written for one [`Sink`] and renders with [`Values`]. The paths are a closed list ([`Path`]); a value is
//! data and is never read as a template, so a customer called `{{ agent.email }}` stays that text. Escaping belongs to the
//! sink and cannot be switched off (security.md C5). The language is a subset of Jinja: `{{ path | filter("argument") }}`,
//! `{% if path == "text" and not other %}…{% elif … %}…{% else %}…{% endif %}` and `{# comment #}`. Those who write templates
//! read `docs/placeholders.md`.
//!
//! ```
//! # use nameplate_domain::placeholder::{Clock, TimePart, Whose, Width};
//! use nameplate_domain::placeholder::{Path, Sink, Template, Value, Values};
//! # struct Readings;
//! # impl Clock for Readings {
//! #     fn instant(&self, at: jiff::Timestamp, _: TimePart, _: Width, _: &Whose) -> String { at.to_string() }
//! #     fn range(&self, at: jiff::Timestamp, _: jiff::Timestamp, _: Width, _: &Whose) -> String { at.to_string() }
//! # }
//!
//! let signature = "{{ agent.name }}\nPhone: {{ agent.phone_number | phone(\"international\") }}";
//! let template = Template::parse(signature, Sink::Text).unwrap();
//! let mut values = Values::default();
//! values.set(Path::AgentName, Value::text("Zoë Bérg"));
//! assert_eq!(template.render(&values, &Readings), "Zoë Bérg"); // no phone number, no line
//!
//! let errors = Template::parse("Call {{ agent.phone }}", Sink::Text).unwrap_err();
//! assert_eq!(errors[0].suggestion.as_deref(), Some("agent.phone_number"));
//! ```

mod clock;
mod condition;
mod context;
mod error;
mod filter;
mod html;
mod limits;
mod link;
mod logic;
mod name;
mod parse;
mod path;
mod render;
mod scan;
mod sink;
mod synonyms;
mod units;
mod value;

pub use clock::{Clock, TimePart, Whose, Width};
pub use error::{ErrorCode, TemplateError};
pub use filter::FILTERS;
pub use name::{Fields, Name};
pub use path::Path;
pub(crate) use scan::literals;
pub use scan::names;
pub use sink::{clean, escape, parameter_text};
pub use synonyms::SYNONYMS;
pub use value::{Kind, Value, Values};

use condition::Condition;
use context::Place;
use filter::Filter;
use name::Scope;

/// Where the rendered text goes; it decides how a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sink {
    /// Plain text: a value stands as it is, with the newlines of [`Kind::Lines`].
    Text,
    /// HTML: the template's own text is HTML. In text a value becomes `<bdi>` with `& < > " '` as entities. It may also
    /// stand in a quoted `alt`, `aria-label`, `abbr` or `title`, be all of a `href`, or stand in its query.
    Html,
    /// HTML made of plain text: the template's own text is escaped too, and lines stay lines. The text parts of a mail are
    /// written once and render here and in [`Sink::Text`].
    HtmlText,
    /// A subject or another header: one line, times in their short form. The mail writer encodes it (RFC 2047).
    Header,
    /// A text message: values have one line and plain spaces, times are short; the newlines of the template stay.
    Sms,
    /// TEXT of a calendar file, still plain: the writer of the file escapes the finished text once (RFC 5545, 3.3.11).
    IcsText,
    /// A parameter of a calendar file, with its quotes: [`parameter_text`].
    IcsParameter,
    /// JSON: a value is a string, with its quotes unless it stands inside of one.
    Json,
}

/// A parsed template. Rendering cannot fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    sink: Sink,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Literal(String),
    Placeholder(Placeholder),
    /// The first branch whose condition holds.
    If(Vec<Branch>),
    /// A block tag or a comment: it leaves nothing, not even its line.
    Mark,
    /// HTML: the start tag of an element that counts for blank lines follows, until `Inside`.
    Open(&'static str),
    Inside,
    /// HTML: such an element ends, with its end tag.
    Close(&'static str, String),
    /// HTML: `<br>`.
    Break(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Branch {
    /// `else` has none.
    condition: Option<Condition>,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Placeholder {
    name: Name,
    filters: Vec<Filter>,
    /// Behind the filters.
    kind: Kind,
    place: Place,
}

impl Template {
    /// Reads a template that may use all paths.
    ///
    /// # Errors
    /// All of its errors at once, in the order of the text.
    pub fn parse(source: &str, sink: Sink) -> Result<Self, Vec<TemplateError>> {
        Self::parse_for(source, sink, &|_| true)
    }

    /// Reads a template for a message in which only some paths can have a value.
    ///
    /// # Errors
    /// All of its errors at once, in the order of the text.
    pub fn parse_for(
        source: &str,
        sink: Sink,
        allowed: &dyn Fn(Path) -> bool,
    ) -> Result<Self, Vec<TemplateError>> {
        Self::parse_with(source, sink, allowed, &Fields::default())
    }

    /// The same, where the template may name these profile fields too: every message has an agent.
    ///
    /// # Errors
    /// All of its errors at once, in the order of the text.
    pub fn parse_with(
        source: &str,
        sink: Sink,
        allowed: &dyn Fn(Path) -> bool,
        fields: &Fields,
    ) -> Result<Self, Vec<TemplateError>> {
        parse::template(source, sink, Scope { allowed, fields }).map(|nodes| Self { sink, nodes })
    }

    /// The text with its values. A line whose placeholders are all empty goes, its literals too; a line of block tags alone
    /// leaves none; runs of blank lines become one, and none stands at either end. In HTML an element goes in place of a
    /// line (`messages.md` section 6).
    #[must_use]
    pub fn render(&self, values: &Values, clock: &dyn Clock) -> String {
        render::text(&self.nodes, self.sink, values, clock)
    }

    /// The name, when the template is one placeholder and nothing else: the layout of a mail turns such an address into
    /// a link.
    #[must_use]
    pub fn only_name(&self) -> Option<&Name> {
        match self.nodes.as_slice() {
            [Node::Placeholder(placeholder)] => Some(&placeholder.name),
            _ => None,
        }
    }
}
