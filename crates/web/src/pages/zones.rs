//! City search for the zone fields.

use crate::forms::Asked;
use crate::visit::Visit;
use axum::Json;
use nameplate_i18n::time::zone_option;
use serde::{Deserialize, Serialize};

/// `?q=`
#[derive(Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// A place and its zone.
#[derive(Serialize)]
pub struct Hit {
    zone: String,
    label: String,
}

/// `GET /zones?q=eindhoven`: the best first.
pub async fn search(visit: Visit, Asked(search): Asked<Search>) -> Json<Vec<Hit>> {
    let app = visit.web.app();
    let hits = app.tzdb().search(&search.q);
    let hit = |hit: &nameplate_domain::time::ZoneHit| Hit {
        zone: hit.zone.to_string(),
        label: zone_option(visit.locale(), app.tzdb(), hit, visit.now, visit.hours()),
    };
    Json(hits.iter().map(hit).collect())
}
