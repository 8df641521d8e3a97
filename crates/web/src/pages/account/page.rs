//! The page itself, as stored or with what was typed into one of its forms.

use super::{preferences, preview, profile_fields};
use crate::failure::{self, Failure, Page, see_other};
use crate::forms::{self, Asked, Form, Stored};
use crate::gzip;
use crate::pages::security::password_changed;
use crate::pages::{or_page, passphrase, step_up, with_status};
use crate::plates::own_picture;
use crate::view::account::{Account, LocationForm, OldLink, VisibilityRow};
use crate::view::zones::ZoneChoice;
use crate::view::{FieldError, Link, Section, StepUp};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use jiff::Timestamp;
use nameplate_app::Error;
use nameplate_app::accounts::slug::SlugRow;
use nameplate_app::accounts::step_up::Purpose;
use nameplate_app::accounts::{api_tokens, calendar_feed, email_change, oidc, passkeys, password, slug};
use nameplate_domain::account::{
    Agent, CardField, FullName, JobTitle, LocationField, PhoneNumber, Place, Visibility,
};
use nameplate_i18n::time::{Clock, zone_change};
use nameplate_i18n::{Locale, Texts, countries};
use serde::Deserialize;

/// What a passkey brings back to the form beside which it was asked for.
#[derive(Default, Deserialize)]
pub(super) struct Kept {
    #[serde(default)]
    new_email: String,
}

pub(super) async fn show(visit: AgentVisit, Asked(kept): Asked<Kept>) -> Page {
    let mut page = stored(&visit).await?;
    page.new_email = kept.new_email;
    Ok(gzip::page(&page, visit.visit.headers()))
}

/// What the person saw of a part of the account: a form sends it back, and an older one is refused (F-12).
pub(super) fn version(agent: &Agent) -> String {
    agent.version.to_string()
}

/// The page as stored.
pub(super) async fn stored(visit: &AgentVisit) -> Result<Account, Failure> {
    let mut page = or_page(&visit.visit, build(visit).await).await?;
    page.email_step = step_up::fields(visit, Purpose::Recent, "/account#email").await?;
    page.password_step = step_up::fields(visit, Purpose::Password, "/account#password").await?;
    Ok(page)
}

async fn build(visit: &AgentVisit) -> Result<Account, Error> {
    let (agent, app, ctx) = (&visit.agent, visit.visit.web.app(), visit.ctx());
    let shell = visit.shell(Section::Account, "/account").await?;
    let texts = visit.visit.texts();
    let clock = visit.clock();
    let pending = email_change::pending(app, &ctx).await?;
    let changed = password::changed_at(app, &ctx).await?;
    let mut tokens = api_tokens::list(app, &ctx).await?;
    tokens.retain(|token| token.expires_at.is_none_or(|end| end > ctx.now));
    let passkeys = passkeys::list(app, &ctx).await?;
    let provider = oidc::connected_name(app, &ctx).await?;
    let former = slug::former(app, agent).await?;
    let now = visit.visit.now;
    let zone = zone_change(visit.visit.locale(), app.tzdb(), &agent.time_zone, now);
    let zone_now =
        texts.format("zone-now-in", &[("time", &clock.bare(now)), ("zone", &clock.zone_label(now))]);
    Ok(Account {
        version: version(agent),
        preview: preview::of(visit, agent, None).await?,
        name: agent.name.to_string(),
        display_name: agent.display_name.as_ref().map(FullName::to_string).unwrap_or_default(),
        email: agent.email.shown(),
        new_email: String::new(),
        email_step: StepUp::default(),
        password_step: StepUp::default(),
        meant_email: pending
            .as_ref()
            .and_then(|change| change.new_email.probably())
            .map(|meant| meant.shown()),
        resend_wait: pending.as_ref().and_then(|change| resend_wait(texts, now, change.code_sent_at)),
        pending_email: pending.map(|change| change.new_email.shown()),
        password_changed: changed.map(|at| password_changed(visit, at)),
        new_password: passphrase::hint(password::minimum(app, agent.id).await?),
        api_tokens: tokens.into_iter().map(|token| token.name).collect(),
        has_feed: calendar_feed::own(app, &ctx).await?.is_some(),
        revoke_tokens: true,
        passkeys: passkeys.into_iter().map(|one| one.passkey.name.to_string()).chain(provider).collect(),
        remove_passkeys: false,
        url_prefix: format!("{}/", app.settings().public_url.split_once("://").map_or("", |(_, rest)| rest)),
        slug: agent.slug.to_string(),
        profile_url: visit.profile_url(),
        old_links: former.iter().map(|row| old_link(visit, &clock, row)).collect(),
        time_zone: ZoneChoice { chosen: agent.time_zone.to_string(), options: visit.visit.zones() },
        zone_now,
        zone_change: zone.map(|text| texts.format("zone-changes", &[("change", &text)])),
        phone_number: agent
            .phone_number
            .as_ref()
            .map(|phone| PhoneNumber::typed(phone).to_owned())
            .unwrap_or_default(),
        job_title: agent.job_title.as_ref().map(JobTitle::to_string).unwrap_or_default(),
        location: location(|field| agent.location.part(field).to_owned(), false, visit.visit.locale()),
        fields: profile_fields::of(visit, agent.id).await?,
        picture: own_picture(agent),
        visibility: visibility(texts, agent.visibility),
        preferences: preferences::selects(visit),
        preferences_seen: serde_json::to_string(&agent.preferences).unwrap_or_default(),
        shell,
    })
}

/// Where each detail is shown.
pub(in crate::pages) fn visibility(texts: Texts, visibility: Visibility) -> Vec<VisibilityRow> {
    let row = |field: &CardField| VisibilityRow {
        key: field.as_str().to_owned(),
        label: texts.text(&format!("field-{}", field.as_str().replace('_', "-"))),
        booking_page: visibility.shows(*field, Place::BookingPage),
        messages: visibility.shows(*field, Place::Messages),
    };
    CardField::ALL.iter().map(row).collect()
}

/// How long the mail with the code cannot be asked for again.
fn resend_wait(texts: Texts, now: Timestamp, sent_at: Timestamp) -> Option<String> {
    let wait = email_change::RESEND_AFTER - now.duration_since(sent_at);
    let seconds = wait.as_secs() + 1;
    wait.is_positive()
        .then(|| texts.format("email-resend-wait", &[("seconds", &seconds.min(60).to_string())]))
}

fn old_link(visit: &AgentVisit, clock: &Clock, row: &SlugRow) -> OldLink {
    let texts = visit.visit.texts();
    let visits = match row.last_hit_at {
        Some(at) => {
            texts.format("old-link-visits", &[("count", &row.hits.to_string()), ("when", &clock.short(at))])
        }
        None => texts.text("old-link-unused"),
    };
    OldLink { url: visit.visit.web.app().url(&format!("/{}", row.slug)), visits }
}

pub(in crate::pages) use super::fields::{location_of, tick, visibility_of};

/// The location's form; unfolded when part of the address is filled in or wrong.
pub(in crate::pages) fn location(
    part: impl Fn(LocationField) -> String,
    wrong: bool,
    locale: Locale,
) -> LocationForm {
    let address = [
        LocationField::Street,
        LocationField::Postcode,
        LocationField::City,
        LocationField::State,
        LocationField::Country,
    ];
    LocationForm {
        open: wrong || address.iter().any(|field| !part(*field).is_empty()),
        name: part(LocationField::Name),
        street: part(LocationField::Street),
        postcode: part(LocationField::Postcode),
        city: part(LocationField::City),
        state: part(LocationField::State),
        country: part(LocationField::Country),
        countries: countries(locale).into_iter().map(|(code, name)| Link::new(name, code.as_str())).collect(),
    }
}

/// The page with errors and with what was typed into one form; `fill` puts that in.
pub(super) async fn again(
    visit: &AgentVisit,
    errors: Vec<FieldError>,
    fill: impl FnOnce(&mut Account),
) -> Page {
    let mut page = stored(visit).await?;
    page.shell.errors = errors;
    page.shell.saved = None;
    fill(&mut page);
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The answer to a use case that did not do what a form asked: the form again where it can help.
pub(super) async fn failed(
    visit: &AgentVisit,
    error: Error,
    form: &Form,
    field: &str,
    fill: impl FnOnce(&mut Account),
) -> Page {
    let texts = visit.visit.texts();
    match error {
        Error::Invalid(problems) => again(visit, step_up::NAMES.errors(texts, &problems), fill).await,
        // Somebody, perhaps the same person in another tab, saved meanwhile: both values are shown (F-12).
        Error::Stale => {
            let error = FieldError { field: field.to_owned(), text: texts.text("account-stale") };
            again(visit, vec![error], |page| {
                show_stored(page, form);
                fill(page);
            })
            .await
        }
        // Too many wrong passwords ended the session.
        Error::NotSignedIn => Err(Failure::from(see_other("/sign-in?notice=wrong-passwords"))),
        Error::Limited(wait) => {
            let minutes = failure::minutes(wait);
            let text = texts.format("account-wait", &[("minutes", &minutes)]);
            again(visit, vec![FieldError { field: field.to_owned(), text }], fill).await
        }
        other => Err(Failure::page(other, &visit.visit).await),
    }
}

/// Shows what is stored beside the fields of a form that was made from an older account.
fn show_stored(page: &mut Account, form: &Form) {
    let Account { shell, location, time_zone, visibility, preferences, fields, .. } = page;
    let country = location.countries.iter().find(|country| country.href == location.country);
    let stored = [
        Stored::text("name", &page.name),
        Stored::text("display_name", &page.display_name),
        Stored::text("slug", &page.slug),
        Stored::text("phone_number", &page.phone_number),
        Stored::text("job_title", &page.job_title),
        Stored::text("location_name", &location.name),
        Stored::text("location_street", &location.street),
        Stored::text("location_postcode", &location.postcode),
        Stored::text("location_city", &location.city),
        Stored::text("location_state", &location.state),
        Stored {
            shown: country.map_or("", |country| country.text.as_str()),
            ..Stored::text("location_country", &location.country)
        },
        Stored { shown: time_zone.label(), ..Stored::text("time_zone", &time_zone.chosen) },
    ];
    forms::compare(shell, form, &stored);
    for one in fields.iter() {
        let stored = Stored { shown: &one.shown, ..Stored::text(&one.name, &one.value) };
        forms::compare(shell, form, &[stored]);
    }
    for select in preferences {
        let stored = Stored { shown: select.shown(), ..Stored::text(&select.name, &select.chosen) };
        forms::compare(shell, form, &[stored]);
    }
    if form.has("visibility") {
        for row in visibility {
            for (place, is_stored) in [("booking_page", row.booking_page), ("messages", row.messages)] {
                let field = format!("{}_{place}", row.key);
                if form.has(&field) != is_stored {
                    let shown = shell.t(if is_stored { "stored-yes" } else { "stored-no" });
                    shell.add_stored(&field, &shown);
                }
            }
        }
    }
}

/// Whether the form was made from the account as it is now.
pub(super) fn expected(form: &Form) -> impl FnOnce(&Agent) -> bool + Send + 'static {
    let seen = form.version();
    move |agent| seen == agent.version
}
