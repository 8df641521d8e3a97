//! The time zone.

use super::page::{again, failed};
use crate::failure::{Page, see_other};
use crate::forms::{Check, Form};
use crate::visit::AgentVisit;
use nameplate_app::accounts::time_zone;
use nameplate_domain::account::Problem;

pub(super) async fn change(visit: AgentVisit, form: Form) -> Page {
    let mut check = Check::default();
    let app = visit.visit.web.app();
    let zone = app.tzdb().normalise(form.get("time_zone")).map_err(|_| Problem::TimeZoneUnknown);
    let Some(zone) = check.take("time_zone", zone) else {
        return again(&visit, check.errors(visit.visit.texts()), |_| {}).await;
    };
    let chosen = zone.to_string();
    match time_zone::change(app, &visit.ctx(), zone, Some(form.version())).await {
        Ok(_) => Ok(see_other("/account?saved=time-zone")),
        Err(error) => failed(&visit, error, "time_zone", |page| page.time_zone.chosen = chosen).await,
    }
}
