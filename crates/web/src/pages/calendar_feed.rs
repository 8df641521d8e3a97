//! The private calendar address: made and shown once, replaced, ended; and what calendars read there.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{Check, Form};
use crate::layers::Class;
use crate::pages::step_up::{self, NAMES};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::calendar_feed::{CalendarFeed, CurrentFeed, MadeFeed};
use crate::view::{FieldError, Section};
use crate::visit::{AgentVisit, Visit};
use axum::Extension;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use nameplate_app::Error;
use nameplate_app::accounts::calendar_feed::{self, CalendarFeedRow, NewFeed};
use nameplate_app::accounts::step_up::Purpose;
use nameplate_domain::account::Problem;

const PAGE: &str = "/account/calendar";

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes.get(PAGE, agent, show).post(PAGE, agent, make).post("/account/calendar/end", agent, end).get(
        "/feed/{file}",
        Access::Link,
        read,
    )
}

fn current(visit: &AgentVisit, feed: &CalendarFeedRow) -> CurrentFeed {
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    CurrentFeed {
        is_busy_only: feed.is_busy_only,
        made: clock.short(feed.created_at),
        read: feed.last_read_at.map_or_else(|| texts.text("calendar-feed-never-read"), |at| clock.short(at)),
    }
}

async fn page(visit: &AgentVisit) -> Result<CalendarFeed, Failure> {
    let shell = or_page(&visit.visit, visit.shell(Section::Account, PAGE).await).await?;
    let feed = calendar_feed::own(visit.visit.web.app(), &visit.ctx()).await;
    let feed = or_page(&visit.visit, feed).await?;
    Ok(CalendarFeed {
        shell,
        made: None,
        is_busy_only: feed.as_ref().is_some_and(|feed| feed.is_busy_only),
        current: feed.map(|feed| current(visit, &feed)),
        id: calendar_feed::new_id().to_string(),
        step: step_up::fields(visit, Purpose::Recent, PAGE).await?,
        email: visit.agent.email.shown(),
    })
}

async fn show(visit: AgentVisit) -> Page {
    Ok(html(&page(&visit).await?))
}

/// The form again, with what was chosen.
async fn again(visit: &AgentVisit, form: &Form, errors: Vec<FieldError>) -> Page {
    let mut page = page(visit).await?;
    page.shell.errors = errors;
    page.is_busy_only = form.get("shows") == "busy";
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The answer shows the address itself and is no redirect: nothing but this page may ever hold its text.
async fn make(visit: AgentVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let is_busy_only = match form.get("shows") {
        "details" => false,
        "busy" => true,
        _ => {
            let mut check = Check::default();
            check.add("shows", Problem::NotAChoice);
            return again(&visit, &form, check.errors(texts)).await;
        }
    };
    let Ok(id) = form.get("id").parse() else { return Ok(see_other(PAGE)) };
    let new = NewFeed { id, is_busy_only };
    match calendar_feed::make(visit.visit.web.app(), &visit.ctx(), new, NAMES.proof(&form)).await {
        Ok(address) => {
            let mut page = page(&visit).await?;
            let subscribe = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
            page.made = Some(MadeFeed { subscribe: subscribe.unwrap_or_default(), address });
            Ok(html(&page))
        }
        Err(Error::Invalid(problems)) => again(&visit, &form, NAMES.errors(texts, &problems)).await,
        Err(Error::ReauthenticationRequired) => again(&visit, &form, NAMES.missing(texts)).await,
        Err(Error::Limited(wait)) => again(&visit, &form, NAMES.wait(texts, wait)).await,
        Err(Error::Stale) => {
            let text = texts.text("calendar-feed-again");
            again(&visit, &form, vec![FieldError { field: "shows".to_owned(), text }]).await
        }
        Err(Error::NotSignedIn) => Ok(see_other("/sign-in?notice=wrong-passwords")),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn end(visit: AgentVisit) -> Page {
    let ended = calendar_feed::end(visit.visit.web.app(), &visit.ctx()).await;
    Ok(if or_page(&visit.visit, ended).await? {
        see_other("/account/calendar?saved=calendar-feed-ended")
    } else {
        // The second click.
        see_other(PAGE)
    })
}

/// `GET /feed/{token}.ics`. What is wrong with an address is not told: each one that leads nowhere is like any other.
async fn read(visit: Visit, Path(file): Path<String>) -> Page {
    let feed = match file.strip_suffix(".ics") {
        Some(token) => calendar_feed::read(visit.web.app(), visit.now, token).await,
        None => Err(Error::NotFound),
    };
    let feed = or_page(&visit, feed).await?;
    let seen = has_seen(visit.headers(), &feed.tag);
    // Two files that tell the same differ in when they were made.
    let tag = format!("W/\"{}\"", feed.tag);
    if seen {
        return Ok((StatusCode::NOT_MODIFIED, Extension(Class::Feed), [(ETAG, tag)]).into_response());
    }
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH".to_owned()),
        (CONTENT_DISPOSITION, "attachment; filename=\"calendar.ics\"".to_owned()),
        (ETAG, tag),
    ];
    Ok((Extension(Class::Feed), headers, feed.text).into_response())
}

/// Whether the caller holds this file (RFC 9110 section 13.1.2).
fn has_seen(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one).trim_matches('"') == tag)
}
