//! The simple fields of the account: names, job title, location, phone number, visibility.

use crate::{App, Ctx, Error};
use nameplate_domain::account::{Agent, FullName, JobTitle, Location, PhoneNumber, Visibility};

/// A change of the profile; a field that is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// Full name.
    pub name: Option<FullName>,
    /// What customers see instead; the inner `None` removes it.
    pub display_name: Option<Option<FullName>>,
    /// Job title.
    pub job_title: Option<Option<JobTitle>>,
    /// Location, as a whole.
    pub location: Option<Location>,
    /// Phone number.
    pub phone_number: Option<Option<PhoneNumber>>,
    /// Which fields customers see where.
    pub visibility: Option<Visibility>,
}

/// Saves the fields of the agent who asks. `expected` is what the person saw before: the change is refused with
/// `Stale` when it does not hold any more.
///
/// # Errors
/// `Stale`; `NotSignedIn`.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    change: ProfileChange,
    expected: impl FnOnce(&Agent) -> bool + Send + 'static,
) -> Result<Agent, Error> {
    update(app, ctx, move |agent| {
        if !expected(agent) {
            return Err(Error::Stale);
        }
        let ProfileChange { name, display_name, job_title, location, phone_number, visibility } = change;
        put(&mut agent.name, name);
        put(&mut agent.display_name, display_name);
        put(&mut agent.job_title, job_title);
        put(&mut agent.location, location);
        put(&mut agent.phone_number, phone_number);
        put(&mut agent.visibility, visibility);
        Ok(())
    })
    .await
}

fn put<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// Loads, changes and saves the account of the agent who asks in one transaction.
pub(crate) async fn update(
    app: &App,
    ctx: &Ctx,
    change: impl FnOnce(&mut Agent) -> Result<(), Error> + Send + 'static,
) -> Result<Agent, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    app.store()
        .write(move |tx| async move {
            // The agent's lock makes load and save one step on PostgreSQL too.
            tx.lock_agent(id).await?;
            let mut agent = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
            change(&mut agent)?;
            if !tx.save_agent(&agent, now).await.map_err(super::add::taken)? {
                return Err(Error::Stale);
            }
            agent.version += 1;
            Ok(agent)
        })
        .await
}
