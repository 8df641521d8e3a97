//! What a database can answer instead of a result.

use std::fmt;

/// A rule of the schema that a write broke; the caller turns it into an answer for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// Another account has this email address.
    AgentEmail,
    /// The slug is or was somebody's.
    Slug,
    /// The agent has a meeting type with this slug.
    MeetingTypeSlug,
    /// The agent is busy then (backstop: the check under the agent's lock was missed).
    MeetingOverlap,
    /// The key was used before.
    IdempotencyKey,
    /// The passkey is somebody's already.
    Passkey,
    /// The subject of an identity provider signs in to an account already, or the account has one.
    OidcLink,
    /// Another agent has this id in that system.
    ExternalId,
    /// A rule that no caller expects to break.
    Other,
}

/// Why a transaction failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not answer, or not in time. Trying again later may work.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A rule of the schema refused the write.
    #[error("a rule of the schema was broken: {0:?}")]
    Conflict(Constraint),
    /// What is stored does not read as what it should be, or the schema is not ours.
    #[error("the stored data is not as it should be: {0}")]
    Corrupt(String),
}

impl Error {
    pub(crate) fn unavailable(reason: impl fmt::Display) -> Self {
        Self::Unavailable(reason.to_string().into())
    }
}
