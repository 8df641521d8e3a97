//! What was done to the account: a list, and what to do about a sign-in that was somebody else's.

use crate::device::Device;
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{Asked, Form};
use crate::pages::account::missing;
use crate::pages::sessions::{address, device_name};
use crate::pages::step_up::{self, NAMES};
use crate::pages::{notifications, or_page, passphrase, with_status};
use crate::routes::{Access, Routes};
use crate::view::activity::{Activity, ActivityItem, NotMe};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::accounts::password;
use nameplate_app::accounts::step_up::Purpose;
use nameplate_app::accounts::ways_in::Ending;
use nameplate_app::audit::{self, By, Change, Entry, Event};
use nameplate_app::fields;
use nameplate_domain::account::{FieldValue, Notification, ProfileField};
use nameplate_i18n::time::Clock;
use nameplate_i18n::{Locale, Texts, field_value};
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes.get("/account/activity", agent, show).get("/account/activity/not-me", agent, not_me).post(
        "/account/activity/not-me",
        agent,
        change_password,
    )
}

#[derive(Default, Deserialize)]
struct Before {
    #[serde(default)]
    before: Option<i64>,
}

#[derive(Default, Deserialize)]
struct Which {
    #[serde(default)]
    entry: i64,
}

async fn show(visit: AgentVisit, Asked(Before { before }): Asked<Before>) -> Page {
    let listed = audit::list(visit.visit.web.app(), &visit.ctx(), before).await;
    let mut listed = or_page(&visit.visit, listed).await?;
    let defined = or_page(&visit.visit, fields::list(visit.visit.web.app()).await).await?;
    name_fields(&mut listed.entries, &defined, visit.visit.locale());
    let shell = or_page(&visit.visit, visit.shell(Section::Account, "/account/activity").await).await?;
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    Ok(html(&Activity {
        shell,
        items: listed.entries.iter().map(|entry| item(texts, &clock, entry)).collect(),
        is_newest: before.is_none(),
        older: listed.older.map(|before| format!("/account/activity?before={before}")),
    }))
}

/// Puts labels and words in place of the keys and the values of profile fields; of one that is gone they stay as they are.
fn name_fields(entries: &mut [Entry], defined: &[ProfileField], locale: Locale) {
    for change in entries.iter_mut().flat_map(|entry| &mut entry.detail.changes) {
        if let Some(system) = change.field.strip_prefix("external_ids.") {
            change.field = Texts::of(locale).format("activity-external-id", &[("system", system)]);
            continue;
        }
        let key = change.field.strip_prefix("fields.");
        let Some(field) = defined.iter().find(|field| key == Some(field.key.as_str())) else { continue };
        let shown = |text: String| match FieldValue::stored(field.kind, text.clone()) {
            Some(value) => field_value(locale, &value),
            None => text,
        };
        change.old = change.old.take().map(shown);
        change.new = change.new.take().map(shown);
        change.field = field.draft.label.to_string();
    }
}

async fn not_me(visit: AgentVisit, Asked(Which { entry }): Asked<Which>) -> Page {
    Ok(html(&form_page(&visit, entry).await?))
}

async fn form_page(visit: &AgentVisit, entry: i64) -> Result<NotMe, Failure> {
    let app = visit.visit.web.app();
    let found = audit::find(app, &visit.ctx(), entry).await;
    let found = found
        .and_then(|found| if found.event == Some(Event::SignIn) { Ok(found) } else { Err(Error::NotFound) });
    let found = or_page(&visit.visit, found).await?;
    let path = format!("/account/activity/not-me?entry={entry}");
    let shell = visit.shell(Section::Account, path.as_str()).await;
    Ok(NotMe {
        step: step_up::fields(visit, Purpose::Password, &path).await?,
        shell: or_page(&visit.visit, shell).await?,
        entry: entry.to_string(),
        item: item(visit.visit.texts(), &visit.clock(), &found),
        email: visit.agent.email.shown(),
        new_password: passphrase::hint(
            or_page(&visit.visit, password::minimum(app, visit.agent.id).await).await?,
        ),
        revoke_tokens: true,
        remove_passkeys: true,
    })
}

async fn change_password(visit: AgentVisit, form: Form) -> Page {
    let entry = form.get("entry").parse().unwrap_or_default();
    let mut page = form_page(&visit, entry).await?;
    let (app, texts, proof) = (visit.visit.web.app(), visit.visit.texts(), NAMES.proof(&form));
    let ending = Ending { tokens: form.has("revoke_tokens"), passkeys: form.has("remove_passkeys") };
    let changed = password::change(app, &visit.ctx(), proof, form.get("new_password"), ending).await;
    let (status, errors) = match changed {
        Ok(()) => return Ok(see_other("/account/activity?saved=password")),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, NAMES.errors(texts, &problems)),
        Err(Error::ReauthenticationRequired) => {
            (StatusCode::UNPROCESSABLE_ENTITY, missing(&visit, form.get("new_password")).await?)
        }
        Err(Error::Limited(wait)) => (StatusCode::TOO_MANY_REQUESTS, NAMES.wait(texts, wait)),
        // It was changed meanwhile, and perhaps not by the one who is here.
        Err(Error::Stale) => {
            let text = texts.text("not-me-stale");
            let errors = vec![FieldError { field: NAMES.password.to_owned(), text }];
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        // Too many wrong passwords ended the session.
        Err(Error::NotSignedIn) => return Ok(see_other("/sign-in?notice=wrong-passwords")),
        Err(error) => return Err(Failure::page(error, &visit.visit).await),
    };
    page.revoke_tokens = ending.tokens;
    page.remove_passkeys = ending.passkeys;
    page.shell.errors = errors;
    with_status(status, &page)
}

fn item(texts: Texts, clock: &Clock, entry: &Entry) -> ActivityItem {
    let detail = &entry.detail;
    let by = entry.by.name().replace('_', "-");
    ActivityItem {
        what: what(texts, entry),
        at: clock.short(entry.at),
        changes: changes(texts, entry),
        by: (entry.by != By::Agent).then(|| texts.text(&format!("activity-by-{by}"))),
        device: (!detail.device.is_empty()).then(|| device_name(texts, Device::read(&detail.device))),
        address: (!detail.net.is_empty()).then(|| address(texts, &detail.net)),
        not_me: (entry.event == Some(Event::SignIn))
            .then(|| format!("/account/activity/not-me?entry={}", entry.sequence)),
    }
}

/// In words; by its name where a newer release wrote what this one has no words for.
fn what(texts: Texts, entry: &Entry) -> String {
    match entry.event {
        Some(event) => texts.text(&format!("activity-event-{}", event.name().replace('_', "-"))),
        None => texts.format("activity-event-unknown", &[("name", &entry.name)]),
    }
}

fn changes(texts: Texts, entry: &Entry) -> Vec<String> {
    // The name of a picture's file tells nobody anything.
    let told = |change: &&Change| !(entry.event == Some(Event::PictureChanged) && change.field == "picture");
    entry.detail.changes.iter().filter(told).map(|change| line(texts, entry.event, change)).collect()
}

/// "Name", or the bare name of a field that has no words.
fn field(texts: Texts, change: &Change) -> String {
    let key = format!("activity-field-{}", change.field.replace('_', "-"));
    Some(texts.text(&key)).filter(|text| *text != key).unwrap_or_else(|| change.field.clone())
}

/// "Reminder, email to the customer"
fn notification(texts: Texts, field: &str) -> String {
    let known = Notification::ALL.iter().find_map(|one| Some((one, field.strip_prefix(one.as_str())?)));
    let Some((one, what)) = known else { return field.to_owned() };
    let what = match what {
        "_agent" => "to-you".to_owned(),
        "_before_minutes" | "_notice_minutes" => what.trim_matches('_').replace("_minutes", ""),
        switch => format!("to{}", switch.replace('_', "-")),
    };
    let what = texts.text(&format!("notification-{what}")).to_lowercase();
    format!("{}, {what}", notifications::label(texts, *one))
}

/// "Name: Anna Berg (before: Anna Bérg)"
fn line(texts: Texts, event: Option<Event>, change: &Change) -> String {
    let field = match event {
        Some(Event::NotificationsChanged) => notification(texts, &change.field),
        _ => field(texts, change),
    };
    let shown = |value: &String| match (event, change.field.as_str()) {
        (Some(Event::VisibilityChanged), _) => {
            let place = |place: &str| texts.text(&format!("activity-place-{}", place.replace('_', "-")));
            value.split(' ').map(place).collect::<Vec<_>>().join(", ")
        }
        (Some(Event::NotificationsChanged), _) => match value.parse() {
            Ok(minutes) => notifications::span(texts, minutes),
            Err(_) => texts.text(&format!("activity-switch-{value}")),
        },
        (_, "calendar_feed") => texts.text(&format!("activity-feed-{value}")),
        (_, "profile_field_required" | "profile_field_editor" | "profile_field_places") => {
            let what = change.field.trim_start_matches("profile_field_");
            texts.text(&format!("fields-{what}-{}", value.replace('_', "-")))
        }
        (_, "device") => device_name(texts, Device::read(value)),
        _ => value.clone(),
    };
    let (old, new) = (change.old.as_ref().map(shown), change.new.as_ref().map(shown));
    // A device that was signed out, a token that was revoked: nothing has taken its place.
    let removed = matches!(
        event,
        Some(Event::ProfileChanged | Event::VisibilityChanged | Event::EmailChanged | Event::SlugChanged)
    );
    match (old, new) {
        (Some(old), Some(new)) => {
            texts.format("activity-changed", &[("field", &field), ("new", &new), ("old", &old)])
        }
        (None, Some(new)) => texts.format("activity-added", &[("field", &field), ("new", &new)]),
        (Some(old), None) if removed => texts.format("activity-removed", &[("field", &field), ("old", &old)]),
        (Some(old), None) => texts.format("activity-gone", &[("field", &field), ("old", &old)]),
        (None, None) => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_words() {
        for event in Event::ALL {
            let key = format!("activity-event-{}", event.name().replace('_', "-"));
            assert_ne!(Texts::of(Locale::En).text(&key), key);
        }
    }
}
