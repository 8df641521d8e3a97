//! The texts of messages, as admins edit them (T-01 to T-15).

mod editor;
mod history;
mod look;
pub(in crate::pages) use editor::{fault, placeholder, rows};
pub(in crate::pages) use look::{Packed, document, view};

use crate::failure::{Failure, Page, html};
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::view::Section;
use crate::view::templates::{TemplateLink, TemplateList, TemplateRow};
use crate::visit::{AdminVisit, AgentVisit};
use nameplate_app::{Error, templates};
use nameplate_domain::account::RecipientRole;
use nameplate_domain::templates::{TemplateKey, TemplateName};
use nameplate_i18n::{Locale, Texts};

const LIST: &str = "/admin/templates";

pub(crate) fn routes(routes: Routes) -> Routes {
    let admin = Access::Admin;
    routes
        .get(LIST, admin, list)
        .get("/admin/templates/{name}/{recipient}/{language}", admin, editor::show)
        .post("/admin/templates/{name}/{recipient}/{language}", admin, editor::save)
        .post("/admin/templates/{name}/{recipient}/{language}/preview", admin, look::preview)
        .get("/admin/templates/{name}/{recipient}/{language}/mail", admin, look::mail)
        .post("/admin/templates/{name}/{recipient}/{language}/test", admin, look::test)
        .get("/admin/templates/{name}/{recipient}/{language}/history", admin, history::show)
        .post("/admin/templates/{name}/{recipient}/{language}/history", admin, history::restore)
}

type Segments = (String, String, String);

/// The template that an address names.
async fn key(visit: &AgentVisit, (name, to, language): &Segments) -> Result<TemplateKey, Failure> {
    if let (Ok(name), Ok(to)) = (TemplateName::parse(name), RecipientRole::parse(to)) {
        let key = (name, to, language.clone());
        if templates::is_known(&key) {
            return Ok(key);
        }
    }
    Err(Failure::page(Error::NotFound, &visit.visit).await)
}

/// The page of a template.
pub(in crate::pages) fn href((name, to, language): &TemplateKey) -> String {
    format!("{LIST}/{name}/{to}/{language}")
}

/// "Meeting booked" and "to the customer"
fn words(texts: Texts, (name, to, _): &TemplateKey) -> (String, String) {
    let name = texts.text(&format!("template-name-{}", name.as_str().replace('_', "-")));
    (name, texts.text(&format!("template-to-{to}")))
}

/// "Meeting booked, to the customer, English"
pub(in crate::pages) fn spoken(texts: Texts, key: &TemplateKey) -> String {
    let (template, to) = words(texts, key);
    let title = texts.format("template-heading", &[("template", &template), ("to", &to)]);
    format!("{title}, {}", language_name(&key.2))
}

/// The language in its own words.
fn language_name(tag: &str) -> &'static str {
    Locale::parse(tag).unwrap_or_default().name()
}

async fn list(AdminVisit(visit): AdminVisit) -> Page {
    let written =
        or_page(&visit.visit, templates::written(visit.visit.web.app(), &visit.ctx()).await).await?;
    let texts = visit.visit.texts();
    let link = |key: TemplateKey| {
        let edited = written.get(key.0, key.1, &key.2).is_some_and(|parts| !parts.is_empty());
        let (template, to) = words(texts, &key);
        let state = texts.text(if edited { "templates-edited" } else { "templates-default" });
        let language = language_name(&key.2).to_owned();
        let spoken = [("template", &*template), ("to", &*to), ("language", &*language), ("state", &*state)];
        TemplateLink {
            spoken: texts.format("templates-edit-row", &spoken),
            href: href(&key),
            language,
            edited,
        }
    };
    let row = |key: TemplateKey| {
        let (name, to) = words(texts, &key);
        let languages = Locale::ALL.iter();
        let links = languages.map(|locale| link((key.0, key.1, locale.tag().to_owned()))).collect();
        TemplateRow { name, to, links }
    };
    let rows = templates::all().map(|(name, to)| row((name, to, String::new()))).collect();
    let shell = or_page(&visit.visit, visit.shell(Section::Other, LIST).await).await?;
    Ok(html(&TemplateList { shell, rows }))
}
