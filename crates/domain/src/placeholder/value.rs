//! What a placeholder stands for in one message.

use super::{Name, Path, clean};
use crate::account::{FieldKey, PhoneNumber};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The kind of value that a path has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// An address of the web.
    Url,
    /// An email address.
    Email,
    /// A phone number.
    Phone,
    /// An instant, printed with its zone.
    Time,
    /// From one instant to another.
    Range,
    /// A day of the calendar.
    Date,
    /// The name of a time zone.
    Zone,
    /// A word of a closed list: [`Path::words`].
    Word,
    /// A whole number.
    Number,
    /// True or false.
    Boolean,
}

impl Kind {
    /// The name of the type in the documentation.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Lines => "lines",
            Self::Url => "url",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Time => "datetime",
            Self::Range => "range",
            Self::Date => "date",
            Self::Zone => "zone",
            Self::Word => "enum",
            Self::Number => "integer",
            Self::Boolean => "boolean",
        }
    }

    /// Whether a value may have several lines, where the sink has lines.
    pub(super) const fn has_lines(self) -> bool {
        matches!(self, Self::Lines | Self::Range)
    }
}

/// A value. Its text is data, whatever it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, lines, an address of the web, an email address, a zone or a word.
    Plain(String),
    /// A phone number.
    Phone(PhoneNumber),
    /// An instant.
    Time(Timestamp),
    /// From one instant to another.
    Range(Timestamp, Timestamp),
    /// A whole number.
    Number(i64),
    /// True or false.
    Boolean(bool),
    /// A day of the calendar.
    Date(Date),
    /// True or false, printed as this word.
    Answer(bool, String),
}

impl Value {
    /// A plain value.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }
}

/// The values of one message; a path without one is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    paths: BTreeMap<Path, Value>,
    fields: BTreeMap<FieldKey, Value>,
}

impl Values {
    /// Sets a value, in place of an earlier one.
    pub fn set(&mut self, path: Path, value: Value) {
        self.paths.insert(path, value);
    }

    /// Sets a plain value.
    pub fn set_text(&mut self, path: Path, text: impl Into<String>) {
        self.set(path, Value::text(text));
    }

    /// Sets what a profile field holds.
    pub fn set_field(&mut self, key: FieldKey, value: Value) {
        self.fields.insert(key, value);
    }

    /// The value of a path.
    #[must_use]
    pub fn get(&self, path: Path) -> Option<&Value> {
        self.paths.get(&path)
    }

    /// The value of what a placeholder names.
    #[must_use]
    pub fn of(&self, name: &Name) -> Option<&Value> {
        match name {
            Name::Path(path) => self.get(*path),
            Name::Field(key, _) => self.fields.get(key),
        }
    }

    /// The value as conditions see it: cleaned as it is for printing, and none where nothing would be printed.
    pub(super) fn filled(&self, name: &Name) -> Option<Value> {
        match self.of(name)? {
            Value::Plain(text) => {
                let text = clean(text, name.kind().has_lines());
                (!text.is_empty()).then_some(Value::Plain(text))
            }
            other => Some(other.clone()),
        }
    }
}
