//! Two-step sign-in: after the right password a code of an authenticator app or a recovery code (`security.md` A16).

mod authenticator;
mod codes;
mod second;
mod set_up;
mod turn_off;

pub(crate) use second::prove;
pub use second::{SIGN_IN_LIFE, finish_sign_in, waits};
pub use set_up::{SetUp, begin, resume, turn_on};
pub use turn_off::{Removed, remove_for, turn_off};

use super::sessions::Proof;
use crate::audit::Event;
use crate::{App, Ctx, Error, outbox};
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_store::Tx;

/// From so many recovery codes downwards the agent is warned.
pub const FEW: u32 = 3;

/// Two-step sign-in of an account that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// When it was turned on.
    pub since: Timestamp,
    /// Recovery codes that are left.
    pub codes_left: u32,
}

/// The two-step sign-in of the agent who asks; none when it is off.
///
/// # Errors
/// `NotSignedIn`.
pub async fn status(app: &App, ctx: &Ctx) -> Result<Option<Status>, Error> {
    let agent = ctx.agent()?;
    app.store()
        .read(|tx| async move {
            let Some(authenticator) = tx.authenticator(agent).await? else { return Ok(None) };
            let codes_left = tx.count_recovery_codes(agent).await?;
            Ok(Some(Status { since: authenticator.created_at, codes_left }))
        })
        .await
}

/// Makes new recovery codes, which void the old; they are shown this once.
///
/// # Errors
/// As `sessions::reauthenticate`; `Stale` when two-step sign-in is off.
pub async fn new_codes(app: &App, ctx: &Ctx, proof: impl Into<Proof<'_>>) -> Result<Vec<String>, Error> {
    let agent = super::own(app, ctx).await?;
    super::sessions::reauthenticate(app, ctx, proof).await?;
    let (recorder, ctx) = (app.recorder(ctx), ctx.clone());
    let codes = codes::fresh();
    let hashes = codes::hashes(&codes);
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(agent.id).await?;
            super::sessions::still_in(&tx, &ctx).await?;
            if tx.authenticator(agent.id).await?.is_none() {
                return Err(Error::Stale);
            }
            tx.replace_recovery_codes(agent.id, &hashes).await?;
            tell(&tx, "recovery_codes_new", &agent, ctx.now).await?;
            recorder.add(&tx, agent.id, Event::RecoveryCodesNew, Vec::new()).await
        })
        .await?;
    app.wake_outbox();
    Ok(codes)
}

/// Mails the agent what happened.
async fn tell(tx: &Tx, kind: &str, agent: &Agent, now: Timestamp) -> Result<(), Error> {
    Ok(tx.enqueue(&outbox::account_message(kind, agent, agent.email.as_str(), now)).await?)
}
