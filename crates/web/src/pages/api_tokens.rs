//! API tokens: made and shown once, listed, revoked (SE-06).

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{Asked, Check, Form};
use crate::pages::step_up::{self, NAMES};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::api_tokens::{ApiTokens, MadeToken, TokenItem};
use crate::view::{FieldError, Link, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use nameplate_app::Error;
use nameplate_app::accounts::api_tokens::{self, ApiTokenRow, NewToken};
use nameplate_app::accounts::step_up::Purpose;
use nameplate_domain::account::{Problem, TokenName};
use nameplate_i18n::Texts;
use nameplate_i18n::time::Clock;
use serde::Deserialize;

/// The lives to choose from, in days, and the usual one (`security.md` P6).
const LIVES: [i64; 5] = [7, 30, 90, 180, 366];
const USUAL: &str = "90";

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes.get("/account/api-tokens", agent, show).post("/account/api-tokens", agent, make).post(
        "/account/api-tokens/revoke",
        agent,
        revoke,
    )
}

const fn life(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

fn item(texts: Texts, clock: &Clock, now: Timestamp, token: ApiTokenRow) -> TokenItem {
    let when = |key: &str, at: Timestamp| texts.format(key, &[("when", &clock.short(at))]);
    let is_over = token.expires_at.is_some_and(|end| end <= now);
    TokenItem {
        id: token.id.to_string(),
        name: token.name,
        used: token
            .last_used_at
            .map_or_else(|| texts.text("api-token-never-used"), |at| when("api-token-used", at)),
        made: when("api-token-made-at", token.created_at),
        ends: token.expires_at.map_or_else(
            || texts.text("api-token-endless"),
            |at| when(if is_over { "api-token-ended" } else { "api-token-ends" }, at),
        ),
        is_over,
    }
}

async fn page(visit: &AgentVisit) -> Result<ApiTokens, Failure> {
    let (app, ctx, texts, now) = (visit.visit.web.app(), visit.ctx(), visit.visit.texts(), visit.visit.now);
    let shell = visit.shell(Section::Account, "/account/api-tokens").await;
    let shell = or_page(&visit.visit, shell).await?;
    let listed = or_page(&visit.visit, api_tokens::list(app, &ctx).await).await?;
    let clock = visit.clock();
    let choice = |days: i64| {
        let days = days.to_string();
        Link::new(texts.format("api-token-days", &[("days", &days)]), days)
    };
    Ok(ApiTokens {
        shell,
        made: None,
        tokens: listed.into_iter().map(|token| item(texts, &clock, now, token)).collect(),
        id: api_tokens::new_id().to_string(),
        name: String::new(),
        lives: LIVES.into_iter().map(choice).collect(),
        days: USUAL.to_owned(),
        step: step_up::fields(visit, Purpose::Recent, "/account/api-tokens").await?,
        email: visit.agent.email.shown(),
    })
}

/// What a passkey brings back to the form beside which it was asked for.
#[derive(Default, Deserialize)]
struct Kept {
    #[serde(default)]
    name: String,
}

async fn show(visit: AgentVisit, Asked(kept): Asked<Kept>) -> Page {
    let mut page = page(&visit).await?;
    page.name = kept.name;
    Ok(html(&page))
}

/// The form again, with what was typed.
async fn again(visit: &AgentVisit, form: &Form, errors: Vec<FieldError>) -> Page {
    let mut page = page(visit).await?;
    page.shell.errors = errors;
    page.name = form.typed("name");
    page.days = form.typed("days");
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The answer shows the token itself and is no redirect: nothing but this page may ever hold its text.
async fn make(visit: AgentVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let mut check = Check::default();
    let name = check.take("name", TokenName::parse(form.get("name")));
    let days = LIVES.into_iter().find(|days| days.to_string() == form.get("days"));
    let days = check.take("days", days.ok_or(Problem::NotAChoice));
    let (Some(name), Some(days)) = (name, days) else {
        return again(&visit, &form, check.errors(texts)).await;
    };
    let Ok(id) = form.get("id").parse() else { return Ok(see_other("/account/api-tokens")) };
    let new = NewToken { id, name, life: life(days) };
    match api_tokens::make(visit.visit.web.app(), &visit.ctx(), new, NAMES.proof(&form)).await {
        Ok((text, row)) => {
            let mut page = page(&visit).await?;
            page.made = Some(MadeToken { name: row.name, text });
            Ok(html(&page))
        }
        Err(Error::Invalid(problems)) => again(&visit, &form, NAMES.errors(texts, &problems)).await,
        Err(Error::ReauthenticationRequired) => again(&visit, &form, NAMES.missing(texts)).await,
        Err(Error::Limited(wait)) => again(&visit, &form, NAMES.wait(texts, wait)).await,
        Err(Error::Stale) => {
            let text = texts.text("api-token-again");
            again(&visit, &form, vec![FieldError { field: "name".to_owned(), text }]).await
        }
        Err(Error::NotSignedIn) => Ok(see_other("/sign-in?notice=wrong-passwords")),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn revoke(visit: AgentVisit, form: Form) -> Page {
    let revoked = api_tokens::revoke(visit.visit.web.app(), &visit.ctx(), form.get("id")).await;
    Ok(match or_page(&visit.visit, revoked).await? {
        Some(_) => see_other("/account/api-tokens?saved=token-revoked"),
        // The second click.
        None => see_other("/account/api-tokens"),
    })
}
