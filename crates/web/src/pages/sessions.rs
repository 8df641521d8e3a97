//! Where the account is signed in: a list, and signing out elsewhere.

use crate::device::Device;
use crate::failure::{Page, html, see_other};
use crate::forms::{Asked, Form};
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::view::Section;
use crate::view::sessions::{SessionItem, Sessions};
use crate::visit::AgentVisit;
use nameplate_app::accounts::devices;
use nameplate_i18n::Texts;
use nameplate_i18n::time::Clock;
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes.get("/account/sessions", agent, show).post("/account/sessions/end", agent, end).post(
        "/account/sessions/end-others",
        agent,
        end_others,
    )
}

#[derive(Default, Deserialize)]
struct Ended {
    #[serde(default)]
    ended: Option<String>,
}

/// "Firefox on Windows"
pub(crate) fn device_name(texts: Texts, device: Device) -> String {
    match device.names() {
        (Some(browser), Some(system)) => texts.format("device", &[("browser", browser), ("system", system)]),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => texts.text("device-unknown"),
    }
}

/// "From 192.0.2.7"; one of this machine's own networks says nothing to a person.
pub(super) fn address(texts: Texts, net: &str) -> String {
    if net == "::/64" || net.starts_with("127.") {
        return texts.text("session-address-own");
    }
    texts.format("session-address", &[("address", net)])
}

fn item(texts: Texts, clock: &Clock, device: devices::Device) -> SessionItem {
    SessionItem {
        id: device.id,
        device: device_name(texts, Device::read(&device.session.user_agent)),
        is_this: device.is_this,
        last_used: clock.short(device.session.last_seen_at),
        started: clock.short(device.session.created_at),
        ends: texts.format(
            if device.is_prolonged { "session-ends" } else { "session-ends-at-last" },
            &[("when", &clock.short(device.ends_at))],
        ),
        address: address(texts, &device.session.client_net),
    }
}

async fn show(visit: AgentVisit, Asked(Ended { ended }): Asked<Ended>) -> Page {
    let texts = visit.visit.texts();
    let listed = devices::list(visit.visit.web.app(), &visit.ctx()).await;
    let listed = or_page(&visit.visit, listed).await?;
    let shell = visit.shell(Section::Account, "/account/sessions").await;
    let mut shell = or_page(&visit.visit, shell).await?;
    if let Some(key) = ended {
        let device = device_name(texts, Device::from_key(&key));
        shell.saved = Some(texts.format("session-ended", &[("device", &device)]));
    }
    let clock = visit.clock();
    let sessions = listed.into_iter().map(|device| item(texts, &clock, device)).collect();
    Ok(html(&Sessions { shell, sessions }))
}

async fn end(visit: AgentVisit, form: Form) -> Page {
    let ended = devices::end_one(visit.visit.web.app(), &visit.ctx(), form.get("id")).await;
    Ok(match or_page(&visit.visit, ended).await? {
        Some(device) => {
            let key = Device::read(&device.session.user_agent).key();
            see_other(&format!("/account/sessions?ended={key}"))
        }
        // The second click, or it ended by itself meanwhile.
        None => see_other("/account/sessions"),
    })
}

async fn end_others(visit: AgentVisit) -> Page {
    let ended = devices::end_others(visit.visit.web.app(), &visit.ctx()).await;
    or_page(&visit.visit, ended).await?;
    Ok(see_other("/account/sessions?saved=others-ended"))
}
