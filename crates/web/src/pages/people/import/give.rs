//! Files that are given out: a sample, everybody, and the rows that failed.

use super::found;
use crate::failure::{Page, see_other};
use crate::pages::or_page;
use crate::pages::passkeys::confirm_path;
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use nameplate_app::people::imports::{self, Column, MOST_ROWS, write};
use nameplate_app::{Error, people};
use std::borrow::Cow;

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

/// `GET /admin/people/import/sample.csv`: all columns, and one row of what may stand in them.
pub(super) async fn sample(AdminVisit(visit): AdminVisit) -> Page {
    let app = visit.visit.web.app();
    let fields = or_page(&visit.visit, nameplate_app::fields::list(app).await).await?;
    let columns: Vec<Column> =
        Column::plain().chain(fields.into_iter().map(|field| Column::Field(field.key))).collect();
    let example = |column: &Column| match column {
        Column::Name => "Anna Berg",
        Column::Email => "anna.berg@example.com",
        Column::Role => "agent",
        Column::TimeZone => "Europe/Amsterdam",
        Column::PhoneNumber => "+31 20 123 4567",
        _ => "",
    };
    let headers = columns.iter().map(|column| Cow::Owned(column.word())).collect();
    let row = columns.iter().map(|column| Cow::Borrowed(example(column))).collect();
    Ok(file("people-sample.csv", write([headers, row])))
}

/// `GET /admin/people.csv`: everybody.
pub(in crate::pages::people) async fn everybody(AdminVisit(visit): AdminVisit) -> Page {
    match people::export(visit.visit.web.app(), &visit.ctx()).await {
        Err(Error::ReauthenticationRequired) => Ok(see_other(&confirm_path("/admin/people"))),
        given => Ok(file("people.csv", or_page(&visit.visit, given).await?)),
    }
}

/// `GET /admin/people/import/imp_…/failed.csv`: the rows that failed, as they were, with the reason behind them. Handed in again, the reason
/// is left out.
pub(super) async fn failed(AdminVisit(visit): AdminVisit, Path(import): Path<String>) -> Page {
    let import = found(&visit, &import).await?;
    let bytes = failed_file(&visit, &import).await?;
    Ok(file("people-failed.csv", bytes))
}

async fn failed_file(
    visit: &AgentVisit,
    import: &imports::Import,
) -> Result<Vec<u8>, crate::failure::Failure> {
    let (texts, app, ctx) = (visit.visit.texts(), visit.visit.web.app(), visit.ctx());
    let fields = or_page(&visit.visit, nameplate_app::fields::list(app).await).await?;
    let failed = or_page(&visit.visit, imports::failed(app, &ctx, import.id, MOST_ROWS).await).await?;
    let reason = texts.text("import-reason");
    let mut headers: Vec<Cow<'_, str>> = import.headers.iter().map(|one| one.as_str().into()).collect();
    headers.push(reason.into());
    let rows = failed.iter().map(|row| {
        let why: Vec<String> = row.faults.iter().map(|fault| fault.text(texts, &fields)).collect();
        let cells = (0..import.headers.len()).map(|n| row.cells.get(n).map_or("", String::as_str).into());
        cells.chain([Cow::Owned(why.join(" "))]).collect::<Vec<Cow<'_, str>>>()
    });
    Ok(write(std::iter::once(headers).chain(rows)))
}
