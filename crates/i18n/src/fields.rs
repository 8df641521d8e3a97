//! What profile fields hold, as people read it.

use crate::time::full_date;
use crate::{Locale, Texts};
use nameplate_domain::account::FieldValue;

impl Locale {
    /// What stands before the decimals of a number.
    #[must_use]
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::En => '.',
            Self::Nl => ',',
        }
    }
}

/// `Wednesday 23 November 2026`, `2.5`, `Yes`: a value in words of a language.
#[must_use]
pub fn field_value(locale: Locale, value: &FieldValue) -> String {
    match value {
        FieldValue::Date(date) => full_date(locale, *date),
        FieldValue::YesNo(answer) => yes_no(locale, *answer),
        other => other.typed(locale.decimal_mark()),
    }
}

/// `Yes` or `No`.
#[must_use]
pub fn yes_no(locale: Locale, answer: bool) -> String {
    Texts::of(locale).text(if answer { "fields-yes" } else { "fields-no" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_in_the_language() {
        let date = FieldValue::Date("2026-11-23".parse().unwrap());
        for (value, english, dutch) in [
            (date, "Monday 23 November 2026", "maandag 23 november 2026"),
            (FieldValue::Number("-2.5".into()), "-2.5", "-2,5"),
            (FieldValue::YesNo(true), "Yes", "Ja"),
            (FieldValue::YesNo(false), "No", "Nee"),
            (FieldValue::Text("1.5, a".into()), "1.5, a", "1.5, a"),
        ] {
            assert_eq!(field_value(Locale::En, &value), english);
            assert_eq!(field_value(Locale::Nl, &value), dutch);
        }
    }
}
