//! A forgotten password: asking for the link, and choosing a new one behind it.

use crate::failure::{self, Failure, Page, html, see_other};
use crate::forms::{self, Check, Form};
use crate::pages::{or_page, passphrase, with_status};
use crate::routes::{Access, Routes};
use crate::view::FieldError;
use crate::view::password_reset::{Ask, Choose, Dead};
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::accounts::ways_in::Ending;
use nameplate_app::accounts::{password, password_reset};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::{Agent, EmailAddress};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/forgot-password", Access::Public, show)
        .post("/forgot-password", Access::Public, ask)
        .get("/reset/{token}", Access::Link, choose)
        .post("/reset/{token}", Access::Link, set)
}

async fn page(visit: &Visit) -> Result<Ask, Failure> {
    let shell = or_page(visit, visit.public_shell("/forgot-password").await).await?;
    Ok(Ask { shell, email: String::new(), sent: None, mail: visit.web.config().mail })
}

async fn show(visit: Visit) -> Page {
    Ok(html(&page(&visit).await?))
}

async fn ask(visit: Visit, form: Form) -> Page {
    let mut page = page(&visit).await?;
    if !page.mail {
        return Ok(html(&page));
    }
    page.email = form.typed("email");
    let mut check = Check::default();
    let Some(email) = check.take("email", EmailAddress::parse(form.get("email"))) else {
        page.shell.errors = check.errors(visit.texts());
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let shown = email.shown();
    match password_reset::request(visit.web.app(), &visit.ctx(), email).await {
        Ok(()) => {
            page.sent = Some(visit.texts().format("forgot-sent", &[("email", &shown)]));
            Ok(html(&page))
        }
        Err(Error::Limited(wait)) => {
            let text = visit.texts().format("forgot-wait", &[("minutes", &failure::minutes(wait))]);
            page.shell.errors = vec![FieldError { field: "email".to_owned(), text }];
            with_status(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

async fn form_page(visit: &Visit, token: &str, agent: &Agent) -> Result<Choose, Failure> {
    let action = format!("/reset/{token}");
    let minimum = or_page(visit, password::minimum(visit.web.app(), agent.id).await).await?;
    let may_end = or_page(visit, password_reset::may_end_passkeys(visit.web.app(), agent.id).await).await?;
    Ok(Choose {
        shell: or_page(visit, visit.public_shell(action.as_str()).await).await?,
        action,
        email: agent.email.shown(),
        revoke_tokens: true,
        remove_passkeys: may_end.then_some(false),
        new_password: passphrase::hint(minimum),
    })
}

async fn dead(visit: &Visit) -> Page {
    let shell = or_page(visit, visit.public_shell("/forgot-password").await).await?;
    with_status(StatusCode::GONE, &Dead { shell })
}

/// GET shows the form; only POST acts: mail scanners open every link.
async fn choose(visit: Visit, Path(token): Path<String>) -> Page {
    match password_reset::look_up(visit.web.app(), &visit.ctx(), &token).await {
        Ok(agent) => Ok(html(&form_page(&visit, &token, &agent).await?)),
        Err(Error::Refused(Refusal::LinkDead)) => dead(&visit).await,
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

async fn set(visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let (app, ctx) = (visit.web.app(), visit.ctx());
    let ending = Ending { tokens: form.has("revoke_tokens"), passkeys: form.has("remove_passkeys") };
    match password_reset::finish(app, &ctx, &token, form.get("new_password"), ending).await {
        Ok(()) => Ok(see_other("/sign-in?notice=password-set")),
        Err(Error::Invalid(problems)) => {
            let agent = or_page(&visit, password_reset::look_up(app, &ctx, &token).await).await?;
            let mut page = form_page(&visit, &token, &agent).await?;
            page.revoke_tokens = ending.tokens;
            page.remove_passkeys = page.remove_passkeys.map(|_| ending.passkeys);
            page.shell.errors = forms::invalid(visit.texts(), &problems);
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        // Somebody was faster with the same link.
        Err(Error::Refused(Refusal::LinkDead) | Error::Stale) => dead(&visit).await,
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}
