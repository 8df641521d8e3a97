//! One change for many people (AD-03): each is changed by itself, so what cannot be done for one holds up nobody else.

use super::change::{MeetingsThen, deactivate, reactivate, set_role};
use super::invite::invite_again;
use crate::accounts::data;
use crate::{App, Ctx, Error};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_domain::ids::AgentId;
use tokio::time::Instant;

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
    pub result: Result<(), NotDone>,
}

/// Why somebody was not changed.
#[derive(Debug)]
pub enum NotDone {
    /// It is not for them, by now.
    LeftOut(LeftOut),
    /// Their turn did not come in time.
    NotReached,
    /// It was refused, or failed.
    Failed(Error),
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

/// Does the job, person by person, until that instant: whoever asks is told of each, and not cut off on the way.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin; the database's before anybody was changed.
pub async fn run(
    app: &App,
    ctx: &Ctx,
    job: Job,
    people: Vec<AgentId>,
    until: Instant,
) -> Result<Vec<Outcome>, Error> {
    let plan = plan(app, ctx, job, people).await?;
    let mut outcomes = Vec::with_capacity(plan.people.len() + plan.left_out.len());
    for agent in plan.people {
        let result = if Instant::now() < until {
            job.run(app, ctx, agent.id).await.map_err(NotDone::Failed)
        } else {
            Err(NotDone::NotReached)
        };
        outcomes.push(Outcome { agent, result });
    }
    let left_out = plan.left_out.into_iter();
    outcomes.extend(left_out.map(|(agent, why)| Outcome { agent, result: Err(NotDone::LeftOut(why)) }));
    Ok(outcomes)
}
