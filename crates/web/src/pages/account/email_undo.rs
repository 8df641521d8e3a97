//! Bringing back a former address, by the link that was mailed to it.

use crate::failure::{Failure, Page, html};
use crate::pages::{or_page, with_status};
use crate::view::account::{EmailLink, LinkPurpose, LinkState};
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::accounts::email_undo;
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::EmailAddress;

/// GET shows a button; only POST acts: mail scanners open every link.
pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Page {
    let looked_up = email_undo::look_up(visit.web.app(), &visit.ctx(), &token).await;
    page(&visit, &token, looked_up.map(|address| (address, LinkState::Open))).await
}

pub(super) async fn undo(visit: Visit, Path(token): Path<String>) -> Page {
    let undone = email_undo::undo(visit.web.app(), &visit.ctx(), &token).await;
    let done = |address: EmailAddress| {
        let text = visit.texts().format("email-undone", &[("email", &address.shown())]);
        (address, LinkState::Done(text))
    };
    page(&visit, &token, undone.map(done)).await
}

async fn page(visit: &Visit, token: &str, outcome: Result<(EmailAddress, LinkState), Error>) -> Page {
    let action = format!("/undo/email/{token}");
    let shell = or_page(visit, visit.public_shell(action.as_str()).await).await?;
    let dead = LinkState::Done(visit.texts().text("email-undo-dead"));
    let page = |address, state| EmailLink { shell, action, purpose: LinkPurpose::Undo, address, state };
    match outcome {
        Ok((address, state)) => Ok(html(&page(address.shown(), state))),
        // The second press of the button, or an address that was replaced more than seven days ago.
        Err(Error::Refused(Refusal::LinkDead) | Error::Stale) => {
            with_status(StatusCode::GONE, &page(String::new(), dead))
        }
        Err(error) => Err(Failure::page(error, visit).await),
    }
}
