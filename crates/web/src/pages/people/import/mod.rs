//! People from a file: handed in, looked at, confirmed, worked off (AD-04).

mod draft;
mod give;
mod result;
mod start;

pub(super) use give::everybody;

use crate::failure::{Failure, Page};
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::view::people_import::ImportRow;
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use nameplate_app::Error;
use nameplate_app::people::imports::{self, Fault, Import, State};
use nameplate_domain::account::ProfileField;
use nameplate_domain::ids::PeopleImportId;
use nameplate_i18n::Texts;

const PATH: &str = "/admin/people/import";

pub(super) fn routes(routes: Routes) -> Routes {
    let admin = Access::Admin;
    routes
        .get(PATH, admin, start::show)
        .post(PATH, admin, start::hand_in)
        .get("/admin/people/import/sample.csv", admin, give::sample)
        .get("/admin/people/import/{import}", admin, show)
        .post("/admin/people/import/{import}/columns", admin, draft::set_columns)
        .post("/admin/people/import/{import}/confirm", admin, draft::confirm)
        .post("/admin/people/import/{import}/discard", admin, draft::discard)
        .get("/admin/people/import/{import}/progress", admin, result::progress)
        .get("/admin/people/import/{import}/failed.csv", admin, give::failed)
}

async fn found(visit: &AgentVisit, import: &str) -> Result<Import, Failure> {
    let Ok(id) = import.parse::<PeopleImportId>() else {
        return Err(Failure::page(Error::NotFound, &visit.visit).await);
    };
    or_page(&visit.visit, imports::find(visit.visit.web.app(), &visit.ctx(), id).await).await
}

fn href(import: &Import) -> String {
    format!("{PATH}/{}", import.id)
}

/// What the file was called.
fn name(texts: Texts, import: &Import) -> String {
    if import.file_name.is_empty() { texts.text("import-pasted-name") } else { import.file_name.clone() }
}

fn rows_text(texts: Texts, count: i64) -> String {
    texts.format("import-rows", &[("count", &count.to_string())])
}

/// What is wrong with a row.
fn reasons(texts: Texts, fields: &[ProfileField], faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| fault.text(texts, fields)).collect()
}

/// A row that is not done.
fn wrong_row(
    texts: Texts,
    line: i64,
    (name, email): (&str, &str),
    word: &str,
    reasons: Vec<String>,
) -> ImportRow {
    ImportRow {
        line: line.to_string(),
        name: name.to_owned(),
        email: email.to_owned(),
        verdict: texts.text(&format!("import-verdict-{word}")),
        wrong: true,
        reasons,
    }
}

/// A file is shown as far as it is.
async fn show(
    AdminVisit(visit): AdminVisit,
    Path(import): Path<String>,
    wanted: crate::forms::Asked<draft::Wanted>,
) -> Page {
    let import = found(&visit, &import).await?;
    match import.state {
        State::Draft => draft::show(&visit, &import, &wanted.0).await,
        State::Running | State::Done => result::show(&visit, &import).await,
    }
}
