//! JSON inside a page.

use askama::Template;
use askama::filters::HtmlSafe;
use serde_json::Value;

/// JSON that stands inside `<script>` as it is: what could end the element or begin another is written as an escape.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(ext = "txt", source = "{{ json }}")]
pub struct LinkedData {
    json: String,
}

impl LinkedData {
    /// Prints a value.
    #[must_use]
    pub fn print(value: &Value) -> Self {
        let mut json = String::new();
        for c in value.to_string().chars() {
            match c {
                '<' => json.push_str("\\u003c"),
                '>' => json.push_str("\\u003e"),
                '&' => json.push_str("\\u0026"),
                c => json.push(c),
            }
        }
        Self { json }
    }
}

impl HtmlSafe for LinkedData {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_in_a_value_ends_the_block() {
        let hostile =
            json!({"name": "</script><script>alert(1)</script><!-- & \u{2028} \"q\" \\ \n 🙂 محمد"});
        let printed = LinkedData::print(&hostile).to_string();
        assert!(!printed.contains(['<', '>', '&']), "{printed}");
        assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), hostile);
    }
}
