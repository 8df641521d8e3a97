//! Which messages about meetings leave.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::Section;
use nameplate_web::view::notifications::{NotificationRow, NotificationsPage, Switch};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Account);
    let switch = |name: &str, to: &str, always, on| Switch { name: format!("{name}_{to}"), always, on };
    let row = |name: &str, always, agent| {
        let key = name.replace('_', "-");
        NotificationRow {
            label: shell.t(&format!("notification-{key}")),
            when: shell.t(&format!("notification-when-{key}")),
            customer: switch(name, "customer", always, true),
            agent: switch(name, "agent", false, agent),
        }
    };
    let page = NotificationsPage {
        overview: shell.t2("notifications-overview", ("on", "9"), ("off", "1")),
        seen: "{}".into(),
        rows: vec![
            row("meeting_scheduled", true, true),
            row("meeting_rescheduled", true, true),
            row("meeting_cancelled", true, true),
            row("reminder", false, false),
            row("starts_soon", false, true),
        ],
        shell: shell.clone(),
    };
    gallery.page("notifications", &page);
    let stale = shell.t("notifications-stale");
    let shell = with_errors(shell, &[("notifications", stale.as_str())]);
    gallery.page("notifications-stale", &NotificationsPage { shell, ..page });
}
