//! What messages about a reassigned meeting need besides the meeting.

use crate::accounts;
use jiff::Timestamp;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, Note, Place};
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::{Meeting, Status};
use nameplate_notify::meeting::{Links, MeetingFacts, PreviousAgent};
use serde::{Deserialize, Serialize};

/// Kept with the message. Where the meeting goes from here, and why, is nothing that the previous agent is told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Handover {
    /// Who held the meeting.
    pub(super) previous_agent: Option<String>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    reason: Option<String>,
}

impl Handover {
    pub(super) fn of(meeting: &Meeting, previous: &Agent) -> Self {
        Self {
            previous_agent: Some(previous.id.to_string()),
            start: Some(meeting.start),
            end: Some(meeting.end),
            reason: meeting.reason.as_ref().map(ToString::to_string),
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

    /// The meeting as it was when it left its previous agent: in their calendar it is cancelled with this sequence.
    pub(super) fn left(self, meeting: Meeting, version: i64) -> Meeting {
        Meeting {
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

/// The facts without any link to the meeting: it is somebody else's.
pub(super) fn without_links(facts: MeetingFacts) -> MeetingFacts {
    let links = Links {
        manage: String::new(),
        reschedule: String::new(),
        cancel: String::new(),
        ics: String::new(),
        ..facts.links
    };
    MeetingFacts { links, ..facts }
}
