//! The versions of a template, and the way back to one (T-09).

use super::editor::{Editor, history_title};
use super::{Segments, href, words};
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::Form;
use crate::view::templates::{TemplateHistory, TemplateVersionRow};
use crate::view::{Link, Section};
use crate::visit::AdminVisit;
use axum::extract::Path;
use nameplate_app::templates::{self, Saved, TemplateVersion, default_of};
use nameplate_domain::templates::Part;

pub(super) async fn show(AdminVisit(visit): AdminVisit, Path(segments): Path<Segments>) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let versions =
        editor.or_page(templates::history(editor.app(), &editor.visit.ctx(), &editor.key).await).await?;
    let (title, lead) = history_title(&editor);
    let (template, to) = words(editor.texts(), &editor.key);
    let back = editor.texts().format("template-heading", &[("template", &template), ("to", &to)]);
    let action = format!("{}/history", href(&editor.key));
    let shell = editor.or_page(editor.visit.shell(Section::Other, action.as_str()).await).await?;
    let current = versions.first().map_or(0, |newest| newest.version);
    let mut rows: Vec<_> = versions.iter().map(|one| row(&editor, one, current)).collect();
    rows.push(built_in(&editor, current));
    Ok(html(&TemplateHistory {
        back: Link::new(back, href(&editor.key)),
        seen: current.to_string(),
        action,
        title,
        lead,
        rows,
        shell,
    }))
}

fn row(editor: &Editor, one: &TemplateVersion, current: i64) -> TemplateVersionRow {
    let texts = editor.texts();
    let author = one.author.clone().unwrap_or_else(|| texts.text("template-history-unknown"));
    let (version, when) = (one.version.to_string(), editor.visit.clock().short(one.saved_at));
    let written = |part: Part| one.parts.get(part).map(|text| Link::new(label(editor, part), text));
    TemplateVersionRow {
        title: texts.format(
            "template-history-version",
            &[("version", &version), ("when", &when), ("author", &author)],
        ),
        current: one.version == current,
        texts: templates::parts(editor.app(), &editor.key).filter_map(written).collect(),
        version,
    }
}

fn built_in(editor: &Editor, current: i64) -> TemplateVersionRow {
    let text = |part: Part| Link::new(label(editor, part), default_of(&editor.key, part));
    TemplateVersionRow {
        version: "0".to_owned(),
        title: editor.texts().text("template-history-default"),
        current: current == 0,
        texts: templates::parts(editor.app(), &editor.key).map(text).collect(),
    }
}

fn label(editor: &Editor, part: Part) -> String {
    editor.texts().text(&format!("template-part-{}", part.as_str().replace('_', "-")))
}

pub(super) async fn restore(
    AdminVisit(visit): AdminVisit,
    Path(segments): Path<Segments>,
    form: Form,
) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let seen = form.get("seen").parse().unwrap_or(-1);
    let ctx = editor.visit.ctx();
    match templates::restore(editor.app(), &ctx, &editor.key, seen, form.version()).await {
        Ok(Saved::Done) => Ok(see_other(&format!("{}?saved=template-restored", href(&editor.key)))),
        // A newer server may read less than the one that it was written on.
        Ok(Saved::Wrong(wrong)) => {
            let parts = editor
                .or_page(templates::version(editor.app(), &ctx, &editor.key, form.version()).await)
                .await?;
            editor.refused(&parts, &wrong, &form).await
        }
        Err(error) => Err(Failure::page(error, &editor.visit.visit).await),
    }
}
