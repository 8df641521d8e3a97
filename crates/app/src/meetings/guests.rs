//! Inviting others to a meeting, and taking them off it.

use super::{locked, party, see};
use crate::error::Invalid;
use crate::limits::{self, wanted};
use crate::{Actor, App, Ctx, Error, Refusal, once, outbox};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Meeting;
use nameplate_store::Tx;

/// What shall become of the list of guests.
#[derive(Debug, Clone)]
pub enum Guests {
    /// One more.
    With(EmailAddress),
    /// One less.
    Without(EmailAddress),
    /// These and no others.
    Are(Vec<EmailAddress>),
}

/// Changes who else is invited. Each new guest gets an invitation, each former one a cancellation, and whoever stays the new list.
/// `seen` is the sequence of the meeting that was seen, when it must still be the one.
///
/// # Errors
/// `NotFound`; `Refused` when it was cancelled before or has started; `Invalid` (`/guests/0` for the first) for whoever takes part
/// already and for more than [`MOST_GUESTS`](nameplate_domain::meetings::MOST_GUESTS); `Stale`; `Limited`.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    id: MeetingId,
    wish: Guests,
    seen: Option<u32>,
) -> Result<Meeting, Error> {
    see(app, ctx, id).await?;
    let inner = app.clone();
    let meeting =
        once::write(
            app,
            ctx,
            move |tx, ctx| async move { change_in(&inner, &tx, &ctx, id, wish, seen).await },
        )
        .await?;
    app.wake_outbox();
    Ok(meeting)
}

async fn change_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    id: MeetingId,
    wish: Guests,
    seen: Option<u32>,
) -> Result<Meeting, Error> {
    let before = locked(tx, id).await?;
    party(ctx, &before).ok_or(Error::NotFound)?;
    before.changeable(ctx.now).map_err(Refusal::from)?;
    let guests = match wish {
        // The second click: nothing to do and nothing to tell.
        Guests::With(guest) if before.has_guest(&guest) => return Ok(before),
        Guests::With(guest) => before.guests.iter().cloned().chain([guest]).collect(),
        Guests::Without(guest) => before.guests_without(&[guest]).cloned().collect(),
        Guests::Are(guests) => guests,
    };
    let wrong = before.guest_problems(&guests).into_iter();
    let wrong: Vec<_> =
        wrong.map(|(n, problem)| Invalid { pointer: format!("/guests/{n}"), problem }).collect();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let Some(guests) = before.other_guests(guests) else { return Ok(before) };
    if seen.is_some_and(|seen| seen != before.sequence) {
        return Err(Error::Stale);
    }
    let meeting = before.clone().with_guests(guests, ctx.now).map_err(Refusal::from)?;
    if app.settings().limits.enabled {
        limits::take_in(tx, ctx, &permits(app, ctx, &before, &meeting)).await?;
    }
    let agent = tx.agent(meeting.agent_id).await?.ok_or(Error::NotFound)?;
    if !tx.save_meeting(&meeting, before.sequence).await? {
        return Err(Error::Stale);
    }
    for former in before.guests_without(&meeting.guests) {
        tx.forget_answer(id, &former.canonical()).await?;
    }
    outbox::tell_guests(app, tx, (&before, &meeting), &agent).await?;
    Ok(meeting)
}

/// Whoever is invited gets as few mails as whoever is booked for, and who invites sends as few. Taking somebody off costs nothing: they
/// may have asked for it.
fn permits(app: &App, ctx: &Ctx, before: &Meeting, meeting: &Meeting) -> Vec<limits::Wanted> {
    let limits = &app.settings().limits;
    let by_link = matches!(ctx.actor, Actor::Link { .. });
    let mut permits = Vec::new();
    for guest in meeting.guests_without(&before.guests) {
        permits.push(wanted(app, "book_address", &limits.book_address, &guest.canonical()));
        permits.push(wanted(app, "guest_meeting", &limits.guest_meeting, &meeting.id.to_string()));
        if by_link {
            permits.push(wanted(app, "guest_net", &limits.guest_net, &ctx.net));
        }
    }
    // In one order, so that nobody waits in a circle.
    permits.sort_by(|one, other| one.0.cmp(&other.0));
    permits
}
