//! Profile pictures: random names that change with the picture, cached for ever.

use crate::failure::{Failure, Page};
use crate::pages::or_page;
use crate::visit::Visit;
use axum::extract::Path;
use axum::response::IntoResponse;
use nameplate_app::Error;

/// `GET /pictures/{key}/{px}.jpg`
pub async fn get(visit: Visit, Path((key, file)): Path<(String, String)>) -> Page {
    let Some(px) = file.strip_suffix(".jpg").and_then(|px| px.parse().ok()) else {
        return Err(Failure::page(Error::NotFound, &visit).await);
    };
    let bytes =
        or_page(&visit, nameplate_app::accounts::picture::file(visit.web.app(), &key, px).await).await?;
    Ok(([("content-type", "image/jpeg")], bytes).into_response())
}
