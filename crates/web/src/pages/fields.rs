//! What the organisation asks of its agents beyond what every account has, as its admins define it.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Check, Form, Stored};
use crate::pages::templates::{href as template_href, spoken};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::account::SelectField;
use crate::view::fields::{FieldDelete, FieldEdit, FieldList, FieldRow, WordChoice};
use crate::view::{FieldError, Link, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::fields::{self, Way};
use nameplate_domain::account::{
    FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces, ProfileField, choices,
};
use nameplate_i18n::Texts;

const PATH: &str = "/admin/fields";

pub(crate) fn routes(routes: Routes) -> Routes {
    let admin = Access::Admin;
    routes
        .get(PATH, admin, list)
        .get("/admin/fields/new", admin, new)
        .post("/admin/fields/new", admin, create)
        .get("/admin/fields/{key}", admin, edit)
        .post("/admin/fields/{key}", admin, save)
        .post("/admin/fields/{key}/move", admin, shift)
        .get("/admin/fields/{key}/delete", admin, ask_delete)
        .post("/admin/fields/{key}/delete", admin, delete)
}

/// "On the booking page"
fn word(texts: Texts, what: &str, word: &str) -> String {
    texts.text(&format!("fields-{what}-{}", word.replace('_', "-")))
}

fn href(key: &FieldKey) -> String {
    format!("{PATH}/{key}")
}

async fn list(AdminVisit(visit): AdminVisit) -> Page {
    let defined = or_page(&visit.visit, fields::list(visit.visit.web.app()).await).await?;
    let texts = visit.visit.texts();
    let row = |field: &ProfileField| FieldRow {
        label: field.draft.label.to_string(),
        key: field.key.to_string(),
        kind: word(texts, "kind", field.kind.as_str()),
        is_required: field.draft.required,
        editor: word(texts, "editor", field.draft.editor.as_str()),
        places: word(texts, "places", field.draft.places.as_str()),
        href: href(&field.key),
    };
    let most = fields::MOST.to_string();
    Ok(html(&FieldList {
        rows: defined.iter().map(row).collect(),
        full: (defined.len() >= fields::MOST).then(|| texts.format("fields-full", &[("max", &most)])),
        shell: or_page(&visit.visit, visit.shell(Section::Other, PATH).await).await?,
    }))
}

/// The form of a field as it is stored, or of a new one.
async fn page(visit: &AgentVisit, of: Option<&ProfileField>) -> Result<FieldEdit, Failure> {
    let texts = visit.visit.texts();
    let action = of.map_or_else(|| format!("{PATH}/new"), |field| href(&field.key));
    let shell = or_page(&visit.visit, visit.shell(Section::Other, action.as_str()).await).await?;
    let kinds = FieldKind::ALL.iter().map(|kind| (kind.to_string(), word(texts, "kind", kind.as_str())));
    let label = of.map(|field| field.draft.label.to_string()).unwrap_or_default();
    let has_choices = of.is_none_or(|field| field.kind == FieldKind::Choice);
    Ok(FieldEdit {
        version: of.map(|field| field.version.to_string()).unwrap_or_default(),
        fixed: of.map(|field| (field.key.to_string(), word(texts, "kind", field.kind.as_str()))),
        stored_label: label.clone(),
        typed_label: label,
        typed_key: String::new(),
        kind: SelectField {
            name: "kind".to_owned(),
            label: texts.text("fields-kind"),
            chosen: FieldKind::Text.to_string(),
            options: kinds.collect(),
        },
        choices: has_choices.then(|| of.map(|field| field.draft.choices.join("\n")).unwrap_or_default()),
        required: of.is_some_and(|field| field.draft.required),
        editors: editors(texts, of.map_or(FieldEditor::Agent, |field| field.draft.editor)),
        places: places(texts, of.map_or(FieldPlaces::Both, |field| field.draft.places)),
        action,
        shell,
    })
}

fn editors(texts: Texts, chosen: FieldEditor) -> Vec<WordChoice> {
    let choice = |one: &FieldEditor| WordChoice {
        value: one.as_str(),
        label: word(texts, "editor", one.as_str()),
        text: texts.text(&format!("fields-editor-{one}-text")),
        chosen: *one == chosen,
    };
    FieldEditor::ALL.iter().map(choice).collect()
}

fn places(texts: Texts, chosen: FieldPlaces) -> Vec<WordChoice> {
    let choice = |one: &FieldPlaces| WordChoice {
        value: one.as_str(),
        label: word(texts, "places", one.as_str()),
        text: if *one == FieldPlaces::Messages {
            texts.text("fields-places-messages-text")
        } else {
            String::new()
        },
        chosen: *one == chosen,
    };
    FieldPlaces::ALL.iter().map(choice).collect()
}

/// The same page with what was typed.
fn fill(page: &mut FieldEdit, texts: Texts, form: &Form) {
    page.typed_label = form.typed("label");
    page.typed_key = form.typed("key");
    if FieldKind::parse(form.get("kind")).is_ok() {
        page.kind.chosen = form.typed("kind");
    }
    page.choices = page.choices.take().map(|_| form.typed("choices"));
    page.required = form.has("required");
    page.editors = editors(texts, FieldEditor::parse(form.get("editor")).unwrap_or(FieldEditor::Agent));
    page.places = places(texts, FieldPlaces::parse(form.get("places")).unwrap_or(FieldPlaces::Both));
}

/// What was typed of a field of this kind.
fn draft(form: &Form, kind: Option<FieldKind>, check: &mut Check) -> Option<FieldDraft> {
    let label = check.take("label", FieldLabel::parse(form.get("label")));
    let choices = if kind == Some(FieldKind::Choice) {
        check.take("choices", choices(form.get("choices")))
    } else {
        Some(Vec::new())
    };
    let editor = check.take("editor", FieldEditor::parse(form.get("editor")));
    let places = check.take("places", FieldPlaces::parse(form.get("places")));
    Some(FieldDraft {
        label: label?,
        choices: choices?,
        required: form.has("required"),
        editor: editor?,
        places: places?,
    })
}

async fn again(visit: &AgentVisit, of: Option<&ProfileField>, form: &Form, errors: Vec<FieldError>) -> Page {
    let mut page = page(visit, of).await?;
    fill(&mut page, visit.visit.texts(), form);
    // What it was made from stays so, that a wrong save is no way past somebody else's.
    page.version = form.typed("version");
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn new(AdminVisit(visit): AdminVisit) -> Page {
    Ok(html(&page(&visit, None).await?))
}

async fn create(AdminVisit(visit): AdminVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let mut check = Check::default();
    let key = check.take("key", FieldKey::parse(form.get("key")));
    let kind = check.take("kind", FieldKind::parse(form.get("kind")));
    let draft = draft(&form, kind, &mut check);
    let (Some(key), Some(kind), Some(draft)) = (key, kind, draft) else {
        return again(&visit, None, &form, check.errors(texts)).await;
    };
    match fields::create(visit.visit.web.app(), &visit.ctx(), key, kind, draft).await {
        Ok(_) => Ok(see_other("/admin/fields?saved=profile-field-added")),
        Err(Error::Invalid(problems)) => again(&visit, None, &form, forms::invalid(texts, &problems)).await,
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn find(visit: &AgentVisit, key: &str) -> Result<ProfileField, Failure> {
    or_page(&visit.visit, fields::find(visit.visit.web.app(), key).await).await
}

async fn edit(AdminVisit(visit): AdminVisit, Path(key): Path<String>) -> Page {
    let field = find(&visit, &key).await?;
    Ok(html(&page(&visit, Some(&field)).await?))
}

async fn save(AdminVisit(visit): AdminVisit, Path(key): Path<String>, form: Form) -> Page {
    let texts = visit.visit.texts();
    let field = find(&visit, &key).await?;
    let mut check = Check::default();
    let Some(draft) = draft(&form, Some(field.kind), &mut check) else {
        return again(&visit, Some(&field), &form, check.errors(texts)).await;
    };
    let (app, ctx) = (visit.visit.web.app(), visit.ctx());
    match fields::change(app, &ctx, field.key.clone(), form.version(), draft).await {
        Ok(()) => Ok(see_other("/admin/fields?saved=profile-field")),
        Err(Error::Invalid(problems)) => {
            again(&visit, Some(&field), &form, forms::invalid(texts, &problems)).await
        }
        Err(Error::Stale) => {
            let now = find(&visit, &key).await?;
            let mut page = page(&visit, Some(&now)).await?;
            show_stored(&mut page, texts, &form, &now.draft);
            fill(&mut page, texts, &form);
            let text = texts.text("account-stale");
            page.shell.errors = vec![FieldError { field: "label".to_owned(), text }];
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

/// Shows what is stored beside the fields of a form that was made from an older field (F-12).
fn show_stored(page: &mut FieldEdit, texts: Texts, form: &Form, stored: &FieldDraft) {
    let (editor, places) = (stored.editor.as_str(), stored.places.as_str());
    let (editor_shown, places_shown) = (word(texts, "editor", editor), word(texts, "places", places));
    let typed = form.get("choices").replace("\r\n", "\n");
    if page.choices.as_ref().is_some_and(|choices| *choices != typed) {
        page.shell.add_stored("choices", &stored.choices.join(", "));
    }
    let compared = [
        Stored::text("label", stored.label.as_str()),
        Stored { field: "editor", value: editor, shown: &editor_shown },
        Stored { field: "places", value: places, shown: &places_shown },
    ];
    forms::compare(&mut page.shell, form, &compared);
    if form.has("required") != stored.required {
        let shown = texts.text(if stored.required { "stored-yes" } else { "stored-no" });
        page.shell.add_stored("required", &shown);
    }
}

async fn shift(AdminVisit(visit): AdminVisit, Path(key): Path<String>, form: Form) -> Page {
    let field = find(&visit, &key).await?;
    let way = if form.get("way") == "up" { Way::Up } else { Way::Down };
    or_page(&visit.visit, fields::shift(visit.visit.web.app(), &visit.ctx(), field.key, way).await).await?;
    Ok(see_other("/admin/fields?saved=profile-field-moved"))
}

async fn ask_delete(AdminVisit(visit): AdminVisit, Path(key): Path<String>) -> Page {
    let field = find(&visit, &key).await?;
    let texts = visit.visit.texts();
    let uses = fields::uses(visit.visit.web.app(), &visit.ctx(), &field.key).await;
    let uses = or_page(&visit.visit, uses).await?;
    let href = href(&field.key);
    let shell = visit.shell(Section::Other, format!("{href}/delete")).await;
    Ok(html(&FieldDelete {
        shell: or_page(&visit.visit, shell).await?,
        label: field.draft.label.to_string(),
        placeholder: format!("{{{{ agent.fields.{} }}}}", field.key),
        effect: texts.format("fields-delete-effect", &[("count", &uses.profiles.to_string())]),
        templates: uses
            .templates
            .iter()
            .map(|key| Link::new(spoken(texts, key), template_href(key)))
            .collect(),
        agents: uses.agents,
        href,
    }))
}

async fn delete(AdminVisit(visit): AdminVisit, Path(key): Path<String>) -> Page {
    let field = find(&visit, &key).await?;
    or_page(&visit.visit, fields::delete(visit.visit.web.app(), &visit.ctx(), field.key).await).await?;
    Ok(see_other("/admin/fields?saved=profile-field-deleted"))
}
