//! The QR code of the profile URL.

use crate::failure::{Failure, Page, html};
use crate::pages::or_page;
use crate::qr::Qr;
use crate::view::Section;
use crate::view::account::{QrFile, QrPage};
use crate::visit::AgentVisit;
use askama::Template as _;
use axum::response::IntoResponse as _;
use nameplate_app::Error;

pub(super) async fn show(visit: AgentVisit) -> Page {
    let (picture, _) = code(&visit).await?;
    let shell = or_page(&visit.visit, visit.shell(Section::Account, "/account/qr-code").await).await?;
    Ok(html(&QrPage { shell, picture }))
}

pub(super) async fn svg(visit: AgentVisit) -> Page {
    let (picture, _) = code(&visit).await?;
    let text =
        or_page(&visit.visit, picture.render().map_err(|_| Error::Internal("a template failed"))).await?;
    Ok(file(&visit, "svg", "image/svg+xml", text.into_bytes()))
}

pub(super) async fn png(visit: AgentVisit) -> Page {
    let (_, qr) = code(&visit).await?;
    let bytes = or_page(&visit.visit, qr.png().ok_or(Error::Internal("no picture of a QR code"))).await?;
    Ok(file(&visit, "png", "image/png", bytes))
}

async fn code(visit: &AgentVisit) -> Result<(QrFile, Qr), Failure> {
    let url = visit.profile_url();
    let qr = Qr::of(&url).ok_or(Error::Internal("the profile URL fits in no QR code"));
    let qr = or_page(&visit.visit, qr).await?;
    let label = visit.visit.texts().format("qr-label", &[("url", &url)]);
    Ok((QrFile { label, url, size: qr.size(), path: qr.path() }, qr))
}

fn file(visit: &AgentVisit, extension: &str, kind: &'static str, bytes: Vec<u8>) -> axum::response::Response {
    let name = format!("attachment; filename=\"{}-qr-code.{extension}\"", visit.agent.slug);
    ([("content-type", kind.to_owned()), ("content-disposition", name)], bytes).into_response()
}
