//! The simple fields.

use super::page::{again, expected, failed, location as location_form};
use crate::failure::{Page, see_other};
use crate::forms::{Check, Form};
use crate::view::account::VisibilityRow;
use crate::visit::AgentVisit;
use nameplate_app::accounts::profile::{ProfileChange, change};
use nameplate_domain::account::{
    CardField, FullName, JobTitle, Location, LocationField, PhoneNumber, Place, Problem, Visibility, optional,
};

pub(super) async fn name(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let name = check.take("name", FullName::parse(form.get("name")));
    let display_name = check.take("display_name", optional(form.get("display_name"), FullName::parse));
    let fill = {
        let (name, display_name) = (form.typed("name"), form.typed("display_name"));
        |page: &mut crate::view::account::Account| (page.name, page.display_name) = (name, display_name)
    };
    let (Some(name), Some(display_name)) = (name, display_name) else {
        return again(&visit, check.errors(visit.visit.texts()), fill).await;
    };
    let wanted =
        ProfileChange { name: Some(name), display_name: Some(display_name), ..ProfileChange::default() };
    save(&visit, &form, wanted, "name", fill).await
}

pub(super) async fn job_title(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let typed = form.typed("job_title");
    let fill = |page: &mut crate::view::account::Account| page.job_title = typed;
    let Some(job_title) = check.take("job_title", optional(form.get("job_title"), JobTitle::parse)) else {
        return again(&visit, check.errors(visit.visit.texts()), fill).await;
    };
    let wanted = ProfileChange { job_title: Some(job_title), ..ProfileChange::default() };
    save(&visit, &form, wanted, "job_title", fill).await
}

pub(super) async fn phone_number(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let typed = form.typed("phone_number");
    let fill = |page: &mut crate::view::account::Account| page.phone_number = typed;
    let country = visit.agent.location.country;
    let parsed = optional(form.get("phone_number"), |typed| PhoneNumber::parse(typed, country));
    let Some(phone_number) = check.take("phone_number", parsed) else {
        return again(&visit, check.errors(visit.visit.texts()), fill).await;
    };
    let wanted = ProfileChange { phone_number: Some(phone_number), ..ProfileChange::default() };
    save(&visit, &form, wanted, "phone_number", fill).await
}

pub(super) async fn location(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let parsed = location_of(&form);
    let typed = {
        let form = form.clone();
        move |field: LocationField| form.typed(&format!("location_{}", field.as_str()))
    };
    match parsed {
        Ok(location) => {
            let wanted = ProfileChange { location: Some(location), ..ProfileChange::default() };
            let fill = |page: &mut crate::view::account::Account| {
                page.location = location_form(typed, true, page.shell.locale);
            };
            save(&visit, &form, wanted, "location_name", fill).await
        }
        Err(problems) => {
            for (field, problem) in problems {
                check.add(&field, problem);
            }
            let fill = |page: &mut crate::view::account::Account| {
                page.location = location_form(typed, true, page.shell.locale);
            };
            again(&visit, check.errors(visit.visit.texts()), fill).await
        }
    }
}

/// The location's form, or what is wrong with its fields.
pub(in crate::pages) fn location_of(form: &Form) -> Result<Location, Vec<(String, Problem)>> {
    let name = |field: LocationField| format!("location_{}", field.as_str());
    Location::parse(|field| form.get(&name(field)))
        .map_err(|problems| problems.into_iter().map(|(field, problem)| (name(field), problem)).collect())
}

/// What is ticked.
pub(in crate::pages) fn visibility_of(form: &Form) -> Visibility {
    CardField::ALL.iter().fold(Visibility::NOWHERE, |visibility, field| {
        let is_ticked = |place: &Place| form.has(&format!("{}_{}", field.as_str(), place.as_str()));
        let places: Vec<Place> = Place::ALL.into_iter().filter(is_ticked).collect();
        visibility.with(*field, &places)
    })
}

/// Ticks the boxes as the form has them.
pub(in crate::pages) fn tick(rows: &mut [VisibilityRow], form: &Form) {
    for row in rows {
        row.booking_page = form.has(&format!("{}_booking_page", row.key));
        row.messages = form.has(&format!("{}_messages", row.key));
    }
}

pub(super) async fn visibility(visit: AgentVisit, form: Form) -> Page {
    let wanted = ProfileChange { visibility: Some(visibility_of(&form)), ..ProfileChange::default() };
    let ticked = form.clone();
    let fill = |page: &mut crate::view::account::Account| tick(&mut page.visibility, &ticked);
    save(&visit, &form, wanted, "visibility", fill).await
}

/// Saves, and comes back with a word on what was saved: on top, where the page opens (G-13).
pub(super) async fn save(
    visit: &AgentVisit,
    form: &Form,
    wanted: ProfileChange,
    field: &str,
    fill: impl FnOnce(&mut crate::view::account::Account),
) -> Page {
    let saved = change(visit.visit.web.app(), &visit.ctx(), wanted, expected(form)).await;
    let name = field.trim_start_matches("location_").replace('_', "-");
    let name = if field == "location_name" { "location".to_owned() } else { name };
    match saved {
        Ok(_) => Ok(see_other(&format!("/account?saved={name}"))),
        Err(error) => failed(visit, error, form, field, fill).await,
    }
}
