//! Which messages about an agent's meetings leave (T-13).

use super::data::ahead;
use crate::audit::{Change, Event};
use crate::{App, Ctx, Error, outbox};
use nameplate_domain::account::{Agent, Notification, Notifications, RecipientRole};

/// Keeps what an agent chose, from now on and for the meetings that are ahead. `seen` is what the person had before their
/// eyes.
///
/// # Errors
/// `Stale`; `NotSignedIn`.
pub async fn choose(app: &App, ctx: &Ctx, seen: Notifications, chosen: Notifications) -> Result<(), Error> {
    let (id, recorder, now) = (ctx.agent()?, app.recorder(ctx), ctx.now);
    let inner = app.clone();
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(id).await?;
            let before = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
            // The second click finds what the first one kept.
            if seen != before.notifications && chosen != before.notifications {
                return Err(Error::Stale);
            }
            let after = Agent { notifications: chosen, ..before.clone() };
            let changes = changes(&before.notifications, &after.notifications);
            if changes.is_empty() {
                return Ok(());
            }
            tx.set_notifications(id, &after.notifications).await?;
            outbox::replan(&inner, &tx, (&before, &after), &ahead(&tx, id, now).await?, now).await?;
            recorder.add(&tx, id, Event::NotificationsChanged, changes).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// `reminder_agent`: `off` to `on`
fn changes(before: &Notifications, after: &Notifications) -> Vec<Change> {
    let word = |on: bool| if on { "on" } else { "off" };
    let changed = |(one, to): (Notification, RecipientRole)| {
        let (old, new) = (word(before.is_on(one, to)), word(after.is_on(one, to)));
        Change::between(&format!("{one}_{to}"), Some(&old), Some(&new))
    };
    Notification::to_each_side().filter_map(changed).collect()
}
