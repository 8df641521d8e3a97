//! Query parameters, as strict as bodies: none twice, none unknown.

use super::fields::Fields;
use super::problem::ApiError;
use axum::extract::{FromRequestParts, Query as Pairs};
use axum::http::StatusCode;
use axum::http::request::Parts;
use nameplate_domain::account::Problem;
use serde_json::{Map, Value};

/// How many are on a page, unless the question says so.
const PAGE: usize = 50;
/// The most on a page.
const MOST: usize = 100;

/// `limit`, 1 to 100.
pub fn limit(query: &mut Fields) -> usize {
    let wanted = query.given("limit", |text| match text.parse() {
        Ok(limit @ 1..=MOST) => Ok(limit),
        _ => Err(Problem::OutOfRange { min: 1, max: 100 }),
    });
    wanted.unwrap_or(PAGE)
}

/// The parameters as an object of texts.
pub struct Query(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let refused = |code| ApiError::new(StatusCode::BAD_REQUEST, code);
        let pairs = Pairs::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Pairs(pairs) = pairs.map_err(|_| refused("malformed_query"))?;
        let mut object = Map::new();
        for (name, value) in pairs {
            if object.insert(name, Value::String(value)).is_some() {
                return Err(refused("duplicate_parameter"));
            }
        }
        Ok(Self(Fields::root(Value::Object(object))))
    }
}
