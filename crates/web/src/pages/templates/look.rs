//! How a template looks before it is saved: a preview on the page, and a test message (T-02, T-03, T-08).

use super::editor::Editor;
use super::{Segments, href};
use crate::draft;
use crate::failure::{Failure, Page, html, minutes};
use crate::forms::{Asked, Form};
use crate::layers::Class;
use crate::pages::mailbox::sms_size;
use crate::pages::with_status;
use crate::view::templates::{Choice, TemplatePreview};
use crate::visit::AdminVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use nameplate_app::Error;
use nameplate_app::templates::{self, Draft, Outcome, Sample, Shown};
use nameplate_domain::meetings::Meeting;
use serde::{Deserialize, Serialize};

/// Where the customer may be instead: one of them is far from everybody.
const ZONES: [&str; 2] = ["America/New_York", "Asia/Tokyo"];

/// What was chosen to look with.
pub(super) fn sample(form: &Form) -> Sample {
    let chosen = |name: &str| Some(form.typed(name)).filter(|value| !value.is_empty());
    Sample { meeting: chosen("sample"), customer_zone: chosen("customer_zone") }
}

pub(super) async fn samples(editor: &Editor, draft: &Draft) -> Result<Vec<Choice>, Failure> {
    let found = editor.or_page(templates::samples(editor.app(), &editor.visit.ctx()).await).await?;
    let (texts, clock) = (editor.texts(), editor.visit.clock());
    let choice = |meeting: &Meeting| {
        let (customer, start) = (meeting.customer.name.to_string(), clock.short(meeting.start));
        let words = [("title", &*meeting.title), ("customer", &*customer), ("start", &*start)];
        let value = meeting.id.to_string();
        Choice {
            chosen: draft.sample.meeting.as_ref() == Some(&value),
            text: texts.format("template-sample-choice", &words),
            value,
        }
    };
    let made_up = Choice { value: String::new(), text: texts.text("template-sample-made-up"), chosen: false };
    Ok(std::iter::once(made_up).chain(found.iter().map(choice)).collect())
}

pub(super) fn zones(editor: &Editor, draft: &Draft) -> Vec<Choice> {
    let own =
        Choice { value: String::new(), text: editor.texts().text("template-sample-zone-own"), chosen: false };
    let zone = |name: &str| Choice {
        value: name.to_owned(),
        text: name.replace('_', " "),
        chosen: draft.sample.customer_zone.as_deref() == Some(name),
    };
    std::iter::once(own).chain(ZONES.into_iter().map(zone)).collect()
}

/// The page with the message as its reader would get it.
pub(super) async fn preview(
    AdminVisit(visit): AdminVisit,
    Path(segments): Path<Segments>,
    form: Form,
) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let parts = editor.parts(&form);
    let wrong = editor.or_page(templates::wrong(editor.app(), &editor.key, &parts).await).await?;
    if !wrong.is_empty() {
        return editor.refused(&parts, &wrong, &form).await;
    }
    let draft = editor.draft(parts.clone(), &form);
    let shown = editor.or_page(templates::show(editor.app(), &editor.visit.ctx(), &draft).await).await?;
    let mut page = editor.page(&parts, form.typed("version"), &[], &form).await?;
    let mut preview = view(&format!("{}/mail", href(&editor.key)), &draft, shown);
    let sms = editor.or_page(templates::longest_sms(editor.app(), &editor.visit.ctx(), &draft).await).await?;
    preview.sms = sms.map(|text| (sms_size(editor.texts(), &text), text));
    page.preview = Some(preview);
    Ok(html(&page))
}

/// What a reader would get; `mail` is where the HTML part of a packed draft is found.
pub(in crate::pages) fn view(mail: &str, draft: &impl Serialize, shown: Shown) -> TemplatePreview {
    TemplatePreview {
        subject: shown.subject,
        // What people type stands in no address in clear.
        frame: draft::pack(draft).map(|packed| format!("{mail}?draft={packed}")),
        text: shown.text,
        entry_title: shown.entry.title,
        entry_text: shown.entry.text,
        file: shown.calendar,
        sms: None,
    }
}

/// What the address of the mail says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Packed {
    pub draft: String,
}

/// The HTML part alone, as its own document.
pub(super) async fn mail(
    AdminVisit(visit): AdminVisit,
    Path(segments): Path<Segments>,
    Asked(packed): Asked<Packed>,
) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let draft: Option<Draft> = draft::unpack(&packed.draft);
    let draft = draft.filter(|draft| (draft.name, draft.to, draft.language.clone()) == editor.key);
    let Some(draft) = draft else {
        return Err(Failure::page(Error::NotFound, &editor.visit.visit).await);
    };
    if !editor.or_page(templates::wrong(editor.app(), &editor.key, &draft.parts).await).await?.is_empty() {
        return Err(Failure::page(Error::NotFound, &editor.visit.visit).await);
    }
    let shown = editor.or_page(templates::show(editor.app(), &editor.visit.ctx(), &draft).await).await?;
    Ok(document(shown))
}

/// The HTML part as a document in a sandbox.
pub(in crate::pages) fn document(shown: Shown) -> Response {
    let mut response = ([("content-type", "text/html; charset=utf-8")], shown.html).into_response();
    response.extensions_mut().insert(Class::Preview);
    response
}

/// Sends the message to the admin and says on the page what became of it.
pub(super) async fn test(AdminVisit(visit): AdminVisit, Path(segments): Path<Segments>, form: Form) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let parts = editor.parts(&form);
    let wrong = editor.or_page(templates::wrong(editor.app(), &editor.key, &parts).await).await?;
    if !wrong.is_empty() {
        return editor.refused(&parts, &wrong, &form).await;
    }
    let draft = editor.draft(parts.clone(), &form);
    let mut page = editor.page(&parts, form.typed("version"), &[], &form).await?;
    match templates::send_test(editor.app(), &editor.visit.ctx(), &draft).await {
        Ok(id) => {
            let outcome = editor.or_page(templates::outcome(editor.app(), id).await).await?;
            page.test = Some(told(&editor, &outcome));
            Ok(html(&page))
        }
        Err(Error::Limited(wait)) => {
            let text = editor.texts().format("template-test-limited", &[("minutes", &minutes(wait))]);
            page.test = Some((false, text));
            with_status(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        Err(error) => Err(Failure::page(error, &editor.visit.visit).await),
    }
}

fn told(editor: &Editor, outcome: &Outcome) -> (bool, String) {
    let address = editor.visit.agent.email.shown();
    let time = editor.visit.clock().time_full(editor.visit.visit.now);
    let key = match outcome.state.as_str() {
        "sent" if editor.visit.visit.web.config().mailbox => "template-test-kept",
        "sent" => "template-test-sent",
        "dead" => "template-test-failed",
        _ => "template-test-waiting",
    };
    let words = [("address", &*address), ("time", &*time), ("answer", &*outcome.answer)];
    (outcome.state == "sent", editor.texts().format(key, &words))
}
