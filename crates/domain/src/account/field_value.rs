//! What a profile field holds of one agent.

use super::Problem;
use super::field::{FieldKind, ProfileField};
use super::text::{Lines, required};
use jiff::civil::Date;
use serde_json::{Number, Value};
use url::Url;

/// The most characters of a text.
const TEXT: usize = 500;
/// The most characters of an address (security.md P4).
const ADDRESS: usize = 2_000;
/// The most digits of a number: so many come back from JSON as they went in.
const DIGITS: usize = 15;
/// The most of them behind the decimal mark.
const DECIMALS: usize = 6;

/// A value of the field's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// One line.
    Text(String),
    /// In digits, with `.` before the decimals: `-1234.5`.
    Number(String),
    /// With `https://` or `http://`.
    Url(String),
    /// A day.
    Date(Date),
    /// One of the choices.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
}

impl FieldValue {
    /// Reads what was typed into a form; `mark` is the decimal mark of the person's language.
    ///
    /// # Errors
    /// [`Problem::Empty`] for nothing typed; what is wrong with it.
    pub fn parse(field: &ProfileField, typed: &str, mark: char) -> Result<Self, Problem> {
        let text = |max| required(typed, Lines::One, max);
        Ok(match field.kind {
            FieldKind::Text => Self::Text(text(TEXT)?),
            FieldKind::Number => Self::Number(number(&text(TEXT)?, mark)?),
            FieldKind::Url => Self::Url(address(&text(ADDRESS)?)?),
            FieldKind::Date => Self::Date(date(&text(TEXT)?)?),
            FieldKind::Choice => {
                let choice = text(TEXT)?;
                if !field.draft.choices.contains(&choice) {
                    return Err(Problem::NotAChoice);
                }
                Self::Choice(choice)
            }
            FieldKind::YesNo => match text(TEXT)?.as_str() {
                "yes" => Self::YesNo(true),
                "no" => Self::YesNo(false),
                _ => return Err(Problem::NotAChoice),
            },
        })
    }

    /// Reads a value of JSON: a number for a number, `true` or `false` for yes or no, a text for all else.
    ///
    /// # Errors
    /// [`Problem::WrongType`]; those of [`Self::parse`].
    pub fn of_json(field: &ProfileField, value: &Value) -> Result<Self, Problem> {
        match (field.kind, value) {
            (FieldKind::YesNo, Value::Bool(answer)) => Ok(Self::YesNo(*answer)),
            (FieldKind::Number, Value::Number(given)) => {
                // Without an exponent, unlike the JSON.
                let text = match given.as_f64() {
                    Some(float) if given.is_f64() => float.to_string(),
                    _ => given.to_string(),
                };
                number(&text, '.').map(Self::Number)
            }
            (FieldKind::YesNo | FieldKind::Number, _) => Err(Problem::WrongType),
            (_, Value::String(text)) => Self::parse(field, text, '.'),
            _ => Err(Problem::WrongType),
        }
    }

    /// A value that was kept; none where it is no value of this kind.
    #[must_use]
    pub fn stored(kind: FieldKind, text: String) -> Option<Self> {
        Some(match kind {
            FieldKind::Text => Self::Text(text),
            FieldKind::Number => Self::Number(text),
            FieldKind::Url => Self::Url(text),
            FieldKind::Date => Self::Date(text.parse().ok()?),
            FieldKind::Choice => Self::Choice(text),
            FieldKind::YesNo => Self::YesNo(text.parse().ok()?),
        })
    }

    /// As it is kept.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Url(text) | Self::Choice(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::YesNo(answer) => answer.to_string(),
        }
    }

    /// As it comes back into a form.
    #[must_use]
    pub fn typed(&self, mark: char) -> String {
        match self {
            Self::Number(text) => text.replace('.', &mark.to_string()),
            Self::YesNo(answer) => (if *answer { "yes" } else { "no" }).to_owned(),
            other => other.to_text(),
        }
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::YesNo(answer) => Value::Bool(*answer),
            Self::Number(text) => match text.parse::<i64>() {
                Ok(whole) => Value::from(whole),
                Err(_) => text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
            },
            other => Value::String(other.to_text()),
        }
    }
}

/// Digits with one decimal mark at most. The other mark counts too, unless it could stand between thousands: `1.234` is
/// another number in every second country.
fn number(typed: &str, mark: char) -> Result<String, Problem> {
    let wrong = Problem::NumberFormat;
    let (sign, rest) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", typed),
    };
    let (whole, decimals) = match rest.split_once(['.', ',']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (rest, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !decimals.is_none_or(digits) {
        return Err(wrong);
    }
    let decimals = decimals.unwrap_or_default();
    let other_mark = if mark == ',' { '.' } else { ',' };
    let thousands = rest.contains(other_mark) && decimals.len() == 3 && !whole.starts_with('0');
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    if thousands || decimals.len() > DECIMALS || whole.len() + decimals.len() > DIGITS {
        return Err(wrong);
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if decimals.is_empty() { "" } else { "." };
    let sign = if whole == "0" && decimals.is_empty() { "" } else { sign };
    Ok(format!("{sign}{whole}{point}{decimals}"))
}

/// An address of the web, as browsers write it. What has no scheme gets `https://`.
fn address(typed: &str) -> Result<String, Problem> {
    let wrong = Problem::UrlFormat;
    let has_scheme = typed.contains("://");
    let url = if has_scheme { Url::parse(typed) } else { Url::parse(&format!("https://{typed}")) };
    let url = url.map_err(|_| wrong.clone())?;
    let host = url.host_str().unwrap_or_default();
    let is_web = matches!(url.scheme(), "https" | "http") && !host.is_empty();
    // `https://bank.example@evil.example` shows the one and leads to the other.
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !is_web || !is_plain || (!has_scheme && !host.contains('.')) || typed.contains(char::is_whitespace) {
        return Err(wrong);
    }
    let text = String::from(url);
    // What a browser leaves as it is in a query could end a quoted attribute of a reader that is careless.
    let text = text.replace('\'', "%27").replace('{', "%7B").replace('}', "%7D").replace('|', "%7C");
    if text.len() > ADDRESS { Err(Problem::TooLong { max: ADDRESS }) } else { Ok(text) }
}

/// `YYYY-MM-DD`; jiff alone would also take a date with a time behind it.
fn date(typed: &str) -> Result<Date, Problem> {
    let date = typed.parse().ok().filter(|date: &Date| date.to_string() == typed && date.year() > 0);
    date.ok_or(Problem::DateFormat)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::text::FieldLabel;
    use crate::account::{FieldDraft, FieldEditor, FieldKey, FieldPlaces};
    use serde_json::json;

    fn field(kind: FieldKind) -> ProfileField {
        ProfileField {
            key: FieldKey::parse("key").unwrap(),
            kind,
            draft: FieldDraft {
                label: FieldLabel::parse("Label").unwrap(),
                choices: vec!["North".into(), "South".into()],
                required: false,
                editor: FieldEditor::Agent,
                places: FieldPlaces::Both,
            },
            position: 1,
            version: 1,
        }
    }

    /// What is kept of what was typed in English, or the code of what is wrong.
    fn kept(kind: FieldKind, typed: &str) -> Result<String, &'static str> {
        let read = FieldValue::parse(&field(kind), typed, '.');
        read.map(|value| value.to_text()).map_err(|problem| problem.code())
    }

    #[test]
    fn every_kind_takes_its_own_and_says_what_is_wrong() {
        for (kind, typed, expected) in [
            (FieldKind::Text, " Dutch, English ", Ok("Dutch, English")),
            (FieldKind::Text, "  ", Err("empty")),
            (FieldKind::Text, "a\nb", Err("line_break")),
            (FieldKind::Number, "0012", Ok("12")),
            (FieldKind::Number, "-2.50", Ok("-2.5")),
            (FieldKind::Number, "2,5", Ok("2.5")),
            (FieldKind::Number, "-0.0", Ok("0")),
            (FieldKind::Number, "3.125", Ok("3.125")),
            (FieldKind::Number, "0,125", Ok("0.125")),
            (FieldKind::Number, "1,234", Err("number_format")),
            (FieldKind::Number, "1,234.5", Err("number_format")),
            (FieldKind::Number, "1e5", Err("number_format")),
            (FieldKind::Number, ".5", Err("number_format")),
            (FieldKind::Number, "5.", Err("number_format")),
            (FieldKind::Number, "NaN", Err("number_format")),
            (FieldKind::Number, "1234567890123456", Err("number_format")),
            (FieldKind::Number, "0.1234567", Err("number_format")),
            (FieldKind::Url, "example.com/a b", Err("url_format")),
            (FieldKind::Url, "Example.com/é?q=\"'", Ok("https://example.com/%C3%A9?q=%22%27")),
            (FieldKind::Url, "http://intranet/x", Ok("http://intranet/x")),
            (FieldKind::Url, "intranet", Err("url_format")),
            (FieldKind::Url, "javascript:alert(1)", Err("url_format")),
            (FieldKind::Url, "javascript://example.com/%0aalert(1)", Err("url_format")),
            (FieldKind::Url, "https://bank.example@evil.example/", Err("url_format")),
            (FieldKind::Url, "https://", Err("url_format")),
            (FieldKind::Date, "2026-11-23", Ok("2026-11-23")),
            (FieldKind::Date, "2026-02-30", Err("date_format")),
            (FieldKind::Date, "23-11-2026", Err("date_format")),
            (FieldKind::Date, "2026-11-23T10:00", Err("date_format")),
            (FieldKind::Date, "-000001-01-01", Err("date_format")),
            (FieldKind::Choice, "South", Ok("South")),
            (FieldKind::Choice, "south", Err("not_a_choice")),
            (FieldKind::YesNo, "yes", Ok("true")),
            (FieldKind::YesNo, "no", Ok("false")),
            (FieldKind::YesNo, "true", Err("not_a_choice")),
            (FieldKind::YesNo, "", Err("empty")),
        ] {
            assert_eq!(kept(kind, typed), expected.map(str::to_owned), "{kind} {typed:?}");
        }
        assert_eq!(kept(FieldKind::Text, &"x".repeat(501)), Err("too_long"));
        assert_eq!(kept(FieldKind::Url, &format!("https://a.example/{}", "é".repeat(600))), Err("too_long"));
    }

    #[test]
    fn a_number_is_read_and_shown_with_the_mark_of_its_reader() {
        let number = field(FieldKind::Number);
        let read = |typed: &str| FieldValue::parse(&number, typed, ',').map(|value| value.typed(','));
        assert_eq!(read("3,125"), Ok("3,125".to_owned()));
        assert_eq!(read("2.5"), Ok("2,5".to_owned()));
        assert_eq!(read("1.234"), Err(Problem::NumberFormat));
    }

    #[test]
    fn json_goes_in_and_comes_out_with_its_type() {
        for (kind, value) in [
            (FieldKind::Text, json!("Dutch")),
            (FieldKind::Number, json!(12)),
            (FieldKind::Number, json!(-0.25)),
            (FieldKind::Number, json!(123_456_789.123_456)),
            (FieldKind::Url, json!("https://example.com/")),
            (FieldKind::Date, json!("2026-11-23")),
            (FieldKind::Choice, json!("North")),
            (FieldKind::YesNo, json!(false)),
        ] {
            let read = FieldValue::of_json(&field(kind), &value).unwrap();
            assert_eq!(read.to_json(), value, "{kind}");
            assert_eq!(FieldValue::stored(kind, read.to_text()), Some(read));
        }
        for (kind, value, code) in [
            (FieldKind::Text, json!(5), "wrong_type"),
            (FieldKind::Number, json!("5"), "wrong_type"),
            (FieldKind::Number, json!(1e21), "number_format"),
            (FieldKind::Number, json!(1e-9), "number_format"),
            (FieldKind::Number, json!(u64::MAX), "number_format"),
            (FieldKind::YesNo, json!("yes"), "wrong_type"),
            (FieldKind::Date, json!([]), "wrong_type"),
            (FieldKind::Choice, json!("West"), "not_a_choice"),
            (FieldKind::Text, json!(""), "empty"),
        ] {
            let read = FieldValue::of_json(&field(kind), &value).map_err(|problem| problem.code());
            assert_eq!(read, Err(code), "{kind} {value}");
        }
        assert_eq!(FieldValue::stored(FieldKind::Date, "never".into()), None);
    }
}
