//! What an agent writes in messages to customers: a signature and a note.

use crate::draft;
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{Asked, Form};
use crate::pages::templates::{Packed, document, fault, placeholder, rows, view};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::own_texts::OwnTextsPage;
use crate::view::templates::PartField;
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::accounts::own_texts::{Saved, Wrong, open, save, typed, wrong};
use nameplate_app::{Error, templates};
use nameplate_domain::templates::OwnTexts;

const PATH: &str = "/account/signature";

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .get(PATH, agent, show)
        .post(PATH, agent, keep)
        .post("/account/signature/preview", agent, preview)
        .get("/account/signature/mail", agent, mail)
}

/// The page with these texts; `seen` is what the form was made from.
async fn page(
    visit: &AgentVisit,
    shown: &OwnTexts,
    seen: &OwnTexts,
    wrong: &[Wrong],
) -> Result<OwnTextsPage, Failure> {
    let mut shell = or_page(&visit.visit, visit.shell(Section::Account, PATH).await).await?;
    let texts = visit.visit.texts();
    let label = |name: &str| texts.text(&format!("own-texts-{name}"));
    shell.errors = wrong
        .iter()
        .map(|one| {
            let text = format!("{}: {}", label(one.field), fault(texts, &one.error, false));
            FieldError { field: one.field.to_owned(), text }
        })
        .collect();
    let field = |name: &str, value: &str| PartField {
        name: name.to_owned(),
        label: label(name),
        hint: texts.text(&format!("own-texts-{name}-hint")),
        value: value.to_owned(),
        rows: rows(value).max(5),
        errors: wrong
            .iter()
            .filter(|one| one.field == name)
            .map(|one| fault(texts, &one.error, false))
            .collect(),
        built_in: None,
    };
    let (app, locale) = (visit.visit.web.app(), visit.visit.locale());
    let (_, examples) =
        or_page(&visit.visit, templates::show_own(app, &visit.ctx(), &OwnTexts::default(), locale).await)
            .await?;
    Ok(OwnTextsPage {
        fields: vec![field("signature", &shown.signature), field("note", &shown.note)],
        placeholders: examples.into_iter().map(|one| placeholder(texts, one)).collect(),
        seen: vec![
            ("seen_signature".to_owned(), seen.signature.clone()),
            ("seen_note".to_owned(), seen.note.clone()),
        ],
        preview: None,
        shell,
    })
}

async fn stored(visit: &AgentVisit) -> Result<OwnTexts, Failure> {
    or_page(&visit.visit, open(visit.visit.web.app(), &visit.ctx()).await).await
}

async fn show(visit: AgentVisit) -> Page {
    let stored = stored(&visit).await?;
    Ok(html(&page(&visit, &stored, &stored, &[]).await?))
}

/// What was typed, and what it was typed over.
fn of(form: &Form) -> (OwnTexts, OwnTexts) {
    (typed(form.get("signature"), form.get("note")), typed(form.get("seen_signature"), form.get("seen_note")))
}

async fn keep(visit: AgentVisit, form: Form) -> Page {
    let (texts, seen) = of(&form);
    match save(visit.visit.web.app(), &visit.ctx(), seen.clone(), texts.clone()).await {
        Ok(Saved::Done) => Ok(see_other("/account/signature?saved=own-texts")),
        Ok(Saved::Wrong(wrong)) => refused(&visit, &texts, &seen, &wrong).await,
        Err(Error::Stale) => {
            let now = stored(&visit).await?;
            let mut page = page(&visit, &texts, &now, &[]).await?;
            let text = visit.visit.texts().text("own-texts-stale");
            page.shell.errors = vec![FieldError { field: "signature".to_owned(), text }];
            for (field, stored, typed) in
                [("signature", &now.signature, &texts.signature), ("note", &now.note, &texts.note)]
            {
                if stored != typed {
                    page.shell.add_stored(field, stored);
                }
            }
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn refused(visit: &AgentVisit, texts: &OwnTexts, seen: &OwnTexts, wrong: &[Wrong]) -> Page {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page(visit, texts, seen, wrong).await?)
}

/// The page with a customer's message as it would be.
async fn preview(visit: AgentVisit, form: Form) -> Page {
    let (texts, seen) = of(&form);
    let wrong = or_page(&visit.visit, wrong(visit.visit.web.app(), &texts).await).await?;
    if !wrong.is_empty() {
        return refused(&visit, &texts, &seen, &wrong).await;
    }
    let (app, locale) = (visit.visit.web.app(), visit.visit.locale());
    let (shown, _) =
        or_page(&visit.visit, templates::show_own(app, &visit.ctx(), &texts, locale).await).await?;
    let mut page = page(&visit, &texts, &seen, &[]).await?;
    page.preview = Some(view("/account/signature/mail", &texts, shown));
    Ok(html(&page))
}

/// The HTML part of that message.
async fn mail(visit: AgentVisit, Asked(packed): Asked<Packed>) -> Page {
    let texts: Option<OwnTexts> = draft::unpack(&packed.draft);
    let Some(texts) = texts else { return Err(Failure::page(Error::NotFound, &visit.visit).await) };
    if !or_page(&visit.visit, wrong(visit.visit.web.app(), &texts).await).await?.is_empty() {
        return Err(Failure::page(Error::NotFound, &visit.visit).await);
    }
    let (app, locale) = (visit.visit.web.app(), visit.visit.locale());
    let shown = templates::show_own(app, &visit.ctx(), &texts, locale).await;
    Ok(document(or_page(&visit.visit, shown).await?.0))
}
