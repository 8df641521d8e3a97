//! Which users are asked for, and which of their attributes (RFC 7644 sections 3.4.2, 3.4.3 and 3.9).

use super::error::{refused, wrong};
use super::filter::{AttrPath, Filter, Op, parse, parse_attr};
use super::matches::get;
use crate::api::problem::ApiError;
use axum::extract::{FromRequestParts, Query as Pairs};
use axum::http::request::Parts;
use nameplate_app::people::provided::Among;
use nameplate_domain::account::{EmailAddress, ExternalId};
use serde_json::{Map, Value};

/// The most users of one answer, and how many there are unless the question says.
pub const MOST: usize = 200;
/// The most names of attributes.
const NAMES: usize = 100;

/// Which attributes are shown.
#[derive(Debug, Default)]
pub struct Shown {
    only: Option<Vec<AttrPath>>,
    without: Vec<AttrPath>,
}

/// A question for users.
#[derive(Debug)]
pub struct Question {
    /// Those that fit.
    pub filter: Option<Filter>,
    /// What of them.
    pub shown: Shown,
    /// The first one, from 1.
    pub start: usize,
    /// How many.
    pub count: usize,
    /// In which order.
    pub sort: Option<AttrPath>,
    /// The other way round.
    pub descending: bool,
}

/// The parameters of an address, as an object of texts. Those that are not known are passed over.
pub struct Asked(pub Value);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let pairs = Pairs::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Pairs(pairs) = pairs.map_err(|_| refused("malformed_query"))?;
        let mut object = Map::new();
        for (name, value) in pairs {
            if object.insert(name.to_ascii_lowercase(), Value::String(value)).is_some() {
                return Err(refused("duplicate_parameter"));
            }
        }
        Ok(Self(Value::Object(object)))
    }
}

impl Shown {
    /// Reads `attributes` and `excludedAttributes`.
    ///
    /// # Errors
    /// 400.
    pub fn read(asked: &Value) -> Result<Self, ApiError> {
        let only = names(asked, "attributes")?;
        let without = names(asked, "excludedAttributes")?;
        if !only.is_empty() && !without.is_empty() {
            return Err(refused("scim_invalid_parameter"));
        }
        Ok(Self { only: (!only.is_empty()).then_some(only), without })
    }

    /// A user with these attributes; `id` and `schemas` are always there.
    pub fn of(&self, user: &Value) -> Value {
        let Some(attributes) = user.as_object() else { return user.clone() };
        let shown = attributes.iter().filter_map(|(name, value)| {
            if matches!(name.as_str(), "id" | "schemas") {
                return Some((name.clone(), value.clone()));
            }
            let named = |paths: &[AttrPath]| -> Vec<AttrPath> {
                paths.iter().filter(|path| path.attr.eq_ignore_ascii_case(name)).cloned().collect()
            };
            let Some(only) = &self.only else {
                let named = named(&self.without);
                let gone = named.iter().any(|path| path.sub.is_none());
                return (!gone).then(|| (name.clone(), parts(value, |part| !is_named(&named, part))));
            };
            let named = named(only);
            let whole = named.iter().any(|path| path.sub.is_none());
            let some = || parts(value, |part| is_named(&named, part));
            (!named.is_empty()).then(|| (name.clone(), if whole { value.clone() } else { some() }))
        });
        Value::Object(shown.collect())
    }
}

fn is_named(paths: &[AttrPath], part: &str) -> bool {
    paths.iter().any(|path| path.sub.as_deref().is_some_and(|sub| sub.eq_ignore_ascii_case(part)))
}

fn parts(value: &Value, keep: impl Fn(&str) -> bool + Copy) -> Value {
    match value {
        Value::Array(values) => values.iter().map(|value| parts(value, keep)).collect(),
        Value::Object(object) => {
            let kept = object.iter().filter(|(name, _)| keep(name));
            Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// Names with commas between them, or a list of names.
fn names(asked: &Value, parameter: &'static str) -> Result<Vec<AttrPath>, ApiError> {
    let texts: Vec<&str> = match get(asked, parameter) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
        Some(Value::Array(names)) => {
            let texts: Option<Vec<&str>> = names.iter().map(Value::as_str).collect();
            texts.ok_or_else(|| wrong(parameter, "wrong_type"))?
        }
        Some(_) => return Err(wrong(parameter, "wrong_type")),
    };
    if texts.len() > NAMES {
        return Err(refused("scim_too_many"));
    }
    // A schema's own name names all of its attributes; nothing else has such a name.
    texts
        .into_iter()
        .map(parse_attr)
        .collect::<Result<_, _>>()
        .map_err(|_| wrong(parameter, "scim_attribute_name"))
}

impl Question {
    /// Reads a question from parameters or from a search request, which have the same names.
    ///
    /// # Errors
    /// 400, with `invalidFilter` for the filter.
    pub fn read(asked: &Value) -> Result<Self, ApiError> {
        let text = |name: &'static str| match get(asked, name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(wrong(name, "wrong_type")),
        };
        let filter = text("filter")?.filter(|filter| !filter.trim().is_empty()).map(parse).transpose();
        let filter = filter.map_err(|at| {
            refused("scim_invalid_filter").with_args(vec![("column", (at.0 + 1).to_string())])
        })?;
        let sort = text("sortBy")?.filter(|name| !name.is_empty()).map(parse_attr).transpose();
        let descending = match text("sortOrder")?.unwrap_or("ascending").to_ascii_lowercase().as_str() {
            "ascending" => false,
            "descending" => true,
            _ => return Err(wrong("sortOrder", "not_a_choice")),
        };
        let start = whole(asked, "startIndex")?.unwrap_or(1).max(1);
        let count =
            whole(asked, "count")?.map_or(MOST, |count| usize::try_from(count).unwrap_or_default().min(MOST));
        Ok(Self {
            filter,
            shown: Shown::read(asked)?,
            start: usize::try_from(start).unwrap_or(usize::MAX),
            count,
            sort: sort.map_err(|_| wrong("sortBy", "scim_attribute_name"))?,
            descending,
        })
    }

    /// Which accounts must be looked at: of a filter for one address or one id that one.
    pub fn among(&self) -> Among {
        let Some(Filter::Compare(path, Op::Eq, Value::String(text))) = &self.filter else {
            return Among::All;
        };
        match (path.schema.as_deref(), path.attr.as_str(), &path.sub) {
            (None, "username", None) => EmailAddress::parse(text).map_or(Among::All, Among::Email),
            (None, "externalid", None) => ExternalId::parse(text).map_or(Among::All, Among::ExternalId),
            _ => Among::All,
        }
    }
}

/// A whole number, below nothing too: that is read as the least (RFC 7644 section 3.4.2.4).
fn whole(asked: &Value, name: &'static str) -> Result<Option<i64>, ApiError> {
    let read = match get(asked, name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(value) => value.as_i64(),
    };
    read.map(Some).ok_or_else(|| wrong(name, "wrong_type"))
}
