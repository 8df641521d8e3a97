//! What an admin changes of somebody's profile by hand (AD-06).

use super::locked;
use crate::accounts::own;
use crate::accounts::profile::{Means, ProfileChange, change_in};
use crate::{App, Ctx, Error, Refusal, once, outbox};
use nameplate_domain::account::{Agent, AgentStatus};
use nameplate_domain::ids::AgentId;
use nameplate_store::OutboxRow;
use serde_json::json;

/// Changes somebody's profile, if it still has the version that the admin saw, and tells them by mail: who has not chosen a password yet, and
/// who cannot sign in, is not told. What was changed stands in the activity of the account.
///
/// # Errors
/// `Stale`; `Invalid` as [`super::change_profile`]; `Refused(OwnAccount)`: that has a page of its own; `Refused(OtherStatus)` for a closed
/// account; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn edit(
    app: &App,
    ctx: &Ctx,
    id: AgentId,
    change: ProfileChange,
    seen: i64,
) -> Result<Agent, Error> {
    if ctx.admin()? == id {
        return Err(Refusal::OwnAccount.into());
    }
    let by = own(app, ctx).await?.name;
    let means = Means::of(app, ctx);
    let agent = once::write(app, ctx, move |tx, ctx| async move {
        let states = [AgentStatus::Active, AgentStatus::Invited, AgentStatus::Disabled];
        let before = locked(&tx, &ctx, id, &states).await?;
        if before.version != seen {
            return Err(Error::Stale);
        }
        let changed = change_in(&tx, &means, true, before, change).await?;
        if changed.is_another && changed.agent.status == AgentStatus::Active {
            let agent = &changed.agent;
            let notice = outbox::account_message("account_edited", agent, agent.email.as_str(), ctx.now);
            tx.enqueue(&OutboxRow { body: json!({"by": by}).to_string(), ..notice }).await?;
        }
        Ok::<_, Error>(changed.agent)
    })
    .await?;
    app.wake_outbox();
    Ok(agent)
}
