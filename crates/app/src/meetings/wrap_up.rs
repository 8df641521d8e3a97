//! The agent's note to the customer after a meeting.

use super::{locked, party, see};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, Refusal, outbox};
use nameplate_domain::account::Note;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Party, Status};

/// Sends a note to the customer of a meeting that has begun. Each is an email of its own; the meeting stays as it is.
///
/// # Errors
/// `NotFound`, also for its customer and before it begins; `Refused` when it was cancelled; `Limited`.
pub async fn send(app: &App, ctx: &Ctx, id: MeetingId, note: Note) -> Result<(), Error> {
    if see(app, ctx, id).await?.party == Party::Customer {
        return Err(Error::NotFound);
    }
    let (inner, ctx) = (app.clone(), ctx.clone());
    app.store()
        .write(move |tx| async move {
            let meeting = locked(&tx, id).await?;
            party(&ctx, &meeting).ok_or(Error::NotFound)?;
            if meeting.status == Status::Cancelled {
                return Err(Refusal::MeetingCancelled.into());
            }
            if meeting.start > ctx.now {
                return Err(Error::NotFound);
            }
            if inner.settings().limits.enabled {
                let limit = &inner.settings().limits.manage_change;
                limits::take_in(&tx, &ctx, &[wanted(&inner, "wrap_up", limit, &id.to_string())]).await?;
            }
            outbox::tell_wrap_up(&tx, &meeting, &note, ctx.now).await?;
            Ok::<_, Error>(())
        })
        .await?;
    app.wake_outbox();
    Ok(())
}
