//! Deleting one's account: what will happen, and the wish.

use crate::failure::{Failure, Page, answer, html, see_other, set_cookie};
use crate::forms::{self, Asked, Form};
use crate::pages::passkeys::confirm_path;
use crate::pages::sign_in::ended_session;
use crate::pages::{or_page, with_status};
use crate::picker::query;
use crate::view::data::{Closed, Delete, MeetingAhead};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::accounts::data::{self, MeetingsUntil};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::Problem;
use nameplate_domain::meetings::Meeting;
use nameplate_i18n::time::Clock;
use serde::Deserialize;

pub(super) const PATH: &str = "/account/data/delete";

/// How many meetings the page names.
const NAMED: usize = 20;

const NOW: &str = "now";
const LATER: &str = "later";

/// What was chosen before somebody had to show who they are (S-13).
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    meetings: String,
    #[serde(skip)]
    confirmation: String,
}

async fn page(visit: &AgentVisit, chosen: Chosen) -> Result<Delete, Failure> {
    let plan = or_page(&visit.visit, data::plan(visit.visit.web.app(), &visit.ctx()).await).await?;
    let shell = or_page(&visit.visit, visit.shell(Section::Account, PATH).await).await?;
    let (clock, texts) = (visit.clock(), visit.visit.texts());
    let count = plan.meetings.len();
    let more = count.saturating_sub(NAMED);
    Ok(Delete {
        shell,
        email: visit.agent.email.shown(),
        slug: visit.agent.slug.to_string(),
        erase_at: clock.short(plan.erase_at),
        meetings_ahead: texts.format("delete-meetings-ahead", &[("count", &count.to_string())]),
        meetings: plan.meetings.iter().take(NAMED).map(|meeting| ahead(&clock, meeting)).collect(),
        more_meetings: (more > 0)
            .then(|| texts.format("delete-meetings-more", &[("count", &more.to_string())])),
        keeps_meetings: chosen.meetings == LATER,
        confirmation: chosen.confirmation,
        is_last_admin: plan.is_last_admin,
        mail: visit.visit.web.config().mail,
    })
}

fn ahead(clock: &Clock, meeting: &Meeting) -> MeetingAhead {
    MeetingAhead {
        customer: meeting.customer.name.to_string(),
        what: meeting.title.clone(),
        when: clock.short(meeting.start),
    }
}

pub(super) async fn show(visit: AgentVisit, Asked(chosen): Asked<Chosen>) -> Page {
    Ok(html(&page(&visit, chosen).await?))
}

/// The answer is the page itself: nobody is signed in any more who could be sent to another one.
pub(super) async fn delete(visit: AgentVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let until = match form.get("meetings") {
        NOW => MeetingsUntil::Now,
        LATER => MeetingsUntil::Erased,
        _ => return again(&visit, &form, vec![forms::error(texts, "meetings", &Problem::NotAChoice)]).await,
    };
    let typed = form.get("confirmation");
    match data::close(visit.visit.web.app(), &visit.ctx(), typed, until).await {
        Ok(closed) => {
            let count = closed.cancelled.to_string();
            let cancelled =
                (closed.cancelled > 0).then(|| texts.format("closed-cancelled", &[("count", &count)]));
            let mut response = html(&Closed {
                shell: or_page(&visit.visit, visit.visit.public_shell("/").await).await?,
                email: closed.agent.email.shown(),
                erase_at: visit.clock().short(closed.erase_at),
                mail: visit.visit.web.config().mail,
                cancelled,
            });
            set_cookie(&mut response, &ended_session(&visit.visit));
            Ok(response)
        }
        Err(Error::ReauthenticationRequired) => {
            // What is typed to say that one means it is typed by oneself: no link fills it in.
            let chosen = query(&[("meetings", form.get("meetings"))]);
            Ok(see_other(&confirm_path(&format!("{PATH}{chosen}"))))
        }
        Err(Error::Invalid(problems)) => {
            let mut errors = forms::invalid(texts, &problems);
            for one in errors.iter_mut().filter(|one| one.field == "confirmation") {
                one.text = texts.format("delete-confirmation-wrong", &[("slug", visit.agent.slug.as_str())]);
            }
            again(&visit, &form, errors).await
        }
        // The page says it in its own words.
        Err(error @ Error::Refused(Refusal::LastAdmin)) => {
            Ok(answer(&error, &page(&visit, Chosen::default()).await?))
        }
        // The second click.
        Err(Error::NotSignedIn) => Ok(see_other("/sign-in")),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn again(visit: &AgentVisit, form: &Form, errors: Vec<FieldError>) -> Page {
    let chosen = Chosen { meetings: form.typed("meetings"), confirmation: form.typed("confirmation") };
    let mut page = page(visit, chosen).await?;
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
