//! What a placeholder stands for in one message.

use super::Path;
use crate::account::PhoneNumber;
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
}

/// A value. Its text is data, whatever it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, lines, an address of the web or an email address.
    Plain(String),
    /// A phone number.
    Phone(PhoneNumber),
    /// An instant as its reader reads it.
    Time {
        /// For bodies: `Tuesday 1 December 2026, 14:00 (Amsterdam, CET, UTC+1)`.
        full: String,
        /// For headers: `Tue 1 Dec 2026, 14:00 (Amsterdam, UTC+1)`.
        short: String,
    },
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
pub struct Values(BTreeMap<Path, Value>);

impl Values {
    /// Sets a value, in place of an earlier one.
    pub fn set(&mut self, path: Path, value: Value) {
        self.0.insert(path, value);
    }

    /// Sets a plain value.
    pub fn set_text(&mut self, path: Path, text: impl Into<String>) {
        self.set(path, Value::text(text));
    }

    /// The value of a path.
    #[must_use]
    pub fn get(&self, path: Path) -> Option<&Value> {
        self.0.get(&path)
    }
}
