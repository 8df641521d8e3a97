//! The profile URL.

use super::fields::save;
use super::page::again;
use crate::failure::{Page, html};
use crate::forms::{self, Asked, Form};
use crate::pages::or_page;
use crate::view::FieldError;
use crate::view::account::SlugCheck as Fragment;
use crate::visit::AgentVisit;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::accounts::slug::{self, SlugCheck};
use nameplate_domain::account::{Problem, Slug};
use nameplate_i18n::Texts;
use serde::Deserialize;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let typed = form.typed("slug");
    let fill = |page: &mut crate::view::account::Account| page.slug = typed;
    let checked = slug::check(visit.visit.web.app(), &visit.ctx(), form.get("slug")).await;
    if let SlugCheck::Refused(problem, others) = or_page(&visit.visit, checked).await? {
        let text = refusal(visit.visit.texts(), &problem, &others);
        return again(&visit, vec![FieldError { field: "slug".to_owned(), text }], fill).await;
    }
    let wanted = ProfileChange { slug: Slug::parse(form.get("slug")).ok(), ..ProfileChange::default() };
    save(&visit, &form, wanted, "slug", fill).await
}

/// What is wrong with a link, and others that can be had.
fn refusal(texts: Texts, problem: &Problem, others: &[String]) -> String {
    let text = forms::error(texts, "slug", problem).text;
    if others.is_empty() {
        return text;
    }
    texts.format("slug-suggest", &[("problem", &text), ("slugs", &others.join(", "))])
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
            Fragment { free: false, text: refusal(texts, &problem, &others) }
        }
    };
    Ok(html(&fragment))
}
