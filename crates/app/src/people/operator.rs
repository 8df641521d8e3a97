//! What whoever runs the server does from the command line (C-02). They have no account: the record names the command line.

use super::change::{MeetingsThen, deactivate_in, reactivate_in, was_never_used};
use crate::audit::{Change, Event, Own};
use crate::{App, Ctx, Error, Refusal};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress};
use nameplate_store::Tx;

/// Everybody who has an account, in the order in which they came.
///
/// # Errors
/// The database's.
pub async fn everybody(app: &App) -> Result<Vec<Agent>, Error> {
    Ok(app.store().read(|tx| async move { tx.agents().await }).await?)
}

/// The account with this address, locked together with all admins, if it is in one of these states.
async fn locked(tx: &Tx, email: &EmailAddress, states: &[AgentStatus]) -> Result<Agent, Error> {
    let id = tx.agent_by_email(email).await?.ok_or(Error::NotFound)?.id;
    tx.lock_admins_and(id).await?;
    let agent = tx.agent(id).await?.ok_or(Error::NotFound)?;
    if states.contains(&agent.status) { Ok(agent) } else { Err(Refusal::OtherStatus.into()) }
}

/// Deactivates an account as an admin does; its meetings stay.
///
/// # Errors
/// `NotFound`; `Refused(LastAdmin)`; `Refused(OtherStatus)` for an account that does not work.
pub async fn lock(app: &App, now: Timestamp, email: EmailAddress) -> Result<(), Error> {
    let (inner, recorder) = (app.clone(), app.own_recorder(now, Own::CommandLine));
    app.store()
        .write(move |tx| async move {
            let agent = locked(&tx, &email, &[AgentStatus::Active, AgentStatus::Invited]).await?;
            deactivate_in(&inner, &tx, &Ctx::server(now), &recorder, agent, MeetingsThen::Stay).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// Lets a deactivated account work again; false for one to which nobody ever came, because an invitation leaves in the name of an admin.
///
/// # Errors
/// `NotFound`; `Refused(OtherStatus)` for an account that is not deactivated.
pub async fn unlock(app: &App, now: Timestamp, email: EmailAddress) -> Result<bool, Error> {
    let (inner, recorder) = (app.clone(), app.own_recorder(now, Own::CommandLine));
    let works = app
        .store()
        .write(move |tx| async move {
            let agent = locked(&tx, &email, &[AgentStatus::Disabled]).await?;
            if was_never_used(&tx, agent.id).await? {
                return Ok(false);
            }
            reactivate_in(&inner, &tx, &Ctx::server(now), &recorder, (&agent.clone(), agent)).await?;
            Ok::<_, Error>(true)
        })
        .await?;
    app.wake_outbox();
    Ok(works)
}

/// Signs an account out everywhere, also who waits for the second step, and says on how many devices it was signed in. API tokens stay.
///
/// # Errors
/// `NotFound`.
pub async fn sign_out(app: &App, now: Timestamp, email: EmailAddress) -> Result<u64, Error> {
    let recorder = app.own_recorder(now, Own::CommandLine);
    app.store()
        .write(move |tx| async move {
            let agent = tx.agent_by_email(&email).await?.ok_or(Error::NotFound)?.id;
            tx.lock_agent(agent).await?;
            tx.trim_pending_sign_ins(agent, 0).await?;
            // No session has this token.
            let count = tx.delete_other_sessions(agent, &[0; 32]).await?;
            recorder.add(&tx, agent, Event::SessionsEnded, vec![Change::removed("sessions", count)]).await?;
            Ok(count)
        })
        .await
}
