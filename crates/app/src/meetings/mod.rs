//! Booking a meeting, and what may become of it.

pub mod answers;
pub mod attendance;
pub mod book;
pub mod cancel;
pub mod guests;
pub mod list;
pub mod reassign;
pub mod reschedule;
pub mod review;
pub mod wrap_up;

use crate::secrets::Secrets;
use crate::{Actor, App, Ctx, Error, Refusal};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_store::Tx;

/// A meeting with the agent who holds it, as the one who asks may see it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The meeting.
    pub meeting: Meeting,
    /// Who holds it.
    pub agent: Agent,
    /// As whom the one who asks acts on it.
    pub party: Party,
}

/// The meeting with this id, for its agent, an admin, or the holder of its personal link.
///
/// # Errors
/// `NotFound`, for a foreign meeting as for a missing one.
pub async fn see(app: &App, ctx: &Ctx, id: MeetingId) -> Result<Seen, Error> {
    let found = app
        .store()
        .read(|tx| async move {
            let Some(meeting) = tx.meeting(id).await? else { return Ok::<_, Error>(None) };
            let agent = tx.agent(meeting.agent_id).await?;
            Ok(agent.map(|agent| (meeting, agent)))
        })
        .await?;
    let (meeting, agent) = found.ok_or(Error::NotFound)?;
    let party = party(ctx, &meeting).ok_or(Error::NotFound)?;
    Ok(Seen { meeting, agent, party })
}

/// As whom the one who asks may act on a meeting.
pub(crate) fn party(ctx: &Ctx, meeting: &Meeting) -> Option<Party> {
    match ctx.actor {
        Actor::Agent { id, .. } if id == meeting.agent_id => Some(Party::Agent),
        Actor::Agent { role: Role::Admin, .. } => Some(Party::Organisation),
        Actor::Link { meeting: id, party } if id == meeting.id => Some(party),
        Actor::Agent { .. } | Actor::Link { .. } | Actor::Nobody => None,
    }
}

/// The meeting, read under the lock of the agent who holds it.
pub(crate) async fn locked(tx: &Tx, id: MeetingId) -> Result<Meeting, Error> {
    let unlocked = tx.meeting(id).await?.ok_or(Error::NotFound)?;
    tx.lock_agent(unlocked.agent_id).await?;
    let meeting = tx.meeting(id).await?.ok_or(Error::NotFound)?;
    // It became another agent's while this one's lock was awaited: whoever asks has not seen it so.
    if meeting.agent_id == unlocked.agent_id { Ok(meeting) } else { Err(Error::Stale) }
}

/// How long after a meeting's end its personal links still show it (`security.md` P6).
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Who holds the personal link with this token.
///
/// # Errors
/// `NotFound` for a token that is not ours or was made void; `Refused(LinkDead)` long after the meeting.
pub async fn link_actor(app: &App, now: Timestamp, token: &str) -> Result<Actor, Error> {
    let link = Secrets::read_manage(token).ok_or(Error::NotFound)?;
    let id = link.meeting;
    let found = app.store().read(|tx| async move {
        let Some(meeting) = tx.meeting(id).await? else { return Ok::<_, Error>(None) };
        let agent = tx.agent(meeting.agent_id).await?;
        Ok(Some((meeting, agent)))
    });
    let (meeting, agent) = found.await?.ok_or(Error::NotFound)?;
    // Whoever was deactivated holds no key to customers any more; a closed account keeps those of its last meetings.
    let is_out = agent.is_none_or(|agent| agent.status == AgentStatus::Disabled);
    if link.party == Party::Agent && is_out {
        return Err(Error::NotFound);
    }
    let holds = |version| app.secrets().verify_manage(&link, version);
    let version = meeting.link_version_of(link.party);
    if !holds(version) {
        // The link of an agent who held the meeting before: it was a link, and is none any more.
        let former = link.party == Party::Agent && (1..version).any(holds);
        return Err(if former { Refusal::MeetingReassigned.into() } else { Error::NotFound });
    }
    if now.duration_since(meeting.end) > KEPT {
        return Err(Refusal::LinkDead.into());
    }
    Ok(Actor::Link { meeting: meeting.id, party: link.party })
}

/// The personal address of a party's page for a meeting.
#[must_use]
pub fn manage_url(app: &App, meeting: &Meeting, party: Party) -> String {
    app.url(&format!("/m/{}", app.secrets().manage_token(meeting.id, party, meeting.link_version_of(party))))
}
