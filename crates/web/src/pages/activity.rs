//! What was done to the account: a list, and what to do about a sign-in that was somebody else's.

use crate::device::Device;
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Asked, Form};
use crate::pages::sessions::device_name;
use crate::pages::{or_page, passphrase, with_status};
use crate::routes::{Access, Routes};
use crate::view::Section;
use crate::view::activity::{Activity, ActivityItem, NotMe};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::accounts::password;
use nameplate_app::audit::{self, By, Change, Entry, Event};
use nameplate_i18n::Texts;
use nameplate_i18n::time::Clock;
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
    let listed = or_page(&visit.visit, listed).await?;
    let shell = or_page(&visit.visit, visit.shell(Section::Account, "/account/activity").await).await?;
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    Ok(html(&Activity {
        shell,
        items: listed.entries.iter().map(|entry| item(texts, &clock, entry)).collect(),
        is_newest: before.is_none(),
        older: listed.older.map(|before| format!("/account/activity?before={before}")),
    }))
}

async fn not_me(visit: AgentVisit, Asked(Which { entry }): Asked<Which>) -> Page {
    Ok(html(&form_page(&visit, entry).await?))
}

async fn form_page(visit: &AgentVisit, entry: i64) -> Result<NotMe, Failure> {
    let app = visit.visit.web.app();
    let found = audit::find(app, &visit.ctx(), entry).await;
    let found =
        found.and_then(|found| if found.event == Event::SignIn { Ok(found) } else { Err(Error::NotFound) });
    let found = or_page(&visit.visit, found).await?;
    let shell = visit.shell(Section::Account, format!("/account/activity/not-me?entry={entry}")).await;
    Ok(NotMe {
        shell: or_page(&visit.visit, shell).await?,
        entry: entry.to_string(),
        item: item(visit.visit.texts(), &visit.clock(), &found),
        email: visit.agent.email.shown(),
        new_password: passphrase::hint(
            or_page(&visit.visit, password::minimum(app, visit.agent.id).await).await?,
        ),
        revoke_tokens: true,
    })
}

async fn change_password(visit: AgentVisit, form: Form) -> Page {
    let entry = form.get("entry").parse().unwrap_or_default();
    let mut page = form_page(&visit, entry).await?;
    let (current, new) = (form.get("current_password"), form.get("new_password"));
    let revoke_tokens = form.has("revoke_tokens");
    match password::change(visit.visit.web.app(), &visit.ctx(), current, new, revoke_tokens).await {
        Ok(()) => Ok(see_other("/account/activity?saved=password")),
        Err(Error::Invalid(problems)) => {
            page.revoke_tokens = revoke_tokens;
            page.shell.errors = forms::invalid(visit.visit.texts(), &problems);
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

fn item(texts: Texts, clock: &Clock, entry: &Entry) -> ActivityItem {
    let detail = &entry.detail;
    let (event, by) = (entry.event.name().replace('_', "-"), entry.by.name().replace('_', "-"));
    ActivityItem {
        what: texts.text(&format!("activity-event-{event}")),
        at: clock.short(entry.at),
        changes: changes(texts, entry),
        by: (entry.by != By::Agent).then(|| texts.text(&format!("activity-by-{by}"))),
        device: (!detail.device.is_empty()).then(|| device_name(texts, Device::read(&detail.device))),
        address: (!detail.net.is_empty()).then(|| detail.net.clone()),
        not_me: (entry.event == Event::SignIn)
            .then(|| format!("/account/activity/not-me?entry={}", entry.sequence)),
    }
}

fn changes(texts: Texts, entry: &Entry) -> Vec<String> {
    // The name of a picture's file tells nobody anything.
    let told = |change: &&Change| !(entry.event == Event::PictureChanged && change.field == "picture");
    entry.detail.changes.iter().filter(told).map(|change| line(texts, entry.event, change)).collect()
}

/// "Name: Anna Berg (before: Anna Bérg)"
fn line(texts: Texts, event: Event, change: &Change) -> String {
    let field = texts.text(&format!("activity-field-{}", change.field.replace('_', "-")));
    let shown = |value: &String| match (event, change.field.as_str()) {
        (Event::VisibilityChanged, _) => {
            let place = |place: &str| texts.text(&format!("activity-place-{}", place.replace('_', "-")));
            value.split(' ').map(place).collect::<Vec<_>>().join(", ")
        }
        (_, "device") => device_name(texts, Device::read(value)),
        _ => value.clone(),
    };
    let (old, new) = (change.old.as_ref().map(shown), change.new.as_ref().map(shown));
    // A device that was signed out, a token that was revoked: nothing has taken its place.
    let removed = matches!(
        event,
        Event::ProfileChanged | Event::VisibilityChanged | Event::EmailChanged | Event::SlugChanged
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
    use nameplate_i18n::Locale;

    #[test]
    fn every_event_has_words() {
        for event in Event::ALL {
            let key = format!("activity-event-{}", event.name().replace('_', "-"));
            assert_ne!(Texts::of(Locale::En).text(&key), key);
        }
    }
}
