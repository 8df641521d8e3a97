//! A file that is being worked off, or was.

use super::{found, href, name, reasons, wrong_row};
use crate::failure::{Failure, Page, html};
use crate::pages::or_page;
use crate::view::people_import::{ImportProgress, ImportResult, ImportRow};
use crate::view::{Link, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use nameplate_app::people::imports::{self, Column, Counts, Failed, Import, KEPT, PAGE, State};
use nameplate_domain::account::ProfileField;
use nameplate_i18n::Texts;

fn progress_of(texts: Texts, import: &Import, counts: &Counts) -> ImportProgress {
    let done = import.rows - counts.waiting;
    let (shown, all) = (done.to_string(), import.rows.to_string());
    let count = |key: &str, count: i64| Link::new(texts.text(key), count.to_string());
    ImportProgress {
        done,
        all: import.rows,
        text: texts.format("import-progress", &[("done", &shown), ("all", &all)]),
        counts: vec![
            count("import-count-invited", counts.invited),
            count("import-count-updated", counts.updated),
            count("import-count-unchanged", counts.unchanged),
            count("import-count-failed", counts.failed),
        ],
        is_over: import.state == State::Done,
    }
}

async fn counted(visit: &AgentVisit, import: &Import) -> Result<Counts, Failure> {
    or_page(&visit.visit, imports::counts(visit.visit.web.app(), &visit.ctx(), import.id).await).await
}

/// `GET /admin/people/import/imp_…/progress`: how far a file is, an HTML fragment.
pub(super) async fn progress(AdminVisit(visit): AdminVisit, Path(import): Path<String>) -> Page {
    let import = found(&visit, &import).await?;
    let counts = counted(&visit, &import).await?;
    Ok(html(&progress_of(visit.visit.texts(), &import, &counts)))
}

fn failed_row(texts: Texts, import: &Import, fields: &[ProfileField], row: &Failed) -> ImportRow {
    let cell = |column: &Column| {
        let at = import.columns.iter().position(|one| one.as_ref() == Some(column));
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    };
    let who = (cell(&Column::Name), cell(&Column::Email));
    wrong_row(texts, row.line, who, "failed", reasons(texts, fields, &row.faults))
}

pub(super) async fn show(visit: &AgentVisit, import: &Import) -> Page {
    let (texts, app, ctx) = (visit.visit.texts(), visit.visit.web.app(), visit.ctx());
    let here = href(import);
    let shell = or_page(&visit.visit, visit.shell(Section::Other, here.as_str()).await).await?;
    let counts = counted(visit, import).await?;
    let fields = or_page(&visit.visit, nameplate_app::fields::list(app).await).await?;
    let failed = or_page(&visit.visit, imports::failed(app, &ctx, import.id, PAGE).await).await?;
    let (shown, all) = (failed.len().to_string(), counts.failed.to_string());
    let is_more = i64::try_from(failed.len()).is_ok_and(|shown| shown < counts.failed);
    let until = visit.clock().short(import.created_at + KEPT);
    Ok(html(&ImportResult {
        shell,
        name: name(texts, import),
        progress: progress_of(texts, import, &counts),
        failed: failed.iter().map(|row| failed_row(texts, import, &fields, row)).collect(),
        more: is_more.then(|| texts.format("import-failed-more", &[("shown", &shown), ("all", &all)])),
        kept: texts.format("import-kept", &[("until", &until)]),
        href: here,
    }))
}
