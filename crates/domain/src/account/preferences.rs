//! How an agent likes the pages (`ux.md` G-12). Customers never inherit any of it.

use super::Problem;
use super::words::words;
use serde::{Deserialize, Serialize};

words!(
    /// The colours of the pages.
    Theme {
        /// As the device says.
        System = "system",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
);

words!(
    /// Whether hours are counted to 12 twice a day or to 24.
    HourCycle {
        /// 2:00 pm.
        H12 = "12",
        /// 14:00.
        H24 = "24",
    }
);

words!(
    /// The day that a week begins with. There are regions for each of them.
    FirstWeekday {
        /// ISO 8601.
        Monday = "monday",
        /// As in the United States.
        Sunday = "sunday",
        /// As in Egypt.
        Saturday = "saturday",
        /// As on the Maldives.
        Friday = "friday",
    }
);

/// A language by its code, `en` or `nl` (ISO 639): whether there are texts in it is not known here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// Reads a code: two or three small letters.
    ///
    /// # Errors
    /// [`Problem::NotAChoice`].
    pub fn parse(code: &str) -> Result<Self, Problem> {
        let fits = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
        if fits { Ok(Self(code.to_owned())) } else { Err(Problem::NotAChoice) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the agent has chosen. What is not chosen follows the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The language of the pages and of messages to the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How hours are written, in messages to the agent too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour_cycle: Option<HourCycle>,
    /// The first column of a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_weekday: Option<FirstWeekday>,
    /// The colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
}

impl Preferences {
    /// These, and where nothing was chosen what `others` say.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            language: self.language.or(others.language),
            hour_cycle: self.hour_cycle.or(others.hour_cycle),
            first_weekday: self.first_weekday.or(others.first_weekday),
            theme: self.theme.or(others.theme),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_reads_back_and_the_rest_stays_open() {
        let chosen = Preferences {
            language: Language::parse("nl").ok(),
            hour_cycle: Some(HourCycle::H12),
            first_weekday: Some(FirstWeekday::Sunday),
            theme: Some(Theme::Dark),
        };
        let text = serde_json::to_string(&chosen).unwrap();
        assert_eq!(text, r#"{"language":"nl","hour_cycle":"12","first_weekday":"sunday","theme":"dark"}"#);
        assert_eq!(serde_json::from_str::<Preferences>(&text).unwrap(), chosen);
        assert_eq!(serde_json::from_str::<Preferences>("{}").unwrap(), Preferences::default());
        assert_eq!(serde_json::to_string(&Preferences::default()).unwrap(), "{}");
        let browser = Preferences { theme: Some(Theme::Light), ..Preferences::default() };
        assert_eq!(chosen.clone().or(browser.clone()), chosen);
        assert_eq!(Preferences::default().or(browser.clone()), browser);
    }

    #[test]
    fn a_language_is_a_code_of_two_or_three_small_letters() {
        for code in ["en", "nl", "fil"] {
            assert_eq!(Language::parse(code).unwrap().as_str(), code);
        }
        for wrong in ["", "e", "EN", "en-GB", "engl", "é"] {
            assert_eq!(Language::parse(wrong), Err(Problem::NotAChoice), "{wrong:?}");
        }
    }
}
