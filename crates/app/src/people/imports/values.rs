//! What a row says, read by the rules of the forms and the API.

use super::columns::Column;
use super::fault::Fault;
use crate::accounts::external_ids::IdChanges;
use crate::accounts::profile::ProfileChange;
use crate::fields::FieldChanges;
use nameplate_domain::account::{
    Agent, EmailAddress, ExternalId, FieldValue, FullName, JobTitle, Location, LocationField, PhoneNumber,
    Problem, ProfileField, Role, Slug,
};
use nameplate_domain::time::{Tzdb, ZoneId, fold};
use nameplate_i18n::{Locale, Texts};

/// What cells are read by.
pub(super) struct Reading<'a> {
    pub(super) columns: &'a [Option<Column>],
    pub(super) defined: &'a [ProfileField],
    pub(super) tzdb: &'a Tzdb,
    /// Where a file with semicolons was written, decimals have a comma.
    pub(super) decimal_mark: char,
}

/// A row that is right in itself. A cell in which nothing stands says nothing.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub(super) email: EmailAddress,
    pub(super) name: Option<FullName>,
    pub(super) role: Option<Role>,
    pub(super) slug: Option<Slug>,
    pub(super) external_ids: IdChanges,
    display_name: Option<FullName>,
    time_zone: Option<ZoneId>,
    /// As typed: which number it is, the country of the location says.
    phone_number: Option<String>,
    job_title: Option<JobTitle>,
    location: Vec<(LocationField, String)>,
    fields: FieldChanges,
}

/// A role by its word, or by its name in any of our languages.
fn role(typed: &str) -> Result<Role, Problem> {
    let folded = fold(typed);
    let named = |role: &Role| {
        let name = |locale| fold(&Texts::of(locale).text(&format!("role-{role}")));
        role.as_str() == folded || Locale::ALL.into_iter().any(|locale| name(locale) == folded)
    };
    Role::ALL.iter().copied().find(|role| named(role)).ok_or(Problem::NotAChoice)
}

/// Yes and no as spreadsheets write them, in any of our languages.
fn answer(typed: &str) -> &str {
    match fold(typed).as_str() {
        "yes" | "ja" | "true" | "waar" | "1" => "yes",
        "no" | "nee" | "false" | "onwaar" | "0" => "no",
        _ => typed,
    }
}

impl Reading<'_> {
    /// The cells of a row.
    pub(super) fn read(&self, cells: &[String]) -> Result<Values, Vec<Fault>> {
        let mut faults = Vec::new();
        if cells.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
            faults.push(Fault::row("more-cells"));
        }
        let mut email = None;
        let mut values = Values {
            email: EmailAddress::stored(""),
            name: None,
            role: None,
            slug: None,
            external_ids: IdChanges::new(),
            display_name: None,
            time_zone: None,
            phone_number: None,
            job_title: None,
            location: Vec::new(),
            fields: FieldChanges::new(),
        };
        let filled = self.columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        for (column, cell) in filled.filter_map(|(column, cell)| Some((column.as_ref()?, cell.as_str()))) {
            let read = match column {
                Column::Email => EmailAddress::parse(cell).map(|read| email = Some(read)),
                _ => self.take(&mut values, column, cell),
            };
            if let Err(problem) = read {
                faults.push(Fault::cell(column, &problem));
            }
        }
        // A row that says in which country its number is, is wrong whatever the account says.
        let country = Location::parse(|part| self.cell(&Column::Location(part), cells))
            .ok()
            .and_then(|one| one.country);
        if let (Some(typed), Some(_)) = (&values.phone_number, country)
            && let Err(problem) = PhoneNumber::parse(typed, country)
        {
            faults.push(Fault::cell(&Column::PhoneNumber, &problem));
        }
        let has_email = faults.iter().any(|fault| fault.column == "email");
        match email {
            Some(email) if faults.is_empty() => return Ok(Values { email, ..values }),
            None if !has_email => faults.push(Fault::row("email-missing")),
            _ => {}
        }
        Err(faults)
    }

    fn take(&self, values: &mut Values, column: &Column, cell: &str) -> Result<(), Problem> {
        match column {
            Column::Email => {}
            Column::Name => values.name = Some(FullName::parse(cell)?),
            Column::DisplayName => values.display_name = Some(FullName::parse(cell)?),
            Column::Role => values.role = Some(role(cell)?),
            Column::Slug => values.slug = Some(Slug::parse(cell)?),
            Column::TimeZone => {
                let zone = self.tzdb.normalise(cell).map_err(|_| Problem::TimeZoneUnknown)?;
                values.time_zone = Some(zone);
            }
            Column::PhoneNumber => values.phone_number = Some(cell.to_owned()),
            Column::JobTitle => values.job_title = Some(JobTitle::parse(cell)?),
            Column::Location(part) => {
                Location::default().set(*part, cell)?;
                values.location.push((*part, cell.to_owned()));
            }
            Column::Field(key) => {
                let field = self.defined.iter().find(|field| field.key == *key);
                let field = field.ok_or(Problem::UnknownField)?;
                let typed = if field.kind == nameplate_domain::account::FieldKind::YesNo {
                    answer(cell)
                } else {
                    cell
                };
                let value = FieldValue::parse(field, typed, self.decimal_mark)?;
                values.fields.insert(key.clone(), Some(value));
            }
            Column::ExternalId(system) => {
                values.external_ids.insert(system.clone(), Some(ExternalId::parse(cell)?));
            }
        }
        Ok(())
    }

    /// The address of a row that is wrong otherwise, for those that come after it.
    pub(super) fn email(&self, cells: &[String]) -> Option<EmailAddress> {
        EmailAddress::parse(self.cell(&Column::Email, cells)).ok()
    }

    /// What stands in the cell of a column.
    pub(super) fn cell<'a>(&self, column: &Column, cells: &'a [String]) -> &'a str {
        let at = self.columns.iter().position(|one| one.as_ref() == Some(column));
        at.and_then(|at| cells.get(at)).map_or("", String::as_str)
    }
}

impl Values {
    /// What the row would change of an account. Parts of the location are put into the one of today, which also says of which country a
    /// phone number is; the number alone can still be wrong.
    fn change(&self, today: &Location, number: Option<&PhoneNumber>) -> Result<ProfileChange, Problem> {
        let mut location = today.clone();
        for (part, typed) in &self.location {
            // It was read as a part before.
            let _ = location.set(*part, typed);
        }
        let phone_number = match &self.phone_number {
            // The same number written otherwise is no change.
            Some(typed) => {
                let read = PhoneNumber::parse(typed, location.country)?;
                (number.map(PhoneNumber::e164) != Some(read.e164())).then_some(Some(read))
            }
            None => None,
        };
        Ok(ProfileChange {
            name: self.name.clone(),
            display_name: self.display_name.clone().map(Some),
            slug: self.slug.clone(),
            time_zone: self.time_zone.clone(),
            phone_number,
            job_title: self.job_title.clone().map(Some),
            location: (location != *today).then_some(location),
            visibility: None,
            fields: self.fields.clone(),
            external_ids: self.external_ids.clone(),
        })
    }

    /// The same, of somebody new.
    pub(super) fn new_profile(&self) -> Result<ProfileChange, Problem> {
        self.change(&Location::default(), None)
    }

    /// Of an account, the change together with which of its columns would be others.
    pub(super) fn change_of(&self, agent: &Agent) -> Result<ProfileChange, Problem> {
        self.change(&agent.location, agent.phone_number.as_ref())
    }
}
