//! What the organisation's profile fields hold, in bodies and answers.

use super::fields::Fields;
use nameplate_app::fields::FieldChanges;
use nameplate_domain::account::{FieldValue, ProfileField};
use serde::Serialize;
use serde_json::Value;

/// `fields: {KEY: value}`; null takes a value away, absent ones stay. What there is not is told by its own pointer.
pub fn changes(fields: &mut Fields, defined: &[ProfileField]) -> FieldChanges {
    let mut changes = FieldChanges::new();
    let Some(mut nested) = fields.nested("fields") else { return changes };
    for field in defined {
        let key = field.key.as_str();
        if nested.take_null(key) {
            changes.insert(field.key.clone(), None);
        } else if let Some(value) = nested.take(key) {
            match FieldValue::of_json(field, &value) {
                Ok(value) => drop(changes.insert(field.key.clone(), Some(value))),
                Err(problem) => nested.problem(key, &problem),
            }
        }
    }
    fields.join(nested);
    changes
}

/// A field on the public card.
#[derive(Serialize)]
pub struct PublicField {
    key: String,
    label: String,
    r#type: &'static str,
    value: Value,
}

impl PublicField {
    /// What the booking page shows.
    pub fn of((field, value): &(ProfileField, FieldValue)) -> Self {
        Self {
            key: field.key.to_string(),
            label: field.draft.label.to_string(),
            r#type: field.kind.as_str(),
            value: value.to_json(),
        }
    }
}
