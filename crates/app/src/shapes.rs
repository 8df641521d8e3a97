//! An account and a meeting in the words of the REST API: what its answers hold, and what webhooks are told. Exactly these fields
//! (`security.md` A12). Absent values are null.

use crate::accounts::external_ids::ExternalIds;
use crate::fields::Filled;
use crate::{App, meetings};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, FieldValue, Location, PictureKey, Visibility};
use nameplate_domain::meetings::{Meeting, MeetingType, Party, Review};
use nameplate_domain::time::ZoneId;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Where a picture is, for everybody.
#[must_use]
pub fn picture_url(app: &App, key: Option<&PictureKey>) -> Option<String> {
    key.map(|key| app.url(&format!("/pictures/{key}/512.jpg")))
}

/// `{KEY: value}`, with null where nothing was filled in.
fn values(filled: &[Filled]) -> Map<String, Value> {
    let value = |one: &Filled| one.value.as_ref().map_or(Value::Null, FieldValue::to_json);
    filled.iter().map(|one| (one.field.key.to_string(), value(one))).collect()
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
    #[must_use]
    pub fn of(app: &App, agent: &Agent, fields: &[Filled], external_ids: &ExternalIds) -> Self {
        Self {
            id: agent.id.to_string(),
            name: agent.name.to_string(),
            display_name: agent.display_name.as_ref().map(ToString::to_string),
            email: agent.email.to_string(),
            slug: agent.slug.to_string(),
            profile_url: app.url(&format!("/{}", agent.slug)),
            time_zone: agent.time_zone.clone(),
            phone_number: agent.phone_number.as_ref().map(|number| number.e164().to_owned()),
            job_title: agent.job_title.as_ref().map(ToString::to_string),
            location: agent.location.clone(),
            picture_url: picture_url(app, agent.picture.as_ref()),
            visibility: agent.visibility,
            fields: values(fields),
            external_ids: external_ids
                .iter()
                .map(|(system, id)| (system.to_string(), id.to_string()))
                .collect(),
            role: agent.role.as_str(),
            status: agent.status.as_str(),
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
    #[must_use]
    pub fn of(
        app: &App,
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
            manage_url: (party != Party::Organisation).then(|| meetings::manage_url(app, meeting, party)),
        }
    }
}
