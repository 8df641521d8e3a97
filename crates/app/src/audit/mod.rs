//! What was done to an account, when and by whom (`security.md` D1, D2).
//!
//! An entry is written in the transaction of what it tells of. Each carries a keyed code over the one before and over
//! itself, so that an entry that somebody changed, took out, put in or moved is found by [`verify()`]. What is personal
//! stands apart and only its code is in the chain: it can be erased, and the chain still holds.

mod detail;
mod event;
mod list;
mod refusals;
mod verify;

pub use detail::{Change, Detail};
pub use event::Event;
pub use list::{By, Entry, PAGE, Page, find, list};
pub use verify::{Verdict, verify};

use crate::{Actor, App, Ctx, Error, Secrets};
use jiff::Timestamp;
use nameplate_domain::account::Role;
use nameplate_domain::ids::AgentId;
use nameplate_store::{AuditHead, AuditRow, Tx};

/// Who acts where nobody asks over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Whoever runs the server, at its command line.
    CommandLine,
    /// Somebody unknown, whose request was taken in before.
    Visitor,
    /// The server, because the time for it had come.
    Server,
}

/// Writes entries for one request: made before its transaction and moved into it.
#[derive(Clone)]
pub struct Recorder {
    secrets: Secrets,
    at: Timestamp,
    actor: Who,
    net: String,
    device: String,
    scim: bool,
}

#[derive(Clone)]
enum Who {
    Asks(Actor),
    Own(Own),
}

impl App {
    /// Records what this request does.
    #[must_use]
    pub fn recorder(&self, ctx: &Ctx) -> Recorder {
        Recorder {
            secrets: self.secrets().clone(),
            at: ctx.now,
            actor: Who::Asks(ctx.actor.clone()),
            net: ctx.net.clone(),
            device: ctx.user_agent.chars().filter(|c| !c.is_control()).take(300).collect(),
            scim: false,
        }
    }

    /// Records what is done without a request.
    #[must_use]
    pub fn own_recorder(&self, now: Timestamp, own: Own) -> Recorder {
        let secrets = self.secrets().clone();
        Recorder {
            secrets,
            at: now,
            actor: Who::Own(own),
            net: String::new(),
            device: String::new(),
            scim: false,
        }
    }

    /// Records what somebody unknown did from there at that time.
    pub(crate) fn visitor_recorder(&self, at: Timestamp, net: &str, device: &str) -> Recorder {
        let unknown = self.own_recorder(at, Own::Visitor);
        Recorder { net: net.to_owned(), device: device.to_owned(), ..unknown }
    }
}

impl Recorder {
    /// The same, where the admin's token is that of an identity provider.
    #[must_use]
    pub(crate) fn by_scim(self) -> Self {
        Self { scim: true, ..self }
    }

    /// Adds an entry to the log, and a line without anybody's name or values to the server's own log.
    ///
    /// It locks the end of the audit log: to be called last, when every other lock of the transaction is held.
    ///
    /// # Errors
    /// The database's.
    pub async fn add(
        &self,
        tx: &Tx,
        account: AgentId,
        event: Event,
        changes: Vec<Change>,
    ) -> Result<(), Error> {
        let detail = Detail::new(&self.net, &self.device, changes).text()?;
        let (actor_kind, actor_id) = self.actor_of(account);
        let head = tx.lock_audit_head().await?;
        let mut row = AuditRow {
            sequence: head.sequence + 1,
            // As it will be read back: the database keeps no nanoseconds.
            at: Timestamp::from_microsecond(self.at.as_microsecond()).unwrap_or(self.at),
            account,
            actor_kind: actor_kind.to_owned(),
            actor_id,
            event: event.name().to_owned(),
            detail_hash: detail_code(&self.secrets, &detail),
            detail: Some(detail),
            chain: [0; 32],
        };
        row.chain = chain_code(&self.secrets, &head, &row);
        tx.append_audit(&row).await?;
        tracing::info!(
            target: "security",
            event = event.name(), account = %account, by = actor_kind, net = self.net, entry = row.sequence
        );
        Ok(())
    }

    fn actor_of(&self, account: AgentId) -> (&'static str, Option<String>) {
        match &self.actor {
            Who::Asks(Actor::Agent { id, .. }) if self.scim => ("scim", Some(id.to_string())),
            Who::Asks(Actor::Agent { id, session, .. }) if *id == account => {
                (if session.is_some() { "agent" } else { "api_token" }, Some(id.to_string()))
            }
            Who::Asks(Actor::Agent { id, role: Role::Admin, .. }) => ("admin", Some(id.to_string())),
            Who::Asks(Actor::Agent { id, .. }) => ("other_agent", Some(id.to_string())),
            Who::Asks(Actor::Link { meeting, .. }) => ("meeting_link", Some(meeting.to_string())),
            Who::Asks(Actor::Nobody) | Who::Own(Own::Visitor) => ("visitor", None),
            Who::Own(Own::CommandLine) => ("command_line", None),
            Who::Own(Own::Server) => ("server", None),
        }
    }
}

/// Erases what is personal in the entries that have outlived the time for which it is kept; the entries stay, and so does
/// the chain.
///
/// # Errors
/// The database's.
pub async fn forget_old(app: &App, now: Timestamp) -> Result<u64, Error> {
    let before = now - app.settings().audit_details;
    Ok(app.store().write(move |tx| async move { tx.erase_old_audit_details(before).await }).await?)
}

fn detail_code(secrets: &Secrets, detail: &str) -> [u8; 32] {
    secrets.mac(&[b"audit detail", detail.as_bytes()])
}

fn chain_code(secrets: &Secrets, before: &AuditHead, row: &AuditRow) -> [u8; 32] {
    let has_actor = [u8::from(row.actor_id.is_some())];
    secrets.mac(&[
        b"audit chain",
        &before.chain,
        &row.sequence.to_be_bytes(),
        &row.at.as_microsecond().to_be_bytes(),
        row.account.uuid().as_bytes(),
        row.actor_kind.as_bytes(),
        &has_actor,
        row.actor_id.as_deref().unwrap_or_default().as_bytes(),
        row.event.as_bytes(),
        &row.detail_hash,
    ])
}
