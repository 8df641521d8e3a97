//! Messages kept instead of sent: the demo, and a server without SMTP.

use crate::outbox::{Delivery, Transport};
use crate::{App, Error};
use jiff::Timestamp;
use nameplate_domain::ids::OutboxId;
use nameplate_notify::Composed;
use nameplate_store::{MailboxMessage, MailboxRow, OutboxRow};
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
                to: message.to.clone(),
                subject: message.subject.clone(),
                kind: row.kind.clone(),
                created_at: (self.clock)(),
            },
            raw: message.raw.clone(),
        };
        Box::pin(async move {
            let done = self.app.store().write(move |tx| async move { tx.keep_message(&kept).await.map_err(Error::from) });
            match done.await {
                Ok(()) => Delivery::Sent { answer: "kept in the mailbox".to_owned() },
                Err(error) => Delivery::Temporary { answer: error.to_string() },
            }
        })
    }
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
