//! What customers get of an agent, beside the form that it is typed into.

use super::{Picture, Plate};
use askama::Template;
use askama::filters::HtmlSafe;
use nameplate_i18n::Texts;

/// A contact as an address book shows it after "Save contact".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The picture that is in the file; without one, address books draw initials of their own.
    pub picture: Picture,
    /// The name.
    pub name: String,
    /// The other lines of text.
    pub lines: Vec<String>,
}

/// The card in each of its places, as it is stored or as it was typed.
#[derive(Debug, Clone, Template)]
#[template(path = "account/preview.html")]
pub struct Preview {
    /// The catalogue.
    pub texts: Texts,
    /// Whether it shows more than what is stored.
    pub typed: bool,
    /// On the booking page.
    pub on_booking_page: Plate,
    /// Where the card below every mail is found; a document of its own, for mails bring their own style.
    pub signature: String,
    /// How high it is, about, in pixels.
    pub signature_height: usize,
    /// The title of the entry in a customer's calendar.
    pub entry_title: String,
    /// Its text, which begins with the time.
    pub entry_text: String,
    /// In address books.
    pub contact: Contact,
}

impl HtmlSafe for Preview {}

impl Preview {
    fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }
}
