//! Profile fields: what an organisation asks of its agents beyond what every account has.

use super::text::{FieldLabel, Lines, clean};
use super::words::words;
use super::{Place, Problem};
use std::fmt;

/// The most characters of a choice.
const CHOICE: usize = 100;
/// The most choices of a field.
const CHOICES: usize = 50;

/// The name of a field for programs and placeholders: `[a-z][a-z0-9_]{0,39}`. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldKey(String);

impl FieldKey {
    /// The most characters.
    pub const MAX: usize = 40;

    /// Reads a typed key.
    ///
    /// # Errors
    /// [`Problem::Empty`]; [`Problem::TooLong`]; [`Problem::KeyFormat`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let key = typed.trim();
        if key.is_empty() {
            return Err(Problem::Empty);
        }
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !key.starts_with(|c: char| c.is_ascii_lowercase()) || !key.chars().all(fits) {
            return Err(Problem::KeyFormat);
        }
        if key.len() > Self::MAX {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        Ok(Self(key.to_owned()))
    }

    /// A key that `parse` accepted earlier.
    #[must_use]
    pub fn stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

words!(
    /// What a field holds. It never changes.
    FieldKind {
        /// One line.
        Text = "text",
        /// A number, whole or not.
        Number = "number",
        /// An address of the web.
        Url = "url",
        /// A day of the calendar.
        Date = "date",
        /// One of the field's choices.
        Choice = "choice",
        /// Yes or no.
        YesNo = "yes_no",
    }
);

words!(
    /// Who fills a field in.
    FieldEditor {
        /// The agent, in My Account; admins can too.
        Agent = "agent",
        /// Admins alone.
        Admins = "admins",
    }
);

words!(
    /// Where customers see a field.
    FieldPlaces {
        /// On the booking page and in messages.
        Both = "both",
        /// On the booking page.
        BookingPage = "booking_page",
        /// In messages.
        Messages = "messages",
        /// Nowhere.
        Nobody = "nobody",
    }
);

impl FieldPlaces {
    /// Whether customers see it there.
    #[must_use]
    pub fn shows(self, place: Place) -> bool {
        match self {
            Self::Both => true,
            Self::BookingPage => place == Place::BookingPage,
            Self::Messages => place == Place::Messages,
            Self::Nobody => false,
        }
    }
}

/// What an admin says of a field and may change later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDraft {
    /// What people read.
    pub label: FieldLabel,
    /// What can be chosen, where the field is a choice.
    pub choices: Vec<String>,
    /// Whether it must not be emptied.
    pub required: bool,
    /// Who fills it in.
    pub editor: FieldEditor,
    /// Where customers see it.
    pub places: FieldPlaces,
}

/// A field of every agent's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileField {
    /// Its name for programs.
    pub key: FieldKey,
    /// What it holds.
    pub kind: FieldKind,
    /// All else.
    pub draft: FieldDraft,
    /// Its place among the others, from the lowest.
    pub position: i64,
    /// Rises with every change.
    pub version: i64,
}

impl ProfileField {
    /// Whether its agent may fill it in.
    #[must_use]
    pub fn is_agents(&self) -> bool {
        self.draft.editor == FieldEditor::Agent
    }
}

/// The choices of a field, one in each line.
///
/// # Errors
/// [`Problem::Empty`] where there is none; [`Problem::TooManyLines`]; [`Problem::Repeated`]; those of a text.
pub fn choices(typed: &str) -> Result<Vec<String>, Problem> {
    let lines = typed.lines().map(|line| clean(line, Lines::One, CHOICE));
    let mut choices: Vec<String> = Vec::new();
    for choice in lines {
        let choice = choice?;
        if choice.is_empty() {
            continue;
        }
        if choices.contains(&choice) {
            return Err(Problem::Repeated { value: choice });
        }
        if choices.len() == CHOICES {
            return Err(Problem::TooManyLines { max: CHOICES });
        }
        choices.push(choice);
    }
    if choices.is_empty() { Err(Problem::Empty) } else { Ok(choices) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_plain_word() {
        for good in ["a", "languages", "office_2", &"k".repeat(40)] {
            assert_eq!(FieldKey::parse(&format!(" {good} ")).map(|key| key.to_string()), Ok(good.to_owned()));
        }
        for (typed, problem) in [
            ("", Problem::Empty),
            ("2nd", Problem::KeyFormat),
            ("_a", Problem::KeyFormat),
            ("Office", Problem::KeyFormat),
            ("a-b", Problem::KeyFormat),
            ("a.b", Problem::KeyFormat),
            ("é", Problem::KeyFormat),
            (&"k".repeat(41), Problem::TooLong { max: 40 }),
        ] {
            assert_eq!(FieldKey::parse(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn choices_stand_one_in_each_line_and_once() {
        assert_eq!(choices(" North\r\n\r\nSouth \n"), Ok(vec!["North".to_owned(), "South".to_owned()]));
        assert_eq!(choices(" \n"), Err(Problem::Empty));
        assert_eq!(choices("a\nb\na"), Err(Problem::Repeated { value: "a".into() }));
        assert_eq!(choices(&"x".repeat(101)), Err(Problem::TooLong { max: 100 }));
        let many = |n: u32| (0..n).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        assert_eq!(choices(&many(50)).map(|all| all.len()), Ok(50));
        assert_eq!(choices(&many(51)), Err(Problem::TooManyLines { max: 50 }));
    }

    #[test]
    fn places_show_where_they_say() {
        let shown = FieldPlaces::ALL.iter().map(|one| Place::ALL.map(|place| one.shows(place)));
        let expected = [[true, true], [true, false], [false, true], [false, false]];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }
}
