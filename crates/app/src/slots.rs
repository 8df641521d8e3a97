//! Free times: what a customer may take now.

use crate::{App, Error, Refusal};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use nameplate_domain::account::{Agent, AgentStatus};
use nameplate_domain::ids::{AgentId, MeetingId};
use nameplate_domain::meetings::MeetingType;
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::availability::Availability;
use nameplate_domain::time::slots::{self, BookableQuery, Busy, Rules};
use nameplate_store::{Error as StoreError, Occupied, Tx};

/// How far around a range of dates the agent's meetings matter: zones, long meetings, buffers, whole days for the
/// daily limit.
const REACH: SignedDuration = SignedDuration::from_hours(4 * 24);

/// An agent who can be booked, and what for.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The agent.
    pub agent: Agent,
    /// The meeting type.
    pub meeting_type: MeetingType,
}

/// Which dates, read in which zone, for which meeting that is being moved.
#[derive(Debug, Clone)]
pub struct Question {
    /// The first date, in the reader's zone.
    pub from: Date,
    /// The last date, in the reader's zone.
    pub to: Date,
    /// The reader's zone.
    pub zone: ZoneId,
    /// A meeting whose own time counts as free; its own start is no other time, so it is not offered.
    pub moving: Option<MeetingId>,
}

/// The agent and the meeting type that a booking address names, by slugs or ids.
///
/// # Errors
/// `NotFound`.
pub async fn offer(app: &App, agent: &str, meeting_type: &str) -> Result<Offer, Error> {
    let (agent, meeting_type) = (agent.to_owned(), meeting_type.to_owned());
    app.store()
        .read(|tx| async move { offer_in(&tx, &agent, &meeting_type).await })
        .await?
        .ok_or(Error::NotFound)
}

/// What this meeting type, by slug or id, offers with the agent.
///
/// # Errors
/// `NotFound`.
pub async fn offer_of(app: &App, agent: Agent, meeting_type: &str) -> Result<Offer, Error> {
    let meeting_type = crate::meeting_types::find(app, agent.id, meeting_type).await?;
    Ok(Offer { agent, meeting_type })
}

pub(crate) async fn offer_in(tx: &Tx, agent: &str, meeting_type: &str) -> Result<Option<Offer>, Error> {
    let Some(agent) = crate::accounts::find_in(tx, agent).await? else { return Ok(None) };
    let meeting_type = crate::meeting_types::find_in(tx, agent.id, meeting_type).await?;
    Ok(meeting_type.map(|meeting_type| Offer { agent, meeting_type }))
}

/// The starts that can be booked, ascending.
///
/// # Errors
/// The database's.
pub async fn free(
    app: &App,
    now: Timestamp,
    offer: &Offer,
    question: &Question,
) -> Result<Vec<Timestamp>, Error> {
    if offer.agent.status != AgentStatus::Active {
        return Ok(Vec::new());
    }
    let range = around(question.from, question.to);
    let (id, moving) = (offer.agent.id, question.moving);
    let (availability, occupied, own) = app
        .store()
        .read(|tx| async move {
            let own = match moving {
                Some(moving) => tx.meeting(moving).await?.map(|meeting| meeting.start),
                None => None,
            };
            let occupied = tx.occupied(id, range, moving).await?;
            Ok::<_, Error>((tx.availability(id).await?.availability, occupied, own))
        })
        .await?;
    let (busy, booked_starts) = split(&occupied);
    let mut starts = slots::bookable(&BookableQuery {
        tzdb: app.tzdb(),
        zone: &offer.agent.time_zone,
        availability: &availability,
        rules: &offer.meeting_type.rules,
        busy: &busy,
        booked_starts: &booked_starts,
        now,
        from: question.from,
        to: question.to,
        reader_zone: &question.zone,
    });
    starts.retain(|start| Some(*start) != own);
    Ok(starts)
}

/// The three free starts nearest to a wanted one, in their order.
///
/// # Errors
/// The database's.
pub async fn nearest(
    app: &App,
    now: Timestamp,
    offer: &Offer,
    wanted: Timestamp,
    moving: Option<MeetingId>,
) -> Result<Vec<Timestamp>, Error> {
    let date = app.tzdb().zone(&offer.agent.time_zone).to_datetime(wanted).date();
    let (from, to) = (date.saturating_sub(7.days()), date.saturating_add(21.days()));
    let question = Question { from, to, zone: offer.agent.time_zone.clone(), moving };
    let mut starts = free(app, now, offer, &question).await?;
    starts.sort_by_key(|start| start.duration_since(wanted).abs());
    starts.truncate(3);
    starts.sort_unstable();
    Ok(starts)
}

/// The times around `start` that are taken, `moving` left out: what [`check`] needs to know of the agent's meetings.
pub(crate) async fn taken_in(
    tx: &Tx,
    agent: AgentId,
    start: Timestamp,
    moving: Option<MeetingId>,
) -> Result<Vec<Occupied>, StoreError> {
    let range = (start.saturating_sub(REACH).unwrap_or(start), start.saturating_add(REACH).unwrap_or(start));
    tx.occupied(agent, range, moving).await
}

/// Whether `start` can be booked. Everything was read in one transaction that holds the agent's lock.
pub(crate) fn check(
    app: &App,
    (agent, availability): (&Agent, &Availability),
    rules: &Rules,
    occupied: &[Occupied],
    start: Timestamp,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (busy, booked_starts) = split(occupied);
    let date = app.tzdb().zone(&agent.time_zone).to_datetime(start).date();
    let query = BookableQuery {
        tzdb: app.tzdb(),
        zone: &agent.time_zone,
        availability,
        rules,
        busy: &busy,
        booked_starts: &booked_starts,
        now,
        from: date,
        to: date,
        reader_zone: &agent.time_zone,
    };
    Ok(slots::check(&query, start)?)
}

fn split(occupied: &[Occupied]) -> (Vec<Busy>, Vec<Timestamp>) {
    occupied.iter().map(|taken| (taken.busy, taken.start)).unzip()
}

/// The instants that can matter for these dates in any zone.
fn around(from: Date, to: Date) -> (Timestamp, Timestamp) {
    let utc = |date: Date| jiff::tz::Offset::UTC.to_timestamp(date.at(0, 0, 0, 0));
    let first = utc(from).and_then(|at| at.checked_sub(REACH)).unwrap_or(Timestamp::MIN);
    let last = utc(to).and_then(|at| at.checked_add(REACH)).unwrap_or(Timestamp::MAX);
    (first, last)
}
