//! City search for the zone fields.

use crate::forms::Asked;
use crate::language;
use crate::state::Web;
use crate::visit::hours;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
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
pub async fn search(
    State(web): State<Web>,
    headers: HeaderMap,
    Asked(search): Asked<Search>,
) -> Json<Vec<Hit>> {
    let (app, now) = (web.app(), web.now());
    let hits = app.tzdb().search(&search.q);
    let hit = |hit: &nameplate_domain::time::ZoneHit| Hit {
        zone: hit.zone.to_string(),
        label: zone_option(language::of(&headers), app.tzdb(), hit, now, hours(&headers)),
    };
    Json(hits.iter().map(hit).collect())
}
