//! Behind the link of an invitation: the agent chooses the first password.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Check, Form};
use crate::pages::{or_page, passphrase, with_status};
use crate::view::people::{Accept, AcceptDead};
use crate::view::zones::ZoneChoice;
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::{Error, Refusal, people};
use nameplate_domain::account::{Agent, FullName, Problem};

async fn page(visit: &Visit, token: &str, agent: &Agent, form: &Form) -> Result<Accept, Failure> {
    let action = format!("/invite/{token}");
    let typed = |field: &str, stored: &str| {
        if form.has(field) { form.typed(field) } else { stored.to_owned() }
    };
    let app = visit.web.app();
    Ok(Accept {
        shell: or_page(visit, visit.public_shell(action.as_str()).await).await?,
        action,
        welcome: agent.name.to_string(),
        name: typed("name", agent.name.as_str()),
        email: agent.email.shown(),
        new_password: passphrase::hint(app.settings().password_policy.minimum(false)),
        guesses_zone: !form.has("time_zone"),
        time_zone: ZoneChoice {
            chosen: typed("time_zone", agent.time_zone.as_str()),
            options: visit.zones(),
        },
    })
}

async fn dead(visit: &Visit) -> Page {
    let shell = or_page(visit, visit.public_shell("/sign-in").await).await?;
    with_status(StatusCode::GONE, &AcceptDead { shell })
}

/// GET shows the form; only POST acts: mail scanners open every link.
pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Page {
    match people::look_up(visit.web.app(), &visit.ctx(), &token).await {
        Ok(agent) => Ok(html(&page(&visit, &token, &agent, &Form::default()).await?)),
        Err(Error::Refused(Refusal::LinkDead)) => dead(&visit).await,
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

pub(super) async fn accept(visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let (app, ctx) = (visit.web.app(), visit.ctx());
    let agent = match people::look_up(app, &ctx, &token).await {
        Ok(agent) => agent,
        Err(Error::Refused(Refusal::LinkDead)) => return dead(&visit).await,
        Err(error) => return Err(Failure::page(error, &visit).await),
    };
    let mut check = Check::default();
    let name = check.take("name", FullName::parse(form.get("name")));
    let zone = app.tzdb().normalise(form.get("time_zone")).map_err(|_| Problem::TimeZoneUnknown);
    let zone = check.take("time_zone", zone);
    let mut errors = check.errors(visit.texts());
    if let (Some(name), Some(zone)) = (name, zone) {
        match people::accept(app, &ctx, &token, (name, zone), form.get("new_password")).await {
            Ok(_) => return Ok(see_other("/sign-in?notice=invitation-accepted")),
            Err(Error::Invalid(problems)) => errors.extend(forms::invalid(visit.texts(), &problems)),
            // Somebody was faster with the same link.
            Err(Error::Refused(Refusal::LinkDead) | Error::Stale) => return dead(&visit).await,
            Err(error) => return Err(Failure::page(error, &visit).await),
        }
    }
    let mut page = page(&visit, &token, &agent, &form).await?;
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
