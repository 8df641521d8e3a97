//! The agent's card and picture as the views want them.

use crate::view::{Phone, Picture, Plate};
use nameplate_domain::account::card::{Card, initials};
use nameplate_domain::account::{Agent, Place};
use nameplate_i18n::{Locale, country};

/// The picture as its owner sees it, whatever is visible to others.
pub fn own_picture(agent: &Agent) -> Picture {
    Picture {
        url: agent.picture.as_ref().map(|key| format!("/pictures/{key}/192.jpg")),
        initials: initials(agent.visible_name().as_str()),
        hue: agent.hue(),
    }
}

/// What customers see of an agent in a place.
pub fn plate(agent: &Agent, place: Place, locale: Locale) -> Plate {
    let card = Card::of(agent, place);
    Plate {
        name: card.name.to_string(),
        picture: Picture {
            url: card.picture.as_ref().map(|key| format!("/pictures/{key}/192.jpg")),
            ..own_picture(agent)
        },
        job_title: card.job_title.map(|title| title.to_string()),
        location: card
            .location
            .as_ref()
            .map(|location| location_line(location, locale))
            .filter(|line| !line.is_empty()),
        email: card.email.map(|email| email.shown()),
        phone_number: card
            .phone_number
            .map(|phone| Phone { text: phone.international(), e164: phone.e164().to_owned() }),
        is_heading: false,
    }
}

/// A location in one line: its name with the country, or the city when it has no name.
fn location_line(location: &nameplate_domain::account::Location, locale: Locale) -> String {
    let place = location.name.as_ref().or(location.city.as_ref()).map(ToString::to_string);
    let country = location.country.map(|named| country(locale, named.name()));
    place.into_iter().chain(country).collect::<Vec<_>>().join(", ")
}
