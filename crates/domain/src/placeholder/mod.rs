//! Placeholders: `{{ agent.name }}` in the text of messages.
//!
//! A template is written for one [`Sink`] and renders with [`Values`]. The paths are a closed list ([`Path`]); a value is
//! data and is never read as a template, so a customer called `{{ agent.email }}` stays that text. Escaping belongs to the
//! sink and cannot be switched off (security.md C5). The language is a subset of Jinja: `{{ path | filter("argument") }}`.
//!
//! ```
//! use nameplate_domain::placeholder::{Path, Sink, Template, Value, Values};
//!
//! let signature = "{{ agent.name }}\nPhone: {{ agent.phone_number | phone(\"international\") }}";
//! let template = Template::parse(signature, Sink::Text).unwrap();
//! let mut values = Values::default();
//! values.set(Path::AgentName, Value::text("Zoë Bérg"));
//! assert_eq!(template.render(&values), "Zoë Bérg"); // no phone number, no line
//!
//! let errors = Template::parse("Call {{ agent.phone }}", Sink::Text).unwrap_err();
//! assert_eq!(errors[0].suggestion.as_deref(), Some("agent.phone_number"));
//! ```

mod error;
mod filter;
mod parse;
mod path;
mod render;
mod scan;
mod value;

pub use error::{ErrorCode, TemplateError};
pub use path::Path;
pub use render::{clean, escape};
pub use value::{Kind, Value, Values};

use filter::Filter;

/// Where the rendered text goes; it decides how a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sink {
    /// Plain text: a value stands as it is, with the newlines of [`Kind::Lines`].
    Text,
    /// HTML text: a value becomes `<bdi>` with `& < > " '` as entities. The template's own text is HTML.
    Html,
    /// A subject or another header: one line, times in their short form. The mail writer encodes it (RFC 2047).
    Header,
    /// TEXT of a calendar file, still plain: the writer of the file escapes the finished text once (RFC 5545, 3.3.11).
    IcsText,
}

/// A parsed template. Rendering cannot fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    sink: Sink,
    lines: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Placeholder(Placeholder),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Placeholder {
    path: Path,
    filters: Vec<Filter>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// All of its errors at once, in the order of the text.
    pub fn parse(source: &str, sink: Sink) -> Result<Self, Vec<TemplateError>> {
        parse::template(source, sink).map(|lines| Self { sink, lines })
    }

    /// The text with its values. A line whose placeholders are all empty goes, its literals too; runs of blank lines
    /// become one, and none stands at either end (`messages.md` section 6).
    #[must_use]
    pub fn render(&self, values: &Values) -> String {
        render::lines(&self.lines, self.sink, values)
    }

    /// The path, when the template is one placeholder and nothing else: the layout of a mail turns such an address into
    /// a link.
    #[must_use]
    pub fn only_path(&self) -> Option<Path> {
        match self.lines.as_slice() {
            [line] => match line.as_slice() {
                [Piece::Placeholder(placeholder)] => Some(placeholder.path),
                _ => None,
            },
            _ => None,
        }
    }
}
