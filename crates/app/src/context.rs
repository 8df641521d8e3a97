//! Who asks, and when: made once per request and handed down.

use jiff::Timestamp;
use nameplate_domain::account::Role;
use nameplate_domain::ids::{AgentId, MeetingId};
use nameplate_domain::meetings::Party;

use crate::once::IdempotencyKey;

/// One request: it sees one instant.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// This request's instant.
    pub now: Timestamp,
    /// Who asks.
    pub actor: Actor,
    /// The client's network: an IPv4 address or an IPv6 /64.
    pub net: String,
    /// The client, as it names itself.
    pub user_agent: String,
    /// Makes the request safe to repeat.
    pub key: Option<IdempotencyKey>,
}

/// A session in which a password was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn {
    /// Hash of the session's token.
    pub token_hash: [u8; 32],
    /// When a password was last given in it.
    pub authenticated_at: Timestamp,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody we know.
    Nobody,
    /// An agent, signed in or by an API token.
    Agent {
        /// Which agent.
        id: AgentId,
        /// What they may do.
        role: Role,
        /// The browser's session; none with a token.
        session: Option<SignedIn>,
    },
    /// Somebody with a personal link to one meeting.
    Link {
        /// The meeting.
        meeting: MeetingId,
        /// For whom the link was made.
        party: Party,
    },
}

impl Ctx {
    /// What the server does by itself.
    pub(crate) fn server(now: Timestamp) -> Self {
        Self { now, actor: Actor::Nobody, net: String::new(), user_agent: String::new(), key: None }
    }

    /// The agent who asks.
    ///
    /// # Errors
    /// `NotSignedIn`.
    pub fn agent(&self) -> Result<AgentId, crate::Error> {
        match self.actor {
            Actor::Agent { id, .. } => Ok(id),
            Actor::Nobody | Actor::Link { .. } => Err(crate::Error::NotSignedIn),
        }
    }

    /// The admin who asks.
    ///
    /// # Errors
    /// `NotSignedIn`, also for any other agent.
    pub fn admin(&self) -> Result<AgentId, crate::Error> {
        match self.actor {
            Actor::Agent { id, role: Role::Admin, .. } => Ok(id),
            _ => Err(crate::Error::NotSignedIn),
        }
    }
}
