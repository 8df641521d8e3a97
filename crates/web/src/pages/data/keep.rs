//! Keeping a closed account, by the link that was mailed when it was closed.

use crate::failure::{Failure, Page, html};
use crate::pages::{or_page, with_status};
use crate::view::account::LinkState;
use crate::view::data::Keep;
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::accounts::data;
use nameplate_app::{Error, Refusal};

/// GET shows a button; only POST acts: mail scanners open every link.
pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Page {
    let mut page = empty(&visit, &token).await?;
    match data::look_up(visit.web.app(), &visit.ctx(), &token).await {
        Ok((agent, erase_at)) => {
            page.email = agent.email.shown();
            page.erase_at = visit.clock(&agent.time_zone).short(erase_at);
            page.state = LinkState::Open;
            Ok(html(&page))
        }
        Err(error) => dead(&visit, &page, error).await,
    }
}

pub(super) async fn keep(visit: Visit, Path(token): Path<String>) -> Page {
    let mut page = empty(&visit, &token).await?;
    match data::keep(visit.web.app(), &visit.ctx(), &token).await {
        Ok(agent) => {
            let text = visit.texts().format("keep-done", &[("email", &agent.email.shown())]);
            page.state = LinkState::Done(text);
            Ok(html(&page))
        }
        Err(error) => dead(&visit, &page, error).await,
    }
}

async fn empty(visit: &Visit, token: &str) -> Result<Keep, Failure> {
    let action = format!("/undo/deletion/{token}");
    let shell = or_page(visit, visit.public_shell(action.as_str()).await).await?;
    let state = LinkState::Done(visit.texts().text("keep-dead"));
    Ok(Keep { shell, action, email: String::new(), erase_at: String::new(), state })
}

/// The second press of the button, or too late.
async fn dead(visit: &Visit, page: &Keep, error: Error) -> Page {
    match error {
        Error::Refused(Refusal::LinkDead) | Error::Stale => with_status(StatusCode::GONE, page),
        error => Err(Failure::page(error, visit).await),
    }
}
