//! Erasing the accounts that were closed two weeks ago.

use super::close::ahead;
use crate::accounts::slug;
use crate::audit::{Detail, Event, Own};
use crate::meetings::cancel::cancel_in;
use crate::{App, Error};
use jiff::Timestamp;
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::Party;
use nameplate_store::{AuditRow, Tx};

/// Erases what is due; how many accounts. One whose meetings are only cancelled now waits for the messages about them: they
/// are made of what would be erased.
///
/// # Errors
/// The database's.
pub async fn erase_due(app: &App, now: Timestamp) -> Result<usize, Error> {
    let due = app.store().read(|tx| async move { tx.deletions_due(now).await }).await?;
    let mut erased = 0;
    for row in due {
        let (inner, id) = (app.clone(), row.agent_id);
        let done = app.store().write(move |tx| async move { erase(&inner, &tx, id, now).await }).await?;
        app.wake_outbox();
        erased += usize::from(done);
    }
    if erased > 0 {
        app.store().forget_erased()?;
    }
    Ok(erased)
}

/// True when the account is gone; false when something must happen before.
async fn erase(app: &App, tx: &Tx, id: AgentId, now: Timestamp) -> Result<bool, Error> {
    tx.lock_agent(id).await?;
    // Another node may have been faster, or the account was kept in the last moment.
    let is_due = tx.deletion_of(id).await?.is_some_and(|row| row.erase_at <= now);
    let Some(agent) = tx.agent(id).await?.filter(|_| is_due) else { return Ok(false) };
    for meeting in ahead(tx, id, now).await? {
        cancel_in(tx, &agent, meeting, Party::Agent, None, now).await?;
    }
    if tx.count_open_about(id).await? > 0 {
        return Ok(false);
    }
    let log = tx.audit_of(id, i64::MAX, usize::MAX).await?;
    tx.erase_messages(id, &addresses(&agent.email, &log)).await?;
    let slugs = tx.slugs_of(id).await?;
    let hashes: Vec<String> = slugs.iter().map(|row| slug::hash(app.secrets(), &row.slug)).collect();
    tx.erase_agent(id, &hashes).await?;
    app.own_recorder(now, Own::Server).add(tx, id, Event::AccountErased, Vec::new()).await?;
    tx.erase_audit_details(id).await?;
    Ok(true)
}

/// Every address that the account has or had, as far as its log knows.
fn addresses(today: &EmailAddress, log: &[AuditRow]) -> Vec<String> {
    let mut all = vec![today.to_string(), today.canonical()];
    for row in log {
        let detail = row.detail.as_deref().and_then(|text| Detail::read(text).ok()).unwrap_or_default();
        let emails = detail.changes.into_iter().filter(|change| change.field == "email");
        for address in emails.flat_map(|change| [change.old, change.new]).flatten() {
            all.push(EmailAddress::stored(address.clone()).canonical());
            all.push(address);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
