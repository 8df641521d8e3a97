//! What customers get of an agent, before it is saved: the agent as they would be, in a meeting as it could be.

use crate::{App, Error, meeting_types, outbox};
use jiff::{Timestamp, ToSpan};
use nameplate_domain::account::{Agent, CustomerName, EmailAddress, PictureKey};
use nameplate_domain::ids::{MeetingId, MeetingTypeId};
use nameplate_domain::meetings::{Booking, Customer, Meeting, MeetingType, Party};
use nameplate_domain::time::slots::Rules;
use nameplate_i18n::{Locale, Texts};
use nameplate_notify::meeting::MeetingFacts;
use nameplate_notify::preview;
pub use nameplate_notify::preview::CalendarEntry;
use uuid::Uuid;

/// The card below every mail, as an HTML document.
///
/// # Errors
/// The database's.
pub async fn signature(app: &App, agent: &Agent, now: Timestamp, locale: Locale) -> Result<String, Error> {
    let key = agent.picture.as_ref().map(PictureKey::to_string).unwrap_or_default();
    let facts = facts(app, agent, now, locale).await?;
    Ok(preview::signature(&facts, &format!("/pictures/{key}/192.jpg"), app.tzdb()))
}

/// The entry in a customer's calendar.
///
/// # Errors
/// The database's.
pub async fn calendar_entry(
    app: &App,
    agent: &Agent,
    now: Timestamp,
    locale: Locale,
) -> Result<CalendarEntry, Error> {
    Ok(preview::calendar_entry(&facts(app, agent, now, locale).await?, app.tzdb()))
}

async fn facts(app: &App, agent: &Agent, now: Timestamp, locale: Locale) -> Result<MeetingFacts, Error> {
    let meeting = meeting(app, agent, now, locale).await?;
    outbox::facts(app, meeting, agent, Party::Customer, now).await
}

/// A meeting as it could be.
pub(crate) async fn meeting(
    app: &App,
    agent: &Agent,
    now: Timestamp,
    locale: Locale,
) -> Result<Meeting, Error> {
    let first = meeting_types::of(app, agent.id).await?.into_iter().next();
    Ok(sample(app, agent, first, now, locale))
}

/// Tomorrow at ten, of the agent's first meeting type, with a customer next door. It is nobody's: its id is zero.
fn sample(app: &App, agent: &Agent, first: Option<MeetingType>, now: Timestamp, locale: Locale) -> Meeting {
    let zone = app.tzdb().zone(&agent.time_zone);
    let ten = now.to_zoned(zone).date().saturating_add(1.day()).at(10, 0, 0, 0);
    let start = ten.to_zoned(app.tzdb().zone(&agent.time_zone)).map_or(now, |at| at.timestamp());
    let texts = Texts::of(locale);
    let half_an_hour = Rules {
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 1,
        daily_limit: None,
    };
    let booking = Booking {
        id: MeetingId::new(Uuid::nil()),
        agent_id: agent.id,
        meeting_type_id: first.as_ref().map_or(MeetingTypeId::new(Uuid::nil()), |one| one.id),
        title: first.as_ref().map_or_else(|| texts.text("preview-meeting"), |one| one.name.to_string()),
        place: first.as_ref().and_then(|one| one.place.as_ref()).map(ToString::to_string),
        rules: first.map_or(half_an_hour, |one| one.rules),
        start,
        customer: Customer {
            name: CustomerName::stored(texts.text("preview-customer")),
            email: EmailAddress::stored("customer@example.com".to_owned()),
            phone_number: None,
            locale: locale.tag().to_owned(),
        },
        note: None,
        sms_consent: None,
        agent_zone: agent.time_zone.clone(),
        customer_zone: agent.time_zone.clone(),
        host: app.settings().host.clone(),
        now,
    };
    Meeting::book(booking, app.tzdb())
}
