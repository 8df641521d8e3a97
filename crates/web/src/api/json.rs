//! Strict JSON (`security.md` C16): no key twice, nothing after the value, at most 32 levels.

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

/// Levels of arrays and objects (`security.md` P4).
const DEPTH: usize = 32;

/// Why a text is not taken as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed {
    /// `malformed_json`, `duplicate_key` or `too_deep`.
    pub code: &'static str,
    /// Line of the text, from 1.
    pub line: usize,
    /// Byte in the line, from 1.
    pub column: usize,
}

/// Reads one JSON value.
///
/// # Errors
/// [`Malformed`].
pub fn parse(bytes: &[u8]) -> Result<Value, Malformed> {
    let code = Cell::new("malformed_json");
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0, code: &code }.deserialize(&mut reader);
    value.and_then(|value| reader.end().map(|()| value)).map_err(|error| Malformed {
        code: code.get(),
        line: error.line(),
        column: error.column(),
    })
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    code: &'a Cell<&'static str>,
}

impl Strict<'_> {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH {
            self.code.set("too_deep");
            return Err(E::custom("too deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inside)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(inside)?;
            if object.insert(key, value).is_some() {
                self.code.set("duplicate_key");
                return Err(A::Error::custom("duplicate key"));
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(text: &str) -> &'static str {
        parse(text.as_bytes()).map_or_else(|malformed| malformed.code, |_| "fine")
    }

    #[test]
    fn sec_c16_what_is_not_plain_json_is_refused_with_its_place() {
        let text = r#"{"a": [1, -2, 2.5, "é\n", true, null], "b": {"a": 18446744073709551615}}"#;
        let expected = json!({"a": [1, -2, 2.5, "é\n", true, null], "b": {"a": u64::MAX}});
        assert_eq!(parse(text.as_bytes()), Ok(expected));
        let twice = parse(b"{\"a\": 1,\n \"a\": 2}").unwrap_err();
        assert_eq!((twice.code, twice.line), ("duplicate_key", 2));
        for text in [
            "",
            " ",
            "{",
            "{}x",
            "{} {}",
            "{'a': 1}",
            "{\"a\": 1,}",
            "[1,]",
            "NaN",
            "Infinity",
            "1e999",
            "01",
            "+1",
            "\u{FEFF}{}",
            "// note\n{}",
            "\"\u{1}\"",
            r#""\ud800""#,
            r#""\x41""#,
            "{\"a\"}",
            "nul",
        ] {
            assert_eq!(code(text), "malformed_json", "{text}");
        }
        assert_eq!(parse(b"\"\xff\"").map_err(|e| e.code), Err("malformed_json"));
    }

    #[test]
    fn sec_c16_thirty_two_levels_and_no_more() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(code(&nested(32)), "fine");
        assert_eq!(code(&nested(33)), "too_deep");
        assert_eq!(code(&nested(100_000)), "too_deep");
        assert_eq!(code(&"{\"a\":".repeat(33)), "too_deep");
    }
}
