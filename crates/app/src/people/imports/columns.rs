//! What a column of a file is.

use nameplate_domain::account::{FieldKey, LocationField, ProfileField};
use nameplate_domain::time::fold;
use nameplate_i18n::{Locale, Texts};
use std::collections::HashMap;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Full name.
    Name,
    /// The name that customers see.
    DisplayName,
    /// The address, by which a row finds its account.
    Email,
    /// What they may do.
    Role,
    /// The end of the profile URL.
    Slug,
    /// Time zone.
    TimeZone,
    /// Phone number.
    PhoneNumber,
    /// Job title.
    JobTitle,
    /// A part of the location.
    Location(LocationField),
    /// What a profile field holds.
    Field(FieldKey),
    /// The id in another system.
    ExternalId(FieldKey),
}

/// Those that every account has, in the order in which they are given out: the name in files and the message with what people call it.
const PLAIN: [(&str, &str, Column); 14] = [
    ("name", "field-full-name", Column::Name),
    ("display_name", "field-display-name", Column::DisplayName),
    ("email", "field-email", Column::Email),
    ("role", "people-role", Column::Role),
    ("slug", "person-profile", Column::Slug),
    ("time_zone", "field-time-zone", Column::TimeZone),
    ("phone_number", "field-phone-number", Column::PhoneNumber),
    ("job_title", "field-job-title", Column::JobTitle),
    ("location.name", "field-location-name", Column::Location(LocationField::Name)),
    ("location.street", "field-street", Column::Location(LocationField::Street)),
    ("location.postcode", "field-postcode", Column::Location(LocationField::Postcode)),
    ("location.city", "field-city", Column::Location(LocationField::City)),
    ("location.state", "field-state", Column::Location(LocationField::State)),
    ("location.country", "field-country", Column::Location(LocationField::Country)),
];

impl Column {
    /// The name in files, which is the path in the API.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Field(key) => format!("fields.{key}"),
            Self::ExternalId(system) => format!("external_ids.{system}"),
            plain => PLAIN.iter().find(|(_, _, one)| one == plain).map_or("", |(word, _, _)| word).to_owned(),
        }
    }

    /// The column of a name; none for what no column is called.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let key = |text: &str| FieldKey::parse(text).ok().filter(|key| key.as_str() == text);
        if let Some(text) = word.strip_prefix("fields.") {
            return key(text).map(Self::Field);
        }
        if let Some(text) = word.strip_prefix("external_ids.") {
            return key(text).map(Self::ExternalId);
        }
        PLAIN.iter().find(|(name, _, _)| *name == word).map(|(_, _, column)| column.clone())
    }

    /// The message with what people call it; none for what the organisation has named itself.
    #[must_use]
    pub fn text_key(&self) -> Option<&'static str> {
        PLAIN.iter().find(|(_, _, one)| one == self).map(|(_, key, _)| *key)
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self, texts: Texts, fields: &[ProfileField]) -> String {
        match self {
            Self::Field(key) => fields
                .iter()
                .find(|field| field.key == *key)
                .map_or_else(|| key.to_string(), |field| field.draft.label.to_string()),
            Self::ExternalId(system) => texts.format("import-external-id", &[("system", system.as_str())]),
            plain => plain.text_key().map(|key| texts.text(key)).unwrap_or_default(),
        }
    }

    /// All columns that every account has.
    pub fn plain() -> impl Iterator<Item = Self> {
        PLAIN.iter().map(|(_, _, column)| column.clone())
    }
}

/// Other names that systems and people have for columns, as [`plain_letters`] leaves them.
const ALIASES: [(&str, Column); 29] = [
    ("fullname", Column::Name),
    ("displayname", Column::DisplayName),
    ("mail", Column::Email),
    ("emailaddress", Column::Email),
    ("emailadres", Column::Email),
    ("username", Column::Email),
    ("userprincipalname", Column::Email),
    ("naam", Column::Name),
    ("volledigenaam", Column::Name),
    ("rol", Column::Role),
    ("timezone", Column::TimeZone),
    ("tijdzone", Column::TimeZone),
    ("phone", Column::PhoneNumber),
    ("telephone", Column::PhoneNumber),
    ("mobile", Column::PhoneNumber),
    ("telefoon", Column::PhoneNumber),
    ("telefoonnummer", Column::PhoneNumber),
    ("title", Column::JobTitle),
    ("functie", Column::JobTitle),
    ("location", Column::Location(LocationField::Name)),
    ("locatie", Column::Location(LocationField::Name)),
    ("office", Column::Location(LocationField::Name)),
    ("address", Column::Location(LocationField::Street)),
    ("zip", Column::Location(LocationField::Postcode)),
    ("zipcode", Column::Location(LocationField::Postcode)),
    ("postalcode", Column::Location(LocationField::Postcode)),
    ("province", Column::Location(LocationField::State)),
    ("provincie", Column::Location(LocationField::State)),
    ("profileurl", Column::Slug),
];

/// Letters and digits alone, whatever the case and the accents: `E-mail` and `email` are one name.
fn plain_letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What each header most likely names, in any of our languages; none where that is not clear. No two name the same.
#[must_use]
pub fn guess(headers: &[String], fields: &[ProfileField]) -> Vec<Option<Column>> {
    let mut known: HashMap<String, Column> = HashMap::new();
    for (alias, column) in ALIASES {
        known.insert(alias.to_owned(), column);
    }
    // A field that the organisation has named wins over a name that is only likely; the names of accounts win over both.
    for field in fields {
        known.insert(plain_letters(field.draft.label.as_str()), Column::Field(field.key.clone()));
        known.insert(plain_letters(field.key.as_str()), Column::Field(field.key.clone()));
    }
    for column in Column::plain() {
        for locale in Locale::ALL {
            let label = column.text_key().map(|key| Texts::of(locale).text(key)).unwrap_or_default();
            known.insert(plain_letters(&label), column.clone());
        }
        known.insert(plain_letters(&column.word()), column);
    }
    let defined = |column: &Column| match column {
        Column::Field(key) => fields.iter().any(|field| field.key == *key),
        _ => true,
    };
    let mut taken = Vec::new();
    headers
        .iter()
        .map(|header| {
            let column = Column::parse(header.trim()).filter(defined);
            let column = column.or_else(|| known.get(&plain_letters(header)).cloned())?;
            (!taken.contains(&column)).then(|| {
                taken.push(column.clone());
                column
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nameplate_domain::account::{FieldDraft, FieldEditor, FieldKind, FieldLabel, FieldPlaces};

    fn field(key: &str, label: &str) -> ProfileField {
        ProfileField {
            key: FieldKey::parse(key).unwrap(),
            kind: FieldKind::Text,
            draft: FieldDraft {
                label: FieldLabel::parse(label).unwrap(),
                choices: Vec::new(),
                required: false,
                editor: FieldEditor::Agent,
                places: FieldPlaces::Both,
            },
            position: 1,
            version: 1,
        }
    }

    #[test]
    fn every_column_reads_back_from_its_name() {
        let key = FieldKey::parse("crm").unwrap();
        for column in Column::plain().chain([Column::Field(key.clone()), Column::ExternalId(key)]) {
            assert_eq!(Column::parse(&column.word()), Some(column));
        }
        for word in ["", "fields.", "fields.Not A Key", "external_ids.", "password", "location.moon"] {
            assert_eq!(Column::parse(word), None, "{word}");
        }
    }

    #[test]
    fn headers_are_known_by_their_names_in_files_and_in_every_language() {
        let fields = [field("region", "Sales area"), field("title", "Title")];
        let words = |headers: &[&str]| -> Vec<String> {
            let headers: Vec<String> = headers.iter().map(|one| (*one).to_owned()).collect();
            guess(&headers, &fields)
                .iter()
                .map(|one| one.as_ref().map(Column::word).unwrap_or_default())
                .collect()
        };
        assert_eq!(
            words(&["Full name", "E-MAIL", "Phone Number", "Job title", "City", "external_ids.crm", "Notes"]),
            ["name", "email", "phone_number", "job_title", "location.city", "external_ids.crm", ""]
        );
        assert_eq!(
            words(&[
                "Naam",
                "E-mailadres",
                "Functie",
                "Plaats",
                "Tijdzone",
                "sales  AREA",
                "Title",
                "fields.region"
            ]),
            ["name", "email", "job_title", "location.city", "time_zone", "fields.region", "fields.title", ""]
        );
        assert_eq!(
            words(&["email", "mail", "fields.unknown"]),
            ["email", "", ""],
            "the first of two alike, and no unknown field"
        );
    }
}
