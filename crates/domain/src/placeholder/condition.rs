//! What stands behind `if` and `elif`, and whether it holds for a message.

use super::{Kind, Name, Value, Values};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    /// A bare operand: a boolean is itself, everything else is asked whether it is not empty.
    Holds(Operand),
    Equal(Operand, Operand),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operand {
    Name(Name),
    Text(String),
    Number(i64),
    Boolean(bool),
}

/// What can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Number,
    Boolean,
    Time,
    Range,
}

impl Operand {
    fn sort(&self) -> Sort {
        match self {
            Self::Text(_) => Sort::Text,
            Self::Number(_) => Sort::Number,
            Self::Boolean(_) => Sort::Boolean,
            Self::Name(name) => match name.kind() {
                Kind::Number => Sort::Number,
                Kind::Boolean => Sort::Boolean,
                Kind::Time => Sort::Time,
                Kind::Range => Sort::Range,
                Kind::Text
                | Kind::Lines
                | Kind::Url
                | Kind::Email
                | Kind::Phone
                | Kind::Zone
                | Kind::Word
                | Kind::Date => Sort::Text,
            },
        }
    }

    /// Whether the two can be equal at all.
    pub(super) fn fits(&self, other: &Self) -> bool {
        self.sort() == other.sort()
    }

    /// None where it is empty.
    fn value(&self, values: &Values) -> Option<Value> {
        match self {
            Self::Name(name) => match values.filled(name)? {
                // As it is stored, however it is printed.
                Value::Phone(number) => Some(Value::text(number.e164())),
                Value::Date(date) => Some(Value::text(date.to_string())),
                Value::Answer(answer, _) => Some(Value::Boolean(answer)),
                value => Some(value),
            },
            Self::Text(text) => (!text.is_empty()).then(|| Value::text(text)),
            Self::Number(number) => Some(Value::Number(*number)),
            Self::Boolean(boolean) => Some(Value::Boolean(*boolean)),
        }
    }
}

impl Condition {
    pub(super) fn holds(&self, values: &Values) -> bool {
        match self {
            Self::Not(inner) => !inner.holds(values),
            Self::And(one, other) => one.holds(values) && other.holds(values),
            Self::Or(one, other) => one.holds(values) || other.holds(values),
            Self::Holds(operand) => operand.value(values).is_some_and(|value| value != Value::Boolean(false)),
            Self::Equal(one, other) => one.value(values) == other.value(values),
        }
    }
}
