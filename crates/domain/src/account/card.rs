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
    use crate::account::{
        AgentStatus, CountryCode, LocationField, Notifications, Preferences, Role, Visibility,
    };
    use crate::ids::AgentId;
    use uuid::Uuid;

    fn agent() -> Agent {
        let mut location = Location::default();
        location.set(LocationField::Name, "Head office").unwrap();
        Agent {
            id: AgentId::new(Uuid::from_u128(0x0198_f2c4_0000_7000_8000_0000_0000_000d)),
            name: FullName::parse("Anna Bérg").unwrap(),
            display_name: None,
            email: EmailAddress::parse("anna@example.com").unwrap(),
            slug: Slug::parse("anna-berg").unwrap(),
            time_zone: ZoneId::stored("Europe/Amsterdam"),
            phone_number: Some(PhoneNumber::parse("0612345678", CountryCode::parse("NL").ok()).unwrap()),
            job_title: Some(JobTitle::parse("Adviser").unwrap()),
            location,
            picture: Some(PictureKey::parse(&"k".repeat(22)).unwrap()),
            visibility: Visibility::NOWHERE,
            preferences: Preferences::default(),
            notifications: Notifications::default(),
            role: Role::Agent,
            status: AgentStatus::Active,
            version: 1,
        }
    }

    /// Which fields a card has.
    fn shown(card: &Card) -> Vec<CardField> {
        [
            card.email.is_some().then_some(CardField::Email),
            card.phone_number.is_some().then_some(CardField::PhoneNumber),
            card.job_title.is_some().then_some(CardField::JobTitle),
            card.location.is_some().then_some(CardField::Location),
            card.picture.is_some().then_some(CardField::Picture),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    #[test]
    fn a_card_shows_what_the_agent_shows_there_and_nothing_else() {
        for place in Place::ALL {
            assert_eq!(shown(&Card::of(&agent(), place)), []);
            for field in CardField::ALL {
                let visibility = Visibility::NOWHERE.with(field, &[place]);
                let agent = Agent { visibility, ..agent() };
                for other in Place::ALL {
                    let expected = if other == place { vec![field] } else { Vec::new() };
                    assert_eq!(shown(&Card::of(&agent, other)), expected, "{field:?} {place:?} {other:?}");
                }
            }
        }
        let everything = Agent { visibility: Visibility::default(), ..agent() };
        assert_eq!(shown(&Card::of(&everything, Place::Messages)), CardField::ALL);
        let empty = Agent { location: Location::default(), ..everything };
        assert_eq!(Card::of(&empty, Place::Messages).location, None);
    }

    #[test]
    fn a_card_carries_the_name_customers_see_and_a_colour_that_stays() {
        let card = Card::of(&agent(), Place::BookingPage);
        assert_eq!((card.name.as_str(), card.initials.as_str(), card.hue), ("Anna Bérg", "AB", 5));
        let display_name = Some(FullName::parse("Dr. Bérg").unwrap());
        let card = Card::of(&Agent { display_name, ..agent() }, Place::BookingPage);
        assert_eq!((card.name.as_str(), card.initials.as_str(), card.hue), ("Dr. Bérg", "DB", 5));
        assert_eq!((card.slug.as_str(), card.time_zone.as_str()), ("anna-berg", "Europe/Amsterdam"));
    }

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
