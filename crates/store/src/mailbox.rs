//! Messages kept instead of sent.

use crate::error::Error;
use crate::outbox::Channel;
use crate::tx::Tx;
use crate::value::{Row, params};
use jiff::Timestamp;
use nameplate_domain::ids::OutboxId;

/// A kept message without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxRow {
    /// The id of its outbox row.
    pub id: OutboxId,
    /// How it would have travelled.
    pub channel: Channel,
    /// To whom.
    pub to: String,
    /// Subject, decoded.
    pub subject: String,
    /// The notification.
    pub kind: String,
    /// When it was handed over.
    pub created_at: Timestamp,
}

/// A kept message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxMessage {
    /// What the list shows.
    pub row: MailboxRow,
    /// The exact bytes.
    pub raw: Vec<u8>,
}

impl Tx {
    /// The newest messages, newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn mailbox(&self, limit: u32) -> Result<Vec<MailboxRow>, Error> {
        let sql = "SELECT id, recipient, subject, kind, created_at, channel FROM mailbox ORDER BY created_at DESC, id DESC LIMIT $1";
        self.query(sql, params![limit]).await?.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// One message.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn mailbox_message(&self, id: OutboxId) -> Result<Option<MailboxMessage>, Error> {
        let sql = "SELECT id, recipient, subject, kind, created_at, channel, raw FROM mailbox WHERE id = $1";
        let row = self.query_opt(sql, params![id]).await?;
        row.map(|mut row| Ok(MailboxMessage { row: read(&mut row)?, raw: row.bytes()? })).transpose()
    }

    /// Keeps a message; a second time the same id changes nothing.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn keep_message(&self, message: &MailboxMessage) -> Result<(), Error> {
        let sql = "INSERT INTO mailbox (id, recipient, subject, kind, created_at, channel, raw)
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
        let row = &message.row;
        let params = params![
            row.id,
            row.to.as_str(),
            row.subject.as_str(),
            row.kind.as_str(),
            row.created_at,
            row.channel.as_str(),
            message.raw.as_slice()
        ];
        self.execute(sql, params).await.map(drop)
    }
}

fn read(row: &mut Row) -> Result<MailboxRow, Error> {
    Ok(MailboxRow {
        id: row.parse()?,
        to: row.text()?,
        subject: row.text()?,
        kind: row.text()?,
        created_at: row.instant()?,
        channel: Channel::read(&row.text()?),
    })
}
