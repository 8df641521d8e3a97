//! Where an agent is: a free name, and an address of which every part is optional.

use super::text::text_type;
use super::{CountryCode, Problem, optional};
use serde::Serialize;

text_type!(
    /// One line of a location: its name, street, postcode, city or state.
    LocationName, One, 200
);

/// A part of a [`Location`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationField {
    /// "Head office", "By video", "Room 4.12".
    Name,
    /// Street and number.
    Street,
    /// Postcode.
    Postcode,
    /// City.
    City,
    /// State, province or region.
    State,
    /// Country: [`CountryCode`].
    Country,
}

impl LocationField {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Street, Self::Postcode, Self::City, Self::State, Self::Country];

    /// The name in the API and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Street => "street",
            Self::Postcode => "postcode",
            Self::City => "city",
            Self::State => "state",
            Self::Country => "country",
        }
    }
}

/// A location. The empty one (`Location::default()`) is that of an agent who has told none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Its name.
    pub name: Option<LocationName>,
    /// Street and number.
    pub street: Option<LocationName>,
    /// Postcode.
    pub postcode: Option<LocationName>,
    /// City.
    pub city: Option<LocationName>,
    /// State, province or region.
    pub state: Option<LocationName>,
    /// Country; it also says how the agent's national phone number is read.
    pub country: Option<CountryCode>,
}

impl Location {
    /// Reads all parts; `typed` gives what was typed into each, empty for nothing.
    ///
    /// # Errors
    /// Every part that is wrong, with its problem.
    pub fn parse<'a>(
        typed: impl Fn(LocationField) -> &'a str,
    ) -> Result<Self, Vec<(LocationField, Problem)>> {
        let mut location = Self::default();
        let mut problems = Vec::new();
        for field in LocationField::ALL {
            if let Err(problem) = location.set(field, typed(field)) {
                problems.push((field, problem));
            }
        }
        if problems.is_empty() { Ok(location) } else { Err(problems) }
    }

    /// A value that was checked before it was stored.
    #[must_use]
    pub fn stored(parts: impl IntoIterator<Item = (LocationField, String)>) -> Self {
        let mut location = Self::default();
        for (field, text) in parts {
            match location.text_mut(field) {
                Some(part) => *part = Some(LocationName::stored(text)),
                None => location.country = CountryCode::parse(&text).ok(),
            }
        }
        location
    }

    /// Sets one part from typed text; empty text removes it.
    ///
    /// # Errors
    /// The problem of the text; the part then keeps its value.
    pub fn set(&mut self, field: LocationField, typed: &str) -> Result<(), Problem> {
        match self.text_mut(field) {
            Some(part) => *part = optional(typed, LocationName::parse)?,
            None => self.country = optional(typed, CountryCode::parse)?,
        }
        Ok(())
    }

    /// A part that is free text: all but the country.
    fn text_mut(&mut self, field: LocationField) -> Option<&mut Option<LocationName>> {
        Some(match field {
            LocationField::Name => &mut self.name,
            LocationField::Street => &mut self.street,
            LocationField::Postcode => &mut self.postcode,
            LocationField::City => &mut self.city,
            LocationField::State => &mut self.state,
            LocationField::Country => return None,
        })
    }

    /// One part as text: the country as its code, an absent part as the empty text. `set` reads it back.
    #[must_use]
    pub fn part(&self, field: LocationField) -> &str {
        let part = match field {
            LocationField::Name => &self.name,
            LocationField::Street => &self.street,
            LocationField::Postcode => &self.postcode,
            LocationField::City => &self.city,
            LocationField::State => &self.state,
            LocationField::Country => return self.country.map_or("", CountryCode::as_str),
        };
        part.as_ref().map_or("", LocationName::as_str)
    }

    /// True when there is no part at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// All of it as lines of an address, the country by name: name, street, postcode with city and state, country.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let town: Vec<&str> = [&self.postcode, &self.city, &self.state]
            .into_iter()
            .flatten()
            .map(LocationName::as_str)
            .collect();
        [
            self.name.as_ref().map(ToString::to_string),
            self.street.as_ref().map(ToString::to_string),
            (!town.is_empty()).then(|| town.join(" ")),
            self.country.map(|country| country.name().to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: LocationField) -> &'static str {
        match field {
            LocationField::Name => " Head office ",
            LocationField::Street => "Stationsplein 1",
            LocationField::Postcode => "5611 AB",
            LocationField::City => "Eindhoven",
            LocationField::State => "",
            LocationField::Country => "nl",
        }
    }

    #[test]
    fn a_location_reads_back_part_by_part() {
        let location = Location::parse(typed).unwrap();
        assert_eq!(location.lines(), ["Head office", "Stationsplein 1", "5611 AB Eindhoven", "Netherlands"]);
        assert_eq!(Location::parse(|field| location.part(field)), Ok(location.clone()));
        let kept = LocationField::ALL.map(|field| (field, location.part(field).to_owned()));
        let kept = kept.into_iter().filter(|(_, text)| !text.is_empty());
        assert_eq!(Location::stored(kept), location);
        let json = serde_json::json!({
            "name": "Head office", "street": "Stationsplein 1", "postcode": "5611 AB",
            "city": "Eindhoven", "state": null, "country": "NL",
        });
        assert_eq!(serde_json::to_value(&location).unwrap(), json);
    }

    #[test]
    fn every_wrong_part_is_named_and_nothing_at_all_is_a_location_too() {
        let wrong = Location::parse(|field| match field {
            LocationField::City => "Eind\u{202E}hoven",
            LocationField::Country => "Atlantis",
            _ => "",
        });
        let problems = [
            (LocationField::City, Problem::ForbiddenCharacter),
            (LocationField::Country, Problem::CountryUnknown),
        ];
        assert_eq!(wrong, Err(problems.to_vec()));
        let nowhere = Location::parse(|_| "  ").unwrap();
        assert!(nowhere.is_empty());
        assert!(nowhere.lines().is_empty());
    }
}
