//! A file before it is confirmed: its columns, and what each row would do.

use super::{found, href, name, reasons, rows_text, wrong_row};
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::Form;
use crate::pages::{or_page, with_status};
use crate::picker::query;
use crate::view::account::SelectField;
use crate::view::people_import::{ColumnRow, ImportDraft, ImportRow, Kind};
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::people::imports::{self, Column, Import, Judged, PAGE, Preview, Verdict, Verdicts};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::FieldKey;
use nameplate_i18n::Texts;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    show: String,
    page: String,
}

/// The kinds of rows by the word in the address, each with how many there are.
fn kinds(verdicts: &Verdicts) -> [(&'static str, usize); 5] {
    let all = verdicts.ready + verdicts.changing + verdicts.same + verdicts.duplicate + verdicts.invalid;
    [
        ("", all),
        ("ready", verdicts.ready),
        ("here", verdicts.changing + verdicts.same),
        ("duplicate", verdicts.duplicate),
        ("invalid", verdicts.invalid),
    ]
}

fn column_name(n: usize) -> String {
    format!("column_{n}")
}

/// The columns of the file as choices.
fn columns(texts: Texts, import: &Import, preview: &Preview, first: &[Vec<String>]) -> Vec<ColumnRow> {
    let systems: BTreeSet<FieldKey> = import
        .columns
        .iter()
        .flatten()
        .filter_map(
            |column| if let Column::ExternalId(system) = column { Some(system.clone()) } else { None },
        )
        .chain(preview.systems.iter().cloned())
        .collect();
    let fields = &preview.fields;
    let all: Vec<(String, String)> = Column::plain()
        .chain(fields.iter().map(|field| Column::Field(field.key.clone())))
        .chain(systems.into_iter().map(Column::ExternalId))
        .map(|column| (column.word(), column.label(texts, fields)))
        .collect();
    let row = |(n, header): (usize, &String)| {
        let column = import.columns.get(n).cloned().flatten();
        let cells: Vec<&str> = first
            .iter()
            .filter_map(|row| row.get(n))
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        let example: String = cells.join(" · ").chars().take(120).collect();
        let number = (n + 1).to_string();
        ColumnRow {
            select: SelectField {
                name: column_name(n),
                label: if header.is_empty() {
                    texts.format("import-column-nameless", &[("number", &number)])
                } else {
                    header.clone()
                },
                chosen: column.map(|column| column.word()).unwrap_or_default(),
                options: std::iter::once((String::new(), texts.text("import-column-none")))
                    .chain(all.iter().cloned())
                    .collect(),
            },
            example: if example.is_empty() { texts.text("import-column-empty") } else { example },
        }
    };
    import.headers.iter().enumerate().map(row).collect()
}

fn row(texts: Texts, preview: &Preview, one: &Judged) -> ImportRow {
    let wrong = |reasons| wrong_row(texts, one.line, (&one.name, &one.email), one.verdict.word(), reasons);
    let right = |verdict: String, reasons| ImportRow { verdict, wrong: false, reasons, ..wrong(Vec::new()) };
    match &one.verdict {
        Verdict::Ready => right(texts.text("import-verdict-ready"), Vec::new()),
        Verdict::Here(changed) if changed.is_empty() => {
            right(texts.text("import-verdict-here"), vec![texts.text("import-same")])
        }
        Verdict::Here(changed) => {
            let names: Vec<String> =
                changed.iter().map(|column| column.label(texts, &preview.fields)).collect();
            let told = texts.format("import-changes", &[("columns", &names.join(", "))]);
            right(texts.text("import-verdict-here"), vec![told])
        }
        Verdict::Duplicate(line) => {
            wrong(vec![texts.format("import-fault-duplicate", &[("line", &line.to_string())])])
        }
        Verdict::Invalid(faults) => wrong(reasons(texts, &preview.fields, faults)),
    }
}

/// "Invite 12 people and change 3"
fn confirm_text(texts: Texts, verdicts: &Verdicts) -> Option<String> {
    let (ready, changing) = (verdicts.ready.to_string(), verdicts.changing.to_string());
    let key = match (verdicts.ready, verdicts.changing) {
        (0, 0) => return None,
        (_, 0) => "import-confirm-invite",
        (0, _) => "import-confirm-change",
        _ => "import-confirm-both",
    };
    Some(texts.format(key, &[("ready", &ready), ("changing", &changing)]))
}

fn read_as(texts: Texts, import: &Import) -> String {
    let delimiter = match import.delimiter.as_str() {
        ";" => "import-delimiter-semicolon",
        "\t" => "import-delimiter-tab",
        _ => "import-delimiter-comma",
    };
    let (rows, delimiter) = (rows_text(texts, import.rows), texts.text(delimiter));
    let args = [("rows", rows.as_str()), ("encoding", &import.encoding), ("delimiter", &delimiter)];
    texts.format("import-read-as", &args)
}

async fn page(visit: &AgentVisit, import: &Import, wanted: &Wanted) -> Result<ImportDraft, Failure> {
    let (texts, here, app, ctx) = (visit.visit.texts(), href(import), visit.visit.web.app(), visit.ctx());
    let shell = or_page(&visit.visit, visit.shell(Section::Other, here.as_str()).await).await?;
    let preview = or_page(&visit.visit, imports::preview(app, &ctx, import).await).await?;
    let first = or_page(&visit.visit, imports::first_rows(app, &ctx, import.id).await).await?;
    let kinds = kinds(&preview.verdicts);
    let show = kinds.iter().map(|(word, _)| *word).find(|word| *word == wanted.show).unwrap_or_default();
    let shown: Vec<&Judged> =
        preview.rows.iter().filter(|row| show.is_empty() || row.verdict.word() == show).collect();
    let pages = shown.len().div_ceil(PAGE).max(1);
    let at = wanted.page.parse().unwrap_or(1).clamp(1, pages);
    let turn = |page: usize| {
        let page = if page > 1 { page.to_string() } else { String::new() };
        format!("{here}{}", query(&[("show", show), ("page", &page)]))
    };
    let numbers = [("page", &*at.to_string()), ("pages", &*pages.to_string())];
    let left = preview.verdicts.duplicate + preview.verdicts.invalid;
    let kind = |(word, count): &(&'static str, usize)| Kind {
        label: texts.text(&format!("import-kind-{}", if word.is_empty() { "all" } else { word })),
        count: count.to_string(),
        href: format!("{here}{}", query(&[("show", word)])),
        chosen: *word == show,
    };
    let seen: Vec<String> =
        import.columns.iter().map(|one| one.as_ref().map(Column::word).unwrap_or_default()).collect();
    Ok(ImportDraft {
        shell,
        name: name(texts, import),
        read_as: read_as(texts, import),
        columns: columns(texts, import, &preview, &first),
        missing: (!import.has_email()).then(|| texts.text("import-no-email-column")),
        seen: seen.join("\n"),
        kinds: kinds.iter().map(kind).collect(),
        rows: shown
            .into_iter()
            .skip((at - 1) * PAGE)
            .take(PAGE)
            .map(|one| row(texts, &preview, one))
            .collect(),
        caption: texts.format("import-caption", &numbers),
        pages: (pages > 1).then(|| texts.format("people-page", &numbers)),
        previous: (at > 1).then(|| turn(at - 1)),
        next: (at < pages).then(|| turn(at + 1)),
        confirm: confirm_text(texts, &preview.verdicts),
        left: (left > 0).then(|| texts.format("import-left", &[("count", &left.to_string())])),
        href: here,
    })
}

pub(super) async fn show(visit: &AgentVisit, import: &Import, wanted: &Wanted) -> Page {
    Ok(html(&page(visit, import, wanted).await?))
}

pub(super) async fn set_columns(
    AdminVisit(visit): AdminVisit,
    Path(import): Path<String>,
    form: Form,
) -> Page {
    let import = found(&visit, &import).await?;
    let chosen: Vec<Option<Column>> =
        (0..import.headers.len()).map(|n| Column::parse(form.get(&column_name(n)))).collect();
    let twice = |(n, column): (usize, &Option<Column>)| {
        let is_twice = column.is_some() && chosen.iter().take(n).any(|earlier| earlier == column);
        is_twice.then(|| FieldError {
            field: column_name(n),
            text: visit.visit.texts().text("import-column-twice"),
        })
    };
    let errors: Vec<FieldError> = chosen.iter().enumerate().filter_map(twice).collect();
    if errors.is_empty() {
        let set = imports::set_columns(visit.visit.web.app(), &visit.ctx(), import.id, &chosen).await;
        return done(&visit, &import, set).await;
    }
    let mut page = page(&visit, &import, &Wanted::default()).await?;
    for (row, column) in page.columns.iter_mut().zip(&chosen) {
        row.select.chosen = column.as_ref().map(Column::word).unwrap_or_default();
    }
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn confirm(AdminVisit(visit): AdminVisit, Path(import): Path<String>, form: Form) -> Page {
    let import = found(&visit, &import).await?;
    // The rows do what the page showed of them, or nothing.
    let columns = form.get("columns").split('\n').map(|word| Column::parse(word.trim())).collect();
    let seen = Import { columns, ..import };
    let confirmed = imports::confirm(visit.visit.web.app(), &visit.ctx(), &seen).await;
    done(&visit, &seen, confirmed).await
}

pub(super) async fn discard(AdminVisit(visit): AdminVisit, Path(import): Path<String>) -> Page {
    let import = found(&visit, &import).await?;
    match imports::discard(visit.visit.web.app(), &visit.ctx(), import.id).await {
        Ok(()) => Ok(see_other("/admin/people/import?saved=import-discarded")),
        Err(error) => done(&visit, &import, Err(error)).await,
    }
}

/// What a second click finds done is no error: the page says how far the file is.
async fn done(visit: &AgentVisit, import: &Import, result: Result<(), Error>) -> Page {
    match result {
        Ok(()) | Err(Error::Refused(Refusal::OtherStatus)) => Ok(see_other(&href(import))),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
