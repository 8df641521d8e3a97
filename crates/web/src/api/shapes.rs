//! What the API answers: exactly these fields (`security.md` A12). Absent values are null.

use super::profile_fields::PublicField;
use crate::state::Web;
use jiff::Timestamp;
use jiff::tz::Offset;
use nameplate_app::shapes::picture_url;
pub use nameplate_app::shapes::{Account, MeetingShape};
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, FieldValue, Location, Place, ProfileField};
use nameplate_domain::meetings::MeetingType;
use nameplate_domain::time::{Tzdb, ZoneId, reading};
use serde::{Serialize, Serializer};

/// A start that can be booked.
#[derive(Debug, Clone, Serialize)]
pub struct Slot {
    start: Timestamp,
    local: Local,
}

/// An instant as a clock reads it, with its offset (RFC 3339).
#[derive(Debug, Clone)]
struct Local(Timestamp, Offset);

impl Serialize for Local {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.display_with_offset(self.1))
    }
}

impl Slot {
    /// Several starts, read in a zone too.
    pub fn all(tzdb: &Tzdb, zone: &ZoneId, starts: &[Timestamp]) -> Vec<Self> {
        reading::with_offsets(&tzdb.zone(zone), starts)
            .map(|(start, offset)| Self { start, local: Local(start, offset) })
            .collect()
    }
}

/// The answer to a question for free times.
#[derive(Serialize)]
pub struct Slots {
    /// The zone in which the dates were meant.
    pub time_zone: ZoneId,
    /// The starts, ascending.
    pub slots: Vec<Slot>,
}

/// A meeting type on the public card.
#[derive(Serialize)]
pub struct PublicMeetingType {
    slug: String,
    name: String,
    duration_minutes: u32,
}

/// What anybody may know of an agent.
#[derive(Serialize)]
pub struct PublicCard {
    name: String,
    email: Option<String>,
    phone_number: Option<String>,
    job_title: Option<String>,
    location: Option<Location>,
    picture_url: Option<String>,
    time_zone: ZoneId,
    slug: String,
    profile_url: String,
    fields: Vec<PublicField>,
    meeting_types: Vec<PublicMeetingType>,
}

impl PublicCard {
    /// The card as the booking page shows it.
    pub fn of(
        web: &Web,
        agent: &Agent,
        fields: &[(ProfileField, FieldValue)],
        meeting_types: &[MeetingType],
    ) -> Self {
        let card = Card::of(agent, Place::BookingPage);
        let public = |one: &MeetingType| PublicMeetingType {
            slug: one.slug.to_string(),
            name: one.name.to_string(),
            duration_minutes: one.rules.duration_minutes,
        };
        Self {
            name: card.name.to_string(),
            email: card.email.map(|email| email.to_string()),
            phone_number: card.phone_number.map(|number| number.e164().to_owned()),
            job_title: card.job_title.map(|title| title.to_string()),
            location: card.location,
            picture_url: picture_url(web.app(), card.picture.as_ref()),
            time_zone: card.time_zone,
            profile_url: web.app().url(&format!("/{}", card.slug)),
            slug: card.slug.to_string(),
            fields: fields.iter().map(PublicField::of).collect(),
            meeting_types: meeting_types.iter().map(public).collect(),
        }
    }
}

/// A meeting type, as its agent sees it.
#[derive(Serialize)]
pub struct OwnMeetingType {
    id: String,
    slug: String,
    name: String,
    description: Option<String>,
    place: Option<String>,
    duration_minutes: u32,
    interval_minutes: u32,
    buffer_before_minutes: u32,
    buffer_after_minutes: u32,
    notice_minutes: u32,
    horizon_days: u32,
    daily_limit: Option<u32>,
}

impl From<&MeetingType> for OwnMeetingType {
    fn from(one: &MeetingType) -> Self {
        Self {
            id: one.id.to_string(),
            slug: one.slug.to_string(),
            name: one.name.to_string(),
            description: one.description.as_ref().map(ToString::to_string),
            place: one.place.as_ref().map(ToString::to_string),
            duration_minutes: one.rules.duration_minutes,
            interval_minutes: one.rules.interval_minutes,
            buffer_before_minutes: one.rules.buffer_before_minutes,
            buffer_after_minutes: one.rules.buffer_after_minutes,
            notice_minutes: one.rules.notice_minutes,
            horizon_days: one.rules.horizon_days,
            daily_limit: one.rules.daily_limit,
        }
    }
}
