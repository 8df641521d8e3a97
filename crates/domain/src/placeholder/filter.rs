//! What may follow a path behind `|`.

use super::clock::{TimePart, Whose, Width};
use super::error::Fault;
use super::{ErrorCode, Kind};
use crate::time::Tzdb;
use unicode_segmentation::UnicodeSegmentation;

/// The most that `truncate` takes: what is longer is cut by nothing.
const LONGEST: i64 = 20_000;

/// The names, for suggestions and the documentation.
pub const FILTERS: &[&str] = &[
    "default",
    "date",
    "time",
    "datetime",
    "range",
    "in_zone",
    "upper",
    "lower",
    "title",
    "first_name",
    "truncate",
    "nl2br",
    "phone",
];

/// What stands between the parentheses of a filter.
#[derive(Debug, Clone)]
pub(super) enum Argument {
    Text(String),
    Number(i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    /// Stands in for every empty value.
    Default(String),
    Time(TimePart, Option<Width>),
    Range(Option<Width>),
    InZone(Whose),
    Words(Words),
    /// HTML: newlines become `<br>`; elsewhere they stay.
    LineBreaks,
    Phone(PhoneForm),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhoneForm {
    National,
    International,
    E164,
}

/// Filters from text to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Upper,
    Lower,
    Title,
    FirstName,
    Truncate(usize),
}

impl Filter {
    /// The filter of this name for a value of this kind, and the kind behind it.
    pub(super) fn new(name: &str, argument: Option<&Argument>, kind: Kind) -> Result<(Self, Kind), Fault> {
        if !FILTERS.contains(&name) {
            return Err(Fault::near(ErrorCode::UnknownFilter, name, FILTERS));
        }
        if !fits(name, kind) {
            return Err(ErrorCode::WrongType.into());
        }
        let text = match argument {
            Some(Argument::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let words = |words| (Self::Words(words), if kind == Kind::Lines { Kind::Lines } else { Kind::Text });
        Ok(match (name, argument, text) {
            ("default", _, Some(text)) => (Self::Default(text.to_owned()), kind),
            ("date", ..) => (Self::Time(TimePart::Date, width(argument)?), Kind::Text),
            ("time", ..) => (Self::Time(TimePart::Time, width(argument)?), Kind::Text),
            ("datetime", ..) => (Self::Time(TimePart::DateTime, width(argument)?), Kind::Text),
            ("range", ..) => (Self::Range(width(argument)?), Kind::Lines),
            ("in_zone", _, Some(zone)) => (Self::InZone(whose(zone)?), kind),
            ("upper", None, _) => words(Words::Upper),
            ("lower", None, _) => words(Words::Lower),
            ("title", None, _) => words(Words::Title),
            ("first_name", None, _) => words(Words::FirstName),
            ("truncate", Some(Argument::Number(most @ 1..=LONGEST)), _) => {
                words(Words::Truncate(usize::try_from(*most).unwrap_or_default()))
            }
            ("nl2br", None, _) => (Self::LineBreaks, kind),
            ("phone", _, Some(form)) => (Self::Phone(phone_form(form)?), kind),
            _ => return Err(ErrorCode::BadArgument.into()),
        })
    }
}

fn fits(filter: &str, kind: Kind) -> bool {
    match filter {
        "date" => matches!(kind, Kind::Time | Kind::Date),
        "time" | "datetime" => kind == Kind::Time,
        "range" => kind == Kind::Range,
        "in_zone" => matches!(kind, Kind::Time | Kind::Range),
        "phone" => kind == Kind::Phone,
        "upper" | "lower" | "title" | "first_name" | "truncate" => {
            matches!(kind, Kind::Text | Kind::Lines | Kind::Zone | Kind::Word)
        }
        _ => true,
    }
}

fn width(argument: Option<&Argument>) -> Result<Option<Width>, Fault> {
    match argument {
        None => Ok(None),
        Some(Argument::Text(text)) if text == "full" => Ok(Some(Width::Full)),
        Some(Argument::Text(text)) if text == "short" => Ok(Some(Width::Short)),
        Some(Argument::Text(text)) => Err(Fault::near(ErrorCode::BadArgument, text, &["full", "short"])),
        Some(Argument::Number(_)) => Err(ErrorCode::BadArgument.into()),
    }
}

fn whose(zone: &str) -> Result<Whose, Fault> {
    match zone {
        "agent" => Ok(Whose::Agent),
        "customer" => Ok(Whose::Customer),
        _ => Tzdb::bundled().normalise(zone).map(Whose::Zone).map_err(|unknown| Fault {
            code: ErrorCode::BadArgument,
            suggestion: unknown.nearest.into_iter().next(),
        }),
    }
}

fn phone_form(form: &str) -> Result<PhoneForm, Fault> {
    match form {
        "national" => Ok(PhoneForm::National),
        "international" => Ok(PhoneForm::International),
        "e164" => Ok(PhoneForm::E164),
        _ => Err(Fault::near(ErrorCode::BadArgument, form, &["national", "international", "e164"])),
    }
}

impl Words {
    pub(super) fn apply(self, text: &str) -> String {
        match self {
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Title => title(text),
            Self::FirstName => text.split_whitespace().next().unwrap_or(text).to_owned(),
            Self::Truncate(most) => text.graphemes(true).take(most).collect(),
        }
    }
}

/// A capital at the start of each word, small letters behind it. As in Jinja, white space, hyphens and opening brackets
/// stand between words; an apostrophe does not.
fn title(text: &str) -> String {
    let mut titled = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| matches!(c, '-' | '(' | '{' | '[' | '<') || c.is_whitespace())
    {
        let mut letters = word.chars();
        titled.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        titled.push_str(&letters.as_str().to_lowercase());
    }
    titled
}
