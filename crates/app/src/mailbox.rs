//! Messages kept instead of sent: the demo, and a server without SMTP.

use crate::outbox::{Delivery, Transport};
use crate::{App, Error};
use jiff::Timestamp;
use mail_parser::{Addr, MessageParser, MimeHeaders};
use nameplate_domain::ids::OutboxId;
use nameplate_notify::Composed;
use nameplate_notify::sms::Text;
pub use nameplate_store::MailboxRow as Row;
use nameplate_store::{Channel, MailboxMessage, MailboxRow, OutboxRow};
use std::future::Future;
use std::pin::Pin;

/// How many messages the mailbox page lists.
const PAGE: u32 = 1_000;

/// Keeps every message in the database.
pub struct Mailbox {
    app: App,
    clock: fn() -> Timestamp,
}

impl Mailbox {
    /// A mailbox in this server's database.
    #[must_use]
    pub const fn new(app: App, clock: fn() -> Timestamp) -> Self {
        Self { app, clock }
    }
}

impl Transport for Mailbox {
    fn deliver<'a>(
        &'a self,
        row: &'a OutboxRow,
        message: &'a Composed,
    ) -> Pin<Box<dyn Future<Output = Delivery> + Send + 'a>> {
        let kept = MailboxMessage {
            row: MailboxRow {
                id: row.id,
                channel: Channel::Email,
                to: message.to.clone(),
                subject: message.subject.clone(),
                kind: row.kind.clone(),
                created_at: (self.clock)(),
            },
            raw: message.raw.clone(),
        };
        Box::pin(async move {
            let done = self
                .app
                .store()
                .write(move |tx| async move { tx.keep_message(&kept).await.map_err(Error::from) });
            match done.await {
                Ok(()) => Delivery::Sent { answer: "kept in the mailbox".to_owned() },
                Err(error) => Delivery::Temporary { answer: error.to_string() },
            }
        })
    }
}

/// Keeps a text message instead of sending it; what a mail says in its subject it says in its text.
pub(crate) async fn keep_text(app: &App, row: &OutboxRow, text: &Text, now: Timestamp) -> Result<(), Error> {
    let kept = MailboxMessage {
        row: MailboxRow {
            id: row.id,
            channel: Channel::Sms,
            to: text.to.clone(),
            subject: text.text.clone(),
            kind: row.kind.clone(),
            created_at: now,
        },
        raw: text.text.clone().into_bytes(),
    };
    app.store().write(move |tx| async move { tx.keep_message(&kept).await.map_err(Error::from) }).await
}

/// The newest messages, newest first.
///
/// # Errors
/// The database's.
pub async fn list(app: &App) -> Result<Vec<MailboxRow>, Error> {
    Ok(app.store().read(|tx| async move { tx.mailbox(PAGE).await }).await?)
}

/// One message.
///
/// # Errors
/// `NotFound`.
pub async fn message(app: &App, id: OutboxId) -> Result<MailboxMessage, Error> {
    app.store().read(|tx| async move { tx.mailbox_message(id).await }).await?.ok_or(Error::NotFound)
}

/// What the page shows of a message.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// From, To, Date and the like, decoded.
    pub headers: Vec<(String, String)>,
    /// The plain text.
    pub text: String,
    /// The HTML as it was sent.
    pub html: Option<String>,
    /// The calendar part, unfolded.
    pub calendar: Option<String>,
}

/// `Zoë Müller <zoe@example.com>`: the name as people read it, not as it travels.
fn person(address: &Addr<'_>) -> String {
    match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    }
}

/// Takes a message apart, with a parser that is not the one who wrote it.
#[must_use]
pub fn parts(raw: &[u8]) -> Parts {
    let Some(message) = MessageParser::default().parse(raw) else { return Parts::default() };
    let text_of = |wanted: &str| {
        let part = message.parts.iter().find(|part| part.is_content_type("text", wanted));
        part.and_then(|part| part.text_contents().map(ToOwned::to_owned))
    };
    let shown = ["From", "To", "Reply-To", "Date", "Message-ID", "In-Reply-To"];
    let headers = shown.iter().filter_map(|name| {
        let value = match message.header(*name)?.as_address() {
            Some(people) => people.iter().map(person).collect::<Vec<_>>().join(", "),
            None => message.header_raw(*name)?.trim().replace("\r\n", ""),
        };
        Some(((*name).to_owned(), value))
    });
    Parts {
        headers: headers.collect(),
        text: text_of("plain").unwrap_or_default(),
        html: text_of("html"),
        calendar: text_of("calendar").map(|text| text.replace("\r\n ", "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_people_read_them() {
        let raw = "From: =?utf-8?Q?Zo=C3=AB_M=C3=BCller?= via Nameplate <meet@example.com>\r\n\
                   To: =?utf-8?B?Wm/DqyBNw7xsbGVy?= <zoe@example.com>, plain@example.com\r\n\
                   Reply-To: \"Berg, Anna\" <anna@example.com>\r\n\
                   Date: Sun, 22 Nov 2026 11:04:00 +0000\r\n\
                   Message-ID: <a.b@example.com>\r\n\r\nHello\r\n";
        let shown = parts(raw.as_bytes()).headers;
        let shown: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (&**name, &**value)).collect();
        let expected = [
            ("From", "Zoë Müller via Nameplate <meet@example.com>"),
            ("To", "Zoë Müller <zoe@example.com>, plain@example.com"),
            ("Reply-To", "Berg, Anna <anna@example.com>"),
            ("Date", "Sun, 22 Nov 2026 11:04:00 +0000"),
            ("Message-ID", "<a.b@example.com>"),
        ];
        assert_eq!(shown, expected);
    }
}
