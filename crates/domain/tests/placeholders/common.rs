//! What all of these tests need.

use jiff::Timestamp;
use nameplate_domain::placeholder::{
    Clock, ErrorCode, Path, Sink, Template, TemplateError, TimePart, Value, Values, Whose, Width,
};

/// Prints what it was asked for.
pub struct Readings;

impl Clock for Readings {
    fn instant(&self, at: Timestamp, part: TimePart, width: Width, whose: &Whose) -> String {
        format!("{part:?} {at} {width:?} {}", self::whose(whose))
    }

    fn range(&self, start: Timestamp, end: Timestamp, width: Width, whose: &Whose) -> String {
        let second = if width == Width::Full && *whose == Whose::Recipient { "\nand yours" } else { "" };
        format!("{start} - {end} {width:?} {}{second}", self::whose(whose))
    }
}

fn whose(whose: &Whose) -> String {
    match whose {
        Whose::Zone(zone) => zone.to_string(),
        other => format!("{other:?}"),
    }
}

pub fn values(texts: &[(Path, &str)]) -> Values {
    let mut values = Values::default();
    for (path, text) in texts {
        values.set_text(*path, *text);
    }
    values
}

pub fn print(source: &str, sink: Sink, values: &Values) -> String {
    Template::parse(source, sink)
        .unwrap_or_else(|errors| panic!("{source}: {errors:?}"))
        .render(values, &Readings)
}

pub fn render(source: &str, sink: Sink, texts: &[(Path, &str)]) -> String {
    print(source, sink, &values(texts))
}

pub fn errors(source: &str, sink: Sink) -> Vec<TemplateError> {
    Template::parse(source, sink).unwrap_err()
}

pub fn codes(source: &str, sink: Sink) -> Vec<ErrorCode> {
    Template::parse(source, sink).err().into_iter().flatten().map(|error| error.code).collect()
}

pub fn with(path: Path, value: Value) -> Values {
    let mut values = Values::default();
    values.set(path, value);
    values
}
