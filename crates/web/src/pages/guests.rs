//! Who else is invited to a meeting: added and taken off on its page, by its customer and its agent.

use crate::failure::{Failure, Page, see_other};
use crate::forms::{Check, Form, error};
use crate::pages::manage::{View, open, page, seen};
use crate::pages::with_status;
use crate::view::FieldError;
use crate::view::manage::{Guest, GuestsPart};
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::meetings::guests::{Guests, change};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::meetings::{Answered, MOST_GUESTS, answer_of};

/// The part of the page; none where nobody is invited and nobody can be.
pub(super) fn part(visit: &Visit, view: &View, answers: &[Answered], may_change: bool) -> Option<GuestsPart> {
    let meeting = &view.seen.meeting;
    let guest = |guest: &EmailAddress| Guest {
        address: guest.to_string(),
        shown: guest.shown(),
        answer: answer(visit, answers, guest),
    };
    (may_change || !meeting.guests.is_empty()).then(|| GuestsPart {
        guests: meeting.guests.iter().map(guest).collect(),
        may_change,
        may_add: may_change && meeting.guests.len() < MOST_GUESTS,
        most: MOST_GUESTS.to_string(),
        version: meeting.sequence,
        typed: String::new(),
    })
}

/// "Declined"; none where nobody answered.
pub(super) fn answer(visit: &Visit, answers: &[Answered], address: &EmailAddress) -> Option<String> {
    answer_of(answers, address).map(|answer| visit.texts().text(&format!("answer-{answer}")))
}

/// `POST /m/{token}/guests`
pub(super) async fn add(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    let mut check = Check::default();
    let Some(guest) = check.take("guest", EmailAddress::parse(form.get("guest"))) else {
        return refused(&visit, &view, &form, check.errors(visit.texts())).await;
    };
    let wish = Guests::With(guest);
    match change(visit.web.app(), &view.ctx, view.seen.meeting.id, wish, Some(seen(&form))).await {
        // The second click: the list is as it was.
        Ok(meeting) if meeting.sequence == view.seen.meeting.sequence => Ok(see_other(&view.base)),
        Ok(_) => Ok(see_other(&format!("{}?saved=guest-added", view.base))),
        Err(Error::Invalid(wrong)) => {
            let wrong = wrong.iter().map(|one| error(visit.texts(), "guest", &one.problem)).collect();
            refused(&visit, &view, &form, wrong).await
        }
        Err(Error::Stale) => {
            let text = visit.texts().text("guest-stale");
            refused(&visit, &view, &form, vec![FieldError { field: "guest".to_owned(), text }]).await
        }
        Err(other) => over(&visit, &view, other).await,
    }
}

/// `POST /m/{token}/guests/remove`
pub(super) async fn remove(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    let Ok(guest) = EmailAddress::parse(form.get("guest")) else { return Ok(see_other(&view.base)) };
    match change(visit.web.app(), &view.ctx, view.seen.meeting.id, Guests::Without(guest), None).await {
        Ok(_) => Ok(see_other(&format!("{}?saved=guest-removed", view.base))),
        Err(other) => over(&visit, &view, other).await,
    }
}

/// A meeting that cannot be changed any more says so itself.
async fn over(visit: &Visit, view: &View, error: Error) -> Page {
    match error {
        Error::Refused(Refusal::MeetingCancelled | Refusal::MeetingStarted) => Ok(see_other(&view.base)),
        other => Err(Failure::page(other, visit).await),
    }
}

/// The meeting as it is now, with what was typed.
async fn refused(visit: &Visit, view: &View, form: &Form, wrong: Vec<FieldError>) -> Page {
    let mut page = page(visit, view).await?;
    page.shell.errors = wrong;
    if let Some(guests) = &mut page.guests {
        guests.typed = form.typed("guest");
    }
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
