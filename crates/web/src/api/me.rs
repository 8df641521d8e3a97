//! `/api/v1/me`: the account of the token's agent.

use super::agents::normalise;
use super::body::Body;
use super::call::AgentCall;
use super::etag::{IfMatch, versioned};
use super::fields::Fields;
use super::problem::ApiError;
use super::profile_fields;
use super::shapes::Account;
use crate::state::Web;
use axum::http::StatusCode;
use axum::response::Response;
use nameplate_app::accounts::external_ids::{self, IdChanges};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::fields;
use nameplate_domain::account::{
    Agent, CardField, FullName, JobTitle, Location, LocationField, PhoneNumber, Place, Problem, ProfileField,
    Slug, Visibility,
};
use serde_json::Value;

/// An account as the answer.
pub async fn answer(web: &Web, status: StatusCode, agent: &Agent) -> Result<Response, ApiError> {
    let fields = fields::of(web.app(), agent.id).await?;
    let ids = external_ids::of_each(web.app(), vec![agent.id]).await?.pop().unwrap_or_default();
    Ok(versioned(status, agent.version, &Account::of(web.app(), agent, &fields, &ids)))
}

/// `GET /api/v1/me`
pub async fn get(call: AgentCall) -> Result<Response, ApiError> {
    answer(&call.web, StatusCode::OK, &call.agent).await
}

/// `PATCH /api/v1/me` (RFC 7396): absent fields stay, null removes.
pub async fn change(call: AgentCall, if_match: IfMatch, body: Body) -> Result<Response, ApiError> {
    let AgentCall { web, ctx, agent } = call;
    if_match.check(agent.version)?;
    let defined = fields::list(web.app()).await?;
    let mut fields = body.fields();
    let wanted = profile(&mut fields, &web, &defined, (&agent.location, agent.visibility));
    fields.finish()?;
    let seen = if_match.version(agent.version);
    // A part of a location or of the visibility is put into the whole that was read: that must still be the whole.
    let read =
        (wanted.location.is_some().then_some(agent.location), wanted.visibility.map(|_| agent.visibility));
    let changed = profile::change(web.app(), &ctx, wanted, move |stored| {
        seen.is_none_or(|seen| seen == stored.version)
            && read.0.is_none_or(|location| location == stored.location)
            && read.1.is_none_or(|visibility| visibility == stored.visibility)
    });
    answer(&web, StatusCode::OK, &changed.await?).await
}

/// The fields of a profile that are given; parts of a location and of the visibility are put into those of today.
pub(super) fn profile(
    fields: &mut Fields,
    web: &Web,
    defined: &[ProfileField],
    (today, visible): (&Location, Visibility),
) -> ProfileChange {
    let name = fields.given("name", FullName::parse);
    let display_name = fields.removable("display_name", FullName::parse);
    let job_title = fields.removable("job_title", JobTitle::parse);
    let location = location(fields, today);
    let country = location.as_ref().unwrap_or(today).country;
    let phone_number = fields.removable("phone_number", |text| PhoneNumber::parse(text, country));
    let visibility = visibility(fields, visible);
    let slug = fields.given("slug", Slug::parse);
    let time_zone = fields.given("time_zone", |text| normalise(web, text));
    let filled = profile_fields::changes(fields, defined);
    ProfileChange {
        name,
        display_name,
        slug,
        time_zone,
        phone_number,
        job_title,
        location,
        visibility,
        fields: filled,
        external_ids: IdChanges::new(),
    }
}

/// Parts that are given change, null removes one; null for the whole removes all.
fn location(fields: &mut Fields, today: &Location) -> Option<Location> {
    if fields.take_null("location") {
        return Some(Location::default());
    }
    let mut nested = fields.nested("location")?;
    let mut location = today.clone();
    for field in LocationField::ALL {
        if nested.take_null(field.as_str()) {
            let _ = location.set(field, "");
        } else {
            nested.given(field.as_str(), |text| location.set(field, text));
        }
    }
    fields.join(nested);
    Some(location)
}

/// The places of the fields that are given; the others stay as they are.
fn visibility(fields: &mut Fields, today: Visibility) -> Option<Visibility> {
    let mut nested = fields.nested("visibility")?;
    let mut visibility = today;
    for field in CardField::ALL {
        match nested.take(field.as_str()) {
            None => {}
            Some(Value::Array(words)) => {
                let places: Vec<Place> = words.iter().filter_map(place).collect();
                if places.len() == words.len() {
                    visibility = visibility.with(field, &places);
                } else {
                    nested.problem(field.as_str(), &Problem::NotAChoice);
                }
            }
            Some(_) => nested.fault(field.as_str(), "wrong_type"),
        }
    }
    fields.join(nested);
    Some(visibility)
}

fn place(word: &Value) -> Option<Place> {
    Place::ALL.into_iter().find(|place| word.as_str() == Some(place.as_str()))
}
