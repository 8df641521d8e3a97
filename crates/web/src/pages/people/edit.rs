//! Somebody else's account, edited (AD-06).

use super::PATH;
use super::person::found;
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Check, Form, Stored};
use crate::pages::account::{inputs, page as own_page};
use crate::pages::{or_page, with_status};
use crate::view::person_edit::Edit;
use crate::view::zones::ZoneChoice;
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::accounts::external_ids::{self, ExternalIds, IdChanges};
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::{Error, fields, people};
use nameplate_domain::account::{
    Agent, AgentStatus, ExternalId, FieldKey, FullName, JobTitle, LocationField, PhoneNumber, Problem, Slug,
    optional,
};

/// The form as stored.
async fn page(visit: &AgentVisit, agent: &Agent, ids: &ExternalIds) -> Result<Edit, Failure> {
    let (app, here) = (visit.visit.web.app(), format!("{PATH}/{}", agent.id));
    let shell = or_page(&visit.visit, visit.shell(Section::Other, format!("{here}/edit")).await).await?;
    let is_active = agent.status == AgentStatus::Active;
    let lines: Vec<String> = ids.iter().map(|(system, id)| format!("{system}:{}", id.as_str())).collect();
    Ok(Edit {
        version: agent.version.to_string(),
        who: agent.name.to_string(),
        email: agent.email.shown(),
        is_told: is_active,
        name: agent.name.to_string(),
        display_name: agent.display_name.as_ref().map(FullName::to_string).unwrap_or_default(),
        url_prefix: format!("{}/", app.settings().public_url.split_once("://").map_or("", |(_, rest)| rest)),
        slug: agent.slug.to_string(),
        time_zone: ZoneChoice { chosen: agent.time_zone.to_string(), options: visit.visit.zones() },
        phone_number: agent.phone_number.as_ref().map(|one| one.typed().to_owned()).unwrap_or_default(),
        job_title: agent.job_title.as_ref().map(JobTitle::to_string).unwrap_or_default(),
        location: own_page::location(|part| agent.location.part(part).to_owned(), false, shell.locale),
        fields: or_page(&visit.visit, inputs::of(visit, agent.id).await).await?,
        visibility: own_page::visibility(visit.visit.texts(), agent.visibility),
        external_ids: lines.join("\n"),
        reset: is_active.then(|| format!("{here}/reset")),
        href: here,
        shell,
    })
}

/// The account, unless it is the admin's own or closed, and its ids.
async fn opened(visit: &AgentVisit, agent: &str) -> Result<(Agent, ExternalIds), Failure> {
    let account = found(visit, agent).await?;
    if account.is_own {
        return Err(see_other("/account").into());
    }
    if account.agent.status == AgentStatus::Closed {
        return Err(see_other(&format!("{PATH}/{}", account.agent.id)).into());
    }
    let ids = external_ids::of_each(visit.visit.web.app(), vec![account.agent.id]).await;
    let ids = or_page(&visit.visit, ids).await?.pop().unwrap_or_default();
    Ok((account.agent, ids))
}

pub(super) async fn show(AdminVisit(visit): AdminVisit, Path(agent): Path<String>) -> Page {
    let (agent, ids) = opened(&visit, &agent).await?;
    Ok(html(&page(&visit, &agent, &ids).await?))
}

/// The lines that were typed, and those that are gone.
fn ids_of(typed: &str, stored: &ExternalIds) -> Result<IdChanges, Problem> {
    let mut changes: IdChanges = stored.keys().map(|system| (system.clone(), None)).collect();
    let mut systems = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (system, id) = line.split_once(':').ok_or(Problem::ExternalIdFormat)?;
        let system = FieldKey::parse(system).map_err(|_| Problem::ExternalIdFormat)?;
        if systems.contains(&system) {
            return Err(Problem::Repeated { value: system.to_string() });
        }
        changes.insert(system.clone(), Some(ExternalId::parse(id).map_err(|_| Problem::ExternalIdFormat)?));
        systems.push(system);
    }
    Ok(changes)
}

async fn change(
    visit: &AgentVisit,
    form: &Form,
    ids: &ExternalIds,
) -> Result<Result<ProfileChange, Vec<FieldError>>, Failure> {
    let app = visit.visit.web.app();
    let defined = or_page(&visit.visit, fields::list(app).await).await?;
    let mut check = Check::default();
    let name = check.take("name", FullName::parse(form.get("name")));
    let display_name = check.take("display_name", optional(form.get("display_name"), FullName::parse));
    let slug = check.take("slug", Slug::parse(form.get("slug")));
    let zone = app.tzdb().normalise(form.get("time_zone")).map_err(|_| Problem::TimeZoneUnknown);
    let time_zone = check.take("time_zone", zone);
    let job_title = check.take("job_title", optional(form.get("job_title"), JobTitle::parse));
    let location = own_page::location_of(form);
    let country = location.as_ref().ok().and_then(|location| location.country);
    let number = optional(form.get("phone_number"), |typed| PhoneNumber::parse(typed, country));
    let phone_number = check.take("phone_number", number);
    let location = match location {
        Ok(location) => Some(location),
        Err(problems) => {
            for (field, problem) in problems {
                check.add(&field, problem);
            }
            None
        }
    };
    let filled = inputs::changes(visit, &defined, form, &mut check);
    let external_ids = check.take("external_ids", ids_of(form.get("external_ids"), ids));
    let errors = check.errors(visit.visit.texts());
    Ok(if errors.is_empty() {
        Ok(ProfileChange {
            name,
            display_name,
            slug,
            time_zone,
            phone_number,
            job_title,
            location,
            visibility: Some(own_page::visibility_of(form)),
            fields: filled,
            external_ids: external_ids.unwrap_or_default(),
        })
    } else {
        Err(errors)
    })
}

/// Shows what is stored beside the fields of a form that was made from an older account (F-12).
fn show_stored(page: &mut Edit, form: &Form) {
    let zone = page.time_zone.label().to_owned();
    let Edit { shell, location, time_zone, .. } = page;
    let stored = [
        Stored::text("name", &page.name),
        Stored::text("display_name", &page.display_name),
        Stored::text("slug", &page.slug),
        Stored::text("phone_number", &page.phone_number),
        Stored::text("job_title", &page.job_title),
        Stored::text("location_name", &location.name),
        Stored::text("location_street", &location.street),
        Stored::text("location_postcode", &location.postcode),
        Stored::text("location_city", &location.city),
        Stored::text("location_state", &location.state),
        Stored::text("location_country", &location.country),
        Stored::text("external_ids", &page.external_ids),
        Stored { shown: &zone, ..Stored::text("time_zone", &time_zone.chosen) },
    ];
    forms::compare(shell, form, &stored);
    for one in &page.fields {
        forms::compare(shell, form, &[Stored { shown: &one.shown, ..Stored::text(&one.name, &one.value) }]);
    }
}

/// Puts what was typed back into the form.
fn fill(page: &mut Edit, form: &Form) {
    for (field, typed) in [
        (&mut page.name, "name"),
        (&mut page.display_name, "display_name"),
        (&mut page.slug, "slug"),
        (&mut page.phone_number, "phone_number"),
        (&mut page.job_title, "job_title"),
        (&mut page.external_ids, "external_ids"),
        (&mut page.time_zone.chosen, "time_zone"),
    ] {
        *field = form.typed(typed);
    }
    let part = |field: LocationField| form.typed(&format!("location_{}", field.as_str()));
    page.location = own_page::location(part, page.location.open, page.shell.locale);
    for input in &mut page.fields {
        input.value = form.typed(&input.name);
    }
    own_page::tick(&mut page.visibility, form);
}

pub(super) async fn save(AdminVisit(visit): AdminVisit, Path(agent): Path<String>, form: Form) -> Page {
    let (agent, ids) = opened(&visit, &agent).await?;
    let texts = visit.visit.texts();
    let (status, errors) = match change(&visit, &form, &ids).await? {
        Err(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Ok(wanted) => {
            let edited =
                people::edit(visit.visit.web.app(), &visit.ctx(), agent.id, wanted, form.version()).await;
            match edited {
                Ok(agent) => return Ok(see_other(&format!("{PATH}/{}?saved=edited", agent.id))),
                Err(Error::Invalid(problems)) => {
                    let mut errors = forms::invalid(texts, &problems);
                    for error in &mut errors {
                        if error.field.starts_with("external_ids") {
                            "external_ids".clone_into(&mut error.field);
                        }
                    }
                    (StatusCode::UNPROCESSABLE_ENTITY, errors)
                }
                Err(Error::Stale) => {
                    let text = texts.text("edit-stale");
                    (StatusCode::CONFLICT, vec![FieldError { field: "name".to_owned(), text }])
                }
                Err(error) => return Err(Failure::page(error, &visit.visit).await),
            }
        }
    };
    let (agent, ids) = opened(&visit, &agent.id.to_string()).await?;
    let mut page = page(&visit, &agent, &ids).await?;
    page.shell.errors = errors;
    if status == StatusCode::CONFLICT {
        show_stored(&mut page, &form);
    }
    fill(&mut page, &form);
    page.shell.saved = None;
    with_status(status, &page)
}
