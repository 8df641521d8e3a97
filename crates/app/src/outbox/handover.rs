//! What messages about a meeting need besides it.

use crate::accounts;
use jiff::Timestamp;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, EmailAddress, Note, Place, RecipientRole};
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::{Meeting, Status};
use nameplate_notify::meeting::{Links, MeetingFacts, PreviousAgent};
use serde::{Deserialize, Serialize};

/// Kept with the message. Where the meeting goes from here, and why, is nothing that the previous agent, or a former guest, is told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Handover {
    /// Who held the meeting before, or when somebody was taken off it.
    pub(super) previous_agent: Option<String>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    reason: Option<String>,
    /// What the agent wrote after it.
    wrap_up: Option<String>,
}

impl Handover {
    pub(super) fn of(meeting: &Meeting, previous: &Agent) -> Self {
        Self {
            previous_agent: Some(previous.id.to_string()),
            start: Some(meeting.start),
            end: Some(meeting.end),
            reason: meeting.reason.as_ref().map(ToString::to_string),
            wrap_up: None,
        }
    }

    /// A note after a meeting.
    pub(super) fn noted(note: &Note) -> Self {
        Self { wrap_up: Some(note.to_string()), ..Self::default() }
    }

    pub(super) fn wrap_up(&self) -> Option<Note> {
        self.wrap_up.clone().map(Note::stored)
    }

    /// A meeting that takes place without somebody.
    pub(super) fn without(meeting: &Meeting) -> Self {
        Self {
            previous_agent: Some(meeting.agent_id.to_string()),
            start: Some(meeting.start),
            end: Some(meeting.end),
            ..Self::default()
        }
    }

    /// What stands in the row; nothing where it is about something else.
    pub(super) fn read(body: &str) -> Self {
        serde_json::from_str(body).unwrap_or_default()
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn agent_id(&self) -> Option<AgentId> {
        self.previous_agent.as_ref()?.parse().ok()
    }

    /// The meeting as it was when it left its previous agent, or this guest: in their calendar it is cancelled with this sequence.
    /// Who else comes is nothing that they are told.
    pub(super) fn left(self, meeting: Meeting, version: i64, guest: Option<EmailAddress>) -> Meeting {
        Meeting {
            guests: guest.into_iter().collect(),
            status: Status::Cancelled,
            start: self.start.unwrap_or(meeting.start),
            end: self.end.unwrap_or(meeting.end),
            sequence: u32::try_from(version).unwrap_or(meeting.sequence),
            reason: self.reason.map(Note::stored),
            ..meeting
        }
    }
}

/// The previous agent as messages name them, and as they read their own.
pub(crate) fn previous_agent(agent: &Agent) -> PreviousAgent {
    PreviousAgent {
        name: Card::of(agent, Place::Messages).name.to_string(),
        email: agent.email.clone(),
        locale: accounts::language::of(agent),
        hours: accounts::language::hours(agent),
        zone: agent.time_zone.clone(),
    }
}

/// Whether messages to them have links to the meeting, which are keys to it.
pub(crate) const fn is_personal(to: RecipientRole) -> bool {
    matches!(to, RecipientRole::Customer | RecipientRole::Agent)
}

/// The facts without any link to the meeting: it is nobody's who reads them to change.
pub(crate) fn without_links(facts: MeetingFacts) -> MeetingFacts {
    let links = Links {
        manage: String::new(),
        reschedule: String::new(),
        cancel: String::new(),
        ics: String::new(),
        ..facts.links
    };
    MeetingFacts { links, ..facts }
}
