//! Giving a meeting to a colleague: for its agent, and for admins.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{Check, Form};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::manage::MeetingFacts;
use crate::view::reassign::{Colleague, Reassign};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::meetings::reassign::{self, Handover};
use nameplate_app::meetings::{self, Seen};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::{Note, Problem, optional};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Party;

/// Where whoever gave a meeting away goes on: they see it no more.
const LIST: &str = "/account/meetings";

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/account/meetings/{id}/reassign", Access::Agent, show).post(
        "/account/meetings/{id}/reassign",
        Access::Agent,
        save,
    )
}

/// The page of a meeting's reassignment.
pub(crate) fn path(id: MeetingId) -> String {
    format!("{LIST}/{id}/reassign")
}

async fn open(visit: &AgentVisit, id: &str) -> Result<Seen, Failure> {
    let seen = match id.parse() {
        Ok(id) => meetings::see(visit.visit.web.app(), &visit.ctx(), id).await,
        Err(_) => Err(Error::NotFound),
    };
    or_page(&visit.visit, seen).await
}

/// The meeting's page; an admin has none for a colleague's.
fn back(visit: &AgentVisit, seen: &Seen) -> String {
    if seen.party != Party::Agent {
        return LIST.to_owned();
    }
    let app = visit.visit.web.app();
    let url = meetings::manage_url(app, &seen.meeting, Party::Agent);
    url.strip_prefix(&app.settings().public_url).unwrap_or(&url).to_owned()
}

async fn page(visit: &AgentVisit, seen: &Seen, form: &Form) -> Result<Reassign, Failure> {
    let found = reassign::colleagues(visit.visit.web.app(), &visit.ctx(), seen.meeting.id).await;
    let found = or_page(&visit.visit, found).await?;
    let (texts, meeting) = (visit.visit.texts(), &seen.meeting);
    let (clock, customers) =
        (visit.visit.clock(&meeting.agent_side.zone), visit.visit.clock(&meeting.customer_side.zone));
    let other = || {
        let when = customers.full_range(meeting.start, meeting.end);
        texts.format("when-other", &[("name", meeting.customer.name.as_str()), ("when", &when)])
    };
    let chosen = form.get("agent");
    let colleagues: Vec<_> = found
        .iter()
        .map(|one| Colleague {
            id: one.agent.id.to_string(),
            label: label(visit, one),
            free: one.refusal.is_none(),
            chosen: one.agent.id.to_string() == chosen,
        })
        .collect();
    let shell = visit.shell(Section::Meetings, path(meeting.id)).await;
    Ok(Reassign {
        shell: or_page(&visit.visit, shell).await?,
        action: path(meeting.id),
        back: back(visit, seen),
        facts: MeetingFacts {
            what: meeting.title.clone(),
            when: clock.full_range(meeting.start, meeting.end),
            when_other: clock.differs_from(&customers, meeting.start, meeting.end).then(other),
            place: meeting.place.clone(),
        },
        customer_name: meeting.customer.name.to_string(),
        agent_name: (seen.party != Party::Agent).then(|| seen.agent.name.to_string()),
        version: meeting.sequence,
        any_free: colleagues.iter().any(|one| one.free),
        colleagues,
        reason: form.typed("reason"),
    })
}

/// "Bram Visser", or "Bram Visser, has another meeting then".
fn label(visit: &AgentVisit, one: &reassign::Colleague) -> String {
    let name = one.agent.name.as_str();
    let key = match &one.refusal {
        None => return name.to_owned(),
        Some(Refusal::AgentOffHours) => "reassign-off-hours",
        Some(_) => "reassign-taken",
    };
    visit.visit.texts().format(key, &[("name", name)])
}

async fn show(visit: AgentVisit, Path(id): Path<String>) -> Page {
    let seen = open(&visit, &id).await?;
    if seen.meeting.changeable(visit.visit.now).is_err() {
        return Ok(see_other(&back(&visit, &seen)));
    }
    Ok(html(&page(&visit, &seen, &Form::default()).await?))
}

async fn save(visit: AgentVisit, Path(id): Path<String>, form: Form) -> Page {
    let seen = open(&visit, &id).await?;
    let mut check = Check::default();
    let reason = check.take("reason", optional(form.get("reason"), Note::parse));
    let mut page = page(&visit, &seen, &form).await?;
    if !page.colleagues.iter().any(|one| one.chosen) {
        check.add("agent", Problem::NotAChoice);
    }
    page.shell.errors = check.errors(visit.visit.texts());
    let Some(reason) = reason.filter(|_| page.shell.errors.is_empty()) else {
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let seen_sequence = Some(u32::try_from(form.version()).unwrap_or(u32::MAX));
    let wish = Handover { to: form.typed("agent"), reason, seen: seen_sequence };
    match reassign::reassign(visit.visit.web.app(), &visit.ctx(), seen.meeting.id, wish).await {
        Ok(_) => Ok(see_other(&format!("{LIST}?saved=reassigned"))),
        Err(Error::Refused(Refusal::MeetingCancelled | Refusal::MeetingStarted)) => {
            Ok(see_other(&back(&visit, &seen)))
        }
        Err(Error::Refused(
            refusal @ (Refusal::AgentTaken | Refusal::AgentOffHours | Refusal::AgentAway),
        )) => {
            let key = format!("refused-{}", refusal.code().replace('_', "-"));
            let text = visit.visit.texts().text(&key);
            page.shell.errors.push(FieldError { field: "agent".to_owned(), text });
            with_status(StatusCode::CONFLICT, &page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
