//! Handing a file in.

use super::{PATH, name, rows_text};
use crate::failure::{Failure, Page, html, see_other};
use crate::layers::TooLarge;
use crate::pages::{or_page, with_status};
use crate::view::people_import::{FileRow, ImportStart};
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::Extension;
use axum::extract::Multipart;
use axum::http::StatusCode;
use nameplate_app::people::imports::{self, FileFault, State, Way};

async fn page(visit: &AgentVisit, pasted: String) -> Result<ImportStart, Failure> {
    let shell = or_page(&visit.visit, visit.shell(Section::Other, PATH).await).await?;
    let files = or_page(&visit.visit, imports::list(visit.visit.web.app(), &visit.ctx()).await).await?;
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    let row = |(import, admin): (imports::Import, Option<nameplate_domain::account::FullName>)| {
        let at = clock.short(import.created_at);
        let when = match admin {
            Some(admin) => texts.format("import-when-by", &[("at", &at), ("name", admin.as_str())]),
            None => at,
        };
        FileRow {
            name: name(texts, &import),
            href: super::href(&import),
            when,
            rows: rows_text(texts, import.rows),
            state: texts.text(match import.state {
                State::Draft => "import-state-draft",
                State::Running => "import-state-running",
                State::Done => "import-state-done",
            }),
        }
    };
    Ok(ImportStart { shell, pasted, files: files.into_iter().map(row).collect() })
}

pub(super) async fn show(AdminVisit(visit): AdminVisit) -> Page {
    Ok(html(&page(&visit, String::new()).await?))
}

/// What the form brought.
#[derive(Default)]
struct Sent {
    name: String,
    file: Vec<u8>,
    pasted: Vec<u8>,
    interrupted: bool,
}

async fn read(mut form: Multipart) -> Sent {
    let mut sent = Sent::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return sent,
            Err(_) => return Sent { interrupted: true, ..sent },
        };
        let (part, name) = (field.name().map(str::to_owned), field.file_name().map(str::to_owned));
        let Ok(bytes) = field.bytes().await else { return Sent { interrupted: true, ..sent } };
        match part.as_deref() {
            Some("file") => (sent.name, sent.file) = (name.unwrap_or_default(), bytes.to_vec()),
            Some("pasted") => sent.pasted = bytes.to_vec(),
            _ => {}
        }
    }
}

pub(super) async fn hand_in(
    AdminVisit(visit): AdminVisit,
    too_large: Option<Extension<TooLarge>>,
    mut form: Multipart,
) -> Page {
    if too_large.is_some() {
        // A browser shows no answer before it has sent everything. Only for who is signed in, which the visit shows.
        while let Ok(Some(mut field)) = form.next_field().await {
            while let Ok(Some(_)) = field.chunk().await {}
        }
        return refused(&visit, FileFault::TooLarge.code(), String::new()).await;
    }
    let sent = read(form).await;
    let pasted = String::from_utf8_lossy(&sent.pasted).into_owned();
    if sent.interrupted {
        return refused(&visit, "interrupted", pasted).await;
    }
    let (bytes, name) =
        if sent.file.is_empty() { (sent.pasted, String::new()) } else { (sent.file, sent.name) };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refused(&visit, "none", pasted).await;
    }
    let handed = imports::hand_in(visit.visit.web.app(), &visit.ctx(), Way::Page, &name, bytes).await;
    match or_page(&visit.visit, handed).await? {
        Ok(import) => Ok(see_other(&super::href(&import))),
        Err(fault) => refused(&visit, fault.code(), pasted).await,
    }
}

async fn refused(visit: &AgentVisit, code: &str, pasted: String) -> Page {
    let text = visit.visit.texts().text(&format!("import-file-{code}"));
    let mut page = page(visit, pasted).await?;
    page.shell.errors = vec![FieldError { field: "file".to_owned(), text }];
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
