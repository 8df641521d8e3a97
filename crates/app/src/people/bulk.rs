//! One change for many people (AD-03): each is changed by itself, so what cannot be done for one holds up nobody else.

use super::change::{MeetingsThen, deactivate, reactivate, set_role};
use super::invite::invite_again;
use crate::accounts::data;
use crate::{App, Ctx, Error};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::AgentId;

/// As many people as one confirmation covers.
pub const MOST: usize = 500;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// They get a new invitation.
    InviteAgain,
    /// They get this role.
    SetRole(Role),
    /// Their accounts end, and their meetings as it says.
    Deactivate(MeetingsThen),
    /// Their accounts work again.
    Reactivate,
}

/// Why somebody is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It is the account of whoever asks.
    Own,
    /// It is so already.
    Already,
    /// Accounts in this state cannot be changed so.
    Status,
}

/// What a job would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// For whom it is done.
    pub people: Vec<Agent>,
    /// For whom it is not.
    pub left_out: Vec<(Agent, LeftOut)>,
    /// How many meetings ahead of them have not begun, where the job is about them.
    pub meetings: usize,
}

/// Somebody, and what came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The account as it was before.
    pub agent: Agent,
    /// Whether it was changed.
    pub result: Result<(), Error>,
}

impl Job {
    /// Whom it leaves out.
    fn leaves_out(self, agent: &Agent, admin: AgentId) -> Option<LeftOut> {
        use AgentStatus::{Active, Closed, Disabled, Invited};
        let own = agent.id == admin && !matches!(self, Self::InviteAgain);
        match (self, agent.status) {
            (_, Closed) => Some(LeftOut::Status),
            _ if own => Some(LeftOut::Own),
            (Self::InviteAgain, Active | Disabled) => Some(LeftOut::Status),
            (Self::SetRole(role), _) if agent.role == role => Some(LeftOut::Already),
            (Self::Deactivate(_), Disabled) | (Self::Reactivate, Active | Invited) => Some(LeftOut::Already),
            (Self::InviteAgain, Invited)
            | (Self::SetRole(_), _)
            | (Self::Deactivate(_), Active | Invited)
            | (Self::Reactivate, Disabled) => None,
        }
    }

    async fn run(self, app: &App, ctx: &Ctx, id: AgentId) -> Result<(), Error> {
        match self {
            Self::InviteAgain => invite_again(app, ctx, id).await,
            Self::SetRole(role) => set_role(app, ctx, id, role).await,
            Self::Deactivate(then) => deactivate(app, ctx, id, then).await.map(drop),
            Self::Reactivate => reactivate(app, ctx, id).await,
        }
    }
}

/// What the job would do for these people, in their order. Who is gone meanwhile is not named.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn plan(app: &App, ctx: &Ctx, job: Job, people: Vec<AgentId>) -> Result<Plan, Error> {
    let (admin, now) = (ctx.admin()?, ctx.now);
    app.store()
        .read(|tx| async move {
            let mut plan = Plan { people: Vec::new(), left_out: Vec::new(), meetings: 0 };
            for id in people {
                let Some(agent) = tx.agent(id).await? else { continue };
                if let Some(why) = job.leaves_out(&agent, admin) {
                    plan.left_out.push((agent, why));
                    continue;
                }
                if matches!(job, Job::Deactivate(_)) {
                    plan.meetings += data::ahead(&tx, id, now).await?.len();
                }
                plan.people.push(agent);
            }
            Ok(plan)
        })
        .await
}

/// Does the job, person by person. Whom it would leave out by now is named with the error that says why.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin, also when they stop being one on the way.
pub async fn run(app: &App, ctx: &Ctx, job: Job, people: Vec<AgentId>) -> Result<Vec<Outcome>, Error> {
    ctx.admin()?;
    let mut outcomes = Vec::with_capacity(people.len());
    for id in people {
        let Some(agent) = app.store().read(|tx| async move { tx.agent(id).await }).await? else { continue };
        match job.run(app, ctx, id).await {
            Err(Error::NotSignedIn) => return Err(Error::NotSignedIn),
            result => outcomes.push(Outcome { agent, result }),
        }
    }
    Ok(outcomes)
}
