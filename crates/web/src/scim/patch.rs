//! PATCH (RFC 7644 section 3.5.2): operations on a user as JSON. Nothing is written here; what comes out is read as a PUT would be.

use super::attributes::{Kind, is_complex, is_list, known};
use super::error::refused;
use super::filter::{Filter, Op, PatchPath, parse_path};
use super::matches::{get, matches_value};
use crate::api::problem::ApiError;
use serde_json::{Map, Value};

/// The most operations of one message.
const MOST: usize = 100;
/// Numbers or addresses of a user, so that a request cannot make work that grows with their square.
const MOST_VALUES: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Add,
    Replace,
    Remove,
}

/// Does every operation of a message, in their order.
///
/// # Errors
/// 400 with `invalidSyntax`, `invalidPath`, `invalidValue`, `noTarget` or `tooMany`.
pub fn apply(user: &mut Value, message: &Value) -> Result<(), ApiError> {
    let operations = get(message, "Operations").and_then(Value::as_array).filter(|list| !list.is_empty());
    let operations = operations.ok_or_else(|| refused("scim_patch_format"))?;
    if operations.len() > MOST {
        return Err(refused("scim_too_many"));
    }
    operations.iter().try_for_each(|operation| one(user, operation))
}

fn one(user: &mut Value, operation: &Value) -> Result<(), ApiError> {
    let word = get(operation, "op").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    // Entra ID writes them with a capital.
    let act = match word.as_str() {
        "add" => Act::Add,
        "replace" => Act::Replace,
        "remove" => Act::Remove,
        _ => return Err(refused("scim_patch_format")),
    };
    let value = get(operation, "value").filter(|value| !value.is_null());
    match get(operation, "path") {
        None | Some(Value::Null) => whole(user, act, value),
        Some(Value::String(path)) if path.is_empty() => whole(user, act, value),
        Some(Value::String(path)) => at(user, act, path, value),
        Some(_) => Err(refused("scim_invalid_path")),
    }
}

/// Without a path the value names attributes; some providers write paths there.
fn whole(user: &mut Value, act: Act, value: Option<&Value>) -> Result<(), ApiError> {
    if act == Act::Remove {
        return Err(refused("scim_no_target"));
    }
    let attributes = value.and_then(Value::as_object).ok_or_else(|| refused("scim_patch_format"))?;
    for (name, value) in attributes {
        let Ok(path) = parse_path(name) else { continue };
        // What is not known, and what is the server's to say, is passed over, as in a PUT.
        let Some((_, Kind::Writable | Kind::Immutable)) = known(path.attr.schema.as_deref(), &path.attr.attr)
        else {
            continue;
        };
        let act = if value.is_null() { Act::Remove } else { act };
        set(user, act, &path, Some(value))?;
    }
    Ok(())
}

fn at(user: &mut Value, act: Act, path: &str, value: Option<&Value>) -> Result<(), ApiError> {
    let path = parse_path(path).map_err(|_| refused("scim_invalid_path"))?;
    match known(path.attr.schema.as_deref(), &path.attr.attr) {
        None => Err(refused("scim_invalid_path")),
        Some((_, Kind::NotKept)) => Ok(()),
        Some(_) => set(user, act, &path, value),
    }
}

fn set(user: &mut Value, act: Act, path: &PatchPath, value: Option<&Value>) -> Result<(), ApiError> {
    let Some((name, _)) = known(path.attr.schema.as_deref(), &path.attr.attr) else { return Ok(()) };
    let Some(user) = user.as_object_mut() else { return Err(refused("scim_patch_format")) };
    // A value that is none takes the attribute away (section 3.5.2.3).
    let (act, value) = match value {
        Some(value) if act != Act::Remove => (act, value),
        None if act == Act::Add => return Err(refused("scim_patch_format")),
        _ => (Act::Remove, &Value::Null),
    };
    if is_list(name) {
        return list(user, name, act, path, value);
    }
    if path.filter.is_some() || (path.attr.sub.is_some() && !is_complex(name)) {
        return Err(refused("scim_invalid_path"));
    }
    match (&path.attr.sub, act, value) {
        (None, Act::Remove, _) => drop(user.remove(name)),
        // The parts that are given change, the others stay.
        (None, _, Value::Object(parts)) if is_complex(name) => {
            let mut whole =
                user.remove(name).filter(Value::is_object).unwrap_or_else(|| Value::Object(Map::new()));
            for (part, value) in parts {
                put(&mut whole, part, Some(value));
            }
            user.insert(name.to_owned(), whole);
        }
        (None, _, value) => drop(user.insert(name.to_owned(), value.clone())),
        (Some(sub), act, value) => {
            let whole = user.entry(name).or_insert_with(|| Value::Object(Map::new()));
            put(whole, sub, (act != Act::Remove).then_some(value));
        }
    }
    Ok(())
}

/// Writes a part under the name that it has there, whatever its case.
fn put(object: &mut Value, name: &str, value: Option<&Value>) {
    let Some(object) = object.as_object_mut() else { return };
    let there = object.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
    let name = there.unwrap_or_else(|| name.to_owned());
    match value {
        None | Some(Value::Null) => drop(object.remove(&name)),
        Some(value) => drop(object.insert(name, value.clone())),
    }
}

fn list(
    user: &mut Map<String, Value>,
    name: &str,
    act: Act,
    path: &PatchPath,
    value: &Value,
) -> Result<(), ApiError> {
    let mut values = match user.remove(name) {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    };
    let fits = |one: &Value| path.filter.as_ref().is_none_or(|filter| matches_value(one, filter, name));
    match (&path.attr.sub, act) {
        (None, Act::Remove) => {
            let before = values.len();
            values.retain(|one| !fits(one));
            if path.filter.is_some() && values.len() == before {
                return Err(refused("scim_no_target"));
            }
        }
        (None, _) if path.filter.is_none() => {
            let given = match value {
                Value::Array(given) => given.clone(),
                one => vec![one.clone()],
            };
            if act == Act::Replace {
                values.clear();
            }
            if given.len() + values.len() > MOST_VALUES {
                return Err(refused("scim_too_many"));
            }
            values.retain(|one| !given.iter().any(|other| same_kind(one, other)));
            values.extend(given);
        }
        (None, _) => {
            let before = values.len();
            values.retain(|one| !fits(one));
            if values.len() == before && act == Act::Replace {
                return Err(refused("scim_no_target"));
            }
            values.push(value.clone());
        }
        (Some(sub), act) => {
            let mut touched = false;
            for one in values.iter_mut().filter(|one| fits(one)) {
                put(one, sub, (act != Act::Remove).then_some(value));
                touched = true;
            }
            if !touched && act == Act::Remove {
                return Err(refused("scim_no_target"));
            }
            if !touched {
                // Entra ID adds and replaces parts of values that are not there yet: the filter says what they are.
                let mut one =
                    path.filter.as_ref().map_or_else(|| Some(Map::new()), described).map(Value::Object);
                let made = one.as_mut().ok_or_else(|| refused("scim_no_target"))?;
                put(made, sub, Some(value));
                values.extend(one);
            }
        }
    }
    values.retain(|one| !matches!(one, Value::Object(parts) if parts.is_empty()));
    if !values.is_empty() {
        user.insert(name.to_owned(), Value::Array(values));
    }
    Ok(())
}

/// An account has one value of a type: another one takes its place.
fn same_kind(one: &Value, other: &Value) -> bool {
    let kind = |value| get(value, "type").and_then(Value::as_str).unwrap_or("work").to_ascii_lowercase();
    kind(one) == kind(other)
}

/// A value that fits a filter which says what it is: `type eq "work"`.
fn described(filter: &Filter) -> Option<Map<String, Value>> {
    match filter {
        Filter::Compare(path, Op::Eq, value) if path.sub.is_none() => {
            Some(Map::from_iter([(path.attr.clone(), value.clone())]))
        }
        Filter::And(one, other) => {
            let mut both = described(one)?;
            both.extend(described(other)?);
            Some(both)
        }
        _ => None,
    }
}
