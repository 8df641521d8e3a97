//! What may follow a path behind `|`.

use super::{ErrorCode, Kind, Value};

/// The names, for suggestions.
pub(super) const NAMES: [&str; 3] = ["default", "nl2br", "phone"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    /// Stands in for every empty value.
    Default(String),
    /// HTML: newlines become `<br>`; elsewhere they stay.
    LineBreaks,
    Phone(PhoneForm),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhoneForm {
    National,
    International,
    E164,
}

impl Filter {
    /// The filter of this name for a value of this kind.
    pub(super) fn new(name: &str, argument: Option<String>, kind: Kind) -> Result<Self, ErrorCode> {
        match (name, argument) {
            ("default", Some(text)) => Ok(Self::Default(text)),
            ("nl2br", None) => Ok(Self::LineBreaks),
            ("phone", Some(_)) if kind != Kind::Phone => Err(ErrorCode::WrongType),
            ("phone", Some(form)) => match &*form {
                "national" => Ok(Self::Phone(PhoneForm::National)),
                "international" => Ok(Self::Phone(PhoneForm::International)),
                "e164" => Ok(Self::Phone(PhoneForm::E164)),
                _ => Err(ErrorCode::BadArgument),
            },
            _ if NAMES.contains(&name) => Err(ErrorCode::BadArgument),
            _ => Err(ErrorCode::UnknownFilter),
        }
    }

    /// The value behind the filter.
    pub(super) fn apply(&self, value: Value) -> Value {
        match (self, value) {
            (Self::Phone(form), Value::Phone(number)) => Value::Plain(match form {
                PhoneForm::National => number.national(),
                PhoneForm::International => number.international(),
                PhoneForm::E164 => number.e164().to_owned(),
            }),
            (_, value) => value,
        }
    }
}
