//! Ids: a kind prefix and a `UUIDv7`, written `agt_0198f2c4…`. One form in the database, the API and URLs.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Why a text is not an id of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// What the text form starts with.
            pub const PREFIX: &'static str = $prefix;

            /// Wraps a fresh `UUIDv7`.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID without its prefix.
            #[must_use]
            pub const fn uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let simple = text.strip_prefix($prefix).and_then(|rest| rest.strip_prefix('_')).ok_or(IdError)?;
                if simple.len() != 32 || simple.bytes().any(|b| b.is_ascii_uppercase()) {
                    return Err(IdError);
                }
                Uuid::try_parse(simple).map(Self).map_err(|_| IdError)
            }
        }
    )*};
}

ids! {
    /// An agent.
    AgentId = "agt";
    /// A meeting.
    MeetingId = "mtg";
    /// A meeting type of one agent.
    MeetingTypeId = "mty";
    /// A row of the outbox.
    OutboxId = "msg";
    /// A pending change of an email address.
    EmailChangeId = "emc";
    /// A former email address that can be brought back.
    EmailUndoId = "emu";
    /// An account that is to be erased.
    DeletionId = "del";
    /// A request for a new password by mail.
    PasswordResetId = "pwr";
    /// An invitation to choose the first password of an account.
    InvitationId = "inv";
    /// An API token.
    ApiTokenId = "tok";
    /// The private address of an agent's calendar.
    CalendarFeedId = "cal";
    /// A passkey of an agent.
    PasskeyId = "pky";
    /// A question that a passkey is to answer.
    PasskeyChallengeId = "pkc";
    /// A webhook.
    WebhookId = "whk";
    /// What a webhook is told of one event.
    DeliveryId = "dlv";
    /// A file of people that an admin has handed in.
    PeopleImportId = "imp";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_other_kinds_and_spellings_do_not() {
        let id = AgentId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_0001));
        assert_eq!(id.to_string().parse(), Ok(id));
        let text = id.to_string();
        assert_eq!(text.replace("agt", "mtg").parse::<AgentId>(), Err(IdError));
        assert_eq!(text.to_uppercase().parse::<AgentId>(), Err(IdError));
        assert_eq!("agt_0198f2c4-0000-7000-8000-000000000001".parse::<AgentId>(), Err(IdError));
        assert_eq!("".parse::<AgentId>(), Err(IdError));
    }
}
