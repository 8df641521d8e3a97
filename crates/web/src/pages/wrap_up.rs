//! The agent's note to the customer after a meeting, written on its page.

use crate::failure::{Failure, Page, see_other};
use crate::forms::{Check, Form};
use crate::pages::manage::{View, open, page};
use crate::pages::with_status;
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::meetings::wrap_up;
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::Note;
use nameplate_domain::meetings::{Party, Status};

/// The empty form, from the start of the meeting on.
pub(super) fn part(visit: &Visit, view: &View) -> Option<String> {
    let meeting = &view.seen.meeting;
    let begun = meeting.status != Status::Cancelled && meeting.start <= visit.now;
    (begun && view.seen.party == Party::Agent).then(String::new)
}

/// `POST /m/{token}/wrap-up`
pub(super) async fn send(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    let mut check = Check::default();
    let Some(note) = check.take("note", Note::parse(form.get("note"))) else {
        let mut page = page(&visit, &view).await?;
        page.shell.errors = check.errors(visit.texts());
        page.wrap_up = page.wrap_up.map(|_| form.typed("note"));
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match wrap_up::send(visit.web.app(), &view.ctx, view.seen.meeting.id, note).await {
        Ok(()) => Ok(see_other(&format!("{}?saved=wrap-up", view.base))),
        Err(Error::Refused(Refusal::MeetingCancelled)) => Ok(see_other(&view.base)),
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}
