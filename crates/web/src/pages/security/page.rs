//! The page itself.

use crate::failure::{Page, html};
use crate::pages::or_page;
use crate::view::Section;
use crate::view::security::Security;
use crate::visit::AgentVisit;
use jiff::Timestamp;
use nameplate_app::Error;
use nameplate_app::accounts::password;

pub(super) async fn show(visit: AgentVisit) -> Page {
    Ok(html(&or_page(&visit.visit, build(&visit).await).await?))
}

async fn build(visit: &AgentVisit) -> Result<Security, Error> {
    let changed = password::changed_at(visit.visit.web.app(), &visit.ctx()).await?;
    Ok(Security {
        shell: visit.shell(Section::Account, "/account/security").await?,
        password_changed: changed.map(|at| password_changed(visit, at)),
    })
}

/// "Last changed on 3 November 2026 (Berlin)."
pub(crate) fn password_changed(visit: &AgentVisit, at: Timestamp) -> String {
    let clock = visit.clock();
    let day = clock.date_full(clock.local(at).date());
    visit.visit.texts().format("password-changed", &[("day", &day), ("place", &clock.place())])
}
