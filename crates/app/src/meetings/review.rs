//! How it was, as the customer says after a meeting.

use super::{locked, party, see};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, Refusal};
use jiff::Timestamp;
use nameplate_domain::account::{Note, Notification};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Party, Rating, Review};

/// What the customer says of a meeting; nothing before its end.
///
/// # Errors
/// The database's.
pub async fn of(app: &App, meeting: &Meeting, now: Timestamp) -> Result<Option<Review>, Error> {
    let id = meeting.id;
    if meeting.end > now {
        return Ok(None);
    }
    app.store().read(move |tx| async move { Ok(tx.review(id).await?) }).await
}

/// Keeps what its customer says of a meeting that is over, in place of what they said before; they are asked no more.
///
/// # Errors
/// `NotFound` for anybody else; `Refused` before its end, when it was cancelled, or when the customer did not come; `Limited`.
pub async fn leave(
    app: &App,
    ctx: &Ctx,
    id: MeetingId,
    rating: Rating,
    comment: Option<Note>,
) -> Result<(), Error> {
    if see(app, ctx, id).await?.party != Party::Customer {
        return Err(Error::NotFound);
    }
    let (inner, ctx) = (app.clone(), ctx.clone());
    let review = Review { rating, comment, at: ctx.now };
    app.store()
        .write(move |tx| async move {
            let meeting = locked(&tx, id).await?;
            party(&ctx, &meeting).ok_or(Error::NotFound)?;
            meeting.reviewable(ctx.now).map_err(Refusal::from)?;
            if inner.settings().limits.enabled {
                let limit = &inner.settings().limits.manage_change;
                limits::take_in(&tx, &ctx, &[wanted(&inner, "review", limit, &id.to_string())]).await?;
            }
            tx.put_review(id, &review).await?;
            tx.supersede_kind(id, Notification::ReviewRequest.as_str()).await?;
            Ok(())
        })
        .await
}
