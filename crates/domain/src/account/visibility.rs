//! Which fields of an account customers see, and where (A-08).

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// A field whose exposure is the agent's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardField {
    /// The email address.
    Email,
    /// The phone number.
    PhoneNumber,
    /// The job title.
    JobTitle,
    /// The location, name and address.
    Location,
    /// The profile picture.
    Picture,
}

impl CardField {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Email, Self::PhoneNumber, Self::JobTitle, Self::Location, Self::Picture];

    /// The name in the API and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::JobTitle => "job_title",
            Self::Location => "location",
            Self::Picture => "picture",
        }
    }
}

/// Where a field can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The profile URL, the booking form and the public card.
    BookingPage,
    /// Email, SMS and calendar files.
    Messages,
}

impl Place {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::BookingPage, Self::Messages];

    /// The name in the API and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BookingPage => "booking_page",
            Self::Messages => "messages",
        }
    }
}

/// The places of every field. In JSON: `{"email": ["messages"], "picture": ["booking_page", "messages"], …}`, where a
/// missing field is shown nowhere and an unknown one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Visibility(u16);

impl Visibility {
    /// Nothing is shown anywhere.
    pub const NOWHERE: Self = Self(0);

    const fn bit(field: CardField, place: Place) -> u16 {
        1 << (2 * field as u16 + place as u16)
    }

    /// True when customers see the field in that place.
    #[must_use]
    pub const fn shows(self, field: CardField, place: Place) -> bool {
        self.0 & Self::bit(field, place) != 0
    }

    /// The same, with exactly these places for one field.
    #[must_use]
    pub fn with(self, field: CardField, places: &[Place]) -> Self {
        let cleared = Place::ALL.iter().fold(self.0, |bits, place| bits & !Self::bit(field, *place));
        Self(places.iter().fold(cleared, |bits, place| bits | Self::bit(field, *place)))
    }

    /// The places of one field.
    #[must_use]
    pub fn places(self, field: CardField) -> Vec<Place> {
        Place::ALL.into_iter().filter(|place| self.shows(field, *place)).collect()
    }
}

impl Default for Visibility {
    /// product.md: email and phone number in messages; job title, location and picture in both.
    fn default() -> Self {
        CardField::ALL.into_iter().fold(Self::NOWHERE, |visibility, field| match field {
            CardField::Email | CardField::PhoneNumber => visibility.with(field, &[Place::Messages]),
            CardField::JobTitle | CardField::Location | CardField::Picture => {
                visibility.with(field, &Place::ALL)
            }
        })
    }
}

impl Serialize for Visibility {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(CardField::ALL.into_iter().map(|field| (field, self.places(field))))
    }
}

impl<'de> Deserialize<'de> for Visibility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = BTreeMap::<CardField, Vec<Place>>::deserialize(deserializer)?;
        Ok(fields.iter().fold(Self::NOWHERE, |visibility, (field, places)| visibility.with(*field, places)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_and_its_json() {
        let json = serde_json::to_value(Visibility::default()).unwrap();
        let expected = serde_json::json!({
            "email": ["messages"],
            "phone_number": ["messages"],
            "job_title": ["booking_page", "messages"],
            "location": ["booking_page", "messages"],
            "picture": ["booking_page", "messages"],
        });
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_value::<Visibility>(json).unwrap(), Visibility::default());
        assert!(serde_json::from_str::<Visibility>(r#"{"role": []}"#).is_err());
        assert!(serde_json::from_str::<Visibility>(r#"{"email": ["everywhere"]}"#).is_err());
    }

    #[test]
    fn one_field_changes_alone() {
        for field in CardField::ALL {
            let changed = Visibility::default().with(field, &[Place::BookingPage]);
            assert_eq!(changed.places(field), [Place::BookingPage]);
            for other in CardField::ALL.into_iter().filter(|other| *other != field) {
                assert_eq!(changed.places(other), Visibility::default().places(other));
            }
        }
    }
}
