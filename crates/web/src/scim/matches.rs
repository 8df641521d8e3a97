//! Whether a resource fits a filter, and in which order resources stand (RFC 7644 sections 3.4.2.2 and 3.4.2.3).

use super::attributes::{self, is_exact};
use super::filter::{AttrPath, Filter, Op};
use jiff::Timestamp;
use nameplate_domain::time::fold;
use serde_json::Value;
use std::cmp::Ordering;

/// The value under a name, whatever its case.
pub fn get<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Whether a resource, or a value of one attribute, fits. What it does not have counts as without a value.
pub fn matches(resource: &Value, filter: &Filter) -> bool {
    inside(resource, filter, None)
}

/// The same of one value of this attribute.
pub fn matches_value(value: &Value, filter: &Filter, attr: &str) -> bool {
    inside(value, filter, Some(attr))
}

fn inside(object: &Value, filter: &Filter, parent: Option<&str>) -> bool {
    match filter {
        Filter::And(one, other) => inside(object, one, parent) && inside(object, other, parent),
        Filter::Or(one, other) => inside(object, one, parent) || inside(object, other, parent),
        Filter::Not(inner) => !inside(object, inner, parent),
        Filter::Present(path) => values(object, path).into_iter().any(is_something),
        Filter::Within(path, inner) => {
            values(object, path).into_iter().any(|one| inside(one, inner, Some(&path.attr)))
        }
        Filter::Compare(path, op, wanted) => {
            let values = values(object, path);
            let exact = is_exact(parent.unwrap_or(&path.attr), path.sub.as_deref());
            match (op, wanted) {
                (Op::Eq, Value::Null) => !values.into_iter().any(is_something),
                (Op::Ne, Value::Null) => values.into_iter().any(is_something),
                (Op::Ne, _) => !values.into_iter().any(|value| compares(value, Op::Eq, wanted, exact)),
                _ => values.into_iter().any(|value| compares(value, *op, wanted, exact)),
            }
        }
    }
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => values.iter().any(is_something),
        Value::Object(parts) => parts.values().any(is_something),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// The values at a path, one by one where there are several.
fn values<'a>(object: &'a Value, path: &AttrPath) -> Vec<&'a Value> {
    if path.schema.as_deref().is_some_and(|schema| !schema.eq_ignore_ascii_case(attributes::USER)) {
        return Vec::new();
    }
    let found = each(get(object, &path.attr));
    match &path.sub {
        None => found,
        Some(sub) => found.into_iter().flat_map(|value| each(get(value, sub))).collect(),
    }
}

fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
    }
}

fn compares(value: &Value, op: Op, wanted: &Value, exact: bool) -> bool {
    // A complex value is compared by its `value` (`emails co "example.com"`).
    let value = if value.is_object() { get(value, "value").unwrap_or(&Value::Null) } else { value };
    match (value, wanted) {
        (Value::String(value), Value::String(wanted)) => {
            if let (Ok(value), Ok(wanted)) = (value.parse::<Timestamp>(), wanted.parse::<Timestamp>()) {
                return ordered(value.cmp(&wanted), op);
            }
            let folded = |text: &str| if exact { text.to_owned() } else { text.to_lowercase() };
            let (value, wanted) = (folded(value), folded(wanted));
            match op {
                Op::Co => value.contains(&wanted),
                Op::Sw => value.starts_with(&wanted),
                Op::Ew => value.ends_with(&wanted),
                _ => ordered(value.cmp(&wanted), op),
            }
        }
        // `active eq "true"`
        (Value::Bool(value), Value::String(wanted)) => {
            op == Op::Eq && wanted.eq_ignore_ascii_case(&value.to_string())
        }
        (Value::Bool(value), Value::Bool(wanted)) => op == Op::Eq && value == wanted,
        _ => false,
    }
}

fn ordered(order: Ordering, op: Op) -> bool {
    match op {
        Op::Eq => order.is_eq(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Ne | Op::Co | Op::Sw | Op::Ew => false,
    }
}

/// What a resource is sorted by: of several values the primary one or the first, without case. Those without a value come last when ascending.
pub fn sort_key(resource: &Value, path: &AttrPath) -> (bool, String) {
    let values = values(resource, path);
    let primary = values.iter().find(|value| get(value, "primary") == Some(&Value::Bool(true)));
    let value = primary.or(values.first()).map_or(&Value::Null, |value| *value);
    let value = if value.is_object() { get(value, "value").unwrap_or(&Value::Null) } else { value };
    match value {
        Value::String(text) if is_exact(&path.attr, path.sub.as_deref()) => (false, text.clone()),
        Value::String(text) => (false, fold(text)),
        Value::Bool(value) => (false, value.to_string()),
        _ => (true, String::new()),
    }
}
