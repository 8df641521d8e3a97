//! Webhooks: which programs are told of what, and how that goes.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Asked, Check, Form, Stored};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::webhooks::{
    DeliveryItem, EventChoice, WebhookDelete, WebhookFacts, WebhookList, WebhookPage, WebhookRow,
};
use crate::view::{FieldError, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::webhooks::{self, Delivery, DeliveryState, Draft, Webhook, WebhookState};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::Problem;
use nameplate_domain::ids::{DeliveryId, WebhookId};
use nameplate_domain::webhooks::{HookEvent, HookUrl};
use nameplate_i18n::Texts;
use serde::Deserialize;

const PATH: &str = "/admin/webhooks";
/// Deliveries on a page.
const PAGE: usize = 20;

pub(crate) fn routes(routes: Routes) -> Routes {
    let admin = Access::Admin;
    routes
        .get(PATH, admin, list)
        .get("/admin/webhooks/new", admin, new)
        .post("/admin/webhooks/new", admin, create)
        .get("/admin/webhooks/{id}", admin, show)
        .post("/admin/webhooks/{id}", admin, save)
        .post("/admin/webhooks/{id}/secret", admin, rotate)
        .post("/admin/webhooks/{id}/test", admin, test)
        .post("/admin/webhooks/{id}/deliveries/{delivery}/replay", admin, replay)
        .get("/admin/webhooks/{id}/delete", admin, ask_delete)
        .post("/admin/webhooks/{id}/delete", admin, delete)
}

fn href(id: WebhookId) -> String {
    format!("{PATH}/{id}")
}

/// "A meeting was booked"
fn spoken(texts: Texts, event: HookEvent) -> String {
    texts.text(&format!("webhooks-event-{}", event.as_str().replace('.', "-")))
}

fn state(texts: Texts, webhook: &Webhook) -> String {
    texts.text(match webhook.state {
        WebhookState::On => "webhooks-state-on",
        WebhookState::Off => "webhooks-state-off",
        WebhookState::Failed => "webhooks-state-failed",
    })
}

async fn list(AdminVisit(visit): AdminVisit) -> Page {
    let all = or_page(&visit.visit, webhooks::list(visit.visit.web.app(), &visit.ctx()).await).await?;
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    let row = |one: &Webhook| WebhookRow {
        host: one.url.host(),
        href: href(one.id),
        events: if one.events.len() == HookEvent::ALL.len() {
            texts.text("webhooks-events-all")
        } else {
            one.events.iter().map(|event| spoken(texts, *event)).collect::<Vec<_>>().join(", ")
        },
        state: state(texts, one),
        is_wrong: one.state != WebhookState::On,
        failing: one
            .failing_since
            .filter(|_| one.state == WebhookState::On)
            .map(|since| texts.format("webhooks-failing", &[("when", &clock.short(since))])),
    };
    let most = webhooks::MOST.to_string();
    Ok(html(&WebhookList {
        rows: all.iter().map(row).collect(),
        full: (all.len() >= webhooks::MOST).then(|| texts.format("webhooks-full", &[("max", &most)])),
        shell: or_page(&visit.visit, visit.shell(Section::Other, PATH).await).await?,
    }))
}

fn choices(texts: Texts, chosen: &[HookEvent]) -> Vec<EventChoice> {
    let choice = |event: &HookEvent| EventChoice {
        word: event.as_str(),
        text: spoken(texts, *event),
        chosen: chosen.contains(event),
    };
    HookEvent::ALL.iter().map(choice).collect()
}

/// The form of a new webhook.
async fn blank(visit: &AgentVisit) -> Result<WebhookPage, Failure> {
    let action = format!("{PATH}/new");
    Ok(WebhookPage {
        shell: or_page(&visit.visit, visit.shell(Section::Other, action.as_str()).await).await?,
        action,
        version: String::new(),
        id: webhooks::new_id().to_string(),
        url: String::new(),
        events: choices(visit.visit.texts(), HookEvent::ALL),
        on: true,
        facts: None,
    })
}

/// The page of a webhook as it is stored.
async fn page(visit: &AgentVisit, one: &Webhook, before: Option<DeliveryId>) -> Result<WebhookPage, Failure> {
    let (app, texts, clock) = (visit.visit.web.app(), visit.visit.texts(), visit.clock());
    let told = webhooks::deliveries(app, &visit.ctx(), one.id, before, PAGE).await;
    let (told, more) = or_page(&visit.visit, told).await?;
    let action = href(one.id);
    let trouble = match (one.state, one.failing_since) {
        (WebhookState::Failed, _) => Some(("webhooks-trouble-failed", one.state_since)),
        (WebhookState::On, Some(since)) => Some(("webhooks-trouble-failing", since)),
        _ => None,
    };
    let waiting = one.waiting.to_string();
    let said = |(key, at): (&str, _)| {
        texts.format(key, &[("when", clock.short(at).as_str()), ("count", waiting.as_str())])
    };
    let facts = WebhookFacts {
        host: one.url.host(),
        trouble: trouble.map(said),
        secret: None,
        previous: one.previous_until.map(|until| said(("webhooks-secret-previous", until))),
        older: told.last().filter(|_| more).map(|last| format!("{action}?before={}", last.id)),
        deliveries: told.iter().map(|row| item(visit, one, row)).collect(),
        is_newest: before.is_none(),
        is_on: one.state == WebhookState::On,
    };
    Ok(WebhookPage {
        shell: or_page(&visit.visit, visit.shell(Section::Other, action.as_str()).await).await?,
        version: one.version.to_string(),
        id: String::new(),
        url: one.url.as_str().to_owned(),
        events: choices(texts, &one.events),
        on: facts.is_on,
        facts: Some(facts),
        action,
    })
}

fn item(visit: &AgentVisit, webhook: &Webhook, one: &Delivery) -> DeliveryItem {
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    let tried = one.tried_at.map(|at| {
        let status = one.status.map_or_else(String::new, |status| status.to_string());
        let (when, tries) = (clock.short(at), one.attempts.to_string());
        let problem = one.problem.as_deref().unwrap_or(match one.state {
            DeliveryState::Delivered => "delivered",
            // The try is being made.
            _ => "underway",
        });
        let why = texts.format(
            &format!("webhooks-answer-{}", problem.replace('_', "-")),
            &[("status", status.as_str())],
        );
        texts.format("webhooks-tried", &[("why", &why), ("when", &when), ("count", &tries)])
    });
    DeliveryItem {
        event: one.kind.clone(),
        at: clock.short(one.created_at),
        state: texts.text(&format!("webhooks-delivery-{}", one.state.as_str())),
        is_wrong: one.state != DeliveryState::Delivered,
        answer: tried,
        replay: (webhook.state == WebhookState::On)
            .then(|| format!("{}/deliveries/{}/replay", href(webhook.id), one.id)),
    }
}

/// The same page with what was typed.
fn fill(page: &mut WebhookPage, texts: Texts, form: &Form) {
    page.url = form.typed("url");
    let chosen = form.all("events");
    page.events = choices(texts, HookEvent::ALL);
    for one in &mut page.events {
        one.chosen = chosen.contains(&one.word);
    }
    page.on = form.has("on");
}

fn typed(form: &Form, check: &mut Check) -> Option<(HookUrl, Vec<HookEvent>)> {
    let url = check.take("url", HookUrl::parse(form.get("url")));
    let events: Result<Vec<_>, _> = form.all("events").into_iter().map(HookEvent::parse).collect();
    let events = events.and_then(|events| if events.is_empty() { Err(Problem::Empty) } else { Ok(events) });
    let events = check.take("events", events);
    url.zip(events)
}

async fn again(
    visit: &AgentVisit,
    of: Option<&Webhook>,
    form: &Form,
    errors: Vec<FieldError>,
) -> Result<WebhookPage, Failure> {
    let mut page = match of {
        Some(one) => {
            let mut page = page(visit, one, None).await?;
            // What it was made from stays so, that a wrong save is no way past somebody else's.
            page.version = form.typed("version");
            page
        }
        None => WebhookPage { id: form.typed("id"), ..blank(visit).await? },
    };
    fill(&mut page, visit.visit.texts(), form);
    page.shell.errors = errors;
    Ok(page)
}

fn wrong(page: &WebhookPage) -> Page {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
}

async fn new(AdminVisit(visit): AdminVisit) -> Page {
    Ok(html(&blank(&visit).await?))
}

/// The answer shows the secret itself and is no redirect: nothing but this page may ever hold it.
async fn create(AdminVisit(visit): AdminVisit, form: Form) -> Page {
    let texts = visit.visit.texts();
    let mut check = Check::default();
    let Some((url, events)) = typed(&form, &mut check) else {
        return wrong(&again(&visit, None, &form, check.errors(texts)).await?);
    };
    let Ok(id) = form.get("id").parse() else { return Ok(see_other("/admin/webhooks/new")) };
    match webhooks::create_as(visit.visit.web.app(), &visit.ctx(), id, url, events).await {
        Ok((made, secret)) => Ok(html(&with_secret(&visit, &made, secret).await?)),
        // The second click.
        Err(Error::Stale) => Ok(see_other(&href(id))),
        Err(Error::Invalid(problems)) => {
            wrong(&again(&visit, None, &form, forms::invalid(texts, &problems)).await?)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn with_secret(visit: &AgentVisit, one: &Webhook, secret: String) -> Result<WebhookPage, Failure> {
    let mut page = page(visit, one, None).await?;
    page.facts = page.facts.map(|facts| WebhookFacts { secret: Some(secret), ..facts });
    Ok(page)
}

async fn find(visit: &AgentVisit, id: &str) -> Result<Webhook, Failure> {
    let found = match id.parse() {
        Ok(id) => webhooks::find(visit.visit.web.app(), &visit.ctx(), id).await,
        Err(_) => Err(Error::NotFound),
    };
    or_page(&visit.visit, found).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Before {
    before: String,
}

async fn show(
    AdminVisit(visit): AdminVisit,
    Path(id): Path<String>,
    Asked(Before { before }): Asked<Before>,
) -> Page {
    let one = find(&visit, &id).await?;
    // What is no place in the list leads to its beginning.
    Ok(html(&page(&visit, &one, before.parse().ok()).await?))
}

async fn save(AdminVisit(visit): AdminVisit, Path(id): Path<String>, form: Form) -> Page {
    let texts = visit.visit.texts();
    let one = find(&visit, &id).await?;
    let mut check = Check::default();
    let Some((url, events)) = typed(&form, &mut check) else {
        return wrong(&again(&visit, Some(&one), &form, check.errors(texts)).await?);
    };
    let draft = Draft { url, events, on: form.has("on") };
    match webhooks::change(visit.visit.web.app(), &visit.ctx(), one.id, form.version(), draft).await {
        Ok(_) => Ok(see_other(&format!("{}?saved=webhook", href(one.id)))),
        Err(Error::Invalid(problems)) => {
            wrong(&again(&visit, Some(&one), &form, forms::invalid(texts, &problems)).await?)
        }
        Err(Error::Stale) => {
            let now = find(&visit, &id).await?;
            let text = texts.text("account-stale");
            let errors = vec![FieldError { field: "url".to_owned(), text }];
            let mut page = again(&visit, Some(&now), &form, errors).await?;
            page.version = now.version.to_string();
            show_stored(&mut page, texts, &form, &now);
            wrong(&page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

/// Shows what is stored beside the fields of a form that was made from an older one (F-12).
fn show_stored(page: &mut WebhookPage, texts: Texts, form: &Form, stored: &Webhook) {
    forms::compare(&mut page.shell, form, &[Stored::text("url", stored.url.as_str())]);
    let words: Vec<_> = stored.events.iter().map(|event| event.as_str()).collect();
    if form.all("events") != words {
        page.shell.add_stored("events", &words.join(", "));
    }
    let is_on = stored.state == WebhookState::On;
    if form.has("on") != is_on {
        page.shell.add_stored("on", &texts.text(if is_on { "stored-yes" } else { "stored-no" }));
    }
}

async fn rotate(AdminVisit(visit): AdminVisit, Path(id): Path<String>, form: Form) -> Page {
    let one = find(&visit, &id).await?;
    match webhooks::rotate(visit.visit.web.app(), &visit.ctx(), one.id, Some(form.version())).await {
        Ok((rotated, secret)) => Ok(html(&with_secret(&visit, &rotated, secret).await?)),
        // The second click would end the secret that was just shown.
        Err(Error::Stale) => Ok(see_other(&href(one.id))),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

/// Back to the log; to one that was turned off meanwhile too, which says so.
async fn back<T>(visit: &AgentVisit, id: WebhookId, done: Result<T, Error>, saved: &str) -> Page {
    match done {
        Ok(_) => Ok(see_other(&format!("{}?saved={saved}", href(id)))),
        Err(Error::Refused(Refusal::WebhookOff)) => Ok(see_other(&href(id))),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

async fn test(AdminVisit(visit): AdminVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    let done = webhooks::test(visit.visit.web.app(), &visit.ctx(), one.id).await;
    back(&visit, one.id, done, "webhook-test").await
}

async fn replay(AdminVisit(visit): AdminVisit, Path((id, delivery)): Path<(String, String)>) -> Page {
    let one = find(&visit, &id).await?;
    let done = match delivery.parse() {
        Ok(delivery) => webhooks::replay(visit.visit.web.app(), &visit.ctx(), one.id, delivery).await,
        Err(_) => Err(Error::NotFound),
    };
    back(&visit, one.id, done, "webhook-replay").await
}

async fn ask_delete(AdminVisit(visit): AdminVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    let href = href(one.id);
    let shell = visit.shell(Section::Other, format!("{href}/delete")).await;
    let waiting = one.waiting.to_string();
    Ok(html(&WebhookDelete {
        shell: or_page(&visit.visit, shell).await?,
        host: one.url.host(),
        effect: visit.visit.texts().format("webhooks-delete-effect", &[("count", &waiting)]),
        href,
    }))
}

async fn delete(AdminVisit(visit): AdminVisit, Path(id): Path<String>) -> Page {
    let one = find(&visit, &id).await?;
    or_page(&visit.visit, webhooks::delete(visit.visit.web.app(), &visit.ctx(), one.id).await).await?;
    Ok(see_other("/admin/webhooks?saved=webhook-deleted"))
}
