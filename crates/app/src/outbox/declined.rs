//! That somebody will not come, told to the agent.

use super::account_message;
use super::undelivered::who;
use crate::{App, Error, meetings};
use jiff::Timestamp;
use nameplate_domain::account::{AgentStatus, EmailAddress};
use nameplate_domain::meetings::{Answer, Meeting, Party, Status, answer_of};
use nameplate_notify::account::AccountEvent;
use nameplate_store::{OutboxRow, Tx};
use serde::{Deserialize, Serialize};

/// The kind of message that tells an agent.
pub(super) const KIND: &str = "attendance_declined";

#[derive(Serialize, Deserialize)]
struct Body {
    meeting: String,
    attendee: String,
}

pub(crate) async fn tell_declined(
    tx: &Tx,
    meeting: &Meeting,
    attendee: &EmailAddress,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(agent) = tx.agent(meeting.agent_id).await? else { return Ok(()) };
    if agent.status != AgentStatus::Active {
        return Ok(());
    }
    let body = Body { meeting: meeting.id.to_string(), attendee: attendee.to_string() };
    let body = serde_json::to_string(&body).unwrap_or_default();
    let row = account_message(KIND, &agent, agent.email.as_str(), now);
    Ok(tx.enqueue(&OutboxRow { body, ..row }).await?)
}

/// What an agent is told; none when it is not so any more.
pub(super) async fn event(app: &App, row: &OutboxRow) -> Result<Option<AccountEvent>, Error> {
    let unreadable = || Error::Internal("the body of a message is not readable");
    let body: Body = serde_json::from_str(&row.body).map_err(|_| unreadable())?;
    let id = body.meeting.parse().map_err(|_| unreadable())?;
    let attendee = EmailAddress::stored(body.attendee);
    let (to, address) = (row.uid.clone(), attendee.clone());
    let found = app
        .store()
        .read(move |tx| async move {
            let Some(meeting) = tx.meeting(id).await? else { return Ok::<_, Error>(None) };
            let Some(agent) = tx.agent(meeting.agent_id).await? else { return Ok(None) };
            let answers = tx.answers(id, meeting.timed_at).await?;
            let stands = meeting.status == Status::Scheduled
                && agent.id.to_string() == to
                && answer_of(&answers, &address) == Some(Answer::Declined);
            Ok(stands.then_some((meeting, agent)))
        })
        .await?;
    Ok(found.map(|(meeting, agent)| AccountEvent::AttendanceDeclined {
        customer: who(meeting.has_guest(&attendee), &meeting, &agent),
        address: attendee,
        link: meetings::manage_url(app, &meeting, Party::Agent),
        meeting: meeting.title,
        time: (meeting.start, meeting.end),
    }))
}
