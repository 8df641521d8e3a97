//! Webhooks: none, several, a form with errors, one just made, one that fails, one that was turned off.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::webhooks::{
    DeliveryItem, EventChoice, WebhookDelete, WebhookFacts, WebhookList, WebhookPage, WebhookRow,
};
use nameplate_web::view::{Section, Shell};

const SINCE: &str = "Sun 29 Nov 2026, 09:31 (Amsterdam, UTC+1)";
const HREF: &str = "/admin/webhooks/whk_1";
const LONG: &str = "a-receiver-with-a-rather-long-name.integrations.customers.example.com";

fn events(shell: &Shell, chosen: usize) -> Vec<EventChoice> {
    let words = [
        "agent.created",
        "agent.updated",
        "agent.deactivated",
        "meeting.scheduled",
        "meeting.rescheduled",
        "meeting.cancelled",
        "meeting.reassigned",
    ];
    let choice = |(n, word): (usize, &'static str)| EventChoice {
        word,
        text: shell.t(&format!("webhooks-event-{}", word.replace('.', "-"))),
        chosen: n >= 7 - chosen,
    };
    words.into_iter().enumerate().map(choice).collect()
}

fn row(shell: &Shell, host: &str, events: String, state: &str) -> WebhookRow {
    WebhookRow {
        host: host.into(),
        href: HREF.into(),
        events,
        state: shell.t(&format!("webhooks-state-{state}")),
        is_wrong: state != "on",
        failing: None,
    }
}

fn delivery(shell: &Shell, event: &str, state: &str, (problem, status): (&str, &str)) -> DeliveryItem {
    let why = shell.t1(&format!("webhooks-answer-{problem}"), "status", status);
    let tries = if state == "delivered" { "1" } else { "4" };
    DeliveryItem {
        event: event.into(),
        at: SINCE.into(),
        state: shell.t(&format!("webhooks-delivery-{state}")),
        is_wrong: state != "delivered",
        answer: Some(
            shell.texts.format("webhooks-tried", &[("why", &why), ("when", SINCE), ("count", tries)]),
        ),
        replay: Some(format!("{HREF}/deliveries/dlv_1/replay")),
    }
}

fn lists(gallery: &Gallery, shell: &Shell) {
    let two = [shell.t("webhooks-event-meeting-scheduled"), shell.t("webhooks-event-meeting-cancelled")];
    let failing = WebhookRow {
        failing: Some(shell.t1("webhooks-failing", "when", SINCE)),
        ..row(shell, LONG, shell.t("webhooks-events-all"), "on")
    };
    let list = WebhookList {
        shell: shell.clone(),
        rows: vec![
            row(shell, "crm.harbour.example", shell.t("webhooks-events-all"), "on"),
            failing,
            row(shell, "10.20.0.7", two.join(", "), "off"),
            row(shell, "planning.harbour.example", two.join(", "), "failed"),
        ],
        full: None,
    };
    gallery.page("webhooks", &list);
    let full = Some(shell.t1("webhooks-full", "max", "20"));
    gallery.page("webhooks-full", &WebhookList { full, ..list.clone() });
    gallery.page("webhooks-empty", &WebhookList { rows: Vec::new(), ..list });
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    lists(gallery, &shell);
    let new = WebhookPage {
        shell: shell.clone(),
        action: "/admin/webhooks/new".into(),
        version: String::new(),
        id: "whk_1".into(),
        url: String::new(),
        events: events(&shell, 7),
        on: true,
        facts: None,
    };
    gallery.page("webhooks-new", &new);
    let (url, none) = (shell.t("problem-not-https"), shell.t("problem-empty-events"));
    let wrong = with_errors(shell.clone(), &[("url", url.as_str()), ("events", none.as_str())]);
    let typed = WebhookPage { shell: wrong, url: "http://crm.harbour.example/".into(), ..new.clone() };
    gallery.page("webhooks-new-wrong", &WebhookPage { events: events(&shell, 0), ..typed });
    let facts = WebhookFacts {
        host: "crm.harbour.example".into(),
        trouble: None,
        secret: None,
        previous: None,
        deliveries: vec![
            delivery(&shell, "meeting.cancelled", "delivered", ("delivered", "204")),
            delivery(&shell, "meeting.scheduled", "delivered", ("delivered", "200")),
        ],
        older: Some(format!("{HREF}?before=dlv_1")),
        is_newest: true,
        is_on: true,
    };
    let well = WebhookPage {
        action: HREF.into(),
        version: "2".into(),
        url: "https://crm.harbour.example/hooks?key=Q7Q7".into(),
        facts: Some(facts.clone()),
        ..new
    };
    gallery.page("webhook", &well);
    let made = WebhookFacts {
        secret: Some(format!("whsec_{}=", "Q7".repeat(21) + "x")),
        previous: Some(shell.t1("webhooks-secret-previous", "when", SINCE)),
        deliveries: Vec::new(),
        older: None,
        ..facts.clone()
    };
    gallery.page("webhook-made", &WebhookPage { facts: Some(made), ..well.clone() });
    let trouble = |key: &str, count: &str| Some(shell.t2(key, ("when", SINCE), ("count", count)));
    let failing = WebhookFacts {
        host: LONG.into(),
        trouble: trouble("webhooks-trouble-failing", "1"),
        deliveries: ["refused", "timed-out", "certificate", "private-address", "unreadable"]
            .map(|problem| delivery(&shell, "agent.updated", "waiting", (problem, "500")))
            .to_vec(),
        is_newest: false,
        ..facts
    };
    gallery.page("webhook-failing", &WebhookPage { facts: Some(failing.clone()), ..well.clone() });
    let mut off = failing;
    off.trouble = trouble("webhooks-trouble-failed", "12");
    off.is_on = false;
    off.deliveries = vec![DeliveryItem {
        replay: None,
        ..delivery(&shell, "meeting.reassigned", "failed", ("no-connection", ""))
    }];
    let mut stale = with_errors(shell.clone(), &[("url", shell.t("account-stale").as_str())]);
    stale.add_stored("url", "https://crm.harbour.example/");
    stale.add_stored("on", &shell.t("stored-yes"));
    gallery.page("webhook-off", &WebhookPage { facts: Some(off.clone()), on: false, ..well.clone() });
    gallery.page("webhook-stale", &WebhookPage { shell: stale, facts: Some(off), on: false, ..well });
    gallery.page(
        "webhook-delete",
        &WebhookDelete {
            href: HREF.into(),
            host: "crm.harbour.example".into(),
            effect: shell.t1("webhooks-delete-effect", "count", "3"),
            shell,
        },
    );
}
