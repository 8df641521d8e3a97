//! The agents of the organisation, as its admins see them: who is there, who is invited, who may do what.
//!
//! An admin never sees or sets a password. What an admin does to somebody's account is in that account's log; that it ends or
//! works again is told by mail too.

pub mod bulk;
mod change;
mod changes;
mod edit;
mod export;
pub mod imports;
mod invite;
mod list;
pub mod operator;
pub mod provided;
mod read;

pub use change::{MeetingsThen, deactivate, reactivate, set_role, start_reset};
pub use changes::{Changed, Changes, Cursor, changes};
pub use edit::edit;
pub use export::export;
pub(crate) use invite::invitation;
pub use invite::{Invitee, accept, invite, invite_again, link, look_up};
pub use list::{Filter, PAGE, People, Person, Sort, ids, list};
pub use read::{AgentFilter, Found, change_profile, find, page};

use crate::audit::Event;
use crate::{App, Ctx, Error};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::AgentId;
use nameplate_domain::meetings::Meeting;
use nameplate_store::Tx;

/// How long the link of an invitation works (AD-05).
pub const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// One account, for an admin.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account.
    pub agent: Agent,
    /// When its agent last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// Until when the link of the last invitation works, or worked.
    pub invited_until: Option<Timestamp>,
    /// When it is erased, where its agent has closed it.
    pub erase_at: Option<Timestamp>,
    /// The meetings that have not begun, the next first.
    pub ahead: Vec<Meeting>,
    /// Whether this is the account of the admin who asks.
    pub is_own: bool,
}

/// The account with this slug or id.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin; `NotFound`.
pub async fn account(app: &App, ctx: &Ctx, slug_or_id: &str) -> Result<Account, Error> {
    let (admin, now, wanted) = (ctx.admin()?, ctx.now, slug_or_id.to_owned());
    app.store()
        .read(|tx| async move {
            let agent = crate::accounts::find_in(&tx, &wanted).await?.ok_or(Error::NotFound)?;
            let id = agent.id;
            Ok(Account {
                last_sign_in: tx.last_happened(id, Event::SignIn.name()).await?,
                invited_until: tx.invitation_of(id).await?.map(|one| one.created_at + INVITATION_LIFE),
                erase_at: tx.deletion_of(id).await?.map(|row| row.erase_at),
                ahead: crate::accounts::data::ahead(&tx, id, now).await?,
                is_own: id == admin,
                agent,
            })
        })
        .await
}

/// Whoever asks is an admin still, now that the admins are locked: another one may have changed that meanwhile.
pub(crate) async fn still_admin(tx: &Tx, ctx: &Ctx) -> Result<(), Error> {
    let admin = tx.agent(ctx.admin()?).await?;
    let is_admin = |agent: Agent| agent.role == Role::Admin && agent.status == AgentStatus::Active;
    if admin.is_some_and(is_admin) { Ok(()) } else { Err(Error::NotSignedIn) }
}

/// The account, locked together with all admins, if it is in one of these states.
async fn locked(tx: &Tx, ctx: &Ctx, id: AgentId, states: &[AgentStatus]) -> Result<Agent, Error> {
    tx.lock_admins_and(id).await?;
    still_admin(tx, ctx).await?;
    let agent = tx.agent(id).await?.ok_or(Error::NotFound)?;
    if states.contains(&agent.status) { Ok(agent) } else { Err(crate::Refusal::OtherStatus.into()) }
}
