//! One account, for an admin.

use super::{PATH, roles, row};
use crate::failure::{Failure, Page, html, minutes, see_other};
use crate::forms::Form;
use crate::pages::{or_page, with_status};
use crate::view::people::{Account, AheadRow, Deactivate};
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::people::{self, MeetingsThen};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::{AgentStatus, Role};
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::Meeting;
use nameplate_i18n::Texts;

pub(super) async fn found(visit: &AgentVisit, agent: &str) -> Result<people::Account, Failure> {
    or_page(&visit.visit, people::account(visit.visit.web.app(), &visit.ctx(), agent).await).await
}

/// How many of the meetings ahead are named.
const NAMED: usize = 20;

/// The next meetings, each with the way to give it to somebody else.
fn ahead(visit: &AgentVisit, account: &people::Account) -> Vec<AheadRow> {
    let clock = visit.clock();
    let row = |meeting: &Meeting| AheadRow {
        what: meeting.title.clone(),
        when: clock.short(meeting.start),
        reassign: format!("/account/meetings/{}/reassign", meeting.id),
    };
    account.ahead.iter().take(NAMED).map(row).collect()
}

async fn page(visit: &AgentVisit, account: &people::Account) -> Result<Account, Failure> {
    let agent = &account.agent;
    let person = row(visit, agent, account.last_sign_in);
    let shell = or_page(&visit.visit, visit.shell(Section::Other, person.href.as_str()).await).await?;
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    let is_invited = agent.status == AgentStatus::Invited;
    let link = match people::link(visit.visit.web.app(), &visit.ctx(), agent.id).await {
        Ok(link) => Some(link),
        Err(Error::Refused(Refusal::LinkDead)) => None,
        Err(error) => return Err(Failure::page(error, &visit.visit).await),
    };
    let told = |key: &str, at| texts.format(key, &[("until", &clock.full(at))]);
    let note = match (agent.status, account.invited_until, account.erase_at) {
        (AgentStatus::Invited, Some(until), _) if link.is_some() => Some(told("person-invited-until", until)),
        (AgentStatus::Invited, Some(until), _) => Some(told("person-invited-over", until)),
        (AgentStatus::Closed, _, Some(at)) => Some(told("person-closed", at)),
        _ => None,
    };
    let works = matches!(agent.status, AgentStatus::Active | AgentStatus::Invited);
    let has_role = agent.status != AgentStatus::Closed;
    let to = |possible: bool, what: &str| possible.then(|| format!("{}/{what}", person.href));
    Ok(Account {
        shell,
        roles: if has_role { roles(texts, agent.role) } else { Vec::new() },
        meetings: texts.format("person-meetings-count", &[("count", &account.ahead.len().to_string())]),
        ahead: ahead(visit, account),
        note,
        invite_again: to(is_invited, "invite-again"),
        link: link.filter(|_| is_invited),
        reset: to(agent.status == AgentStatus::Active && !account.is_own, "reset"),
        deactivate: to(works && !account.is_own, "deactivate"),
        reactivate: to(agent.status == AgentStatus::Disabled, "reactivate"),
        edit: to(has_role && !account.is_own, "edit"),
        person,
    })
}

pub(super) async fn show(AdminVisit(visit): AdminVisit, Path(agent): Path<String>) -> Page {
    let account = found(&visit, &agent).await?;
    Ok(html(&page(&visit, &account).await?))
}

/// What an admin is told of a change that was refused; nothing of other failures.
pub(super) fn refusal(texts: Texts, error: &Error) -> Option<(StatusCode, String)> {
    match error {
        Error::Refused(Refusal::LastAdmin) => {
            Some((StatusCode::CONFLICT, texts.text("problem-refused-last-admin")))
        }
        Error::Refused(Refusal::OwnAccount) => Some((StatusCode::CONFLICT, texts.text("bulk-left-own"))),
        Error::Refused(Refusal::OtherStatus) => {
            Some((StatusCode::CONFLICT, texts.text("refused-other-status")))
        }
        Error::Limited(wait) => {
            let text = texts.format("invite-limit", &[("minutes", &minutes(*wait))]);
            Some((StatusCode::TOO_MANY_REQUESTS, text))
        }
        _ => None,
    }
}

/// The account's page with what went wrong, or back to it.
async fn done(visit: &AgentVisit, id: AgentId, saved: &str, result: Result<(), Error>) -> Page {
    let Err(error) = result else { return Ok(see_other(&format!("{PATH}/{id}?saved={saved}"))) };
    let Some((status, text)) = refusal(visit.visit.texts(), &error) else {
        return Err(Failure::page(error, &visit.visit).await);
    };
    let account = found(visit, &id.to_string()).await?;
    let mut page = page(visit, &account).await?;
    page.shell.errors = vec![FieldError { field: "role".to_owned(), text }];
    with_status(status, &page)
}

async fn id(visit: &AgentVisit, agent: &str) -> Result<AgentId, Failure> {
    match agent.parse() {
        Ok(id) => Ok(id),
        Err(_) => Err(Failure::page(Error::NotFound, &visit.visit).await),
    }
}

pub(super) async fn set_role(AdminVisit(visit): AdminVisit, Path(agent): Path<String>, form: Form) -> Page {
    let id = id(&visit, &agent).await?;
    let changed = match Role::parse(form.get("role")) {
        Ok(role) => people::set_role(visit.visit.web.app(), &visit.ctx(), id, role).await,
        Err(problem) => Err(Error::invalid("role", problem)),
    };
    // Who is no admin any more has nothing to see here.
    if changed.is_ok() && id == visit.agent.id && Role::parse(form.get("role")) != Ok(Role::Admin) {
        return Ok(see_other("/account?saved=role"));
    }
    done(&visit, id, "role", changed).await
}

pub(super) async fn invite_again(AdminVisit(visit): AdminVisit, Path(agent): Path<String>) -> Page {
    let id = id(&visit, &agent).await?;
    let sent = people::invite_again(visit.visit.web.app(), &visit.ctx(), id).await;
    done(&visit, id, "invited-again", sent).await
}

pub(super) async fn reset(AdminVisit(visit): AdminVisit, Path(agent): Path<String>) -> Page {
    let id = id(&visit, &agent).await?;
    let started = people::start_reset(visit.visit.web.app(), &visit.ctx(), id).await;
    done(&visit, id, "reset-started", started).await
}

pub(super) async fn ask_deactivate(AdminVisit(visit): AdminVisit, Path(agent): Path<String>) -> Page {
    let account = found(&visit, &agent).await?;
    let back = format!("{PATH}/{}", account.agent.id);
    let shell = visit.shell(Section::Other, format!("{back}/deactivate")).await;
    let count = account.ahead.len().to_string();
    let texts = visit.visit.texts();
    Ok(html(&Deactivate {
        shell: or_page(&visit.visit, shell).await?,
        name: account.agent.name.to_string(),
        ahead: ahead(&visit, &account),
        back,
        meetings: (!account.ahead.is_empty())
            .then(|| texts.format("person-meetings-count", &[("count", &count)])),
    }))
}

pub(super) async fn deactivate(AdminVisit(visit): AdminVisit, Path(agent): Path<String>, form: Form) -> Page {
    let id = id(&visit, &agent).await?;
    let then = if form.get("meetings") == "cancel" { MeetingsThen::Cancelled } else { MeetingsThen::Stay };
    let ended = people::deactivate(visit.visit.web.app(), &visit.ctx(), id, then).await;
    done(&visit, id, "deactivated", ended.map(drop)).await
}

pub(super) async fn reactivate(AdminVisit(visit): AdminVisit, Path(agent): Path<String>) -> Page {
    let id = id(&visit, &agent).await?;
    let works = people::reactivate(visit.visit.web.app(), &visit.ctx(), id).await;
    done(&visit, id, "reactivated", works).await
}
