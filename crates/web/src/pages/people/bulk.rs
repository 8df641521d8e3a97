//! One change for many people (AD-03): chosen in the list, confirmed with their number, told person by person.

use super::person::refusal;
use super::{Wanted, given, list_page};
use crate::failure::{Page, html};
use crate::forms::{Asked, Form};
use crate::pages::{or_page, with_status};
use crate::view::account::SelectField;
use crate::view::people_bulk::{Ask, Done, Named};
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::http::StatusCode;
use nameplate_app::people::bulk::{self, Job, LeftOut, MOST, NotDone};
use nameplate_app::people::{self, MeetingsThen};
use nameplate_domain::account::{Agent, Role};
use nameplate_domain::ids::AgentId;
use nameplate_i18n::Texts;
use std::time::Duration;
use tokio::time::Instant;

/// Where the list leads to.
pub(crate) const PATH: &str = "/admin/people/bulk";

/// Below the time that a request may take (`security.md` P3): who is not reached is named.
const LONGEST: Duration = Duration::from_secs(7);

/// The jobs, by the word in the form.
const JOBS: [(&str, Job); 5] = [
    ("invite-again", Job::InviteAgain),
    ("role-agent", Job::SetRole(Role::Agent)),
    ("role-admin", Job::SetRole(Role::Admin)),
    ("deactivate", Job::Deactivate(MeetingsThen::Stay)),
    ("reactivate", Job::Reactivate),
];

fn job(form: &Form) -> Option<(&'static str, Job)> {
    let (word, job) = JOBS.into_iter().find(|(word, _)| *word == form.get("job"))?;
    let cancels = matches!(job, Job::Deactivate(_)) && form.get("meetings") == "cancel";
    Some((word, if cancels { Job::Deactivate(MeetingsThen::Cancelled) } else { job }))
}

/// What stands below the list.
pub(super) fn bar(texts: Texts, on_page: usize, found: usize) -> Vec<SelectField> {
    let none = (String::new(), texts.text("bulk-job-none"));
    let jobs = JOBS.iter().map(|(word, _)| ((*word).to_owned(), texts.text(&format!("bulk-job-{word}"))));
    let counted = |key: &str, count: usize| texts.format(key, &[("count", &count.to_string())]);
    let mut whom = vec![
        ("ticked".to_owned(), texts.text("bulk-whom-ticked")),
        ("page".to_owned(), counted("bulk-whom-page", on_page)),
    ];
    if found > on_page {
        whom.push(("found".to_owned(), counted("bulk-whom-found", found)));
    }
    let field = |name: &str, options| SelectField {
        name: name.to_owned(),
        label: texts.text(&format!("bulk-{name}")),
        chosen: String::new(),
        options,
    };
    vec![field("job", std::iter::once(none).chain(jobs).collect()), field("whom", whom)]
}

/// Whom a form names; what is no id names nobody.
fn named(form: &Form) -> Vec<AgentId> {
    let mut ids: Vec<AgentId> = form.all("agent").into_iter().filter_map(|id| id.parse().ok()).collect();
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    ids
}

pub(super) async fn ask(
    AdminVisit(visit): AdminVisit,
    Asked(wanted): Asked<Wanted>,
    Asked(fields): Asked<Vec<(String, String)>>,
) -> Page {
    let (form, texts) = (Form::of(fields), visit.visit.texts());
    let (app, ctx) = (visit.visit.web.app(), visit.ctx());
    let whom = match form.get("whom") {
        "found" => or_page(&visit.visit, people::ids(app, &ctx, &wanted.filter()).await).await?,
        "page" => {
            let page = or_page(&visit.visit, people::list(app, &ctx, &wanted.filter()).await).await?;
            page.people.into_iter().map(|one| one.agent.id).collect()
        }
        _ => named(&form),
    };
    let Some((word, job)) = job(&form) else {
        return again(&visit, &wanted, &form, "job", texts.text("bulk-no-job")).await;
    };
    if whom.is_empty() {
        return again(&visit, &wanted, &form, "whom", texts.text("bulk-nobody")).await;
    }
    if whom.len() > MOST {
        let numbers = [("count", &*whom.len().to_string()), ("most", &*MOST.to_string())];
        return again(&visit, &wanted, &form, "whom", texts.format("bulk-too-many", &numbers)).await;
    }
    let plan = or_page(&visit.visit, bulk::plan(app, &ctx, job, whom).await).await?;
    let count = plan.people.len();
    let counted = |key: String, count: usize| texts.format(&key, &[("count", &count.to_string())]);
    let left_out =
        plan.left_out.iter().map(|(agent, why)| person(agent, left_out(texts, agent, *why))).collect();
    Ok(html(&Ask {
        shell: or_page(&visit.visit, visit.shell(Section::Other, PATH).await).await?,
        title: if count == 0 {
            texts.text("bulk-ask-nobody")
        } else {
            counted(format!("bulk-ask-{word}"), count)
        },
        lead: texts.text(&format!("bulk-lead-{word}")),
        button: counted(format!("bulk-job-{word}-count"), count),
        is_danger: matches!(job, Job::Deactivate(_)),
        job: word,
        people: plan.people.iter().map(|agent| person(agent, agent.email.shown())).collect(),
        ids: plan.people.iter().map(|agent| agent.id.to_string()).collect(),
        left_out,
        meetings: (plan.meetings > 0).then(|| counted("person-meetings-count".to_owned(), plan.meetings)),
        asked: given(&wanted.all()),
        back: back(&wanted),
    }))
}

/// The list again, with what is missing beside its field.
async fn again(visit: &AgentVisit, wanted: &Wanted, form: &Form, field: &str, text: String) -> Page {
    let mut page = list_page(visit, wanted).await?;
    for select in &mut page.bulk {
        select.chosen = form.typed(&select.name);
    }
    let ticked = form.all("agent");
    for row in &mut page.rows {
        row.is_ticked = ticked.contains(&row.id.as_str());
    }
    page.shell.errors = vec![FieldError { field: field.to_owned(), text }];
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn back(wanted: &Wanted) -> String {
    wanted.href(&wanted.sort, &wanted.order, wanted.filter().page)
}

fn person(agent: &Agent, text: String) -> Named {
    Named { name: agent.name.to_string(), href: format!("{}/{}", super::PATH, agent.id), text }
}

fn left_out(texts: Texts, agent: &Agent, why: LeftOut) -> String {
    match why {
        LeftOut::Own => texts.text("bulk-left-own"),
        LeftOut::Already => texts.text("bulk-left-already"),
        LeftOut::Status => texts.text(&format!("status-{}", agent.status)),
    }
}

fn not_done(texts: Texts, agent: &Agent, why: &NotDone) -> String {
    match why {
        NotDone::LeftOut(why) => left_out(texts, agent, *why),
        NotDone::NotReached => texts.text("bulk-not-reached"),
        NotDone::Failed(error) => {
            if let Some((_, text)) = refusal(texts, error) {
                text
            } else {
                tracing::error!(?error, agent = %agent.id, "one of many people was not changed");
                texts.text("bulk-failed-other")
            }
        }
    }
}

/// Every person was named on the page that asked; the filter is only the way back.
pub(super) async fn run(AdminVisit(visit): AdminVisit, form: Form) -> Page {
    let wanted = Wanted::of(&form);
    let people = named(&form);
    let Some((word, job)) = job(&form).filter(|_| (1..=MOST).contains(&people.len())) else {
        let text = visit.visit.texts().text("bulk-no-job");
        return again(&visit, &wanted, &form, "job", text).await;
    };
    let until = Instant::now() + LONGEST;
    let outcomes = bulk::run(visit.visit.web.app(), &visit.ctx(), job, people, until).await;
    let (texts, mut count, mut failed) = (visit.visit.texts(), 0_usize, Vec::new());
    for outcome in or_page(&visit.visit, outcomes).await? {
        match outcome.result {
            Ok(()) => count += 1,
            Err(why) => {
                let text = not_done(texts, &outcome.agent, &why);
                failed.push(person(&outcome.agent, text));
            }
        }
    }
    let heading = match (count, failed.is_empty()) {
        (_, true) => "bulk-done",
        (0, false) => "bulk-done-nobody",
        _ => "bulk-done-partly",
    };
    Ok(html(&Done {
        shell: or_page(&visit.visit, visit.shell(Section::Other, PATH).await).await?,
        title: texts.text(heading),
        done: texts.format(&format!("bulk-done-{word}"), &[("count", &count.to_string())]),
        failed,
        back: back(&wanted),
    }))
}
