//! The agent's card and picture as the views want them.

use crate::state::Web;
use crate::view::{Phone, Picture, Plate, PlateField};
use nameplate_app::{Error, fields};
use nameplate_domain::account::card::{Card, initials};
use nameplate_domain::account::{Agent, FieldValue, Place, ProfileField};
use nameplate_i18n::{Locale, country, field_value};

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
        fields: Vec::new(),
        is_heading: false,
    }
}

/// What the booking page shows of an agent's profile fields.
pub async fn fields(web: &Web, agent: &Agent, locale: Locale) -> Result<Vec<PlateField>, Error> {
    let shown = fields::shown(web.app(), agent.id, Place::BookingPage).await?;
    let field = |(field, value): (ProfileField, FieldValue)| PlateField {
        label: field.draft.label.to_string(),
        value: field_value(locale, &value),
        href: match value {
            FieldValue::Url(url) => Some(url),
            _ => None,
        },
    };
    Ok(shown.into_iter().map(field).collect())
}

/// A location in one line: its name with the country, or the city when it has no name.
fn location_line(location: &nameplate_domain::account::Location, locale: Locale) -> String {
    let place = location.name.as_ref().or(location.city.as_ref()).map(ToString::to_string);
    let country = location.country.map(|named| country(locale, named.name()));
    place.into_iter().chain(country).collect::<Vec<_>>().join(", ")
}
