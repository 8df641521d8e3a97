//! An account as a SCIM user (RFC 7643 section 4.1).

use super::attributes::USER;
use super::error::MEDIA_TYPE;
use crate::state::Web;
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use nameplate_app::hex;
use nameplate_app::people::provided::Provided;
use nameplate_app::shapes::picture_url;
use nameplate_domain::account::{ExternalId, FullName, JobTitle, Language, Location, LocationField};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// The parts of an address, and the fields of a location that they are. `formatted` is the name of the location: providers send the office there.
pub const ADDRESS: [(&str, LocationField); 6] = [
    ("formatted", LocationField::Name),
    ("streetAddress", LocationField::Street),
    ("postalCode", LocationField::Postcode),
    ("locality", LocationField::City),
    ("region", LocationField::State),
    ("country", LocationField::Country),
];

/// Where a user is.
pub fn location(web: &Web, provided: &Provided) -> String {
    web.app().url(&format!("/scim/v2/Users/{}", provided.agent.id))
}

/// A user with all attributes that have a value; absent ones are left out (RFC 7643 section 2.5).
pub fn user(web: &Web, provided: &Provided) -> Value {
    let agent = &provided.agent;
    let picture = picture_url(web.app(), agent.picture.as_ref());
    let mut user = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            user.insert(name.to_owned(), value);
        }
    };
    put("schemas", json!([USER]));
    put("id", json!(agent.id.to_string()));
    put("externalId", json!(provided.external_id.as_ref().map(ExternalId::as_str)));
    put("userName", json!(agent.email.as_str()));
    put("name", name(provided));
    put("displayName", json!(agent.display_name.as_ref().map(FullName::as_str)));
    put("title", json!(agent.job_title.as_ref().map(JobTitle::as_str)));
    put("active", json!(provided.is_active()));
    put("timezone", json!(agent.time_zone.as_str()));
    put("preferredLanguage", json!(agent.preferences.language.as_ref().map(Language::as_str)));
    let number =
        agent.phone_number.as_ref().map(|number| json!([{ "value": number.e164(), "type": "work" }]));
    put("phoneNumbers", json!(number));
    put("addresses", json!(address(&agent.location)));
    put("emails", json!([{ "value": agent.email.as_str(), "type": "work", "primary": true }]));
    put("photos", json!(picture.map(|url| json!([{ "value": url, "type": "photo", "primary": true }]))));
    put("profileUrl", json!(web.app().url(&format!("/{}", agent.slug))));
    put("roles", json!([{ "value": agent.role.as_str(), "primary": true }]));
    let version = version(&user);
    let meta = json!({
        "resourceType": "User",
        "created": provided.created_at.to_string(),
        "lastModified": provided.changed_at.to_string(),
        "location": location(web, provided),
        "version": version,
    });
    user.insert("meta".to_owned(), meta);
    Value::Object(user)
}

fn name(provided: &Provided) -> Value {
    let parts = [
        ("formatted", Some(&provided.agent.name)),
        ("givenName", provided.given_name.as_ref()),
        ("familyName", provided.family_name.as_ref()),
    ];
    let there = parts.into_iter().filter_map(|(part, name)| Some((part.to_owned(), name?.as_str().into())));
    Value::Object(there.collect())
}

fn address(location: &Location) -> Option<Value> {
    let parts = ADDRESS.into_iter().map(|(name, field)| (name.to_owned(), location.part(field)));
    let mut address: Map<String, Value> =
        parts.filter(|(_, part)| !part.is_empty()).map(|(name, part)| (name, part.into())).collect();
    if address.is_empty() {
        return None;
    }
    address.insert("type".to_owned(), "work".into());
    Some(json!([address]))
}

/// A weak tag over all that stands in the user: parts of it change without the account's own version.
fn version(user: &Map<String, Value>) -> String {
    let text = serde_json::to_string(user).unwrap_or_default();
    let digest = hex(&Sha256::digest(text.as_bytes()));
    format!("W/\"{}\"", digest.get(..32).unwrap_or_default())
}

/// The tag of a user.
pub fn version_of(user: &Value) -> &str {
    user.pointer("/meta/version").and_then(Value::as_str).unwrap_or_default()
}

/// A document as the answer.
pub fn answer(status: StatusCode, body: &Value) -> Response {
    let kind = HeaderValue::from_static(MEDIA_TYPE);
    (status, [(CONTENT_TYPE, kind)], body.to_string()).into_response()
}

/// A user as the answer, whole or in parts, with its tag and its place.
pub fn user_answer(status: StatusCode, user: &Value, shown: &Value) -> Response {
    let mut response = answer(status, shown);
    let place = user.pointer("/meta/location").and_then(Value::as_str).unwrap_or_default();
    let place = Some(place).filter(|_| status == StatusCode::CREATED);
    for (name, value) in [(ETAG, Some(version_of(user))), (LOCATION, place)] {
        if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
