//! Which messages about an agent's meetings leave (T-13).

use crate::audit::{Change, Event};
use crate::{App, Ctx, Error, outbox};
use nameplate_domain::account::{Agent, Notification, Notifications, Switch};

/// Keeps what an agent chose, from now on and for the meetings that are ahead. `seen` is what the person had before their
/// eyes.
///
/// # Errors
/// `Invalid` for a first reminder that is not due before the second one; `Stale`; `NotSignedIn`.
pub async fn choose(app: &App, ctx: &Ctx, seen: Notifications, chosen: Notifications) -> Result<(), Error> {
    let (id, recorder, now) = (ctx.agent()?, app.recorder(ctx), ctx.now);
    chosen.in_order().map_err(|problem| Error::invalid("/reminder/before_minutes", problem))?;
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
            outbox::replan(&inner, &tx, (&before, &after), &outbox::with_plans(&tx, id, now).await?, now)
                .await?;
            recorder.add(&tx, id, Event::NotificationsChanged, changes).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

/// `reminder_agent`: `off` to `on`
fn changes(before: &Notifications, after: &Notifications) -> Vec<Change> {
    let both = told(before).into_iter().zip(told(after));
    both.filter_map(|((name, old), (_, new))| Change::between(&name, Some(&old), Some(&new))).collect()
}

/// All that can be chosen, by name.
fn told(chosen: &Notifications) -> Vec<(String, String)> {
    let word = |on: bool| if on { "on" } else { "off" };
    let switched = |(one, switch): (Notification, Switch)| {
        (format!("{one}_{switch}"), word(chosen.is_on(one, switch)).to_owned())
    };
    let minutes_of = |one: &Notification| {
        let timing = chosen.timing(*one)?;
        let minutes = [("before", timing.before_minutes), ("notice", timing.notice_minutes)];
        Some(minutes.map(|(name, minutes)| (format!("{one}_{name}_minutes"), minutes.to_string())))
    };
    let times = Notification::ALL.iter().filter_map(minutes_of).flatten();
    Notification::with_each_switch().map(switched).chain(times).collect()
}
