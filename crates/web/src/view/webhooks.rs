//! Webhooks, as admins see them.

use super::Shell;
use askama::Template;

/// A webhook in the list.
#[derive(Debug, Clone)]
pub struct WebhookRow {
    /// `crm.example.com`
    pub host: String,
    /// `/admin/webhooks/{id}`
    pub href: String,
    /// "All events", or the names of some.
    pub events: String,
    /// "On", "Off" or "Turned off"
    pub state: String,
    /// Whether it needs a look.
    pub is_wrong: bool,
    /// Since when every try came to nothing; none while it goes well.
    pub failing: Option<String>,
}

/// `/admin/webhooks`
#[derive(Debug, Clone, Template)]
#[template(path = "webhooks/list.html")]
pub struct WebhookList {
    /// The frame.
    pub shell: Shell,
    /// In the order of their making.
    pub rows: Vec<WebhookRow>,
    /// Why none can be added: there are as many as there can be.
    pub full: Option<String>,
}

impl WebhookList {
    fn heading(&self) -> String {
        self.shell.t("webhooks-title")
    }
}

/// An event to choose.
#[derive(Debug, Clone)]
pub struct EventChoice {
    /// `meeting.scheduled`
    pub word: &'static str,
    /// "A meeting was booked"
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A delivery in the log.
#[derive(Debug, Clone)]
pub struct DeliveryItem {
    /// `meeting.scheduled`
    pub event: String,
    /// When it happened.
    pub at: String,
    /// "Delivered", "Waiting" or "Given up"
    pub state: String,
    /// Whether it has not arrived.
    pub is_wrong: bool,
    /// "Status 500, 3 tries" and why in plain words; none before the first try.
    pub answer: Option<String>,
    /// Where a POST sends it once more; none while the webhook is off.
    pub replay: Option<String>,
}

/// What is there of a webhook besides its form.
#[derive(Debug, Clone)]
pub struct WebhookFacts {
    /// `crm.example.com`
    pub host: String,
    /// Why it is off, or since when nothing arrives.
    pub trouble: Option<String>,
    /// The secret that was just made, shown this once.
    pub secret: Option<String>,
    /// Until when the one of before still signs.
    pub previous: Option<String>,
    /// The newest first.
    pub deliveries: Vec<DeliveryItem>,
    /// Where older ones are.
    pub older: Option<String>,
    /// Whether these are the newest.
    pub is_newest: bool,
    /// Whether it is called.
    pub is_on: bool,
}

/// `/admin/webhooks/new` and `/admin/webhooks/{id}`: posts `url`, `events` several times, `on` and `version`; a new one `id`.
#[derive(Debug, Clone, Template)]
#[template(path = "webhooks/webhook.html")]
pub struct WebhookPage {
    /// The frame; errors of the fields.
    pub shell: Shell,
    /// Where the form goes; `/test`, `/secret` and `/delete` are below it.
    pub action: String,
    /// The version that the form was made from; empty for a new one.
    pub version: String,
    /// The id of the webhook that the form would make; empty for one that is there.
    pub id: String,
    /// What was typed.
    pub url: String,
    /// All events.
    pub events: Vec<EventChoice>,
    /// Whether the form says that it is called.
    pub on: bool,
    /// None for a new one.
    pub facts: Option<WebhookFacts>,
}

impl WebhookPage {
    fn heading(&self) -> String {
        self.facts.as_ref().map_or_else(|| self.shell.t("webhooks-new-title"), |facts| facts.host.clone())
    }
}

/// `/admin/webhooks/{id}/delete`: asks once.
#[derive(Debug, Clone, Template)]
#[template(path = "webhooks/delete.html")]
pub struct WebhookDelete {
    /// The frame.
    pub shell: Shell,
    /// `/admin/webhooks/{id}`
    pub href: String,
    /// `crm.example.com`
    pub host: String,
    /// "3 deliveries wait and are lost."
    pub effect: String,
}

impl WebhookDelete {
    fn heading(&self) -> String {
        self.shell.t1("webhooks-delete-title", "host", &self.host)
    }
}
