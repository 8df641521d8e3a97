//! A user as a provider sends it, read into what the account shall be.

use super::matches::get;
use super::user::ADDRESS;
use crate::api::agents::normalise;
use crate::api::problem::{ApiError, Fault};
use crate::state::Web;
use nameplate_app::accounts::external_ids::IdChanges;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::people::provided::{Provided, SYSTEM, Wanted};
use nameplate_domain::account::{
    CountryCode, EmailAddress, ExternalId, FieldKey, FullName, JobTitle, Language, Location, PhoneNumber,
    Problem,
};
use nameplate_i18n::Locale;
use serde_json::Value;

/// What becomes of an attribute that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// It stays: who sends the rest of a user has said nothing of it (RFC 7644 section 3.5.1, "not asserted").
    Stays,
    /// It goes: the whole user is here, and something took it out.
    Goes,
}

/// What a provider sent.
pub struct Sent {
    /// The address, for a new account.
    pub email: Option<EmailAddress>,
    /// The name, for a new account.
    pub name: Option<FullName>,
    /// All else.
    pub wanted: Wanted,
}

enum Given<'a> {
    Nothing,
    Empty,
    Text(&'a str),
}

struct Reader<'a> {
    web: &'a Web,
    user: &'a Value,
    before: Option<&'a Provided>,
    absent: Absent,
    faults: Vec<Fault>,
}

/// Reads a user; `before` is the account as it is, none for a new one.
///
/// # Errors
/// 400 with every attribute that cannot be taken.
pub fn read(web: &Web, user: &Value, before: Option<&Provided>, absent: Absent) -> Result<Sent, ApiError> {
    let mut reader = Reader { web, user, before, absent, faults: Vec::new() };
    let email = reader.email();
    let (name, given_name, family_name) = reader.names();
    let location = reader.location();
    let today = before.map(|before| &before.agent.location);
    let country = location.as_ref().or(today).and_then(|location| location.country);
    let profile = ProfileChange {
        name: name.clone().filter(|_| before.is_some()),
        display_name: reader.display_name(),
        time_zone: reader.time_zone(),
        phone_number: reader.phone_number(country),
        job_title: reader.job_title(),
        location,
        external_ids: reader.external_id(),
        ..ProfileChange::default()
    };
    let wanted =
        Wanted { profile, given_name, family_name, language: reader.language(), active: reader.active() };
    if reader.faults.is_empty() {
        Ok(Sent { email, name, wanted })
    } else {
        Err(ApiError::invalid(reader.faults))
    }
}

/// Of a user that cannot be taken as it is sent: that the account shall not work, where it says so. Whoever leaves is out, whatever else
/// is wrong with what is said of them.
pub fn leaving(web: &Web, user: &Value, before: &Provided) -> Option<Wanted> {
    let mut reader = Reader { web, user, before: Some(before), absent: Absent::Stays, faults: Vec::new() };
    let active = reader.active();
    (!active && reader.faults.is_empty()).then(|| Wanted {
        profile: ProfileChange::default(),
        given_name: before.given_name.clone(),
        family_name: before.family_name.clone(),
        language: before.agent.preferences.language.clone(),
        active: false,
    })
}

impl<'a> Reader<'a> {
    fn fault(&mut self, attribute: &str, code: &'static str) {
        self.faults.push(Fault::new(format!("/{attribute}"), code));
    }

    fn problem<T>(&mut self, attribute: &str, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.faults.push(Fault::of(format!("/{attribute}"), &problem))).ok()
    }

    fn text_of(&mut self, value: Option<&'a Value>, attribute: &str) -> Given<'a> {
        match value {
            None => Given::Nothing,
            Some(Value::Null) => Given::Empty,
            Some(Value::String(text)) if text.trim().is_empty() => Given::Empty,
            Some(Value::String(text)) => Given::Text(text),
            Some(_) => {
                self.fault(attribute, "wrong_type");
                Given::Nothing
            }
        }
    }

    fn text(&mut self, attribute: &str) -> Given<'a> {
        match self.text_of(get(self.user, attribute), attribute) {
            Given::Nothing if self.absent == Absent::Goes => Given::Empty,
            given => given,
        }
    }

    fn email(&mut self) -> Option<EmailAddress> {
        let text = match self.text("userName") {
            Given::Text(text) => text,
            Given::Nothing if self.before.is_some() => return None,
            Given::Nothing | Given::Empty => {
                self.fault("userName", if self.before.is_some() { "scim_required" } else { "missing" });
                return None;
            }
        };
        let Some(before) = self.before else { return self.problem("userName", EmailAddress::parse(text)) };
        let today = before.agent.email.canonical();
        if EmailAddress::parse(text).map_or(true, |email| email.canonical() != today) {
            self.fault("userName", "scim_immutable");
        }
        None
    }

    /// The whole name, and its parts.
    fn names(&mut self) -> (Option<FullName>, Option<FullName>, Option<FullName>) {
        let (user, before) = (self.user, self.before);
        let name = get(user, "name").filter(|name| !name.is_null());
        if name.is_some_and(|name| !name.is_object()) {
            self.fault("name", "wrong_type");
            return (None, None, None);
        }
        if name.is_none() && before.is_some() && self.absent == Absent::Goes {
            self.fault("name", "scim_required");
        }
        let part = |part| name.and_then(|name| get(name, part));
        let (given, family) = (part("givenName"), part("familyName"));
        let given_before = before.and_then(|before| before.given_name.as_ref());
        let family_before = before.and_then(|before| before.family_name.as_ref());
        let given = self.part(given, "name.givenName", given_before);
        let family = self.part(family, "name.familyName", family_before);
        let formatted = match self.text_of(part("formatted"), "name.formatted") {
            Given::Text(text) => Some(text.to_owned()),
            Given::Nothing | Given::Empty => None,
        };
        let parts_changed = given.as_ref() != given_before || family.as_ref() != family_before;
        let joined =
            [&given, &family].into_iter().flatten().map(FullName::as_str).collect::<Vec<_>>().join(" ");
        let today = before.map(|before| before.agent.name.as_str());
        // One part alone is no name of somebody whose other part nobody said.
        let is_whole = !joined.is_empty() && (before.is_none() || (given.is_some() && family.is_some()));
        let said = formatted.filter(|text| Some(text.trim()) != today || !parts_changed || !is_whole);
        let said = said.or_else(|| (parts_changed && is_whole).then_some(joined));
        let said = match (said, before) {
            // Somebody of whom the provider knows no other name.
            (None, None) => match self.text("displayName") {
                Given::Text(text) => Some(text.to_owned()),
                Given::Nothing | Given::Empty => {
                    self.fault("name.formatted", "scim_name_needed");
                    None
                }
            },
            (said, _) => said,
        };
        let changed = said.filter(|text| Some(text.trim()) != today);
        let whole = changed.and_then(|text| self.problem("name.formatted", FullName::parse(&text)));
        (whole, given, family)
    }

    fn part(&mut self, value: Option<&'a Value>, label: &str, before: Option<&FullName>) -> Option<FullName> {
        match self.text_of(value, label) {
            Given::Nothing if self.absent == Absent::Stays => before.cloned(),
            Given::Nothing | Given::Empty => None,
            Given::Text(text) if before.is_some_and(|before| before.as_str() == text) => before.cloned(),
            Given::Text(text) => self.problem(label, FullName::parse(text)),
        }
    }

    /// A text that may be none; what it is already is not read again.
    fn removable<T>(
        &mut self,
        attribute: &str,
        today: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        match self.text(attribute) {
            Given::Nothing => None,
            Given::Empty => Some(None),
            Given::Text(text) if today == Some(text) => None,
            Given::Text(text) => self.problem(attribute, parse(text)).map(Some),
        }
    }

    fn display_name(&mut self) -> Option<Option<FullName>> {
        let today = self.before.and_then(|before| before.agent.display_name.as_ref());
        self.removable("displayName", today.map(FullName::as_str), FullName::parse)
    }

    fn job_title(&mut self) -> Option<Option<JobTitle>> {
        let today = self.before.and_then(|before| before.agent.job_title.as_ref());
        self.removable("title", today.map(JobTitle::as_str), JobTitle::parse)
    }

    fn time_zone(&mut self) -> Option<nameplate_domain::time::ZoneId> {
        match self.text("timezone") {
            Given::Text(text) => {
                let read = normalise(self.web, text);
                self.problem("timezone", read)
            }
            Given::Empty if self.before.is_some() && self.absent == Absent::Goes => {
                self.fault("timezone", "scim_required");
                None
            }
            Given::Nothing | Given::Empty => None,
        }
    }

    /// The value of type `work`, which is also that of no type; the primary one of several. The inner one is none where there is no such value.
    fn work(&mut self, attribute: &str) -> Option<Option<&'a Value>> {
        let values = match get(self.user, attribute) {
            None if self.absent == Absent::Stays => return None,
            None | Some(Value::Null) => return Some(None),
            Some(Value::Array(values)) if values.iter().all(Value::is_object) => values,
            Some(_) => {
                self.fault(attribute, "wrong_type");
                return None;
            }
        };
        let kind =
            |value: &Value| get(value, "type").and_then(Value::as_str).unwrap_or("work").to_ascii_lowercase();
        let work: Vec<&Value> = values.iter().filter(|value| kind(value) == "work").collect();
        if work.is_empty() && !values.is_empty() && self.absent == Absent::Stays {
            // Of a number or address for other hours alone, nothing is said of this one.
            return None;
        }
        let primary = work.iter().find(|value| get(value, "primary") == Some(&Value::Bool(true)));
        Some(primary.or(work.first()).copied())
    }

    fn phone_number(&mut self, country: Option<CountryCode>) -> Option<Option<PhoneNumber>> {
        let Some(number) = self.work("phoneNumbers")? else { return Some(None) };
        let text = match self.text_of(get(number, "value"), "phoneNumbers") {
            Given::Text(text) => text.trim(),
            Given::Nothing | Given::Empty => return Some(None),
        };
        // RFC 3966, as RFC 7643 section 4.1.2 would have it.
        let scheme = text.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("tel:"));
        let text = scheme.and_then(|_| text.get(4..)).unwrap_or(text);
        let today = self.before.and_then(|before| before.agent.phone_number.as_ref());
        let number = self.problem("phoneNumbers", PhoneNumber::parse(text, country))?;
        // As its agent typed it, where it is the same number.
        if today.is_some_and(|today| today.e164() == number.e164()) { None } else { Some(Some(number)) }
    }

    fn location(&mut self) -> Option<Location> {
        let Some(address) = self.work("addresses")? else { return Some(Location::default()) };
        let mut location = Location::default();
        for (name, field) in ADDRESS {
            let label = format!("addresses.{name}");
            let Given::Text(text) = self.text_of(get(address, name), &label) else { continue };
            // A formatted address may have several lines, the name of a location has one.
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let set = location.set(field, &lines.join(", "));
            self.problem(&label, set);
        }
        Some(location)
    }

    fn external_id(&mut self) -> IdChanges {
        let today = self.before.and_then(|before| before.external_id.as_ref()).map(ExternalId::as_str);
        let change = self.removable("externalId", today, ExternalId::parse);
        change.map(|id| (FieldKey::stored(SYSTEM.to_owned()), id)).into_iter().collect()
    }

    /// The first language that there are texts in; with none of them it stays.
    fn language(&mut self) -> Option<Language> {
        let today = self.before.and_then(|before| before.agent.preferences.language.clone());
        match self.text("preferredLanguage") {
            Given::Nothing => today,
            Given::Empty => None,
            Given::Text(text) => {
                let fits = |c: char| c.is_ascii_alphanumeric() || " -_,;=.*".contains(c);
                if !text.chars().all(fits) {
                    self.fault("preferredLanguage", "scim_language");
                }
                let named = text.split([',', ';']).find_map(|tag| Locale::parse(tag.trim()));
                named.and_then(|locale| Language::parse(locale.tag()).ok()).or(today)
            }
        }
    }

    fn active(&mut self) -> bool {
        let today = self.before.is_none_or(Provided::is_active);
        match get(self.user, "active") {
            Some(Value::Bool(active)) => *active,
            // Entra ID sends texts.
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => true,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => false,
            None if self.before.is_some() && self.absent == Absent::Goes => {
                self.fault("active", "scim_required");
                today
            }
            None | Some(Value::Null) => today,
            Some(_) => {
                self.fault("active", "wrong_type");
                today
            }
        }
    }
}
