//! The agent's own data: what is kept, a copy of it, and the end of the account.

mod delete;
mod keep;

use crate::failure::{Failure, Page, answer, html, see_other};
use crate::pages::or_page;
use crate::pages::passkeys::confirm_path;
use crate::routes::{Access, Routes};
use crate::view::data::Data;
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use jiff::SignedDuration;
use nameplate_app::Error;
use nameplate_app::accounts::data;

const DATA: &str = "/account/data";

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .get(DATA, agent, show)
        .post("/account/data/download", agent, download)
        .get(delete::PATH, agent, delete::show)
        .post(delete::PATH, agent, delete::delete)
        .get("/undo/deletion/{token}", Access::Link, keep::show)
        .post("/undo/deletion/{token}", Access::Link, keep::keep)
}

async fn page(visit: &AgentVisit) -> Result<Data, Failure> {
    Ok(Data { shell: or_page(&visit.visit, visit.shell(Section::Account, DATA).await).await? })
}

async fn show(visit: AgentVisit) -> Page {
    Ok(html(&page(&visit).await?))
}

/// POST, because each costs one of the day's downloads and leaves an entry in the activity.
async fn download(visit: AgentVisit) -> Page {
    match data::download(visit.visit.web.app(), &visit.ctx()).await {
        Ok(file) => {
            let disposition = format!("attachment; filename=\"{}\"", file.name);
            let headers = [(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, disposition)];
            Ok((headers, file.bytes).into_response())
        }
        Err(Error::ReauthenticationRequired) => Ok(see_other(&confirm_path(DATA))),
        Err(Error::Limited(wait)) => {
            // Up to the next whole minute, so that the time named is not too early.
            let next = visit.visit.now + wait + SignedDuration::from_mins(1);
            let time = visit.clock().short(next);
            let text = visit.visit.texts().format("data-download-wait", &[("time", &time)]);
            let mut page = page(&visit).await?;
            page.shell.errors = vec![FieldError { field: "download".to_owned(), text }];
            Ok(answer(&Error::Limited(wait), &page))
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
