//! Composes and delivers what leaves the server: email with calendar files. Knows nothing of the store.
//!
//! [`meeting::compose`] and [`account::compose`] make a [`Composed`] message from plain facts; [`smtp::Smtp`] hands it to
//! the next server. The clock is a parameter: the same facts at the same instant give the same bytes.

pub mod account;
mod account_words;
pub mod dkim;
pub mod feed;
pub mod ics;
pub mod links;
pub mod meeting;
pub mod preview;
pub mod reply;
pub mod report;
pub mod sms;
pub mod smtp;
pub mod templates;
pub mod vcard;
pub mod webhook;

mod blocks;
mod content_lines;
mod html;
mod internet;
mod letter;
mod mime;
mod reader;
mod text;
mod values;

pub use mime::ComposeError;

/// A message as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Message-ID without the angle brackets; the same on every try.
    pub message_id: String,
    /// Envelope sender.
    pub envelope_from: String,
    /// Envelope recipient.
    pub to: String,
    /// Subject, decoded.
    pub subject: String,
    /// The exact bytes.
    pub raw: Vec<u8>,
}

impl Composed {
    /// The message with a return address of its own: `bounce+TOKEN@…`, so that a report about it is known to be about it.
    #[must_use]
    pub fn returning_to(self, token: &str) -> Self {
        let envelope_from = self.envelope_from.replacen("bounce@", &format!("bounce+{token}@"), 1);
        Self { envelope_from, ..self }
    }
}

/// What a try to deliver came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Taken over by the next server.
    Sent {
        /// What it said.
        answer: String,
    },
    /// Refused for good.
    Permanent {
        /// Why.
        answer: String,
    },
    /// Worth another try.
    Temporary {
        /// Why.
        answer: String,
    },
}
