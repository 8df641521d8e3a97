//! What those who are invited answer by their calendars. An answer changes nothing: a meeting that somebody declined stands until it
//! is cancelled, and its agent is asked to look.

use crate::{App, Error, outbox};
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
    let Ok(attendee) = EmailAddress::parse(&reply.attendee) else { return Ok(()) };
    if !reply.tokens.iter().any(knows) {
        return Ok(());
    }
    // Mails come late, and clocks differ.
    let at = reply.at.filter(|at| now.duration_since(*at) > CLOCKS).unwrap_or(now);
    let answered = Answered { attendee: attendee.canonical(), answer: reply.answer, at };
    let told = app.store().write(move |tx| async move { take_in(&tx, id, &attendee, &answered, now).await });
    if told.await? {
        app.wake_outbox();
    }
    Ok(())
}

/// Whether its agent is told of it.
async fn take_in(
    tx: &Tx,
    id: MeetingId,
    attendee: &EmailAddress,
    answered: &Answered,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(meeting) = tx.meeting(id).await? else { return Ok(false) };
    let ahead = meeting.status == Status::Scheduled && meeting.end > now;
    let Some(invited) = meeting.invited(attendee).filter(|_| ahead && answered.at >= meeting.timed_at) else {
        return Ok(false);
    };
    let before = answer_of(&tx.answers(id, meeting.timed_at).await?, attendee);
    if !tx.put_answer(id, answered).await?
        || answered.answer != Answer::Declined
        || before == Some(Answer::Declined)
    {
        return Ok(false);
    }
    outbox::tell_declined(tx, &meeting, invited, now).await?;
    Ok(true)
}
