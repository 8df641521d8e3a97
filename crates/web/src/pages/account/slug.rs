//! The profile URL.

use super::fields::save;
use super::page::again;
use crate::failure::{Page, html};
use crate::forms::{self, Asked, Check, Form};
use crate::pages::or_page;
use crate::view::account::SlugCheck as Fragment;
use crate::visit::AgentVisit;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::accounts::slug::{self, SlugCheck};
use nameplate_domain::account::Slug;
use serde::Deserialize;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let typed = form.typed("slug");
    let fill = |page: &mut crate::view::account::Account| page.slug = typed;
    let Some(slug) = check.take("slug", Slug::parse(form.get("slug"))) else {
        return again(&visit, check.errors(visit.visit.texts()), fill).await;
    };
    let wanted = ProfileChange { slug: Some(slug), ..ProfileChange::default() };
    save(&visit, &form, wanted, "slug", fill).await
}

#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    slug: String,
}

/// `GET /account/slug-check?slug=`: the text under the field, while typing.
pub(super) async fn check(visit: AgentVisit, Asked(typed): Asked<Typed>) -> Page {
    let texts = visit.visit.texts();
    let checked = slug::check(visit.visit.web.app(), &visit.ctx(), &typed.slug).await;
    let fragment = match or_page(&visit.visit, checked).await? {
        SlugCheck::Free => Fragment { free: true, text: texts.format("slug-free", &[("slug", &typed.slug)]) },
        SlugCheck::Own => Fragment { free: true, text: texts.text("slug-own") },
        SlugCheck::Refused(problem, others) => {
            let mut text = forms::error(texts, "slug", &problem).text;
            if !others.is_empty() {
                text = format!("{text} {}", texts.format("slug-suggest", &[("slugs", &others.join(", "))]));
            }
            Fragment { free: false, text }
        }
    };
    Ok(html(&fragment))
}
