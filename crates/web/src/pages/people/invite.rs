//! Inviting somebody.

use super::{PATH, roles};
use crate::failure::{Failure, Page, html, minutes, see_other};
use crate::forms::{self, Check, Form};
use crate::pages::{or_page, with_status};
use crate::view::people::Invite;
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::people::{self, Invitee};
use nameplate_domain::account::{EmailAddress, FullName, Role};

async fn page(visit: &AgentVisit, form: &Form) -> Result<Invite, Failure> {
    let shell = visit.shell(Section::Other, "/admin/people/invite").await;
    Ok(Invite {
        shell: or_page(&visit.visit, shell).await?,
        name: form.typed("name"),
        email: form.typed("email"),
        roles: roles(visit.visit.texts(), Role::parse(form.get("role")).unwrap_or(Role::Agent)),
    })
}

pub(super) async fn show(AdminVisit(visit): AdminVisit) -> Page {
    Ok(html(&page(&visit, &Form::default()).await?))
}

pub(super) async fn send(AdminVisit(visit): AdminVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let mut check = Check::default();
    let name = check.take("name", FullName::parse(form.get("name")));
    let email = check.take("email", EmailAddress::parse(form.get("email")));
    let role = check.take("role", Role::parse(form.get("role")));
    let (status, errors) = match (name, email, role) {
        (Some(name), Some(email), Some(role)) => {
            match people::invite(
                visit.visit.web.app(),
                &visit.ctx(),
                Invitee { name, email, role, profile: ProfileChange::default() },
            )
            .await
            {
                Ok(agent) => return Ok(see_other(&format!("{PATH}/{}?saved=invited", agent.id))),
                Err(Error::Invalid(problems)) => {
                    (StatusCode::UNPROCESSABLE_ENTITY, forms::invalid(texts, &problems))
                }
                Err(Error::Limited(wait)) => {
                    let text = texts.format("invite-limit", &[("minutes", &minutes(wait))]);
                    let error = FieldError { field: "invite".to_owned(), text };
                    (StatusCode::TOO_MANY_REQUESTS, vec![error])
                }
                Err(error) => return Err(Failure::page(error, &visit.visit).await),
            }
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, check.errors(texts)),
    };
    let mut page = page(&visit, &form).await?;
    page.shell.errors = errors;
    with_status(status, &page)
}
