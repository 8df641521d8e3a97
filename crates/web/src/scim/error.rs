//! Errors in the form of RFC 7644 section 3.12.

use crate::api::problem::{ApiError, Fault, Inner};
use axum::http::StatusCode;
use nameplate_i18n::Texts;
use serde_json::{Value, json};

/// The schema of an error.
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// The media type of everything here (RFC 7644 section 8.1).
pub const MEDIA_TYPE: &str = "application/scim+json";

/// Whether a path is one of SCIM.
#[must_use]
pub fn is_scim(path: &str) -> bool {
    path.strip_prefix("/scim").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A request that cannot be taken; what is wrong is told by the code.
pub fn refused(code: &'static str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, code)
}

/// An attribute that holds what it cannot hold.
pub fn wrong(attribute: &str, code: &'static str) -> ApiError {
    ApiError::invalid(vec![Fault::new(format!("/{attribute}"), code)])
}

/// The document of an error, from where a layer answers too.
#[must_use]
pub fn document(status: StatusCode, kind: Option<&str>, detail: &str) -> Value {
    match kind {
        Some(kind) => {
            json!({ "schemas": [ERROR], "status": status.as_str(), "scimType": kind, "detail": detail })
        }
        None => json!({ "schemas": [ERROR], "status": status.as_str(), "detail": detail }),
    }
}

/// An error of a call, in the words of SCIM.
pub fn written(inner: &Inner, texts: Texts) -> (StatusCode, Value) {
    let (status, kind) = kind(inner);
    let detail = if inner.faults.is_empty() {
        inner.sentence(texts)
    } else {
        let told = |fault: &Fault| format!("{}: {}", attribute(&fault.pointer), fault.message(texts));
        inner.faults.iter().map(told).collect::<Vec<_>>().join(" ")
    };
    (status, document(status, kind, &detail))
}

/// Status and `scimType` (RFC 7644 table 9).
fn kind(inner: &Inner) -> (StatusCode, Option<&'static str>) {
    let taken = |fault: &Fault| matches!(fault.code, "email_taken" | "external_id_taken");
    let fixed = |fault: &Fault| matches!(fault.code, "scim_required" | "scim_immutable" | "scim_read_only");
    let kind = match inner.code {
        "validation_failed" if inner.faults.iter().any(taken) => {
            return (StatusCode::CONFLICT, Some("uniqueness"));
        }
        "validation_failed" if inner.faults.iter().any(fixed) => {
            return (StatusCode::BAD_REQUEST, Some("mutability"));
        }
        "validation_failed" => return (StatusCode::BAD_REQUEST, Some("invalidValue")),
        "malformed_json" | "duplicate_key" | "too_deep" | "scim_patch_format" | "scim_not_an_object" => {
            "invalidSyntax"
        }
        "scim_invalid_filter" => "invalidFilter",
        "scim_invalid_path" => "invalidPath",
        "scim_no_target" => "noTarget",
        "scim_too_many" => "tooMany",
        "malformed_query" | "duplicate_parameter" | "scim_invalid_parameter" => "invalidValue",
        _ => return (inner.status, None),
    };
    (inner.status, Some(kind))
}

/// The attribute that a use case calls otherwise.
fn attribute(pointer: &str) -> &str {
    match pointer.trim_start_matches('/') {
        "email" => "userName",
        "display_name" => "displayName",
        "time_zone" => "timezone",
        "job_title" => "title",
        "phone_number" => "phoneNumbers",
        "external_ids" | "external_ids/scim" => "externalId",
        other => other,
    }
}
