//! Giving a meeting to a colleague.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::Section;
use nameplate_web::view::manage::MeetingFacts;
use nameplate_web::view::reassign::{Colleague, Reassign};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Meetings);
    let colleague = |id: &str, name: &str, key: Option<&str>, chosen| Colleague {
        id: id.into(),
        label: key.map_or_else(|| name.to_owned(), |key| shell.t1(key, "name", name)),
        free: key.is_none(),
        chosen,
    };
    let colleagues = vec![
        colleague("agt_1", "Bram Visser", None, true),
        colleague("agt_2", "Chloé van den Heuvel-Papadopoulou", Some("reassign-taken"), false),
        colleague("agt_3", "Dmitri Orlov", Some("reassign-off-hours"), false),
    ];
    let page = Reassign {
        shell: shell.clone(),
        action: "/account/meetings/mtg_1/reassign".into(),
        back: "/m/token".into(),
        facts: MeetingFacts {
            what: "Mortgage introduction".into(),
            when: "Tuesday 8 December 2026, 09:30-10:00 (Amsterdam, CET, UTC+1)".into(),
            when_other: Some(
                "Sam Carter: Tuesday 8 December 2026, 03:30-04:00 (New York, EST, UTC-5)".into(),
            ),
            place: Some("Video call".into()),
        },
        customer_name: "Sam Carter".into(),
        agent_name: None,
        version: 0,
        colleagues,
        any_free: true,
        reason: String::new(),
    };
    gallery.page("reassign", &page);
    let taken = shell.t("refused-agent-taken");
    let admins = Reassign {
        shell: with_errors(shell.clone(), &[("agent", taken.as_str())]),
        agent_name: Some("Anna Berg".into()),
        reason: "Anna is ill.".into(),
        ..page.clone()
    };
    gallery.page("reassign-taken", &admins);
    let busy = page.colleagues.iter().filter(|one| !one.free).cloned().collect();
    gallery.page("reassign-nobody-free", &Reassign { colleagues: busy, any_free: false, ..page.clone() });
    gallery.page("reassign-alone", &Reassign { colleagues: Vec::new(), any_free: false, ..page });
}
