//! What the organisation asks beyond what every account has.

use super::page::{again, expected, failed};
use crate::failure::{Failure, Page, see_other};
use crate::forms::{self, Check, Form};
use crate::pages::or_page;
use crate::view::account::Account;
use crate::view::fields::{FieldInput, ProfileInput};
use crate::visit::AgentVisit;
use nameplate_app::Error;
use nameplate_app::accounts::profile::{ProfileChange, change};
use nameplate_app::fields::{self, FieldChanges, Filled};
use nameplate_domain::account::{FieldKey, FieldKind, FieldValue, ProfileField, Role, optional};
use nameplate_domain::ids::AgentId;
use nameplate_i18n::field_value;

/// The name of its input.
fn name(key: &FieldKey) -> String {
    format!("fields_{key}")
}

/// Whether the person at the page fills it in.
fn is_open(visit: &AgentVisit, field: &ProfileField) -> bool {
    field.is_agents() || visit.agent.role == Role::Admin
}

/// The inputs of an account as stored.
pub(in crate::pages) async fn of(visit: &AgentVisit, agent: AgentId) -> Result<Vec<ProfileInput>, Error> {
    let filled = fields::of(visit.visit.web.app(), agent).await?;
    Ok(filled.iter().map(|one| input(visit, one)).collect())
}

fn input(visit: &AgentVisit, Filled { field, value }: &Filled) -> ProfileInput {
    let (texts, locale) = (visit.visit.texts(), visit.visit.locale());
    let shown = value.as_ref().map(|value| field_value(locale, value)).unwrap_or_default();
    let nothing = (String::new(), texts.text("fields-nothing"));
    let control = match field.kind {
        _ if !is_open(visit, field) => FieldInput::Shown,
        FieldKind::Choice => {
            let choices = field.draft.choices.iter().map(|choice| (choice.clone(), choice.clone()));
            FieldInput::Choice(std::iter::once(nothing).chain(choices).collect())
        }
        FieldKind::YesNo => {
            let answers = ["yes", "no"].map(|word| (word.to_owned(), texts.text(&format!("fields-{word}"))));
            FieldInput::Choice(std::iter::once(nothing).chain(answers).collect())
        }
        FieldKind::Date => FieldInput::Line("type=\"date\" dir=\"ltr\""),
        FieldKind::Number => FieldInput::Line("inputmode=\"decimal\" dir=\"ltr\""),
        FieldKind::Url => {
            FieldInput::Line("inputmode=\"url\" autocapitalize=\"none\" spellcheck=\"false\" dir=\"ltr\"")
        }
        FieldKind::Text => FieldInput::Line("dir=\"auto\""),
    };
    let typed = value.as_ref().map(|value| value.typed(locale.decimal_mark())).unwrap_or_default();
    ProfileInput {
        name: name(&field.key),
        label: field.draft.label.to_string(),
        hint: if matches!(control, FieldInput::Shown) {
            texts.text("fields-admins-only")
        } else {
            String::new()
        },
        required: field.draft.required,
        value: if matches!(control, FieldInput::Shown) { shown.clone() } else { typed },
        shown,
        control,
    }
}

/// What was typed, back in its inputs.
fn fill(page: &mut Account, form: &Form) {
    for input in &mut page.fields {
        if form.has(&input.name) && !matches!(input.control, FieldInput::Shown) {
            input.value = form.typed(&input.name);
        }
    }
}

/// What was typed of the fields that the form has.
pub(in crate::pages) fn changes(
    visit: &AgentVisit,
    defined: &[ProfileField],
    form: &Form,
    check: &mut Check,
) -> FieldChanges {
    let mark = visit.visit.locale().decimal_mark();
    let mut changes = FieldChanges::new();
    for field in defined.iter().filter(|field| is_open(visit, field)) {
        let name = name(&field.key);
        if !form.has(&name) {
            continue;
        }
        let parse = |typed: &str| FieldValue::parse(field, typed, mark);
        let typed = form.get(&name);
        let read = if field.draft.required { parse(typed).map(Some) } else { optional(typed, parse) };
        if let Some(value) = check.take(&name, read) {
            changes.insert(field.key.clone(), value);
        }
    }
    changes
}

pub(super) async fn save(visit: AgentVisit, form: Form) -> Page {
    let (app, texts) = (visit.visit.web.app(), visit.visit.texts());
    let defined: Result<_, Failure> = or_page(&visit.visit, fields::list(app).await).await;
    let mut check = Check::default();
    let wanted = changes(&visit, &defined?, &form, &mut check);
    let errors = check.errors(texts);
    if !errors.is_empty() {
        return again(&visit, errors, |page| fill(page, &form)).await;
    }
    let first = wanted.keys().next().map_or_else(|| "profile-fields".to_owned(), name);
    let wanted = ProfileChange { fields: wanted, ..ProfileChange::default() };
    match change(app, &visit.ctx(), wanted, expected(&form)).await {
        Ok(_) => Ok(see_other("/account?saved=fields")),
        // Another one now than when the page was made: it is required, a choice is gone.
        Err(Error::Invalid(problems)) => {
            again(&visit, forms::invalid(texts, &problems), |page| fill(page, &form)).await
        }
        Err(error) => failed(&visit, error, &form, &first, |page| fill(page, &form)).await,
    }
}
