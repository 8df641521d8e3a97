//! Whether the customer came, as the agent says after the start.

use super::{locked, party, see};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, Refusal, once, outbox};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Attendance, Meeting, Party};

/// Notes whether the customer came. The second time changes nothing.
///
/// # Errors
/// `NotFound`, also for its customer; `Refused` when it was cancelled, has not begun, is over for more than
/// [`MISSED_WITHIN`](nameplate_domain::meetings::MISSED_WITHIN), or was reviewed by who did not come; `Limited`.
pub async fn note(app: &App, ctx: &Ctx, id: MeetingId, attendance: Attendance) -> Result<Meeting, Error> {
    if see(app, ctx, id).await?.party == Party::Customer {
        return Err(Error::NotFound);
    }
    let inner = app.clone();
    let noted = once::write(app, ctx, move |tx, ctx| async move {
        let meeting = locked(&tx, id).await?;
        let agent = tx.agent(meeting.agent_id).await?.ok_or(Error::NotFound)?;
        party(&ctx, &meeting).ok_or(Error::NotFound)?;
        meeting.attendance_open(ctx.now).map_err(Refusal::from)?;
        if attendance == Attendance::Missed && tx.review(id).await?.is_some() {
            return Err(Refusal::MeetingReviewed.into());
        }
        let was_missed = meeting.missed_at.is_some();
        let meeting = meeting.with_attendance(attendance, ctx.now);
        if meeting.missed_at.is_some() != was_missed {
            if inner.settings().limits.enabled {
                let limit = &inner.settings().limits.manage_change;
                limits::take_in(&tx, &ctx, &[wanted(&inner, "attendance", limit, &id.to_string())]).await?;
            }
            tx.save_missed_at(id, meeting.missed_at).await?;
            outbox::tell_over(&tx, (&meeting, &agent), attendance, ctx.now).await?;
        }
        Ok::<_, Error>(meeting)
    });
    let meeting = noted.await?;
    app.wake_outbox();
    Ok(meeting)
}
