//! How an agent likes the pages.

use crate::{App, Ctx, Error};
use nameplate_domain::account::Preferences;

/// Keeps what `change` makes of the agent's choices. `seen` is what the person had before their eyes, where the form
/// showed it all; choices that were made meanwhile are not overwritten.
///
/// Nothing that others see hangs on it: the audit log stays as it is.
///
/// # Errors
/// `Stale`; `NotSignedIn`.
pub async fn choose(
    app: &App,
    ctx: &Ctx,
    seen: Option<Preferences>,
    change: impl FnOnce(Preferences) -> Preferences + Send + 'static,
) -> Result<(), Error> {
    let id = ctx.agent()?;
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(id).await?;
            let agent = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
            if seen.is_some_and(|seen| seen != agent.preferences) {
                return Err(Error::Stale);
            }
            Ok(tx.set_preferences(id, &change(agent.preferences)).await?)
        })
        .await
}
