//! SMS through a provider (`messages.md` section 5). A provider takes a finished text; what became of it, and what people write
//! back, comes later as calls from outside, in any order and perhaps twice.

mod generic;
mod http;
mod kannel;
mod twilio;

pub use generic::{Description, Generic, GenericError};
pub use http::Reach;
pub use kannel::Kannel;
pub use twilio::Twilio;

use crate::meeting::{MeetingFacts, Notification, RecipientRole};
use crate::{blocks, values};
use jiff::Timestamp;
use nameplate_domain::ids::OutboxId;
use nameplate_domain::placeholder::Sink;
use nameplate_domain::sms::Segments;
use nameplate_domain::templates::Part;
use nameplate_domain::time::Tzdb;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// So many messages a text may take (security.md P4).
const MOST: usize = 3;

/// What a provider answers in its own time.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A text as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The id of its outbox row, the same on every try.
    pub id: OutboxId,
    /// The number, as `+` and digits.
    pub to: String,
    /// The finished text.
    pub text: String,
    /// Where its provider tells what became of it.
    pub status_url: String,
    /// When it was due: whatever reads the same and left before is another.
    pub since: Timestamp,
}

/// What a try to send came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has it.
    Accepted {
        /// The provider's name for it, where it gave one.
        reference: Option<String>,
        /// What it said.
        answer: String,
    },
    /// The provider knows that this number wants no messages of this sender.
    OptedOut,
    /// Refused for good.
    Refused {
        /// Why.
        answer: String,
    },
    /// Not sent; worth another try.
    Later {
        /// Why.
        answer: String,
    },
    /// Nobody knows: the provider may have it.
    Perhaps {
        /// Why.
        answer: String,
    },
}

/// What a provider knows of an earlier try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier {
    /// It has the text: its name for it.
    Taken(String),
    /// It has not.
    NotTaken,
    /// It did not say.
    Silent {
        /// Why.
        answer: String,
    },
    /// It cannot be asked.
    Mute,
}

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// On its way.
    Underway,
    /// In the phone.
    Delivered,
    /// It will not arrive.
    Failed,
    /// It will not arrive, because its number wants no messages of this sender.
    OptedOut,
}

/// What a provider tells about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which text.
    pub id: OutboxId,
    /// What became of it.
    pub state: State,
    /// What the provider says of it.
    pub answer: String,
}

/// What somebody wrote back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// Whose number.
    pub from: String,
    /// To which of ours.
    pub to: String,
    /// What they wrote.
    pub text: String,
}

/// A call of a provider.
#[derive(Debug, Clone, Copy)]
pub struct Callback<'a> {
    /// The public address that was called, with its query.
    pub url: &'a str,
    /// The fields of the query.
    pub query: &'a [(String, String)],
    /// The fields of the body, a form or an object of JSON.
    pub fields: &'a [(String, String)],
    /// The header `X-Twilio-Signature`.
    pub signature: Option<&'a str>,
}

impl Callback<'_> {
    /// A field of the body, or else of the query.
    fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().chain(self.query).find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    fn wanted(&self, name: &'static str) -> Result<&str, CallbackError> {
        self.field(name).ok_or(CallbackError::Missing(name))
    }

    /// Our id of the text, which we put into the address ourselves or into the template.
    fn id(&self) -> Result<OutboxId, CallbackError> {
        self.wanted("id")?.parse().map_err(|_| CallbackError::Missing("id"))
    }
}

/// Why a call is not believed or not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// It is not the provider's.
    #[error("the signature is not the provider's")]
    Signature,
    /// A field lacks or cannot be read.
    #[error("the field {0} is missing or not readable")]
    Missing(&'static str),
}

/// Who takes texts.
pub trait SmsProvider: fmt::Debug + Send + Sync + 'static {
    /// What recipients see as the sender.
    fn sender(&self) -> &str;

    /// Hands a text over.
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Outcome>;

    /// Whether an earlier try of the text arrived after all.
    fn sent_before<'a>(&'a self, text: &'a Text) -> Answer<'a, Earlier>;

    /// Reads what became of a text; none for what tells nothing.
    ///
    /// # Errors
    /// When it is not the provider's, or not readable.
    fn parse_status(&self, call: &Callback<'_>) -> Result<Option<Report>, CallbackError>;

    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// When it is not the provider's, or not readable.
    fn parse_inbound(&self, call: &Callback<'_>) -> Result<Inbound, CallbackError>;
}

/// The text of a notification; empty where it has none. What was written gives way to the built-in text where its values make
/// it longer than three messages (security.md P4).
#[must_use]
pub fn compose(
    kind: Notification,
    role: RecipientRole,
    facts: &MeetingFacts,
    sender: &str,
    tzdb: &Tzdb,
) -> String {
    let text = rendered(kind, role, facts, sender, tzdb);
    if Segments::of(&text).messages <= MOST {
        return text;
    }
    let built_in = MeetingFacts { written: Arc::default(), ..facts.clone() };
    rendered(kind, role, &built_in, sender, tzdb)
}

/// Where nobody can answer STOP, the text holds the link to the page with the button (messages.md 5).
fn rendered(
    kind: Notification,
    role: RecipientRole,
    facts: &MeetingFacts,
    sender: &str,
    tzdb: &Tzdb,
) -> String {
    let content = values::of(facts, role, Some(kind), tzdb);
    let text = blocks::Blocks::of(facts, kind.into(), role).render(Part::Sms, Sink::Sms, &content);
    let link = &facts.links.manage;
    if text.is_empty() || can_receive(sender) || text.contains(link.as_str()) {
        return text;
    }
    format!("{text} {link}")
}

/// Whether people can write back to a sender: a name has no number.
#[must_use]
pub fn can_receive(sender: &str) -> bool {
    let digits = sender.strip_prefix('+').unwrap_or(sender);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// One line of at most 300 characters: an answer is written by a stranger.
fn short(text: &str) -> String {
    nameplate_domain::placeholder::clean(text, false).chars().take(300).collect()
}
