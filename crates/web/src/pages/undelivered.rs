//! Messages that reached nobody, for admins.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::Asked;
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::view::Section;
use crate::view::undelivered::{Undelivered, UndeliveredItem};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use nameplate_app::outbox::undelivered::{self, Undelivered as Message};
use nameplate_app::{Error, outbox};
use nameplate_domain::ids::OutboxId;
use nameplate_i18n::Texts;
use serde::Deserialize;

const PATH: &str = "/admin/undelivered";

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get(PATH, Access::Admin, show).post(
        "/admin/undelivered/{message}/send-again",
        Access::Admin,
        send_again,
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Before {
    before: String,
}

async fn show(AdminVisit(visit): AdminVisit, Asked(Before { before }): Asked<Before>) -> Page {
    // What is no place in the list leads to its beginning.
    let before: Option<OutboxId> = before.parse().ok();
    let found = undelivered::all(visit.visit.web.app(), &visit.ctx(), before).await;
    let found = or_page(&visit.visit, found).await?;
    let shell = or_page(&visit.visit, visit.shell(Section::Account, PATH).await).await?;
    Ok(html(&Undelivered {
        shell,
        items: found.messages.iter().map(|message| item(&visit, message)).collect(),
        is_newest: before.is_none(),
        older: found.older.map(|before| format!("{PATH}?before={before}")),
    }))
}

fn item(visit: &AgentVisit, message: &Message) -> UndeliveredItem {
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    UndeliveredItem {
        what: what(texts, &message.kind),
        to: message.recipient.clone(),
        about: message.about.as_ref().map(|(meeting, agent)| {
            let values = [
                ("what", meeting.title.as_str()),
                ("customer", meeting.customer.name.as_str()),
                ("when", &clock.short(meeting.start)),
                ("agent", agent.name.as_str()),
            ];
            texts.format("undelivered-about", &values)
        }),
        when: clock.short(message.due_at),
        why: super::meeting_log::why(texts, message.why),
        answer: Some(message.answer.clone()).filter(|answer| !answer.is_empty()),
        again: message.may_send_again.then(|| format!("{PATH}/{}/send-again", message.id)),
    }
}

/// "Reminder", or the subject of what is told about an account.
fn what(texts: Texts, kind: &str) -> String {
    let kind = kind.replace('_', "-");
    let key = format!("notification-{kind}");
    let text = texts.text(&key);
    if text == key { texts.text(&format!("message-{kind}-subject")) } else { text }
}

async fn send_again(AdminVisit(visit): AdminVisit, Path(message): Path<String>) -> Page {
    let sent = match message.parse() {
        Ok(id) => outbox::undelivered::send_again(visit.visit.web.app(), &visit.ctx(), id).await,
        Err(_) => Err(Error::NotFound),
    };
    match sent {
        Ok(sent) => Ok(see_other(&format!("{PATH}?saved={}", super::meeting_log::saved(sent)))),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
