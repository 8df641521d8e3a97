//! What those who are invited answer by their calendars. An answer changes nothing: a meeting that somebody declined stands until it
//! is cancelled, and its agent is asked to look.

use super::locked;
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, outbox};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Answer, Answered, Meeting, Status, answer_of};
use nameplate_notify::reply::Reply;
use nameplate_store::Tx;
use subtle::ConstantTimeEq;

/// By so much the clock of who answers may be wrong.
const CLOCKS: SignedDuration = SignedDuration::from_mins(10);

/// The answers to a meeting as it stands now: those to an earlier time of it are void.
///
/// # Errors
/// The database's.
pub async fn of(app: &App, meeting: &Meeting) -> Result<Vec<Answered>, Error> {
    let (id, since) = (meeting.id, meeting.timed_at);
    app.store().read(move |tx| async move { Ok(tx.answers(id, since).await?) }).await
}

/// Takes an answer that came by mail. One that names no meeting of ours by its token, or nobody who is invited, is thrown away.
///
/// # Errors
/// The database's.
pub(crate) async fn take(app: &App, now: Timestamp, reply: Reply) -> Result<(), Error> {
    let Some(id) = reply.uid.split('@').next().and_then(|id| id.parse().ok()) else { return Ok(()) };
    let token = app.secrets().organizer_token(id);
    let knows = |said: &String| bool::from(said.to_ascii_lowercase().as_bytes().ct_eq(token.as_bytes()));
    // The token stands in the invitations of all who take part: who answers answers for themselves.
    let addresses = (EmailAddress::parse(&reply.attendee), EmailAddress::parse(&reply.from));
    let (Ok(attendee), Ok(from)) = addresses else { return Ok(()) };
    if !reply.tokens.iter().any(knows) || attendee.canonical() != from.canonical() {
        return Ok(());
    }
    let inner = app.clone();
    let told =
        app.store().write(move |tx| async move { take_in(&inner, &tx, id, &attendee, &reply, now).await });
    if told.await? {
        app.wake_outbox();
    }
    Ok(())
}

/// Whether its agent is told of it.
async fn take_in(
    app: &App,
    tx: &Tx,
    id: MeetingId,
    attendee: &EmailAddress,
    reply: &Reply,
    now: Timestamp,
) -> Result<bool, Error> {
    let meeting = match locked(tx, id).await {
        Err(Error::NotFound) => return Ok(false),
        found => found?,
    };
    // Mails come late, and clocks differ.
    let at = reply.at.unwrap_or(now).min(now);
    let is_current =
        at + CLOCKS >= meeting.timed_at && reply.start.is_none_or(|start| start == meeting.start);
    let ahead = meeting.status == Status::Scheduled && meeting.end > now;
    let Some(invited) = meeting.invited(attendee).filter(|_| ahead && is_current) else { return Ok(false) };
    let before = answer_of(&tx.answers(id, meeting.timed_at).await?, attendee);
    let at = at.max(meeting.timed_at);
    let answered = Answered { attendee: attendee.canonical(), answer: reply.answer, at };
    let is_new = tx.put_answer(id, &answered).await?;
    if !is_new || answered.answer != Answer::Declined || before == Some(Answer::Declined) {
        return Ok(false);
    }
    let limits = &app.settings().limits;
    if limits.enabled {
        // Who changes their mind all day is noted, and told no more.
        let ctx = Ctx::server(now);
        let permit = [wanted(app, "declined", &limits.guest_meeting, &id.to_string())];
        match limits::take_in(tx, &ctx, &permit).await {
            Err(Error::Limited(_)) => return Ok(false),
            taken => taken?,
        }
    }
    outbox::tell_declined(tx, &meeting, invited, now).await?;
    Ok(true)
}
