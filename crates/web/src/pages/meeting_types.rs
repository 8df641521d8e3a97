//! What can be booked with the agent.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Check, Form, Stored};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::meeting_types::{
    MeetingTypeDelete, MeetingTypeEdit, MeetingTypeForm, MeetingTypeRow, MeetingTypes,
};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::{Error, meeting_types, meetings};
use nameplate_domain::account::{
    LocationName, MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug, Problem, optional,
};
use nameplate_domain::meetings::{MeetingType, MeetingTypeDraft, check_rules};
use nameplate_domain::time::slots::Rules;

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .get("/account/meeting-types", agent, list)
        .get("/account/meeting-types/new", agent, new)
        .post("/account/meeting-types/new", agent, create)
        .get("/account/meeting-types/{id}", agent, edit)
        .post("/account/meeting-types/{id}", agent, save)
        .get("/account/meeting-types/{id}/delete", agent, ask_delete)
        .post("/account/meeting-types/{id}/delete", agent, delete)
}

async fn list(visit: AgentVisit) -> Page {
    let app = visit.visit.web.app();
    let types = or_page(&visit.visit, meeting_types::of(app, visit.agent.id).await).await?;
    let texts = visit.visit.texts();
    let row = |one: &MeetingType| MeetingTypeRow {
        name: one.name.to_string(),
        duration: texts.format("duration-minutes", &[("count", &one.rules.duration_minutes.to_string())]),
        rules: texts.format(
            "types-rules",
            &[
                ("notice", &notice(&visit, one.rules.notice_minutes)),
                ("days", &one.rules.horizon_days.to_string()),
            ],
        ),
        url: format!("{}/{}", visit.profile_url(), one.slug),
        href: format!("/account/meeting-types/{}", one.id),
    };
    let rows = types.iter().map(row).collect();
    let shell =
        or_page(&visit.visit, visit.shell(Section::MeetingTypes, "/account/meeting-types").await).await?;
    Ok(html(&MeetingTypes { shell, rows }))
}

fn notice(visit: &AgentVisit, minutes: u32) -> String {
    let (key, count) = if minutes >= 60 && minutes.is_multiple_of(60) {
        ("duration-hours", minutes / 60)
    } else {
        ("duration-minutes", minutes)
    };
    visit.visit.texts().format(key, &[("count", &count.to_string())])
}

async fn page(
    visit: &AgentVisit,
    of: Option<&MeetingType>,
    form: MeetingTypeForm,
) -> Result<MeetingTypeEdit, Failure> {
    let href = of.map(|one| format!("/account/meeting-types/{}", one.id));
    let action = href.clone().unwrap_or_else(|| "/account/meeting-types/new".to_owned());
    let shell = or_page(&visit.visit, visit.shell(Section::MeetingTypes, action.as_str()).await).await?;
    let host = visit.profile_url();
    let host = host.split_once("://").map_or(host.as_str(), |(_, rest)| rest);
    Ok(MeetingTypeEdit {
        action,
        version: of.map(|one| one.version.to_string()).unwrap_or_default(),
        url_prefix: format!("{host}/"),
        stored_name: of.map(|one| one.name.to_string()),
        delete_href: href.map(|href| format!("{href}/delete")),
        form,
        shell,
    })
}

async fn new(visit: AgentVisit) -> Page {
    let form = rules(&Rules::usual(30));
    Ok(html(&page(&visit, None, form).await?))
}

async fn find(visit: &AgentVisit, id: &str) -> Result<MeetingType, Failure> {
    or_page(&visit.visit, meeting_types::find(visit.visit.web.app(), visit.agent.id, id).await).await
}

async fn edit(visit: AgentVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    Ok(html(&page(&visit, Some(&one), stored(&one)).await?))
}

/// The form as stored.
fn stored(one: &MeetingType) -> MeetingTypeForm {
    MeetingTypeForm {
        name: one.name.to_string(),
        slug: one.slug.to_string(),
        description: one.description.as_ref().map(ToString::to_string).unwrap_or_default(),
        place: one.place.as_ref().map(ToString::to_string).unwrap_or_default(),
        ..rules(&one.rules)
    }
}

fn rules(rules: &Rules) -> MeetingTypeForm {
    MeetingTypeForm {
        duration_minutes: rules.duration_minutes.to_string(),
        interval_minutes: rules.interval_minutes.to_string(),
        buffer_before_minutes: rules.buffer_before_minutes.to_string(),
        buffer_after_minutes: rules.buffer_after_minutes.to_string(),
        notice_minutes: rules.notice_minutes.to_string(),
        horizon_days: rules.horizon_days.to_string(),
        daily_limit: rules.daily_limit.map(|limit| limit.to_string()).unwrap_or_default(),
        ..MeetingTypeForm::default()
    }
}

/// Shows what is stored beside the fields of a form that was made from an older meeting type.
fn show_stored(page: &mut MeetingTypeEdit, form: &Form, stored: &MeetingTypeForm) {
    let stored = [
        Stored::text("name", &stored.name),
        Stored::text("slug", &stored.slug),
        Stored::text("description", &stored.description),
        Stored::text("place", &stored.place),
        Stored::text("duration_minutes", &stored.duration_minutes),
        Stored::text("interval_minutes", &stored.interval_minutes),
        Stored::text("buffer_before_minutes", &stored.buffer_before_minutes),
        Stored::text("buffer_after_minutes", &stored.buffer_after_minutes),
        Stored::text("notice_minutes", &stored.notice_minutes),
        Stored::text("horizon_days", &stored.horizon_days),
        Stored::text("daily_limit", &stored.daily_limit),
    ];
    forms::compare(&mut page.shell, form, &stored);
}

/// A whole number as typed; empty is an error here.
fn number(typed: &str) -> Result<u32, Problem> {
    let typed = typed.trim();
    if typed.is_empty() { Err(Problem::Empty) } else { typed.parse().map_err(|_| Problem::NotANumber) }
}

fn draft(form: &Form, check: &mut Check) -> Option<MeetingTypeDraft> {
    let name = check.take("name", MeetingTypeName::parse(form.get("name")));
    let slug = match (form.get("slug").trim(), &name) {
        ("", Some(name)) => Some(MeetingTypeSlug::suggest(name)),
        ("", None) => None,
        (typed, _) => check.take("slug", MeetingTypeSlug::parse(typed)),
    };
    let description =
        check.take("description", optional(form.get("description"), MeetingTypeDescription::parse));
    let place = check.take("place", optional(form.get("place"), LocationName::parse));
    let mut take = |field: &str| check.take(field, number(form.get(field)));
    let numbers = (
        take("duration_minutes"),
        take("interval_minutes"),
        take("buffer_before_minutes"),
        take("buffer_after_minutes"),
        take("notice_minutes"),
        take("horizon_days"),
    );
    let daily_limit = check.take("daily_limit", optional(form.get("daily_limit"), number));
    let (Some(duration), Some(interval), Some(before), Some(after), Some(notice), Some(horizon)) = numbers
    else {
        return None;
    };
    let rules = Rules {
        duration_minutes: duration,
        interval_minutes: interval,
        buffer_before_minutes: before,
        buffer_after_minutes: after,
        notice_minutes: notice,
        horizon_days: horizon,
        daily_limit: daily_limit?,
    };
    let rules = match check_rules(rules) {
        Ok(rules) => rules,
        Err(problems) => {
            for (field, problem) in problems {
                check.add(field, problem);
            }
            return None;
        }
    };
    Some(MeetingTypeDraft { slug: slug?, name: name?, description: description?, place: place?, rules })
}

fn typed(form: &Form) -> MeetingTypeForm {
    MeetingTypeForm {
        name: form.typed("name"),
        slug: form.typed("slug"),
        description: form.typed("description"),
        place: form.typed("place"),
        duration_minutes: form.typed("duration_minutes"),
        interval_minutes: form.typed("interval_minutes"),
        buffer_before_minutes: form.typed("buffer_before_minutes"),
        buffer_after_minutes: form.typed("buffer_after_minutes"),
        notice_minutes: form.typed("notice_minutes"),
        horizon_days: form.typed("horizon_days"),
        daily_limit: form.typed("daily_limit"),
    }
}

async fn again(visit: &AgentVisit, of: Option<&MeetingType>, form: &Form, errors: Vec<FieldError>) -> Page {
    let mut page = page(visit, of, typed(form)).await?;
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn create(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let Some(draft) = draft(&form, &mut check) else {
        return again(&visit, None, &form, check.errors(visit.visit.texts())).await;
    };
    match meeting_types::create(visit.visit.web.app(), &visit.ctx(), draft).await {
        Ok(_) => Ok(see_other("/account/meeting-types?saved=type-added")),
        Err(Error::Invalid(problems)) => {
            again(&visit, None, &form, forms::invalid(visit.visit.texts(), &problems)).await
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn save(visit: AgentVisit, Path(id): Path<String>, form: Form) -> Page {
    let one = find(&visit, &id).await?;
    let mut check = Check::default();
    let Some(draft) = draft(&form, &mut check) else {
        return again(&visit, Some(&one), &form, check.errors(visit.visit.texts())).await;
    };
    let texts = visit.visit.texts();
    let version = Some(form.version());
    match meeting_types::change(visit.visit.web.app(), &visit.ctx(), &id, version, draft).await {
        Ok(_) => Ok(see_other("/account/meeting-types?saved=type")),
        Err(Error::Invalid(problems)) => {
            again(&visit, Some(&one), &form, forms::invalid(texts, &problems)).await
        }
        Err(Error::Stale) => {
            let now = find(&visit, &id).await?;
            let mut page = page(&visit, Some(&now), typed(&form)).await?;
            page.shell.errors =
                vec![FieldError { field: "name".to_owned(), text: texts.text("account-stale") }];
            show_stored(&mut page, &form, &stored(&now));
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn ask_delete(visit: AgentVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    let upcoming =
        or_page(&visit.visit, meetings::list::upcoming(visit.visit.web.app(), &visit.ctx()).await).await?;
    let booked = upcoming
        .iter()
        .filter(|meeting| meeting.meeting_type_id == one.id && meeting.changeable(visit.visit.now).is_ok());
    let count = booked.count().to_string();
    let href = format!("/account/meeting-types/{}", one.id);
    Ok(html(&MeetingTypeDelete {
        shell: or_page(&visit.visit, visit.shell(Section::MeetingTypes, format!("{href}/delete")).await)
            .await?,
        href,
        name: one.name.to_string(),
        effect: visit.visit.texts().format("types-delete-effect", &[("count", &count)]),
    }))
}

async fn delete(visit: AgentVisit, Path(id): Path<String>) -> Page {
    match meeting_types::delete(visit.visit.web.app(), &visit.ctx(), &id).await {
        Ok(()) => Ok(see_other("/account/meeting-types?saved=type-deleted")),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
