//! One change for many people.

use crate::Gallery;
use crate::sample::signed_in;
use nameplate_web::view::account::SelectField;
use nameplate_web::view::people_bulk::{Ask, Done, Named};
use nameplate_web::view::{Section, Shell};

/// What stands below the list.
pub fn bar(shell: &Shell) -> Vec<SelectField> {
    let jobs = ["none", "invite-again", "role-agent", "role-admin", "deactivate", "reactivate"];
    let whom = [("ticked", "2"), ("page", "50"), ("found", "52")];
    vec![
        SelectField {
            name: "job".into(),
            label: shell.t("bulk-job"),
            chosen: "deactivate".into(),
            options: jobs.map(|job| (job.to_owned(), shell.t(&format!("bulk-job-{job}")))).to_vec(),
        },
        SelectField {
            name: "whom".into(),
            label: shell.t("bulk-whom"),
            chosen: String::new(),
            options: whom
                .map(|(one, count)| (one.to_owned(), shell.t1(&format!("bulk-whom-{one}"), "count", count)))
                .to_vec(),
        },
    ]
}

fn named(name: &str, text: impl Into<String>) -> Named {
    Named { name: name.into(), href: "/admin/people/agt_2".into(), text: text.into() }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    let ask = Ask {
        title: shell.t1("bulk-ask-deactivate", "count", "2"),
        lead: shell.t("bulk-lead-deactivate"),
        button: shell.t1("bulk-job-deactivate-count", "count", "2"),
        is_danger: true,
        job: "deactivate",
        people: vec![
            named("Mirjam Visser-van der Wouden", "mirjam.visser-van-der-wouden@harbour.example"),
            named("Bram Kok", "bram.kok@harbour.example"),
        ],
        ids: vec!["agt_2".into(), "agt_3".into()],
        left_out: vec![
            named("Anna Berg", shell.t("bulk-left-own")),
            named("Dora Lund", shell.t("bulk-left-already")),
        ],
        meetings: Some(shell.t1("person-meetings-count", "count", "3")),
        asked: Vec::new(),
        back: "/admin/people".into(),
        shell: shell.clone(),
    };
    gallery.page("people-bulk", &ask);
    let none =
        Ask { title: shell.t("bulk-ask-nobody"), people: Vec::new(), ids: Vec::new(), meetings: None, ..ask };
    gallery.page("people-bulk-none", &none);
    let done = Done {
        title: shell.t("bulk-done"),
        done: shell.t1("bulk-done-deactivate", "count", "12"),
        failed: Vec::new(),
        back: "/admin/people".into(),
        shell: shell.clone(),
    };
    gallery.page("people-bulk-done", &done);
    let failed = vec![named("Bram Kok", shell.t("refused-other-status"))];
    gallery.page("people-bulk-partly", &Done { title: shell.t("bulk-done-partly"), failed, ..done });
}
