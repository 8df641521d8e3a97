//! Booking: the lock of the agent, the check, the meeting and its messages in one transaction.

use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, Refusal, accounts, fresh, meeting_types, once, outbox, slots, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{AgentStatus, LocationName, Note, Notification};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Booking, Customer, Meeting, SmsConsent};
use nameplate_domain::time::{ZoneId, reading};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{Constraint, Error as StoreError, Tx};

/// What a customer asks for.
#[derive(Debug, Clone)]
pub struct BookingRequest {
    /// The agent, by slug or id.
    pub agent: String,
    /// The meeting type, by slug or id.
    pub meeting_type: String,
    /// The start.
    pub start: Timestamp,
    /// Who books.
    pub customer: Customer,
    /// In which zone they read it; the agent's when absent.
    pub customer_zone: Option<ZoneId>,
    /// What they wrote.
    pub note: Option<Note>,
    /// The words by which they agreed to text messages, if they did.
    pub sms_consent: Option<String>,
}

/// A booked meeting.
#[derive(Debug, Clone)]
pub struct Booked {
    /// The meeting.
    pub meeting: Meeting,
    /// False when an earlier request with the same key had made it.
    pub fresh: bool,
}

/// Books. Nobody else can get an overlapping time of this agent, whatever the meeting type.
///
/// # Errors
/// `NotFound`; `Refused` with the reason, `SlotTaken` with the nearest free starts; `Limited`.
pub async fn book(app: &App, ctx: &Ctx, request: BookingRequest) -> Result<Booked, Error> {
    let (inner, asked) = (app.clone(), request.clone());
    let result =
        once::write(app, ctx, move |tx, ctx| async move { book_in(&inner, &tx, &ctx, asked).await }).await;
    let result = match result {
        Err(Error::Store(StoreError::Conflict(Constraint::MeetingOverlap))) => {
            tracing::error!("the overlap backstop was hit: a lock was missed");
            Err(Refusal::SlotTaken(Vec::new()).into())
        }
        Err(Error::Repeated) => booked_before(app, ctx).await,
        other => other,
    };
    if matches!(&result, Ok(booked) if booked.fresh) {
        app.wake_outbox();
    }
    match result {
        Err(Error::Refused(Refusal::SlotTaken(_))) => {
            let offer = slots::offer(app, &request.agent, &request.meeting_type).await?;
            let nearby = slots::nearest(app, ctx.now, &offer, request.start, None).await?;
            Err(Refusal::SlotTaken(nearby).into())
        }
        other => other,
    }
}

/// The meeting of the request that had the key before.
async fn booked_before(app: &App, ctx: &Ctx) -> Result<Booked, Error> {
    let key = ctx.key.as_ref().ok_or(Error::NotFound)?;
    let id: MeetingId = once::found(app, key)
        .await?
        .flatten()
        .and_then(|resource| resource.parse().ok())
        .ok_or(Error::NotFound)?;
    let meeting = app.store().read(|tx| async move { tx.meeting(id).await }).await?;
    Ok(Booked { meeting: meeting.ok_or(Error::NotFound)?, fresh: false })
}

async fn book_in(app: &App, tx: &Tx, ctx: &Ctx, request: BookingRequest) -> Result<Booked, Error> {
    let Some(id) = accounts::id_in(tx, &request.agent).await? else { return Err(Error::NotFound) };
    if !tx.lock_agent(id).await? {
        return Err(Error::NotFound);
    }
    // All of it after the lock, so that nothing can change any more, and in one trip to the database.
    let (agent, meeting_type, availability, taken) = tokio::try_join!(
        async { Ok::<_, Error>(tx.agent(id).await?) },
        meeting_types::find_in(tx, id, &request.meeting_type),
        async { Ok(tx.availability(id).await?.availability) },
        async { Ok(slots::taken_in(tx, id, request.start, None).await?) },
    )?;
    let (Some(agent), Some(meeting_type)) = (agent, meeting_type) else { return Err(Error::NotFound) };
    if agent.status != AgentStatus::Active {
        return Err(Refusal::AgentAway.into());
    }
    let rules = &meeting_type.rules;
    slots::check(app, (&agent, &availability), rules, &taken, request.start, ctx.now)?;
    if app.settings().limits.enabled {
        let limits = &app.settings().limits;
        let permits = [
            wanted(app, "book_net", &limits.book_net, &ctx.net),
            wanted(app, "book_address", &limits.book_address, &request.customer.email.canonical()),
            wanted(app, "book_agent", &limits.book_agent, &agent.id.to_string()),
        ];
        limits::take_in(tx, ctx, &permits).await?;
    }
    let agent_zone = reading::agent_zone(app.tzdb(), &agent.time_zone, &availability, request.start).clone();
    let booking = Booking {
        id: MeetingId::new(fresh::uuid()),
        agent_id: agent.id,
        meeting_type_id: meeting_type.id,
        title: meeting_type.name.to_string(),
        place: meeting_type.place.as_ref().map(LocationName::to_string),
        rules: meeting_type.rules,
        start: request.start,
        customer: request.customer,
        note: request.note,
        sms_consent: request.sms_consent.map(|text| SmsConsent { text, at: ctx.now }),
        customer_zone: request.customer_zone.unwrap_or_else(|| agent_zone.clone()),
        agent_zone,
        host: app.settings().host.clone(),
        now: ctx.now,
    };
    let meeting = Meeting::book(booking, app.tzdb());
    tx.insert_meeting(&meeting).await?;
    tokio::try_join!(
        async { Ok(outbox::tell(app, tx, Notification::Scheduled, &meeting, &agent).await?) },
        once::made(tx, ctx, &meeting.id)
    )?;
    webhooks::of_meeting(app, tx, HookEvent::MeetingScheduled, &meeting, &agent).await?;
    Ok(Booked { meeting, fresh: true })
}
