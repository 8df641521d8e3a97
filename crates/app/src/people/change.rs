//! What an admin changes of an account: its role, whether it works, and the way back in for who forgot the password.

use super::{invite, locked};
use crate::accounts::{data, own, password_reset};
use crate::audit::{Change, Event, Recorder};
use crate::limits::{take_in, wanted};
use crate::meetings::cancel::cancel_in;
use crate::{App, Ctx, Error, Refusal, once, outbox, webhooks};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::{AgentId, PasswordResetId};
use nameplate_domain::meetings::Party;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::Tx;

/// What becomes of the meetings of somebody who is deactivated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingsThen {
    /// They take place: customers keep their links, reminders leave.
    Stay,
    /// They are cancelled, and their customers told.
    Cancelled,
}

/// Refuses what would leave nobody to run the organisation. The admins are locked.
async fn keep_an_admin(tx: &Tx, agent: &Agent) -> Result<(), Error> {
    let is_admin = agent.role == Role::Admin && agent.status == AgentStatus::Active;
    if is_admin && tx.count_admins().await? <= 1 { Err(Refusal::LastAdmin.into()) } else { Ok(()) }
}

async fn save(app: &App, tx: &Tx, ctx: &Ctx, agent: &Agent, event: HookEvent) -> Result<(), Error> {
    if !tx.save_agent(agent, ctx.now).await? {
        return Err(Error::Stale);
    }
    webhooks::of_agent(app, tx, event, agent.id, ctx.now).await
}

/// Changes what somebody may do, from their next request on.
///
/// # Errors
/// `Refused(LastAdmin)`; `Refused(OtherStatus)` for a closed account; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn set_role(app: &App, ctx: &Ctx, id: AgentId, role: Role) -> Result<(), Error> {
    ctx.admin()?;
    let (inner, recorder) = (app.clone(), app.recorder(ctx));
    once::write(app, ctx, move |tx, ctx| async move {
        let states = [AgentStatus::Active, AgentStatus::Invited, AgentStatus::Disabled];
        let mut agent = locked(&tx, &ctx, id, &states).await?;
        set_role_in(&inner, &tx, &ctx, &recorder, &mut agent, role).await.map(drop)
    })
    .await?;
    app.wake_webhooks();
    Ok(())
}

/// The same within a transaction; false when it is the role already. The admins and the agent are locked.
pub(super) async fn set_role_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    recorder: &Recorder,
    agent: &mut Agent,
    role: Role,
) -> Result<bool, Error> {
    let Some(change) = Change::between("role", Some(&agent.role), Some(&role)) else { return Ok(false) };
    if role != Role::Admin {
        keep_an_admin(tx, agent).await?;
    }
    agent.role = role;
    save(app, tx, ctx, agent, HookEvent::AgentUpdated).await?;
    recorder.add(tx, agent.id, Event::RoleChanged, vec![change]).await?;
    Ok(true)
}

/// Ends every way into an account at once: sessions, API tokens, links. Nobody can book it, and its profile URL leads nowhere. Says how many
/// meetings were cancelled.
///
/// # Errors
/// `Refused(OwnAccount)`, `Refused(LastAdmin)`, `Refused(OtherStatus)`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn deactivate(app: &App, ctx: &Ctx, id: AgentId, meetings: MeetingsThen) -> Result<usize, Error> {
    if ctx.admin()? == id {
        return Err(Refusal::OwnAccount.into());
    }
    let (inner, recorder) = (app.clone(), app.recorder(ctx));
    let cancelled = once::write(app, ctx, move |tx, ctx| async move {
        let agent = locked(&tx, &ctx, id, &[AgentStatus::Active, AgentStatus::Invited]).await?;
        deactivate_in(&inner, &tx, &ctx, &recorder, agent, meetings).await
    })
    .await?;
    app.wake_outbox();
    Ok(cancelled)
}

/// The same within a transaction. The admins and the agent are locked; it is not the account of whoever asks.
pub(super) async fn deactivate_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    recorder: &Recorder,
    mut agent: Agent,
    meetings: MeetingsThen,
) -> Result<usize, Error> {
    keep_an_admin(tx, &agent).await?;
    let (id, mut cancelled) = (agent.id, 0);
    if meetings == MeetingsThen::Cancelled {
        for meeting in data::ahead(tx, id, ctx.now).await? {
            cancel_in(app, tx, &agent, meeting, Party::Agent, None, ctx.now).await?;
            cancelled += 1;
        }
    }
    let was_active = agent.status == AgentStatus::Active;
    agent.status = AgentStatus::Disabled;
    save(app, tx, ctx, &agent, HookEvent::AgentDeactivated).await?;
    tx.end_ways_in(id).await?;
    if was_active {
        let notice = outbox::account_message("account_deactivated", &agent, agent.email.as_str(), ctx.now);
        tx.enqueue(&notice).await?;
    }
    recorder.add(tx, id, Event::Deactivated, Vec::new()).await?;
    Ok(cancelled)
}

/// Whether nobody ever had this account: it has no password, nobody took its invitation up, and nobody signed in. One that lost its
/// password otherwise is somebody's, and no admin gets a link into it.
pub(super) async fn was_never_used(tx: &Tx, id: AgentId) -> Result<bool, Error> {
    let credentials = tx.credentials(id).await?.ok_or(Error::NotFound)?;
    if credentials.password_hash.is_some() {
        return Ok(false);
    }
    for event in [Event::InvitationAccepted, Event::SignIn, Event::PasswordReset] {
        if tx.last_happened(id, event.name()).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lets a deactivated account work again. Who never chose a password is invited anew.
///
/// # Errors
/// `Refused(OtherStatus)`; `Limited`; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn reactivate(app: &App, ctx: &Ctx, id: AgentId) -> Result<(), Error> {
    ctx.admin()?;
    let admin = own(app, ctx).await?;
    let (inner, recorder) = (app.clone(), app.recorder(ctx));
    once::write(app, ctx, move |tx, ctx| async move {
        let agent = locked(&tx, &ctx, id, &[AgentStatus::Disabled]).await?;
        if was_never_used(&tx, id).await? {
            invite::permit(&inner, &tx, &ctx, &agent).await?;
        }
        reactivate_in(&inner, &tx, &ctx, &recorder, (&admin, agent)).await
    })
    .await?;
    app.wake_outbox();
    Ok(())
}

/// The same within a transaction. The admins and the agent are locked; that an invitation may leave is the caller's to know.
pub(super) async fn reactivate_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    recorder: &Recorder,
    (admin, mut agent): (&Agent, Agent),
) -> Result<(), Error> {
    let invited = was_never_used(tx, agent.id).await?;
    agent.status = if invited { AgentStatus::Invited } else { AgentStatus::Active };
    save(app, tx, ctx, &agent, HookEvent::AgentUpdated).await?;
    if invited {
        invite::send(tx, ctx, recorder, admin, &agent).await?;
    } else {
        let notice = outbox::account_message("account_reactivated", &agent, agent.email.as_str(), ctx.now);
        tx.enqueue(&notice).await?;
    }
    recorder.add(tx, agent.id, Event::Reactivated, Vec::new()).await
}

/// Mails somebody the link for a new password, as if they had asked for it themselves (A15).
///
/// # Errors
/// `Refused(OtherStatus)` for an account that does not work; `Limited`, as for whoever forgot the password; `NotFound`; `NotSignedIn` for
/// anybody but an admin.
pub async fn start_reset(app: &App, ctx: &Ctx, id: AgentId) -> Result<(), Error> {
    ctx.admin()?;
    let (inner, ctx, recorder) = (app.clone(), ctx.clone(), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            let (agent, now) = (locked(&tx, &ctx, id, &[AgentStatus::Active]).await?, ctx.now);
            let limits = &inner.settings().limits;
            if limits.enabled {
                let address =
                    wanted(&inner, "reset_address", &limits.reset_address, &agent.email.canonical());
                take_in(&tx, &ctx, &[address]).await?;
            }
            let mail = outbox::reset_message(&agent.email.canonical(), now);
            password_reset::keep(&tx, &recorder, &agent, PasswordResetId::new(mail.id.uuid()), now).await?;
            tx.enqueue(&mail).await.map_err(Error::from)
        })
        .await?;
    app.wake_outbox();
    Ok(())
}
