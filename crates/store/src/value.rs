//! The few kinds of values that both engines store alike: whole numbers, text and bytes.

use crate::error::Error;
use jiff::Timestamp;
use std::str::FromStr;

/// A parameter or a column. An instant is microseconds UTC, an id is its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// The parameters `$1`, `$2`, … of a query in their order.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] };
}
pub(crate) use params;

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(value.as_microsecond())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! ids {
    ($($id:ident),*) => {$(
        impl From<nameplate_domain::ids::$id> for Value {
            fn from(id: nameplate_domain::ids::$id) -> Self {
                Self::Text(id.to_string())
            }
        }
    )*};
}
ids!(
    AgentId,
    MeetingId,
    MeetingTypeId,
    OutboxId,
    EmailChangeId,
    DeletionId,
    EmailUndoId,
    InvitationId,
    PasswordResetId,
    ApiTokenId,
    CalendarFeedId,
    PasskeyId,
    PasskeyChallengeId,
    WebhookId,
    DeliveryId,
    PeopleImportId
);

/// One row of an answer, read from its first column to its last.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    fn take(&mut self) -> Result<Value, Error> {
        self.0.next().ok_or_else(|| Error::Corrupt("fewer columns than were asked for".into()))
    }

    pub(crate) fn int(&mut self) -> Result<i64, Error> {
        match self.take()? {
            Value::Int(value) => Ok(value),
            other => Err(wrong("a whole number", &other)),
        }
    }

    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>, Error> {
        match self.take()? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(value)),
            other => Err(wrong("a whole number", &other)),
        }
    }

    pub(crate) fn small(&mut self) -> Result<u32, Error> {
        let value = self.int()?;
        u32::try_from(value).map_err(|_| Error::Corrupt(format!("{value} is out of range")))
    }

    pub(crate) fn text(&mut self) -> Result<String, Error> {
        match self.take()? {
            Value::Text(value) => Ok(value),
            other => Err(wrong("text", &other)),
        }
    }

    pub(crate) fn opt_text(&mut self) -> Result<Option<String>, Error> {
        match self.take()? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value)),
            other => Err(wrong("text", &other)),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Error> {
        match self.take()? {
            Value::Bytes(value) => Ok(value),
            other => Err(wrong("bytes", &other)),
        }
    }

    pub(crate) fn opt_bytes(&mut self) -> Result<Option<Vec<u8>>, Error> {
        match self.take()? {
            Value::Null => Ok(None),
            Value::Bytes(value) => Ok(Some(value)),
            other => Err(wrong("bytes", &other)),
        }
    }

    pub(crate) fn instant(&mut self) -> Result<Timestamp, Error> {
        let value = self.int()?;
        Timestamp::from_microsecond(value).map_err(|_| Error::Corrupt(format!("{value} is not an instant")))
    }

    pub(crate) fn opt_instant(&mut self) -> Result<Option<Timestamp>, Error> {
        let value = self.opt_int()?;
        value
            .map(Timestamp::from_microsecond)
            .transpose()
            .map_err(|_| Error::Corrupt("not an instant".into()))
    }

    /// A text column that is read by a type's own parser.
    pub(crate) fn parse<T: FromStr>(&mut self) -> Result<T, Error> {
        let text = self.text()?;
        text.parse().map_err(|_| Error::Corrupt(format!("{text:?} is not a {}", std::any::type_name::<T>())))
    }
}

fn wrong(wanted: &str, found: &Value) -> Error {
    let kind = match found {
        Value::Null => "nothing",
        Value::Int(_) => "a whole number",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
    };
    Error::Corrupt(format!("a column holds {kind}, not {wanted}"))
}
