//! What is personal in an entry: where from, with what, and the values. It can be erased; its code stays.

use crate::{Error, fresh, secrets};
use serde::{Deserialize, Serialize};

/// One value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field, as the API calls it.
    pub field: String,
    /// What was there; none when there was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What is there now; none when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Change {
    /// A field that holds something else now.
    #[must_use]
    pub fn new(field: &str, old: Option<impl ToString>, new: Option<impl ToString>) -> Self {
        let (old, new) = (old.map(|value| value.to_string()), new.map(|value| value.to_string()));
        Self { field: field.to_owned(), old, new }
    }

    /// The same, when the two differ.
    #[must_use]
    pub fn between<T: PartialEq + ToString>(field: &str, old: Option<&T>, new: Option<&T>) -> Option<Self> {
        (old != new).then(|| Self::new(field, old.map(ToString::to_string), new.map(ToString::to_string)))
    }

    /// Something that was added.
    #[must_use]
    pub fn added(field: &str, new: impl ToString) -> Self {
        Self::new(field, None::<String>, Some(new))
    }

    /// Something that was taken away.
    #[must_use]
    pub fn removed(field: &str, old: impl ToString) -> Self {
        Self::new(field, Some(old), None::<String>)
    }
}

/// The detail of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Random, so that from the code that stays nobody can find the value again by guessing, not even with the key.
    salt: String,
    /// The client's network.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub net: String,
    /// The browser, as it names itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub device: String,
    /// The values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

impl Detail {
    pub(super) fn new(net: &str, device: &str, changes: Vec<Change>) -> Self {
        let salt = secrets::url_safe(&fresh::bytes::<16>());
        Self { salt, net: net.to_owned(), device: device.to_owned(), changes }
    }

    pub(super) fn text(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|_| Error::Internal("a detail of the audit log"))
    }

    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|_| Error::Internal("a stored detail of the audit log"))
    }
}
