//! The agent's card for machines: JSON-LD with the words of schema.org, in a data block of the profile page.

use crate::view::LinkedData;
use nameplate_app::App;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, EmailAddress, Location, LocationField, PhoneNumber, Place};
use serde_json::{Map, Value, json};

/// What the booking page shows of an agent: the page and the person it is about.
pub fn profile(app: &App, agent: &Agent, organisation: &str) -> LinkedData {
    let card = Card::of(agent, Place::BookingPage);
    let url = app.url(&format!("/{}", agent.slug));
    let place = card.location.as_ref().map(place);
    let person = filled(json!({
        "@type": "Person",
        "@id": format!("{url}#person"),
        "name": card.name.as_str(),
        "url": url,
        "jobTitle": card.job_title.as_ref().map(ToString::to_string),
        "email": card.email.as_ref().map(EmailAddress::as_str),
        "telephone": card.phone_number.as_ref().map(PhoneNumber::e164),
        "image": card.picture.as_ref().map(|key| app.url(&format!("/pictures/{key}/512.jpg"))),
        "workLocation": place,
        "worksFor": { "@type": "Organization", "name": organisation },
        "potentialAction": { "@type": "ReserveAction", "target": url },
    }));
    LinkedData::print(&json!({
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": url,
        "mainEntity": person,
    }))
}

fn place(location: &Location) -> Value {
    let part = |field| Some(location.part(field)).filter(|text| !text.is_empty());
    let address = filled(json!({
        "@type": "PostalAddress",
        "streetAddress": part(LocationField::Street),
        "postalCode": part(LocationField::Postcode),
        "addressLocality": part(LocationField::City),
        "addressRegion": part(LocationField::State),
        "addressCountry": part(LocationField::Country),
    }));
    let has_address = address.as_object().is_some_and(|fields| fields.len() > 1);
    filled(json!({
        "@type": "Place",
        "name": part(LocationField::Name),
        "address": has_address.then_some(address),
    }))
}

/// Without the fields that have no value.
fn filled(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>())
        }
        other => other,
    }
}
