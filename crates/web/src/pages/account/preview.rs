//! What customers get, with what is typed and not saved yet. Nothing is stored here.

use super::fields::{location_of, tick, visibility_of};
use super::page;
use crate::draft;
use crate::failure::{Page, html};
use crate::forms::{Asked, Check, Form};
use crate::layers::Class;
use crate::pages::{or_page, with_status};
use crate::plates::{self, own_picture, plate};
use crate::view::account::Account;
use crate::view::preview::{Contact, Preview};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use nameplate_app::Error;
use nameplate_app::accounts::{preview, set_up};
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{
    Agent, CardField, FullName, JobTitle, LocationField, PhoneNumber, Place, optional,
};
use serde::Deserialize;

/// The fields that the card is made of. Those that were not sent stay as they are stored.
const FIELDS: [&str; 10] = [
    "name",
    "display_name",
    "phone_number",
    "job_title",
    "location_name",
    "location_street",
    "location_postcode",
    "location_city",
    "location_state",
    "location_country",
];

/// The agent as they would be after what was typed, where that can be saved.
fn as_typed(agent: &Agent, form: &Form) -> (Agent, Check) {
    let (mut agent, mut check) = (agent.clone(), Check::default());
    if form.has("name") {
        agent.name = check.take("name", FullName::parse(form.get("name"))).unwrap_or(agent.name);
        let other = check.take("display_name", optional(form.get("display_name"), FullName::parse));
        agent.display_name = other.unwrap_or(agent.display_name);
    }
    if form.has("job_title") {
        let title = check.take("job_title", optional(form.get("job_title"), JobTitle::parse));
        agent.job_title = title.unwrap_or(agent.job_title);
    }
    if form.has("location_name") {
        match location_of(form) {
            Ok(location) => agent.location = location,
            Err(problems) => problems.into_iter().for_each(|(field, problem)| check.add(&field, problem)),
        }
    }
    if form.has("phone_number") {
        let country = agent.location.country;
        let number = optional(form.get("phone_number"), |typed| PhoneNumber::parse(typed, country));
        agent.phone_number = check.take("phone_number", number).unwrap_or(agent.phone_number);
    }
    if form.has("visibility") {
        agent.visibility = visibility_of(form);
    }
    (agent, check)
}

/// The preview of an agent; `form` is what was typed, if anything was.
pub(super) async fn of(visit: &AgentVisit, agent: &Agent, form: Option<&Form>) -> Result<Preview, Error> {
    let app = visit.visit.web.app();
    let entry = preview::calendar_entry(app, agent, visit.visit.now, visit.visit.locale()).await?;
    let organisation = set_up::organisation_name(app).await?;
    let mut on_booking_page = plate(agent, Place::BookingPage, visit.visit.locale());
    on_booking_page.fields = plates::fields(&visit.visit.web, agent, visit.visit.locale()).await?;
    Ok(Preview {
        texts: visit.visit.texts(),
        typed: form.is_some(),
        on_booking_page,
        signature: signature_path(form),
        signature_height: height(&Card::of(agent, Place::Messages), &organisation, &visit.profile_url()),
        entry_title: entry.title,
        entry_text: entry.text,
        contact: contact(agent, organisation),
    })
}

/// How high the signature is, about, in pixels: a sandboxed document does not say. Lines of 24 px with some 21 characters.
fn height(card: &Card, organisation: &str, profile_url: &str) -> usize {
    let count = |text: &str| text.chars().count();
    let labelled = |text: Option<usize>| text.map(|length| length + 8);
    let lines = [
        Some(count(card.name.as_str())),
        card.job_title.as_ref().map(|title| count(title.as_str())),
        Some(count(organisation)),
        card.location.as_ref().and_then(|location| location.name.as_ref()).map(|name| count(name.as_str())),
        labelled(card.phone_number.as_ref().map(|number| count(&number.international()))),
        labelled(card.email.as_ref().map(|email| count(email.as_str()))),
        Some(count(profile_url) + 42),
    ];
    72 + lines.into_iter().flatten().map(|length| 24 * length.div_ceil(21)).sum::<usize>()
}

fn contact(agent: &Agent, organisation: String) -> Contact {
    let card = Card::of(agent, Place::BookingPage);
    let shown = own_picture(agent);
    let lines = [
        card.job_title.map(|title| title.to_string()),
        Some(organisation),
        card.phone_number.map(|number| number.international()),
        card.email.map(|email| email.shown()),
        card.location.map(|location| location.lines().join(", ")),
    ];
    Contact {
        picture: crate::view::Picture { url: shown.url.filter(|_| card.picture.is_some()), ..shown },
        name: card.name.to_string(),
        lines: lines.into_iter().flatten().collect(),
    }
}

/// The page with what was typed into one of its forms, for who has no script.
pub(super) async fn show(visit: AgentVisit, form: Form) -> Page {
    let (agent, check) = as_typed(&visit.agent, &form);
    let mut view = page::stored(&visit).await?;
    view.preview = or_page(&visit.visit, of(&visit, &agent, Some(&form)).await).await?;
    view.shell.saved = None;
    view.shell.errors = check.errors(visit.visit.texts());
    fill(&mut view, &form);
    let status = if view.shell.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    with_status(status, &view)
}

/// Puts what was typed back into its form. The form keeps the version that it was made from.
fn fill(view: &mut Account, form: &Form) {
    let Account { name, display_name, phone_number, job_title, .. } = &mut *view;
    for (field, place) in [
        ("name", name),
        ("display_name", display_name),
        ("phone_number", phone_number),
        ("job_title", job_title),
    ] {
        if form.has(field) {
            *place = form.typed(field);
        }
    }
    if form.has("location_name") {
        let typed = |field: LocationField| form.typed(&format!("location_{}", field.as_str()));
        view.location = page::location(typed, false, view.shell.locale);
    }
    if form.has("visibility") {
        tick(&mut view.visibility, form);
    }
    view.version = form.typed("version");
}

/// The preview alone, while it is typed.
pub(super) async fn parts(visit: AgentVisit, form: Form) -> Page {
    let (agent, _) = as_typed(&visit.agent, &form);
    Ok(html(&or_page(&visit.visit, of(&visit, &agent, Some(&form)).await).await?))
}

/// What the address of the signature says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Packed {
    typed: String,
}

/// The card below every mail, as its own document.
pub(super) async fn signature(visit: AgentVisit, Asked(packed): Asked<Packed>) -> Page {
    let form = Form::of(draft::unpack(&packed.typed).unwrap_or_default());
    let (agent, _) = as_typed(&visit.agent, &form);
    let shown =
        preview::signature(visit.visit.web.app(), &agent, visit.visit.now, visit.visit.locale()).await;
    let document = or_page(&visit.visit, shown).await?;
    let mut response = ([("content-type", "text/html; charset=utf-8")], document).into_response();
    response.extensions_mut().insert(Class::Preview);
    Ok(response)
}

/// The address of the signature with what was typed, packed: what people type stands in no address in clear. With more
/// than an address holds, it shows what is stored.
fn signature_path(form: Option<&Form>) -> String {
    let packed = form.and_then(|form| {
        let is_ours = |name: &str| FIELDS.contains(&name) || name == "visibility" || is_box(name);
        draft::pack(&form.fields().filter(|(name, _)| is_ours(name)).collect::<Vec<_>>())
    });
    let query = packed.map(|packed| format!("?typed={packed}")).unwrap_or_default();
    format!("/account/preview-signature{query}")
}

fn is_box(name: &str) -> bool {
    CardField::ALL
        .iter()
        .any(|field| Place::ALL.iter().any(|place| name == format!("{}_{}", field.as_str(), place.as_str())))
}
