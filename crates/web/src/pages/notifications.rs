//! Which messages about meetings leave (T-12, T-13).

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::Form;
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::notifications::{NotificationRow, NotificationsPage, Switch};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::accounts::notifications::choose;
use nameplate_domain::account::{Notification, Notifications, RecipientRole};

const PATH: &str = "/account/notifications";

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get(PATH, Access::Agent, show).post(PATH, Access::Agent, save)
}

async fn show(visit: AgentVisit) -> Page {
    Ok(html(&page(&visit, visit.agent.notifications.clone()).await?))
}

/// The page with these choices.
async fn page(visit: &AgentVisit, shown: Notifications) -> Result<NotificationsPage, Failure> {
    let shell = or_page(&visit.visit, visit.shell(Section::Account, PATH).await).await?;
    let texts = visit.visit.texts();
    let switch = |one: Notification, to: RecipientRole| Switch {
        name: name(one, to),
        always: one.is_always(to),
        on: shown.is_on(one, to),
    };
    let rows: Vec<_> = Notification::ALL
        .iter()
        .map(|one| {
            let key = one.as_str().replace('_', "-");
            NotificationRow {
                label: texts.text(&format!("notification-{key}")),
                when: texts.text(&format!("notification-when-{key}")),
                customer: switch(*one, RecipientRole::Customer),
                agent: switch(*one, RecipientRole::Agent),
            }
        })
        .collect();
    let on = rows.iter().flat_map(|row| [&row.customer, &row.agent]).filter(|switch| switch.on).count();
    let off = rows.len() * 2 - on;
    let counts = [("on", &*on.to_string()), ("off", &*off.to_string())];
    Ok(NotificationsPage {
        overview: texts.format("notifications-overview", &counts),
        seen: json(&visit.agent.notifications),
        shell,
        rows,
    })
}

async fn save(visit: AgentVisit, form: Form) -> Page {
    let chosen = Notification::to_each_side()
        .fold(Notifications::default(), |chosen, (one, to)| chosen.with(one, to, form.has(&name(one, to))));
    let seen = serde_json::from_str(form.get("seen")).unwrap_or_default();
    match choose(visit.visit.web.app(), &visit.ctx(), seen, chosen.clone()).await {
        Ok(()) => Ok(see_other("/account/notifications?saved=notifications")),
        Err(Error::Stale) => {
            let mut page = page(&visit, chosen).await?;
            let text = visit.visit.texts().text("notifications-stale");
            page.shell.errors = vec![FieldError { field: "notifications".to_owned(), text }];
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

/// `reminder_agent`
fn name(one: Notification, to: RecipientRole) -> String {
    format!("{one}_{to}")
}

fn json(notifications: &Notifications) -> String {
    serde_json::to_string(notifications).unwrap_or_default()
}
