//! The time zone.

use super::fields::save;
use super::page::again;
use crate::failure::Page;
use crate::forms::{Check, Form};
use crate::visit::AgentVisit;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_domain::account::Problem;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let app = visit.visit.web.app();
    let zone = app.tzdb().normalise(form.get("time_zone")).map_err(|_| Problem::TimeZoneUnknown);
    let Some(zone) = check.take("time_zone", zone) else {
        return again(&visit, check.errors(visit.visit.texts()), |_| {}).await;
    };
    let chosen = zone.to_string();
    let wanted = ProfileChange { time_zone: Some(zone), ..ProfileChange::default() };
    save(&visit, &form, wanted, "time_zone", |page| page.time_zone.chosen = chosen).await
}
