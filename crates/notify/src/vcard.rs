//! The agent's card as a contact file: vCard 4.0 (RFC 6350). It holds what the agent shows on the booking page, no more.

use crate::content_lines::Writer;
use crate::links::compact;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Location, LocationField};

/// What a contact file is made of.
#[derive(Debug, Clone)]
pub struct ContactFacts {
    /// The agent as the booking page shows them (`Card::of(agent, Place::BookingPage)`).
    pub card: Card,
    /// The organisation's name.
    pub organisation: String,
    /// A URI that stays the same as long as the account lives, so that a newer file takes the place of an older one.
    pub uid: String,
    /// The profile URL.
    pub profile: String,
    /// The address of this file.
    pub source: String,
    /// The JPEG of `card.picture`; shown when both are there.
    pub picture: Option<Vec<u8>>,
    /// When the account last changed.
    pub changed_at: Timestamp,
}

/// The file. The picture is inside: address books fetch none.
#[must_use]
pub fn file(facts: &ContactFacts) -> String {
    let card = &facts.card;
    let mut file = Writer::default();
    file.line("BEGIN", "VCARD");
    file.line("VERSION", "4.0");
    file.line("PRODID", concat!("-//Nameplate//", env!("CARGO_PKG_VERSION"), "//EN"));
    file.line("KIND", "individual");
    file.line("UID", &facts.uid);
    file.line("SOURCE", &facts.source);
    file.line("REV", &compact(facts.changed_at));
    file.plain_text("FN", card.name.as_str());
    file.parts("ORG", None, &[&facts.organisation]);
    if let Some(title) = &card.job_title {
        file.plain_text("TITLE", title.as_str());
    }
    if let Some(email) = &card.email {
        file.plain_text("EMAIL;TYPE=work", email.as_str());
    }
    if let Some(number) = &card.phone_number {
        let words = [("VALUE", "uri"), ("TYPE", "work")];
        file.with("TEL", &words, None, &format!("tel:{}", number.e164()));
    }
    if let Some(location) = &card.location {
        address(location, &mut file);
    }
    file.plain_text("TZ", card.time_zone.as_str());
    file.line("URL", &facts.profile);
    if let Some(jpeg) = facts.picture.as_ref().filter(|_| card.picture.is_some()) {
        file.line("PHOTO", &format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg)));
    }
    file.line("END", "VCARD");
    file.finish()
}

/// The name of the location has no place among the parts of an address, so it leads the label: one line, since readers do
/// not agree how a line break in a parameter is written.
fn address(location: &Location, file: &mut Writer) {
    let part = |field| location.part(field);
    let country = location.country.map_or("", |country| country.name());
    file.parts(
        "ADR;TYPE=work",
        Some(("LABEL", &location.lines().join(", "))),
        &[
            "",
            "",
            part(LocationField::Street),
            part(LocationField::City),
            part(LocationField::State),
            part(LocationField::Postcode),
            country,
        ],
    );
}
