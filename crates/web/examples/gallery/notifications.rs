//! Which messages about meetings leave.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::Section;
use nameplate_web::view::account::SelectField;
use nameplate_web::view::notifications::{NotificationRow, NotificationsPage, Switch, TimingRow};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Account);
    let switch = |name: &str, to: &str, always, on| Switch { name: format!("{name}_{to}"), always, on };
    let hours = |count: &str| shell.t1("span-hours", "count", count);
    let when = |count: &str| {
        shell.t2("notification-when-timed", ("before", &hours(count)), ("notice", &hours(count)))
    };
    let select = |kind: &str, what: &str, chosen: &str| SelectField {
        name: format!("{kind}_{what}"),
        label: shell.t(&format!("notification-{what}")),
        chosen: chosen.to_owned(),
        options: ["1", "3", "24"].map(|count| (count.to_owned(), hours(count))).to_vec(),
    };
    let timing = |name: &str, before: &str, notice: &str| TimingRow {
        label: shell.t(&format!("notification-{}", name.replace('_', "-"))),
        before: select(name, "before", before),
        notice: select(name, "notice", notice),
    };
    let row = |name: &str, always, agent| {
        let key = name.replace('_', "-");
        NotificationRow {
            label: shell.t(&format!("notification-{key}")),
            when: match name {
                "reminder" => when("24"),
                "starts_soon" => when("3"),
                _ => shell.t(&format!("notification-when-{key}")),
            },
            customer: switch(name, "customer", always, true),
            agent: Some(switch(name, "agent", false, agent)),
            texts: Some(switch(name, "customer_sms", false, true)),
        }
    };
    let review = NotificationRow { agent: None, texts: None, ..row("review_request", false, false) };
    let page = NotificationsPage {
        overview: shell.t2("notifications-overview", ("on", "9"), ("off", "1")),
        seen: "{}".into(),
        rows: vec![
            row("meeting_scheduled", true, true),
            row("meeting_rescheduled", true, true),
            row("meeting_cancelled", true, true),
            row("reminder", false, false),
            row("starts_soon", false, true),
            review,
        ],
        has_texts: true,
        line: shell.t2("notifications-line", ("reminder", &hours("24")), ("soon", &hours("1"))),
        timings: vec![timing("reminder", "24", "24"), timing("starts_soon", "1", "3")],
        shell: shell.clone(),
    };
    gallery.page("notifications", &page);
    let stale = shell.t("notifications-stale");
    let late = shell.t("problem-reminder-too-late");
    let shell = with_errors(shell, &[("notifications", stale.as_str()), ("reminder_before", late.as_str())]);
    gallery.page("notifications-stale", &NotificationsPage { shell, ..page });
}
