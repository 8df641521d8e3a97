//! My Account: boxes, each a form of its own.

mod email;
mod email_undo;
mod fields;
pub(in crate::pages) mod page;
mod password;
pub(crate) use password::missing;
mod picture;
mod preferences;
mod preview;
pub(in crate::pages) mod profile_fields;
pub(in crate::pages) use profile_fields as inputs;
mod qr;
mod slug;
mod zone;

use crate::routes::{Access, Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .get("/account", agent, page::show)
        .post("/account/preview", agent, preview::show)
        .post("/account/preview-parts", agent, preview::parts)
        .get("/account/preview-signature", agent, preview::signature)
        .post("/account/name", agent, fields::name)
        .post("/account/job-title", agent, fields::job_title)
        .post("/account/location", agent, fields::location)
        .post("/account/fields", agent, profile_fields::save)
        .post("/account/phone-number", agent, fields::phone_number)
        .post("/account/visibility", agent, fields::visibility)
        .post("/account/preferences", agent, preferences::save)
        .post("/account/password", agent, password::change)
        .post("/account/email", agent, email::request)
        .post("/account/email/confirm", agent, email::confirm_code)
        .post("/account/email/resend", agent, email::resend)
        .post("/account/email/cancel", agent, email::cancel)
        .get("/confirm/email/{token}", Access::Link, email::show_link)
        .post("/confirm/email/{token}", Access::Link, email::confirm_link)
        .get("/undo/email/{token}", Access::Link, email_undo::show)
        .post("/undo/email/{token}", Access::Link, email_undo::undo)
        .post("/account/slug", agent, slug::change)
        .get("/account/slug-check", agent, slug::check)
        .get("/account/qr-code", agent, qr::show)
        .get("/account/qr-code.svg", agent, qr::svg)
        .get("/account/qr-code.png", agent, qr::png)
        .get("/account/device-zone", agent, zone::device)
        .get("/account/time-zone", agent, zone::preview)
        .post("/account/time-zone", agent, zone::change)
        .post("/account/picture", agent, picture::set)
        .post("/account/picture/remove", agent, picture::remove)
}
