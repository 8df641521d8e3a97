//! `/dev/mailbox`: the messages that a demonstration keeps instead of sending.

use super::{Link, Shell};
use askama::Template;

/// A message in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageRow {
    /// `/dev/mailbox/{id}`
    pub href: String,
    /// The recipient.
    pub to: String,
    /// The subject, decoded; of a text message its text.
    pub subject: String,
    /// Whether it is a text message.
    pub is_sms: bool,
    /// `meeting_scheduled`
    pub kind: String,
    /// "Sun 22 Nov 2026, 11:04 (UTC)"
    pub created: String,
}

/// `/dev/mailbox`, newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "dev/mailbox.html")]
pub struct Mailbox {
    /// The frame.
    pub shell: Shell,
    /// Newest first.
    pub messages: Vec<MessageRow>,
}

impl Mailbox {
    fn heading(&self) -> String {
        self.shell.t("mailbox-title")
    }
}

/// `/dev/mailbox/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "dev/message.html")]
pub struct Message {
    /// The frame.
    pub shell: Shell,
    /// The subject, decoded.
    pub subject: String,
    /// From, To, Date …: name as text, value as `href`.
    pub headers: Vec<Link>,
    /// The text part, decoded.
    pub text: String,
    /// Where the HTML part is served as a sandboxed document of its own, if it is.
    pub html_href: Option<String>,
    /// The calendar part, unfolded as text.
    pub calendar: Option<String>,
    /// The exact bytes: `/dev/mailbox/{id}.eml`; a text message has no others.
    pub eml_href: Option<String>,
}

impl Message {
    fn heading(&self) -> String {
        self.subject.clone()
    }
}
