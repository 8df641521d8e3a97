//! `/dev/mailbox`: messages that are kept instead of sent.

use crate::failure::{Failure, Page, html};
use crate::layers::Class;
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::state::Web;
use crate::view::Link;
use crate::view::mailbox::{Mailbox, Message, MessageRow};
use crate::visit::Visit;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use nameplate_app::outbox::Channel;
use nameplate_app::{Error, mailbox};
use nameplate_domain::ids::OutboxId;
use nameplate_domain::sms::Segments;
use nameplate_domain::time::ZoneId;
use nameplate_i18n::Texts;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/dev/mailbox", Access::Development, list)
        .get("/dev/mailbox.json", Access::Development, list_json)
        .get("/dev/mailbox/{file}", Access::Development, message)
}

async fn list(visit: Visit) -> Page {
    let rows = or_page(&visit, mailbox::list(visit.web.app()).await).await?;
    let clock = visit.clock(&ZoneId::utc());
    let messages = rows.into_iter().map(|row| MessageRow {
        href: format!("/dev/mailbox/{}", row.id),
        is_sms: row.channel == Channel::Sms,
        subject: without_link(&row),
        to: row.to,
        kind: row.kind,
        created: clock.short(row.created_at),
    });
    let messages = messages.collect();
    Ok(html(&Mailbox { shell: or_page(&visit, visit.public_shell(visit.here()).await).await?, messages }))
}

async fn list_json(State(web): State<Web>) -> Response {
    match mailbox::list(web.app()).await {
        Ok(rows) => Json(rows.iter().map(json).collect::<Vec<_>>()).into_response(),
        Err(error) => Failure::without_page(&error).into_response(),
    }
}

/// The link at the end of a text message is for its reader alone, and as wide as the list.
fn without_link(row: &mailbox::Row) -> String {
    let link = row.subject.rfind(" http").filter(|_| row.channel == Channel::Sms);
    link.and_then(|at| row.subject.get(..at)).unwrap_or(&row.subject).to_owned()
}

fn json(row: &mailbox::Row) -> serde_json::Value {
    serde_json::json!({
        "id": row.id.to_string(),
        "to": row.to,
        "subject": row.subject,
        "kind": row.kind,
        "created_at": row.created_at.to_string(),
        "channel": row.channel.as_str(),
        "sms": (row.channel == Channel::Sms).then(|| {
            let segments = Segments::of(&row.subject);
            serde_json::json!({
                "text": row.subject,
                "encoding": segments.encoding.to_string(),
                "characters": segments.characters,
                "messages": segments.messages,
            })
        }),
    })
}

async fn message(visit: Visit, Path(file): Path<String>) -> Page {
    let (id, eml) = file.strip_suffix(".eml").map_or((file.as_str(), false), |id| (id, true));
    let (id, html_part) = id.strip_suffix(".html").map_or((id, false), |id| (id, true));
    let Ok(id) = id.parse::<OutboxId>() else {
        return Err(Failure::page(Error::NotFound, &visit).await);
    };
    let found = or_page(&visit, mailbox::message(visit.web.app(), id).await).await?;
    if eml {
        return Ok(([("content-type", "message/rfc822")], found.raw).into_response());
    }
    if found.row.channel == Channel::Sms {
        return text_message(&visit, found.row).await;
    }
    let parts = mailbox::parts(&found.raw);
    if html_part {
        let Some(body) = parts.html else { return Err(Failure::page(Error::NotFound, &visit).await) };
        // A mail is somebody else's document: it gets the policy of a preview, sandboxed.
        let mut response = ([("content-type", "text/html; charset=utf-8")], body).into_response();
        response.extensions_mut().insert(Class::Preview);
        return Ok(response);
    }
    Ok(html(&Message {
        shell: or_page(&visit, visit.public_shell(visit.here()).await).await?,
        subject: found.row.subject,
        headers: parts.headers.into_iter().map(|(name, value)| Link::new(name, value)).collect(),
        text: parts.text,
        html_href: parts.html.is_some().then(|| format!("/dev/mailbox/{id}.html")),
        calendar: parts.calendar,
        eml_href: Some(format!("/dev/mailbox/{id}.eml")),
    }))
}

/// "152 characters, GSM-7, 1 message", and what makes it Unicode.
pub(super) fn sms_size(texts: Texts, text: &str) -> String {
    let segments = Segments::of(text);
    let counted = texts.format(
        "sms-mailbox-segments",
        &[
            ("characters", &segments.characters.to_string()),
            ("encoding", &segments.encoding.to_string()),
            ("messages", &segments.messages.to_string()),
        ],
    );
    let forced =
        segments.forced_by.map(|c| texts.format("sms-mailbox-forced", &[("character", &c.to_string())]));
    forced.map_or_else(|| counted.clone(), |forced| format!("{counted} ({forced})"))
}

/// A text message with its alphabet and how many messages it takes.
async fn text_message(visit: &Visit, row: mailbox::Row) -> Page {
    let (texts, size) = (visit.texts(), sms_size(visit.texts(), &row.subject));
    let when = visit.clock(&ZoneId::utc()).short(row.created_at);
    let header = |key: &str, value: String| Link::new(texts.text(key), value);
    Ok(html(&Message {
        shell: or_page(visit, visit.public_shell(visit.here()).await).await?,
        subject: texts.text("sms-mailbox-title"),
        headers: vec![
            header("mailbox-to", row.to),
            header("mailbox-when", when),
            header("sms-mailbox-size", size),
        ],
        text: row.subject,
        html_href: None,
        calendar: None,
        eml_href: None,
    }))
}
