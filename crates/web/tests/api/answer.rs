//! What a request was answered.

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// `pointer code` of each fault, in order of the pointers.
    pub fn faults(&self) -> Vec<String> {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        let text = |fault: &Value, name: &str| fault[name].as_str().unwrap().to_owned();
        let mut faults: Vec<_> = errors
            .iter()
            .map(|fault| format!("{} {}", text(fault, "pointer"), text(fault, "code")))
            .collect();
        faults.sort();
        faults
    }

    /// The value of the first field of this name on the page.
    #[track_caller]
    pub fn value(&self, field: &str) -> &str {
        let after = self
            .text
            .split_once(&format!("name=\"{field}\" value=\""))
            .unwrap_or_else(|| panic!("no {field}: {}", self.text))
            .1;
        after.split('"').next().unwrap()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}
