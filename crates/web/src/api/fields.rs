//! Reads an object field by field and remembers everything that is wrong, so that one answer names it all.

use super::problem::{ApiError, Fault};
use nameplate_domain::account::Problem;
use serde_json::{Map, Value};

/// A key as RFC 6901 section 3 writes it.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// An object of a body. Fields are taken out; what is left at the end is unknown.
pub struct Fields {
    object: Map<String, Value>,
    pointer: String,
    faults: Vec<Fault>,
}

impl Fields {
    /// The body itself.
    pub fn root(value: Value) -> Self {
        Self::at(value, String::new())
    }

    fn at(value: Value, pointer: String) -> Self {
        match value {
            Value::Object(object) => Self { object, pointer, faults: Vec::new() },
            _ => {
                Self { object: Map::new(), faults: vec![Fault::new(pointer.clone(), "wrong_type")], pointer }
            }
        }
    }

    fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escaped(name))
    }

    /// Remembers that a field is wrong.
    pub fn fault(&mut self, name: &str, code: &'static str) {
        self.faults.push(Fault::new(self.pointer(name), code));
    }

    /// Remembers that a part of a field is wrong.
    pub fn fault_in(&mut self, name: &str, part: &str, code: &'static str) {
        self.faults.push(Fault::new(format!("{}/{}", self.pointer(name), escaped(part)), code));
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.object.is_empty()
    }

    /// Whether a field is there.
    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    /// The names of all fields that are left.
    pub fn names(&self) -> Vec<String> {
        self.object.keys().cloned().collect()
    }

    /// Remembers what is wrong with a field.
    pub fn problem(&mut self, name: &str, problem: &Problem) {
        self.faults.push(Fault::of(self.pointer(name), problem));
    }

    fn keep<T>(&mut self, name: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.problem(name, &problem)).ok()
    }

    /// Takes a field out as it is.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.object.remove(name)
    }

    /// Takes a field out if it is null.
    pub fn take_null(&mut self, name: &str) -> bool {
        let is_null = self.object.get(name).is_some_and(Value::is_null);
        if is_null {
            self.take(name);
        }
        is_null
    }

    /// A text that may be absent but not null.
    pub fn given<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        if let Value::String(text) = self.take(name)? {
            return self.keep(name, parse(&text));
        }
        self.fault(name, "wrong_type");
        None
    }

    /// A text that must be there.
    pub fn required<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        if !self.object.contains_key(name) {
            self.fault(name, "missing");
        }
        self.given(name, parse)
    }

    /// A list of texts that may be absent but not null; of one that is too long none is read.
    pub fn texts<T>(
        &mut self,
        name: &str,
        (max, too_many): (usize, &Problem),
        mut parse: impl FnMut(&str) -> Result<T, Problem>,
    ) -> Option<Vec<T>> {
        let Value::Array(values) = self.take(name)? else {
            self.fault(name, "wrong_type");
            return None;
        };
        let pointer = self.pointer(name);
        if values.len() > max {
            self.faults.push(Fault::of(format!("{pointer}/{max}"), too_many));
            return None;
        }
        let mut found = Vec::new();
        for (n, value) in values.iter().enumerate() {
            match value.as_str().ok_or(Problem::WrongType).and_then(&mut parse) {
                Ok(value) => found.push(value),
                Err(problem) => self.faults.push(Fault::of(format!("{pointer}/{n}"), &problem)),
            }
        }
        Some(found)
    }

    /// A text that null or nothing typed removes: the inner `None`. The outer one is an absent field.
    #[expect(clippy::option_option, reason = "a merge patch tells absent, null and a value apart")]
    pub fn removable<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        if self.take_null(name) {
            return Some(None);
        }
        self.given(name, |text| nameplate_domain::account::optional(text, parse))
    }

    /// True or false, which may be absent but not null.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.take(name)?;
        if !value.is_boolean() {
            self.fault(name, "wrong_type");
        }
        value.as_bool()
    }

    /// A whole number; one that is negative or does not fit comes back as the largest, which no field allows.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        match self.take(name)? {
            Value::Number(number) if number.is_f64() => {
                self.problem(name, &Problem::NotANumber);
                None
            }
            Value::Number(number) => {
                Some(number.as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(u32::MAX))
            }
            _ => {
                self.fault(name, "wrong_type");
                None
            }
        }
    }

    /// A whole number that null removes.
    #[expect(clippy::option_option, reason = "a merge patch tells absent, null and a value apart")]
    pub fn removable_number(&mut self, name: &str) -> Option<Option<u32>> {
        if self.take_null(name) {
            return Some(None);
        }
        self.number(name).map(Some)
    }

    /// An object in a field; give it back with [`Self::join`].
    pub fn nested(&mut self, name: &str) -> Option<Self> {
        let pointer = self.pointer(name);
        self.take(name).map(|value| Self::at(value, pointer))
    }

    /// Takes over what is wrong with a nested object.
    pub fn join(&mut self, nested: Self) {
        self.faults.extend(nested.into_faults());
    }

    fn into_faults(mut self) -> Vec<Fault> {
        let unknown: Vec<String> = self.object.keys().cloned().collect();
        for name in unknown {
            self.fault(&name, "unknown_field");
        }
        self.faults
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Everything that is wrong, unknown fields too.
    pub fn finish(self) -> Result<(), ApiError> {
        let faults = self.into_faults();
        if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
    }
}
