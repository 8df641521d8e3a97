//! What customers see of an agent.

use super::{
    Agent, CardField, EmailAddress, FullName, JobTitle, Location, PhoneNumber, PictureKey, Place, Slug,
};
use crate::time::ZoneId;
use unicode_segmentation::UnicodeSegmentation;

/// An agent as one place shows it: what the agent hides there is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The name customers see.
    pub name: FullName,
    /// The email address.
    pub email: Option<EmailAddress>,
    /// The phone number.
    pub phone_number: Option<PhoneNumber>,
    /// The job title.
    pub job_title: Option<JobTitle>,
    /// The location; never an empty one.
    pub location: Option<Location>,
    /// The profile picture.
    pub picture: Option<PictureKey>,
    /// The slug of the profile URL.
    pub slug: Slug,
    /// The agent's time zone.
    pub time_zone: ZoneId,
    /// What stands where there is no picture.
    pub initials: String,
    /// The colour behind the initials: one of eight, 0 to 7, the same for ever.
    pub hue: u8,
}

impl Card {
    /// The card of an agent in one place.
    #[must_use]
    pub fn of(agent: &Agent, place: Place) -> Self {
        let shows = |field| agent.visibility.shows(field, place);
        let name = agent.visible_name().clone();
        Self {
            email: shows(CardField::Email).then(|| agent.email.clone()),
            phone_number: agent.phone_number.clone().filter(|_| shows(CardField::PhoneNumber)),
            job_title: agent.job_title.clone().filter(|_| shows(CardField::JobTitle)),
            location: (shows(CardField::Location) && !agent.location.is_empty())
                .then(|| agent.location.clone()),
            picture: agent.picture.clone().filter(|_| shows(CardField::Picture)),
            slug: agent.slug.clone(),
            time_zone: agent.time_zone.clone(),
            initials: initials(name.as_str()),
            hue: agent.hue(),
            name,
        }
    }
}

/// Two graphemes for a name: the first of its first and of its last word, or the first two of an only word, capital where
/// the script has capitals. Letters that would join to read as a word (Arabic) are kept apart by U+200C.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|word| first(word).is_some()).collect();
    let two: Vec<&str> = match words.as_slice() {
        [] => name.graphemes(true).take(2).collect(),
        [only] => graphemes(only).take(2).collect(),
        [start, .., end] => [first(start), first(end)].into_iter().flatten().collect(),
    };
    let capitals: Vec<String> = two.into_iter().map(capital).collect();
    let joining = capitals.iter().all(|letter| letter.starts_with(is_joining));
    capitals.join(if joining { "\u{200C}" } else { "" })
}

fn graphemes(word: &str) -> impl Iterator<Item = &str> {
    word.graphemes(true).filter(|grapheme| {
        grapheme.chars().next().is_some_and(|c| c.is_alphanumeric() || (!c.is_ascii() && !is_punctuation(c)))
    })
}

fn first(word: &str) -> Option<&str> {
    graphemes(word).next()
}

/// Marks, spaces and punctuation beyond ASCII that names carry around their letters.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{BF}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{206F}' | '\u{3000}'..='\u{303F}')
        || matches!(c, '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FF00}'..='\u{FF0F}')
}

/// The capital form, unless that would be two letters (`ß`).
fn capital(grapheme: &str) -> String {
    let upper = grapheme.to_uppercase();
    if upper.graphemes(true).count() == 1 { upper } else { grapheme.to_owned() }
}

/// Scripts whose neighbouring letters join: Arabic, Syriac, Thaana, N'Ko.
const fn is_joining(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{710}'..='\u{7FF}' | '\u{8A0}'..='\u{8C7}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_two_graphemes_in_any_script() {
        for (name, expected) in [
            ("Anna Bérg", "AB"),
            ("anna van den berg", "AB"),
            ("Anna", "AN"),
            ("X AE A-12", "XA"),
            ("O'Neill-Garcia 3rd", "O3"),
            ("(Bo) \"Ed\" Li", "BL"),
            ("élodie ångström", "ÉÅ"),
            ("e\u{301}lodie a\u{30A}ngstro\u{308}m", "E\u{301}A\u{30A}"),
            ("王小明", "王小"),
            ("김 민준", "김민"),
            ("محمد علي", "م\u{200C}ع"),
            ("नि क्षि", "निक्षि"),
            ("👩‍💻 Ada", "👩‍💻A"),
            ("🇳🇱🇧🇪", "🇳🇱🇧🇪"),
            ("ßen ŉam", "ßŉ"),
            ("!", "!"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
