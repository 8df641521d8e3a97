//! `/api/v1/meetings/{id}`: for its agent, an admin, and whoever holds the customer's personal token.

use super::body::Body;
use super::booking::{answer, refused, start_of};
use super::call::{KnownCall, Named};
use super::etag::IfMatch;
use super::fields::Fields;
use super::problem::ApiError;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::meetings::guests::{self, Guests};
use nameplate_app::meetings::reassign::{self, Handover};
use nameplate_app::meetings::{self, Seen, attendance as attending, cancel as cancelling, reschedule};
use nameplate_app::{Actor, Error, accounts, once};
use nameplate_domain::account::{Agent, EmailAddress, Note, Problem};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Attendance, MOST_GUESTS, Meeting, Party};

async fn seen(call: &KnownCall, id: &str) -> Result<Seen, ApiError> {
    let id: MeetingId = id.parse().map_err(|_| ApiError::not_found())?;
    Ok(meetings::see(call.web.app(), &call.ctx, id).await?)
}

/// `GET /api/v1/meetings/{id}`
pub async fn get(call: KnownCall, Named(id): Named) -> Result<Response, ApiError> {
    let Seen { meeting, party, .. } = seen(&call, &id).await?;
    answer(&call.web, &call.ctx, StatusCode::OK, &meeting, party).await
}

/// `PATCH /api/v1/meetings/{id}`: another `start` moves it, another `agent` takes it over, other `guests` are
/// invited, `status` says afterwards whether the customer came; `reason` goes to the other side.
pub async fn change(
    call: KnownCall,
    Named(id): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let Seen { meeting, party, agent } = seen(&call, &id).await?;
    if_match.check(i64::from(meeting.sequence))?;
    let mut fields = body.fields();
    let wanted_agent = fields.given("agent", |text| Ok(text.to_owned()));
    let next = match wanted_agent {
        Some(wanted) => next_agent(&call, &mut fields, &wanted, &agent).await?,
        None => None,
    };
    let attendance = fields.given("status", attendance);
    if attendance.is_some() && ["start", "agent", "guests", "reason"].iter().any(|other| fields.has(other)) {
        fields.fault("status", "one_change_at_a_time");
    }
    let invites = fields.has("guests");
    let most = (MOST_GUESTS, &Problem::TooManyGuests { max: MOST_GUESTS });
    let guests = fields.texts("guests", most, EmailAddress::parse);
    let needs_start = fields.has("start") || (fields.has("reason") && next.is_none() && !invites);
    let start = if needs_start { start_of(&mut fields, &call.web) } else { None };
    if invites && fields.has("reason") {
        fields.fault("reason", "unknown_field");
    }
    let reason = fields.removable("reason", Note::parse).flatten();
    if next.is_some() && start.is_some_and(|start| start != meeting.start) {
        // Two changes, each with its own messages: one of them could be refused when the other is done.
        fields.fault("start", "one_change_at_a_time");
    }
    let has_other_start = start.is_some_and(|start| start != meeting.start);
    if guests.is_some() && (next.is_some() || has_other_start) {
        fields.fault("guests", "one_change_at_a_time");
    }
    fields.finish().map_err(|error| error.or_refused_as(&["agent_unknown"]))?;
    if let Some(attendance) = attendance {
        return note_attendance(&call, &meeting, party, attendance).await;
    }
    if let Some(next) = next {
        let wish = Handover { to: next.id.to_string(), reason, seen: if_match.version(meeting.sequence) };
        let done = reassign::reassign(call.web.app(), &call.ctx, meeting.id, wish).await?;
        let party = done.party.unwrap_or(Party::Organisation);
        return answer(&call.web, &call.ctx, StatusCode::OK, &done.meeting, party).await;
    }
    if let Some(guests) = guests {
        let (wish, seen) = (Guests::Are(guests), if_match.version(meeting.sequence));
        let changed = guests::change(call.web.app(), &call.ctx, meeting.id, wish, seen).await?;
        return answer(&call.web, &call.ctx, StatusCode::OK, &changed, party).await;
    }
    let Some(start) = start else {
        once::nothing_to_do(call.web.app(), &call.ctx).await?;
        return answer(&call.web, &call.ctx, StatusCode::OK, &meeting, party).await;
    };
    let zone = if party == Party::Customer { &meeting.customer_side.zone } else { &meeting.agent_side.zone };
    let moved = reschedule::reschedule(
        call.web.app(),
        &call.ctx,
        meeting.id,
        reschedule::Move { start, customer_zone: None, reason, seen: if_match.version(meeting.sequence) },
    )
    .await;
    let moved = moved.map_err(|error| refused(&call.web, zone, error))?;
    answer(&call.web, &call.ctx, StatusCode::OK, &moved.meeting, party).await
}

/// Whether the customer came: `missed`, or `completed` after all.
fn attendance(word: &str) -> Result<Attendance, Problem> {
    match word {
        "missed" => Ok(Attendance::Missed),
        "completed" => Ok(Attendance::Came),
        _ => Err(Problem::NotAChoice),
    }
}

async fn note_attendance(
    call: &KnownCall,
    meeting: &Meeting,
    party: Party,
    attendance: Attendance,
) -> Result<Response, ApiError> {
    if party == Party::Customer {
        return Err(ApiError::new(StatusCode::FORBIDDEN, "status_not_allowed"));
    }
    let noted = attending::note(call.web.app(), &call.ctx, meeting.id, attendance).await?;
    answer(&call.web, &call.ctx, StatusCode::OK, &noted, party).await
}

/// The agent who shall have the meeting. Whoever holds a link to it has no say in that, and is not told who there is.
async fn next_agent(
    call: &KnownCall,
    fields: &mut Fields,
    wanted: &str,
    agent: &Agent,
) -> Result<Option<Agent>, ApiError> {
    if wanted == agent.slug.as_str() || wanted == agent.id.to_string() {
        return Ok(None);
    }
    if !matches!(call.ctx.actor, Actor::Agent { .. }) {
        return Err(ApiError::new(StatusCode::FORBIDDEN, "reassign_not_allowed"));
    }
    match accounts::find(call.web.app(), wanted).await {
        Err(Error::NotFound) => {
            fields.fault("agent", "agent_unknown");
            Ok(None)
        }
        // A former slug may name the one who holds it.
        found => Ok(Some(found?).filter(|found| found.id != agent.id)),
    }
}

/// `DELETE /api/v1/meetings/{id}`: calls it off; the answer is the cancelled meeting.
pub async fn cancel(
    call: KnownCall,
    Named(id): Named,
    if_match: IfMatch,
    body: Body,
) -> Result<Response, ApiError> {
    let Seen { meeting, party, .. } = seen(&call, &id).await?;
    if_match.check(i64::from(meeting.sequence))?;
    let mut fields = body.fields();
    let reason = fields.removable("reason", Note::parse).flatten();
    fields.finish()?;
    let seen = if_match.version(meeting.sequence);
    let cancelled = cancelling::cancel(call.web.app(), &call.ctx, meeting.id, reason, seen).await?;
    answer(&call.web, &call.ctx, StatusCode::OK, &cancelled, party).await
}
