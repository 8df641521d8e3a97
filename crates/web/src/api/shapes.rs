//! What the API answers: exactly these fields (`security.md` A12). Absent values are null.

use super::profile_fields::{self, PublicField};
use crate::state::Web;
use jiff::Timestamp;
use jiff::tz::Offset;
use nameplate_app::accounts::external_ids::ExternalIds;
use nameplate_app::fields::Filled;
use nameplate_app::meetings;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, FieldValue, Location, PictureKey, Place, ProfileField, Visibility};
use nameplate_domain::meetings::{Meeting, MeetingType, Party, Review};
use nameplate_domain::time::{Tzdb, ZoneId, reading};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

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

fn picture_url(web: &Web, key: Option<&PictureKey>) -> Option<String> {
    key.map(|key| web.app().url(&format!("/pictures/{key}/512.jpg")))
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
            picture_url: picture_url(web, card.picture.as_ref()),
            time_zone: card.time_zone,
            profile_url: web.app().url(&format!("/{}", card.slug)),
            slug: card.slug.to_string(),
            fields: fields.iter().map(PublicField::of).collect(),
            meeting_types: meeting_types.iter().map(public).collect(),
        }
    }
}

/// An account, as its agent sees it.
#[derive(Serialize)]
pub struct Account {
    id: String,
    name: String,
    display_name: Option<String>,
    email: String,
    slug: String,
    profile_url: String,
    time_zone: ZoneId,
    phone_number: Option<String>,
    job_title: Option<String>,
    location: Location,
    picture_url: Option<String>,
    visibility: Visibility,
    fields: Map<String, Value>,
    external_ids: BTreeMap<String, String>,
    role: &'static str,
    status: &'static str,
}

impl Account {
    /// All of an account but its secrets.
    pub fn of(web: &Web, agent: &Agent, fields: &[Filled], external_ids: &ExternalIds) -> Self {
        Self {
            id: agent.id.to_string(),
            name: agent.name.to_string(),
            display_name: agent.display_name.as_ref().map(ToString::to_string),
            email: agent.email.to_string(),
            slug: agent.slug.to_string(),
            profile_url: web.app().url(&format!("/{}", agent.slug)),
            time_zone: agent.time_zone.clone(),
            phone_number: agent.phone_number.as_ref().map(|number| number.e164().to_owned()),
            job_title: agent.job_title.as_ref().map(ToString::to_string),
            location: agent.location.clone(),
            picture_url: picture_url(web, agent.picture.as_ref()),
            visibility: agent.visibility,
            fields: profile_fields::values(fields),
            external_ids: external_ids
                .iter()
                .map(|(system, id)| (system.to_string(), id.to_string()))
                .collect(),
            role: agent.role.as_str(),
            status: agent.status.as_str(),
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

#[derive(Serialize)]
struct CustomerShape {
    name: String,
    email: String,
    phone_number: Option<String>,
    time_zone: ZoneId,
    locale: String,
}

/// A meeting. `agent` and `meeting_type` are slugs, as a request names them.
#[derive(Serialize)]
pub struct MeetingShape {
    id: String,
    status: &'static str,
    start: Timestamp,
    end: Timestamp,
    agent: String,
    meeting_type: String,
    customer: CustomerShape,
    note: Option<String>,
    guests: Vec<String>,
    review: Option<ReviewShape>,
    manage_url: Option<String>,
}

/// What the customer says of a meeting.
#[derive(Serialize)]
struct ReviewShape {
    rating: u8,
    comment: Option<String>,
    reviewed_at: Timestamp,
}

impl MeetingShape {
    /// A meeting as a party sees it, with that party's personal link: an admin acts by token and has none.
    pub fn of(
        web: &Web,
        now: Timestamp,
        (meeting, review): (&Meeting, Option<&Review>),
        party: Party,
        (agent, kind): (&Agent, &MeetingType),
    ) -> Self {
        let customer = &meeting.customer;
        Self {
            id: meeting.id.to_string(),
            status: meeting.status_at(now).as_str(),
            start: meeting.start,
            end: meeting.end,
            agent: agent.slug.to_string(),
            meeting_type: kind.slug.to_string(),
            customer: CustomerShape {
                name: customer.name.to_string(),
                email: customer.email.to_string(),
                phone_number: customer.phone_number.as_ref().map(|number| number.e164().to_owned()),
                time_zone: meeting.customer_side.zone.clone(),
                locale: customer.locale.clone(),
            },
            note: meeting.note.as_ref().map(ToString::to_string),
            guests: meeting.guests.iter().map(ToString::to_string).collect(),
            review: review.map(|review| ReviewShape {
                rating: review.rating.get(),
                comment: review.comment.as_ref().map(ToString::to_string),
                reviewed_at: review.at,
            }),
            manage_url: (party != Party::Organisation)
                .then(|| meetings::manage_url(web.app(), meeting, party)),
        }
    }
}
