//! Erasing the accounts that were closed two weeks ago.

use super::close::ahead;
use crate::accounts::slug;
use crate::audit::{Event, Own};
use crate::meetings::cancel::cancel_in;
use crate::{App, Error, outbox};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::Party;
use nameplate_store::Tx;

/// How long a cancellation that could not be delivered is kept: somebody may look into it and tell the customer.
const UNDELIVERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Erases what is due; how many accounts. One whose meetings are only cancelled now waits for the messages about them: they
/// are made of what would be erased. One that cannot be erased is said in the log and holds up no other.
///
/// # Errors
/// The database's: the last one, after all were tried.
pub async fn erase_due(app: &App, now: Timestamp) -> Result<usize, Error> {
    let due = app.store().read(|tx| async move { tx.deletions_due(now).await }).await?;
    let (mut erased, mut failed) = (0, None);
    for row in due {
        let (inner, id) = (app.clone(), row.agent_id);
        match app.store().write(move |tx| async move { erase(&inner, &tx, id, now).await }).await {
            Ok(done) => erased += usize::from(done),
            Err(error) => {
                tracing::error!(account = %id, ?error, "a closed account could not be erased");
                failed = Some(error);
            }
        }
        app.wake_outbox();
    }
    failed.map_or(Ok(erased), Err)
}

/// True when the account is gone; false when something must happen before.
async fn erase(app: &App, tx: &Tx, id: AgentId, now: Timestamp) -> Result<bool, Error> {
    tx.lock_agent(id).await?;
    // Another node may have been faster, or the account was kept in the last moment.
    let is_due = tx.deletion_of(id).await?.is_some_and(|row| row.erase_at <= now);
    let Some(agent) = tx.agent(id).await?.filter(|_| is_due) else { return Ok(false) };
    for meeting in ahead(tx, id, now).await? {
        cancel_in(app, tx, &agent, meeting, Party::Agent, None, now).await?;
    }
    // Its meetings are over or called off: there is nothing left to be reminded of.
    outbox::take_back(tx, &agent).await?;
    if tx.count_open_about(id).await? > 0 {
        return Ok(false);
    }
    if tx.count_dead_cancellations(id, now - UNDELIVERED).await? > 0 {
        return Ok(false);
    }
    let untold = tx.count_dead_cancellations(id, Timestamp::MIN).await?;
    if untold > 0 {
        tracing::warn!(account = %id, count = untold, "an account is erased with cancellations that nobody got");
    }
    // What is lost now would be a lie to whoever was told of the rest.
    if tx.count_untold_of(id).await? > 0 {
        return Ok(false);
    }
    tx.erase_deliveries(id).await?;
    tx.erase_messages(id).await?;
    let slugs = tx.slugs_of(id).await?;
    let hashes: Vec<String> = slugs.iter().map(|row| slug::hash(app.secrets(), &row.slug)).collect();
    tx.erase_agent(id, &hashes).await?;
    app.own_recorder(now, Own::Server).add(tx, id, Event::AccountErased, Vec::new()).await?;
    tx.erase_audit_details(id).await?;
    Ok(true)
}
