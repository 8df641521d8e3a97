//! Stands in for `crate::time::ZoneId` until the time module has it.

/// The canonical IANA id of a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneId(String);

impl ZoneId {
    /// A value that was normalised before it was stored.
    #[must_use]
    pub fn stored(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
