//! Adding, naming and removing passkeys.

use super::{confirm, question};
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Check, Form};
use crate::pages::{or_page, security, with_status};
use crate::view::passkeys::{PasskeyItem, PasskeyRemove, PasskeyRename, Passkeys};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::accounts::passkeys::{self, Listed};
use nameplate_app::accounts::sessions;
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::PasskeyName;
use nameplate_i18n::time::Clock;

/// The section of the Security page.
pub(crate) async fn section(visit: &AgentVisit) -> Result<Passkeys, Error> {
    let (app, ctx, clock) = (visit.visit.web.app(), visit.ctx(), visit.clock());
    let listed = passkeys::list(app, &ctx).await?;
    Ok(Passkeys {
        possible: passkeys::are_possible(app),
        asks: !sessions::is_confirmed(app, &ctx).await?,
        items: listed.iter().map(|one| item(&clock, one)).collect(),
    })
}

fn item(clock: &Clock, one: &Listed) -> PasskeyItem {
    PasskeyItem {
        href: href(one),
        name: one.passkey.name.to_string(),
        is_this: one.is_this,
        added: clock.short(one.passkey.created_at),
        used: one.passkey.last_used_at.map(|at| clock.short(at)),
    }
}

fn href(one: &Listed) -> String {
    format!("/account/passkeys/{}", one.passkey.id)
}

pub(super) async fn ask(visit: AgentVisit) -> Page {
    let asked = passkeys::start_add(visit.visit.web.app(), &visit.ctx()).await;
    Ok(question("create", &or_page(&visit.visit, asked).await?))
}

pub(super) async fn add(visit: AgentVisit, form: Form) -> Page {
    let (challenge, answer) = (form.get("challenge"), form.get("answer"));
    let texts = visit.visit.texts();
    let wrong = |text: String| vec![FieldError { field: "passkey".to_owned(), text }];
    let errors = match passkeys::finish_add(visit.visit.web.app(), &visit.ctx(), challenge, answer).await {
        Ok(_) => return Ok(see_other("/account/security?saved=passkey-added")),
        Err(Error::Invalid(problems)) => forms::invalid(texts, &problems),
        Err(Error::WrongCredentials) => wrong(texts.text("passkey-not-added")),
        Err(Error::Refused(Refusal::LinkDead)) => wrong(texts.text("passkey-late")),
        Err(error) => return Err(Failure::page(error, &visit.visit).await),
    };
    security::again(&visit, errors).await
}

async fn find(visit: &AgentVisit, id: &str) -> Result<Listed, Failure> {
    or_page(&visit.visit, passkeys::find(visit.visit.web.app(), &visit.ctx(), id).await).await
}

async fn rename_page(visit: &AgentVisit, one: &Listed, typed: &str) -> Result<PasskeyRename, Failure> {
    Ok(PasskeyRename {
        shell: or_page(&visit.visit, visit.shell(Section::Account, href(one)).await).await?,
        href: href(one),
        stored_name: one.passkey.name.to_string(),
        name: typed.to_owned(),
    })
}

pub(super) async fn show(visit: AgentVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    Ok(html(&rename_page(&visit, &one, one.passkey.name.as_str()).await?))
}

pub(super) async fn rename(visit: AgentVisit, Path(id): Path<String>, form: Form) -> Page {
    let one = find(&visit, &id).await?;
    let mut check = Check::default();
    let Some(name) = check.take("name", PasskeyName::parse(form.get("name"))) else {
        let mut page = rename_page(&visit, &one, form.get("name")).await?;
        page.shell.errors = check.errors(visit.visit.texts());
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let renamed = passkeys::rename(visit.visit.web.app(), &visit.ctx(), &id, name).await;
    or_page(&visit.visit, renamed).await?;
    Ok(see_other("/account/security?saved=passkey-named"))
}

pub(super) async fn ask_remove(visit: AgentVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    let (app, ctx, path) = (visit.visit.web.app(), visit.ctx(), format!("{}/remove", href(&one)));
    if !sessions::is_recent(app, &ctx) {
        return Ok(see_other(&confirm::path(&path)));
    }
    let others = or_page(&visit.visit, passkeys::list(app, &ctx).await).await?.len().saturating_sub(1);
    Ok(html(&PasskeyRemove {
        shell: or_page(&visit.visit, visit.shell(Section::Account, path).await).await?,
        href: href(&one),
        name: one.passkey.name.to_string(),
        left: visit.visit.texts().format("passkey-remove-left", &[("count", &others.to_string())]),
    }))
}

pub(super) async fn remove(visit: AgentVisit, Path(id): Path<String>) -> Page {
    match passkeys::remove(visit.visit.web.app(), &visit.ctx(), &id).await {
        Ok(()) => Ok(see_other("/account/security?saved=passkey-removed")),
        Err(Error::ReauthenticationRequired) => {
            Ok(see_other(&confirm::path(&format!("/account/passkeys/{id}/remove"))))
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
