//! The log of one account, as its agent reads it.

use super::{Detail, Event};
use crate::{App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::ids::AgentId;
use nameplate_store::AuditRow;

/// Entries of a page.
pub const PAGE: usize = 50;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The agent of the account, signed in.
    Agent,
    /// A program with the agent's API token.
    ApiToken,
    /// An admin.
    Admin,
    /// An identity provider, with an admin's API token.
    Scim,
    /// Another agent.
    OtherAgent,
    /// Somebody with the link of a meeting.
    MeetingLink,
    /// Somebody who was not signed in.
    Visitor,
    /// Whoever runs the server.
    CommandLine,
    /// Somebody of a kind that this release does not know.
    Unknown,
    /// The server, because its time had come.
    Server,
}

impl By {
    const ALL: [(&'static str, Self); 9] = [
        ("agent", Self::Agent),
        ("api_token", Self::ApiToken),
        ("admin", Self::Admin),
        ("scim", Self::Scim),
        ("other_agent", Self::OtherAgent),
        ("meeting_link", Self::MeetingLink),
        ("visitor", Self::Visitor),
        ("command_line", Self::CommandLine),
        ("server", Self::Server),
    ];

    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, by)| *by == self).map_or("unknown", |(name, _)| name)
    }
}

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in the log of the whole server.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// What; none when this release does not know it, because a newer one wrote it.
    pub event: Option<Event>,
    /// The stored name of that.
    pub name: String,
    /// By whom.
    pub by: By,
    /// Where from and which values.
    pub detail: Detail,
}

/// Some entries, newest first.
#[derive(Debug, Clone)]
pub struct Page {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where older ones begin, if there are any.
    pub older: Option<i64>,
}

/// The entries of the agent who asks, from the newest or from before `before`.
///
/// # Errors
/// `NotSignedIn`.
pub async fn list(app: &App, ctx: &Ctx, before: Option<i64>) -> Result<Page, Error> {
    of(app, ctx.agent()?, before).await
}

/// One entry of the agent who asks.
///
/// # Errors
/// `NotSignedIn`; `NotFound`, also for another account's.
pub async fn find(app: &App, ctx: &Ctx, sequence: i64) -> Result<Entry, Error> {
    let page = of(app, ctx.agent()?, Some(sequence.saturating_add(1))).await?;
    page.entries.into_iter().find(|entry| entry.sequence == sequence).ok_or(Error::NotFound)
}

async fn of(app: &App, account: AgentId, before: Option<i64>) -> Result<Page, Error> {
    let before = before.unwrap_or(i64::MAX);
    let mut rows = app.store().read(|tx| async move { tx.audit_of(account, before, PAGE + 1).await }).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let older = rows.last().map(|row| row.sequence).filter(|_| more);
    Ok(Page { entries: rows.iter().map(entry).collect(), older })
}

/// What cannot be read is left out: one entry must not hide the others.
fn entry(row: &AuditRow) -> Entry {
    Entry {
        sequence: row.sequence,
        at: row.at,
        event: Event::of_name(&row.event),
        name: row.event.clone(),
        by: By::ALL.iter().find(|(name, _)| *name == row.actor_kind).map_or(By::Unknown, |(_, by)| *by),
        detail: row.detail.as_deref().and_then(|text| Detail::read(text).ok()).unwrap_or_default(),
    }
}
