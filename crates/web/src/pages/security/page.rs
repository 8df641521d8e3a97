//! The page itself.

use crate::failure::{Page, html};
use crate::pages::{oidc, or_page, passkeys, with_status};
use crate::view::security::{Security, TwoStep};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use jiff::Timestamp;
use nameplate_app::Error;
use nameplate_app::accounts::password;
use nameplate_app::accounts::two_step::{self, Status};

pub(super) async fn show(visit: AgentVisit) -> Page {
    Ok(html(&or_page(&visit.visit, build(&visit).await).await?))
}

/// The page with what was wrong in one of its sections.
pub(crate) async fn again(visit: &AgentVisit, errors: Vec<FieldError>) -> Page {
    let mut page = or_page(&visit.visit, build(visit).await).await?;
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn build(visit: &AgentVisit) -> Result<Security, Error> {
    let app = visit.visit.web.app();
    let changed = password::changed_at(app, &visit.ctx()).await?;
    let two_step = two_step::status(app, &visit.ctx()).await?;
    let passkeys = passkeys::section(visit).await?;
    let advice = advice(passkeys.possible && passkeys.items.is_empty(), two_step);
    Ok(Security {
        advice: advice.map(|key| visit.visit.texts().text(key)),
        passkeys,
        provider: oidc::section(visit).await?,
        shell: visit.shell(Section::Account, "/account/security").await?,
        password_changed: changed.map(|at| password_changed(visit, at)),
        two_step: two_step.map(|status| on(visit, status)),
    })
}

/// What is missing most, if anything.
fn advice(lacks_passkey: bool, two_step: Option<Status>) -> Option<&'static str> {
    match two_step {
        None if lacks_passkey => Some("security-advice-password-alone"),
        Some(status) if status.codes_left == 0 => Some("security-advice-no-codes"),
        _ => None,
    }
}

fn on(visit: &AgentVisit, status: Status) -> TwoStep {
    let (clock, texts) = (visit.clock(), visit.visit.texts());
    let day = clock.date_full(clock.local(status.since).date());
    TwoStep {
        since: texts.format("two-step-since", &[("day", &day), ("place", &clock.place())]),
        codes_left: texts.format("recovery-codes-left", &[("left", &status.codes_left.to_string())]),
        few: status.codes_left <= two_step::FEW,
    }
}

/// "Last changed on 3 November 2026 (Berlin)."
pub(crate) fn password_changed(visit: &AgentVisit, at: Timestamp) -> String {
    let clock = visit.clock();
    let day = clock.date_full(clock.local(at).date());
    visit.visit.texts().format("password-changed", &[("day", &day), ("place", &clock.place())])
}
