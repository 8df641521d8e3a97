//! The account's time zone. Hours keep their numbers, meetings keep their instant (`time.md` section 4).

use crate::meetings::list::ALL;
use crate::{App, Ctx, Error};
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_domain::meetings::{Meeting, Side, Status};
use nameplate_domain::time::{ZoneId, reading};

/// What a change would do to one booked meeting: it keeps its instant and reads differently.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The meeting.
    pub meeting: Meeting,
    /// How the agent would read it.
    pub after: Side,
}

/// The booked meetings that would read differently in `zone`.
///
/// # Errors
/// `NotSignedIn`.
pub async fn preview(app: &App, ctx: &Ctx, zone: &ZoneId) -> Result<Vec<Effect>, Error> {
    let (id, now) = (ctx.agent()?, ctx.now);
    let (meetings, availability) = app
        .store()
        .read(|tx| async move {
            Ok::<_, Error>((tx.meetings_after(id, now, ALL).await?, tx.availability(id).await?.availability))
        })
        .await?;
    let tzdb = app.tzdb();
    let effects = meetings.into_iter().filter(is_active).map(|meeting| {
        let zone = reading::agent_zone(tzdb, zone, &availability, meeting.start);
        Effect { after: Side::read(tzdb, zone, meeting.start), meeting }
    });
    Ok(effects.filter(|effect| effect.after.local != effect.meeting.agent_side.local).collect())
}

fn is_active(meeting: &Meeting) -> bool {
    matches!(meeting.status, Status::Pending | Status::Scheduled)
}

/// Rewrites how the agent reads the meetings to come, after a change of zone or of travel.
pub(crate) async fn reread(
    tx: &nameplate_store::Tx,
    tzdb: &nameplate_domain::time::Tzdb,
    agent: &Agent,
    now: Timestamp,
) -> Result<(), Error> {
    let availability = tx.availability(agent.id).await?.availability;
    for meeting in tx.meetings_after(agent.id, now, ALL).await? {
        let zone = reading::agent_zone(tzdb, &agent.time_zone, &availability, meeting.start);
        let side = Side::read(tzdb, zone, meeting.start);
        // In the same zone the reading stays as it was confirmed: new rules of a zone are no wish of the agent.
        if is_active(&meeting) && side.zone != meeting.agent_side.zone {
            tx.save_agent_side(meeting.id, &side).await?;
        }
    }
    Ok(())
}
