//! The agent's own data: the page, deleting the account, what comes after, the mailed link.

use crate::Gallery;
use crate::sample::{public, signed_in, with_errors};
use nameplate_web::view::Section;
use nameplate_web::view::account::LinkState;
use nameplate_web::view::data::{Closed, Data, Delete, Keep, MeetingAhead};

const DAY: &str = "Mon 7 Dec 2026, 08:00 (Amsterdam, UTC+1)";

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Account);
    gallery.page("data", &Data { shell: shell.clone() });
    let wait = shell.t1("data-download-wait", "time", "Tue 24 Nov 2026, 08:00 (Amsterdam, UTC+1)");
    gallery.page("data-wait", &Data { shell: with_errors(shell, &[("download", wait.as_str())]) });
    delete(gallery);
    let closed = Closed {
        shell: public(),
        email: "anna.berg@harbour.example".into(),
        erase_at: DAY.into(),
        cancelled: None,
        mail: true,
    };
    gallery.page("closed-no-mail", &Closed { mail: false, ..closed.clone() });
    gallery.page("closed", &closed);
    let cancelled = Some(public().t1("closed-cancelled", "count", "3"));
    gallery.page("closed-cancelled", &Closed { cancelled, ..closed });
    let keep = Keep {
        shell: public(),
        action: "#".into(),
        email: "anna.berg@harbour.example".into(),
        erase_at: DAY.into(),
        state: LinkState::Open,
    };
    gallery.page("keep", &keep);
    let done = LinkState::Done(public().t1("keep-done", "email", "anna.berg@harbour.example"));
    gallery.page("keep-done", &Keep { state: done, ..keep.clone() });
    gallery.page("keep-dead", &Keep { state: LinkState::Done(public().t("keep-dead")), ..keep });
}

fn delete(gallery: &Gallery) {
    let shell = signed_in(Section::Account);
    let ahead = |customer: &str, when: &str| MeetingAhead {
        customer: customer.into(),
        what: "Mortgage advice".into(),
        when: when.into(),
    };
    let none = Delete {
        email: "anna.berg@harbour.example".into(),
        slug: "anna-berg".into(),
        erase_at: DAY.into(),
        meetings_ahead: shell.t1("delete-meetings-ahead", "count", "0"),
        meetings: vec![],
        more_meetings: None,
        keeps_meetings: false,
        confirmation: String::new(),
        is_last_admin: false,
        mail: true,
        shell,
    };
    gallery.page("delete", &none);
    gallery.page("delete-no-mail", &Delete { mail: false, ..none.clone() });
    gallery.page("delete-last-admin", &Delete { is_last_admin: true, ..none.clone() });
    let some = Delete {
        meetings_ahead: none.shell.t1("delete-meetings-ahead", "count", "14"),
        meetings: vec![
            ahead("Zoë Müller", "Tue 24 Nov 2026, 09:00 (Amsterdam, UTC+1)"),
            ahead(
                "Sam Sample of the company with the long name",
                "Wed 25 Nov 2026, 14:30 (Amsterdam, UTC+1)",
            ),
        ],
        more_meetings: Some(none.shell.t1("delete-meetings-more", "count", "12")),
        ..none.clone()
    };
    gallery.page("delete-meetings", &some);
    let errors = [
        ("meetings", "Choose one of the values in the list"),
        ("confirmation", "Type “anna” or your email address"),
    ];
    let shell = with_errors(signed_in(Section::Account), &errors);
    gallery.page("delete-wrong", &Delete { shell, keeps_meetings: true, confirmation: "ana".into(), ..some });
}
