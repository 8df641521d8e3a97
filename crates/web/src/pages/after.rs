//! What is said of a meeting when it is over: the customer's review, and the agent's word that the customer did not come.

use crate::failure::{Failure, Page, see_other};
use crate::forms::{Check, Form};
use crate::pages::manage::{View, open, page};
use crate::pages::{or_page, with_status};
use crate::view::manage::{ReviewForm, ReviewShown};
use crate::view::templates::Choice;
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::meetings::{attendance, review};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::{Note, optional};
use nameplate_domain::meetings::{Attendance, Party, Rating, Review};
use nameplate_i18n::Texts;

/// What the customer fills in, and what the agent reads.
pub(super) async fn part(
    visit: &Visit,
    view: &View,
) -> Result<(Option<ReviewForm>, Option<ReviewShown>), Failure> {
    let found = or_page(visit, review::of(visit.web.app(), &view.seen.meeting, visit.now).await).await?;
    if view.seen.party == Party::Agent {
        return Ok((None, found.map(|review| shown(visit, view, &review))));
    }
    let rating = found.as_ref().map(|review| review.rating.get().to_string()).unwrap_or_default();
    let comment = found.as_ref().and_then(|review| review.comment.as_ref().map(ToString::to_string));
    let open = view.seen.meeting.reviewable(visit.now).is_ok();
    let form = || ReviewForm {
        ratings: ratings(visit.texts(), &rating),
        comment: comment.unwrap_or_default(),
        is_left: found.is_some(),
    };
    Ok((open.then(form), None))
}

/// "5 – very good" and the others.
fn ratings(texts: Texts, chosen: &str) -> Vec<Choice> {
    let one = |rating: Rating| {
        let value = rating.get().to_string();
        Choice { text: rated(texts, rating), chosen: value == chosen, value }
    };
    Rating::ALL.map(one).into()
}

fn rated(texts: Texts, rating: Rating) -> String {
    texts.text(&format!("review-rating-{}", rating.get()))
}

fn shown(visit: &Visit, view: &View, review: &Review) -> ReviewShown {
    ReviewShown {
        rating: rated(visit.texts(), review.rating),
        comment: review.comment.as_ref().map(ToString::to_string),
        when: view.clock(visit).short(review.at),
    }
}

/// `POST /m/{token}/review`
pub(super) async fn leave_review(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    if view.seen.party != Party::Customer {
        return Err(Failure::page(Error::NotFound, &visit).await);
    }
    if view.seen.meeting.reviewable(visit.now).is_err() {
        return Ok(see_other(&view.base));
    }
    let mut check = Check::default();
    let rating = check.take("rating", Rating::parse(form.get("rating")));
    let comment = check.take("comment", optional(form.get("comment"), Note::parse));
    let (Some(rating), Some(comment)) = (rating, comment) else {
        let mut page = page(&visit, &view).await?;
        page.shell.errors = check.errors(visit.texts());
        if let Some(shown) = &mut page.review_form {
            shown.ratings = ratings(visit.texts(), form.get("rating"));
            shown.comment = form.typed("comment");
        }
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match review::leave(visit.web.app(), &view.ctx, view.seen.meeting.id, rating, comment).await {
        Ok(()) => Ok(see_other(&format!("{}?saved=review", view.base))),
        Err(error) => over(&visit, &view, error).await,
    }
}

/// Whether the meeting is marked as missed, where its agent can say so.
pub(super) fn attendance(visit: &Visit, view: &View) -> Option<bool> {
    let meeting = &view.seen.meeting;
    let open = view.seen.party == Party::Agent && meeting.attendance_open(visit.now).is_ok();
    open.then_some(meeting.missed_at.is_some())
}

/// `POST /m/{token}/attendance`: `attendance` is `missed` or `came`.
pub(super) async fn note_attendance(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    let (attendance, saved) = match form.get("attendance") {
        "missed" => (Attendance::Missed, "missed"),
        "came" => (Attendance::Came, "came"),
        _ => return Ok(see_other(&view.base)),
    };
    match attendance::note(visit.web.app(), &view.ctx, view.seen.meeting.id, attendance).await {
        Ok(_) => Ok(see_other(&format!("{}?saved={saved}", view.base))),
        Err(error) => over(&visit, &view, error).await,
    }
}

/// A meeting of which nothing can be said now shows why by itself.
async fn over(visit: &Visit, view: &View, error: Error) -> Page {
    match error {
        Error::Refused(
            Refusal::MeetingCancelled
            | Refusal::MeetingAhead
            | Refusal::MeetingLongOver
            | Refusal::MeetingMissed
            | Refusal::MeetingReviewed,
        ) => Ok(see_other(&view.base)),
        other => Err(Failure::page(other, visit).await),
    }
}
