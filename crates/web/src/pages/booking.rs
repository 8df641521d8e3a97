//! The public booking form: who, when, who are you, done.

use crate::draft::{self, Draft};
use crate::failure::{self, Failure, Page, html, redirect, see_other, set_cookie};
use crate::forms::{self, Asked, Check, Form};
use crate::gzip;
use crate::layers::Class;
use crate::linked_data;
use crate::pages::{meeting_sms, or_page, with_status};
use crate::picker::{self, Places, Wanted, query, reader_zone};
use crate::plates::{self, plate};
use crate::routes::{Access, Routes};
use crate::view::booking::{AgentPage, ChooseTime, Details, MeetingTypeHead, Taken};
use crate::view::{FieldError, Link};
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::{Method, StatusCode};
use axum::response::IntoResponse as _;
use jiff::{SignedDuration, Timestamp};
use nameplate_app::meetings::book::{BookingRequest, book};
use nameplate_app::meetings::manage_url;
use nameplate_app::once::IdempotencyKey;
use nameplate_app::slots::{self, Offer};
use nameplate_app::{Ctx, Error, Refusal, accounts, meeting_types};
use nameplate_domain::account::{
    Agent, AgentStatus, CustomerName, EmailAddress, Note, PhoneNumber, Place, optional,
};
use nameplate_domain::meetings::{Customer, MeetingType, Party};
use nameplate_i18n::time::Clock;
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{slug}", Access::Public, agent)
        .ending(Method::GET, "/{slug}.vcf", Access::Public)
        .get("/{slug}/{meeting_type}", Access::Public, choose_time)
        .get("/{slug}/{meeting_type}/book", Access::Public, details)
        .post("/{slug}/{meeting_type}/book", Access::Public, submit)
        .post("/{slug}/{meeting_type}/change", Access::Public, change)
}

/// The agent of a booking address. A former slug answers 308 to the same path below the slug of today (N1).
async fn owner(visit: &Visit, slug: &str) -> Result<Agent, Failure> {
    let rest = visit.uri.path().trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
    let slash = if rest.is_empty() { "" } else { "/" };
    owner_of(visit, slug, &format!("{slash}{rest}")).await
}

/// The same, with what stands behind the slug in the address.
async fn owner_of(visit: &Visit, slug: &str, behind: &str) -> Result<Agent, Failure> {
    let agent = or_page(visit, accounts::find(visit.web.app(), slug).await).await?;
    if agent.status != AgentStatus::Active {
        return Err(Failure::page(Error::NotFound, visit).await);
    }
    if agent.slug.as_str() != slug {
        let former = slug.to_lowercase();
        if agent.slug.as_str() != former {
            accounts::slug::visited(visit.web.app(), &former, visit.now);
        }
        let query = visit.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let path = format!("/{}{behind}{query}", agent.slug);
        return Err(Failure::from(redirect(StatusCode::PERMANENT_REDIRECT, &path)));
    }
    Ok(agent)
}

pub(crate) fn head(visit: &Visit, agent: &Agent, meeting_type: &MeetingType) -> MeetingTypeHead {
    let minutes = meeting_type.rules.duration_minutes.to_string();
    MeetingTypeHead {
        name: meeting_type.name.to_string(),
        duration: visit.texts().format("duration-minutes", &[("count", &minutes)]),
        // A link to the meeting is for those who booked; a place in words is for everybody.
        place: meeting_type.place.as_ref().map(ToString::to_string).filter(|place| !place.contains("://")),
        description: meeting_type.description.as_ref().map(ToString::to_string),
        href: format!("/{}/{}", agent.slug, meeting_type.slug),
    }
}

async fn agent(visit: Visit, Path(slug): Path<String>) -> Page {
    if let Some(slug) = slug.strip_suffix(CONTACT) {
        return contact(&visit, slug).await;
    }
    let agent = owner(&visit, &slug).await?;
    let types = or_page(&visit, meeting_types::of(visit.web.app(), agent.id).await).await?;
    let mut plate = plate(&agent, Place::BookingPage, visit.locale());
    plate.is_heading = true;
    plate.fields = or_page(&visit, plates::fields(&visit.web, &agent, visit.locale()).await).await?;
    let shell = or_page(&visit, visit.public_shell(visit.here()).await).await?;
    let meeting_types = types.iter().map(|one| head(&visit, &agent, one)).collect();
    let page = AgentPage {
        linked_data: linked_data::profile(visit.web.app(), &agent, &shell.organisation),
        contact: contact_path(&agent),
        url: visit.web.app().url(&format!("/{}", agent.slug)),
        shell,
        plate,
        meeting_types,
    };
    Ok(gzip::page(&page, visit.headers()))
}

/// What an agent's address ends in for the contact file. No slug has a dot.
const CONTACT: &str = ".vcf";

fn contact_path(agent: &Agent) -> String {
    format!("/{}{CONTACT}", agent.slug)
}

/// `GET /{slug}.vcf`: the agent's card for address books.
async fn contact(visit: &Visit, slug: &str) -> Page {
    let agent = owner_of(visit, slug, CONTACT).await?;
    let file = or_page(visit, accounts::contact::file(visit.web.app(), &agent).await).await?;
    let disposition = format!("attachment; filename=\"{}{CONTACT}\"", agent.slug);
    let headers = [("content-type", "text/vcard; charset=utf-8"), ("content-disposition", &disposition)];
    Ok((headers, file).into_response())
}

async fn offer(visit: &Visit, slug: &str, meeting_type: &str) -> Result<Offer, Failure> {
    let agent = owner(visit, slug).await?;
    let found = meeting_types::find(visit.web.app(), agent.id, meeting_type).await;
    Ok(Offer { meeting_type: or_page(visit, found).await?, agent })
}

async fn choose_time(
    visit: Visit,
    Path((slug, meeting_type)): Path<(String, String)>,
    Asked(wanted): Asked<Wanted>,
) -> Page {
    let offer = offer(&visit, &slug, &meeting_type).await?;
    let zone = reader_zone(&visit, wanted.time_zone.as_deref(), &offer.agent.time_zone);
    let page = page_of(&offer);
    let places = Places { time: format!("{page}/book"), page, moving: None };
    let picker = or_page(&visit, picker::build(&visit, &offer, &wanted, &zone, &places).await).await?;
    let types = or_page(&visit, meeting_types::of(visit.web.app(), offer.agent.id).await).await?;
    let page = ChooseTime {
        shell: or_page(&visit, visit.public_shell(visit.here()).await).await?,
        plate: plate(&offer.agent, Place::BookingPage, visit.locale()),
        meeting_type: head(&visit, &offer.agent, &offer.meeting_type),
        contact: contact_path(&offer.agent),
        all_meeting_types: (types.len() > 1).then(|| format!("/{}", offer.agent.slug)),
        picker,
    };
    let mut response = gzip::page(&page, visit.headers());
    if zone.known && wanted.time_zone.is_some() {
        let secure = if visit.web.config().secure { "; Secure" } else { "" };
        let value = zone.id.as_str().replace('/', "%2F");
        set_cookie(
            &mut response,
            &format!("time_zone={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}"),
        );
    }
    Ok(response)
}

/// What the details page was asked with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Chosen {
    start: Option<String>,
    time_zone: Option<String>,
    name: String,
    email: String,
    note: String,
}

/// The booking pages of one meeting type.
fn page_of(offer: &Offer) -> String {
    format!("/{}/{}", offer.agent.slug, offer.meeting_type.slug)
}

async fn details(
    visit: Visit,
    Path((slug, meeting_type)): Path<(String, String)>,
    Asked(chosen): Asked<Chosen>,
) -> Page {
    let offer = offer(&visit, &slug, &meeting_type).await?;
    let Some(start) = chosen.start.as_deref().and_then(forms::start) else {
        return Ok(see_other(&page_of(&offer)));
    };
    let zone = reader_zone(&visit, chosen.time_zone.as_deref(), &offer.agent.time_zone);
    let mut page = details_page(&visit, &offer, start, &visit.clock(&zone.id)).await?;
    let kept = Draft::kept(&visit);
    let personal = kept.is_some();
    kept.unwrap_or_else(|| Draft::prefilled(chosen.name, chosen.email, chosen.note)).fill(&mut page);
    let mut response = html(&page);
    if personal {
        // What a cookie filled in is for one person and stays in no cache.
        response.extensions_mut().insert(Class::SignedIn);
    }
    Ok(response)
}

/// Back to the times, with what was typed kept (B-16).
async fn change(visit: Visit, Path((slug, meeting_type)): Path<(String, String)>, form: Form) -> Page {
    let offer = offer(&visit, &slug, &meeting_type).await?;
    let page = page_of(&offer);
    let zone = reader_zone(&visit, Some(form.get("time_zone")), &offer.agent.time_zone);
    let Some(start) = forms::start(form.get("start")) else { return Ok(see_other(&page)) };
    let clock = visit.clock(&zone.id);
    let date = clock.local(start).date().to_string();
    let times = query(&[("date", &date), ("time_zone", zone.id.as_str())]);
    let mut response = see_other(&format!("{page}{times}#times"));
    if Draft::of(&form).keep(&visit, &page, &mut response) {
        return Ok(response);
    }
    let text = visit.texts().text("note-too-long-to-keep");
    again(&visit, &offer, &form, start, (&clock, vec![FieldError { field: "note".to_owned(), text }])).await
}

/// The details page with nothing typed.
async fn details_page(
    visit: &Visit,
    offer: &Offer,
    start: Timestamp,
    clock: &Clock,
) -> Result<Details, Failure> {
    let end = start + SignedDuration::from_mins(i64::from(offer.meeting_type.rules.duration_minutes));
    let page = page_of(offer);
    let chosen = query(&[("start", &start.to_string()), ("time_zone", clock.zone().as_str())]);
    let shell = or_page(visit, visit.public_shell(format!("{page}/book{chosen}")).await).await?;
    Ok(Details {
        plate: plate(&offer.agent, Place::BookingPage, visit.locale()),
        meeting_type: head(visit, &offer.agent, &offer.meeting_type),
        when: clock.full_range(start, end),
        change_action: format!("{page}/change"),
        action: format!("{page}/book"),
        start: start.to_string(),
        time_zone: clock.zone().to_string(),
        name: String::new(),
        email: String::new(),
        phone_number: String::new(),
        offers_sms: visit.web.app().settings().sms.is_some(),
        sms: false,
        note: String::new(),
        button: book_button(visit, clock, start),
        taken: None,
        shell,
    })
}

/// "Book 09:30 on Tuesday 8 December"
pub(crate) fn book_button(visit: &Visit, clock: &Clock, start: Timestamp) -> String {
    let day = clock.day_heading(clock.local(start).date(), visit.now);
    visit.texts().format("book-button", &[("time", &clock.bare(start)), ("day", &day)])
}

async fn submit(visit: Visit, Path((slug, meeting_type)): Path<(String, String)>, form: Form) -> Page {
    let offer = offer(&visit, &slug, &meeting_type).await?;
    let zone = reader_zone(&visit, Some(form.get("time_zone")), &offer.agent.time_zone);
    let Some(start) = forms::start(form.get("start")) else {
        return Ok(see_other(&page_of(&offer)));
    };
    let mut check = Check::default();
    let country = offer.agent.location.country;
    let name = check.take("name", CustomerName::parse(form.get("name")));
    let email = check.take("email", EmailAddress::parse(form.get("email")));
    let phone = optional(form.get("phone_number"), |typed| PhoneNumber::parse(typed, country));
    let phone_number = check.take("phone_number", phone);
    let note = check.take("note", optional(form.get("note"), Note::parse));
    let sms_consent = meeting_sms::consent(&visit, &form, phone_number.as_ref(), &mut check);
    let clock = visit.clock(&zone.id);
    let (Some(name), Some(email), Some(phone_number), Some(note), Some(sms_consent)) =
        (name, email, phone_number, note, sms_consent)
    else {
        let errors = check.errors(visit.texts());
        return again(&visit, &offer, &form, start, (&clock, errors)).await;
    };
    if !form.get("website").is_empty() {
        // Only a machine fills the trap; it learns nothing but that there is no such page.
        return Err(Failure::page(Error::NotFound, &visit).await);
    }
    let customer = Customer { name, email, phone_number, locale: visit.locale().tag().to_owned() };
    let key = second_click(&visit, &form, start, &customer);
    let request = BookingRequest {
        agent: offer.agent.id.to_string(),
        meeting_type: offer.meeting_type.id.to_string(),
        start,
        customer,
        customer_zone: Some(zone.id.clone()),
        note,
        sms_consent,
    };
    match book(visit.web.app(), &Ctx { key, ..visit.ctx() }, request).await {
        Ok(booked) => {
            let url = manage_url(visit.web.app(), &booked.meeting, Party::Customer);
            let path = url.strip_prefix(&visit.web.app().settings().public_url).unwrap_or(&url);
            let mut response = see_other(path);
            draft::forget(&visit, &page_of(&offer), &mut response);
            Ok(response)
        }
        Err(Error::Refused(refusal)) => refused(&visit, &offer, &form, start, (&clock, refusal)).await,
        Err(error @ (Error::Limited(_) | Error::Busy | Error::Unavailable(_))) => {
            later(&visit, &offer, &form, start, (&clock, error)).await
        }
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

/// The form again, to be sent once more later: nothing is wrong with what was typed.
async fn later(
    visit: &Visit,
    offer: &Offer,
    form: &Form,
    start: Timestamp,
    (clock, error): (&Clock, Error),
) -> Page {
    let texts = visit.texts();
    let text = if let Error::Limited(wait) = &error {
        let minutes = failure::minutes(*wait);
        texts.format("booking-limited", &[("minutes", &minutes)])
    } else {
        texts.text("booking-busy")
    };
    let mut page = typed(visit, offer, form, start, clock).await?;
    page.shell.errors = vec![FieldError { field: "book".to_owned(), text }];
    Ok(failure::answer(&error, &page))
}

/// A second click on one page finds the meeting of the first (F-09). The page's own token is the key, so nobody else's
/// form can find it.
fn second_click(visit: &Visit, form: &Form, start: Timestamp, customer: &Customer) -> Option<IdempotencyKey> {
    let page = form.get("form_token");
    let secrets = visit.web.app().secrets();
    (!page.is_empty()).then(|| IdempotencyKey {
        scope: format!("form {}", visit.net),
        key: secrets.pseudonym("second click", &format!("{page} {start}")),
        fingerprint: secrets
            .pseudonym("second click", &format!("{customer:?} {} {}", form.get("note"), form.has("sms"))),
    })
}

/// The form again with its errors and what was typed.
async fn again(
    visit: &Visit,
    offer: &Offer,
    form: &Form,
    start: Timestamp,
    (clock, errors): (&Clock, Vec<FieldError>),
) -> Page {
    let mut page = typed(visit, offer, form, start, clock).await?;
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn typed(
    visit: &Visit,
    offer: &Offer,
    form: &Form,
    start: Timestamp,
    clock: &Clock,
) -> Result<Details, Failure> {
    let mut page = details_page(visit, offer, start, clock).await?;
    Draft::of(form).fill(&mut page);
    Ok(page)
}

/// The form again without its time, and the nearest that are free; nothing typed is lost (B-12).
async fn refused(
    visit: &Visit,
    offer: &Offer,
    form: &Form,
    start: Timestamp,
    (clock, refusal): (&Clock, Refusal),
) -> Page {
    let mut page = typed(visit, offer, form, start, clock).await?;
    let nearby = match &refusal {
        Refusal::SlotTaken(nearby) => nearby.clone(),
        _ => or_page(visit, slots::nearest(visit.web.app(), visit.now, offer, start, None).await).await?,
    };
    page.taken = Some(taken(visit, clock, start, &refusal, &nearby, book_button));
    with_status(StatusCode::CONFLICT, &page)
}

/// Why a time cannot be had, and what can.
pub(crate) fn taken(
    visit: &Visit,
    clock: &Clock,
    start: Timestamp,
    refusal: &Refusal,
    nearby: &[Timestamp],
    button: fn(&Visit, &Clock, Timestamp) -> String,
) -> Taken {
    let key = format!("time-{}", refusal.code().replace('_', "-"));
    Taken {
        text: visit.texts().format(&key, &[("time", &clock.bare(start))]),
        nearby: nearby
            .iter()
            .map(|start| Link::new(button(visit, clock, *start), start.to_string()))
            .collect(),
    }
}
