//! The accounts of the organisation, and the page behind an invitation.

use crate::Gallery;
use crate::sample::{initials, new_password, public, signed_in, with_errors, zones};
use nameplate_web::view::account::SelectField;
use nameplate_web::view::people::{
    Accept, AcceptDead, Account, AheadRow, Deactivate, Invite, PeopleList, PersonRow, RoleChoice, SortLink,
};
use nameplate_web::view::{Section, Shell};

fn person(shell: &Shell) -> PersonRow {
    PersonRow {
        picture: initials(),
        name: "Anna Berg".into(),
        is_own: true,
        id: "agt_1".into(),
        is_ticked: true,
        href: "/admin/people/agt_1".into(),
        email: "anna.berg@harbour.example".into(),
        role: shell.t("role-admin"),
        status: shell.t("status-active"),
        is_away: false,
        last_sign_in: "Fri 20 Nov 2026, 09:31 (Amsterdam, UTC+1)".into(),
        profile: Some(("anna-berg".into(), "https://book.harbour.example/anna-berg".into())),
    }
}

fn invited(shell: &Shell) -> PersonRow {
    PersonRow {
        name: "Mirjam Visser-van der Wouden".into(),
        is_own: false,
        id: "agt_2".into(),
        is_ticked: false,
        href: "/admin/people/agt_2".into(),
        email: "mirjam.visser-van-der-wouden@harbour.example".into(),
        role: shell.t("role-agent"),
        status: shell.t("status-invited"),
        is_away: true,
        last_sign_in: shell.t("people-never"),
        profile: None,
        ..person(shell)
    }
}

fn ahead() -> Vec<AheadRow> {
    let row = |what: &str, when: &str| AheadRow {
        what: what.into(),
        when: when.into(),
        reassign: "/account/meetings/mtg_1/reassign".into(),
    };
    vec![
        row("Mortgage introduction", "Tue 1 Dec 2026, 14:00 (Amsterdam, UTC+1)"),
        row("A meeting type with a rather long name", "Wed 2 Dec 2026, 09:30 (Amsterdam, UTC+1)"),
    ]
}

fn roles(shell: &Shell) -> Vec<RoleChoice> {
    let role = |value: &'static str| RoleChoice {
        value,
        label: shell.t(&format!("role-{value}")),
        text: shell.t(&format!("role-{value}-text")),
        chosen: value == "agent",
    };
    ["agent", "admin"].map(role).to_vec()
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    list(gallery, &shell);
    let invite = Invite {
        shell: shell.clone(),
        name: "Mirjam Visser".into(),
        email: "mirjam@harbour".into(),
        roles: roles(&shell),
    };
    gallery.page("people-invite", &invite);
    let (wrong, often) = (shell.t("problem-email-format"), shell.t1("invite-limit", "minutes", "12"));
    let errors = with_errors(shell.clone(), &[("email", wrong.as_str()), ("invite", often.as_str())]);
    gallery.page("people-invite-wrong", &Invite { shell: errors, ..invite });
    accounts(gallery, &shell);
    let ask = Deactivate {
        shell: shell.clone(),
        name: "Anna Berg".into(),
        back: "/admin/people/agt_1".into(),
        meetings: Some(shell.t1("person-meetings-count", "count", "2")),
        ahead: ahead(),
    };
    gallery.page("people-deactivate", &ask);
    gallery.page("people-deactivate-free", &Deactivate { meetings: None, ahead: Vec::new(), ..ask });
    let accept = Accept {
        shell: public(),
        action: "/invite/token".into(),
        welcome: "Mirjam Visser".into(),
        name: "Mirjam Visser".into(),
        email: "mirjam@harbour.example".into(),
        new_password: new_password(),
        time_zone: zones("Europe/Amsterdam"),
        guesses_zone: false,
    };
    gallery.page("people-accept", &accept);
    let short = shell.t("problem-empty-new-password");
    let shell = with_errors(public(), &[("new_password", short.as_str())]);
    gallery.page("people-accept-wrong", &Accept { shell, ..accept });
    gallery.page("people-accept-dead", &AcceptDead { shell: public() });
}

fn list(gallery: &Gallery, shell: &Shell) {
    let filter = |name: &str, options: &[&str]| SelectField {
        name: name.into(),
        label: shell.t(&format!("people-{name}")),
        chosen: String::new(),
        options: std::iter::once((String::new(), shell.t(&format!("people-any-{name}"))))
            .chain(options.iter().map(|one| ((*one).to_owned(), shell.t(&format!("{name}-{one}")))))
            .collect(),
    };
    let column = |name: &str, sorted| SortLink {
        label: shell.t(&format!("people-{name}")),
        href: format!("/admin/people?sort={name}"),
        sorted,
    };
    let page = PeopleList {
        shell: shell.clone(),
        search: String::new(),
        filters: vec![
            filter("role", &["agent", "manager", "admin"]),
            filter("status", &["active", "invited"]),
        ],
        kept: Vec::new(),
        asked: Vec::new(),
        bulk: super::people_bulk::bar(shell),
        count: shell.t1("people-count", "found", "52"),
        is_filtered: false,
        caption: shell.t1("people-caption", "sort", "name"),
        columns: vec![
            column("name", Some("ascending")),
            column("email", None),
            column("role", None),
            column("status", None),
        ],
        rows: vec![person(shell), invited(shell)],
        pages: Some(shell.t2("people-page", ("page", "2"), ("pages", "3"))),
        previous: Some("/admin/people".into()),
        next: Some("/admin/people?page=3".into()),
    };
    gallery.page("people", &page);
    let wrong = with_errors(shell.clone(), &[("whom", &shell.t("bulk-nobody"))]);
    gallery.page("people-bulk-wrong", &PeopleList { shell: wrong, ..page.clone() });
    let none = PeopleList {
        search: "nobody".into(),
        is_filtered: true,
        count: shell.t2("people-count-of", ("found", "0"), ("all", "52")),
        rows: Vec::new(),
        pages: None,
        previous: None,
        next: None,
        ..page.clone()
    };
    gallery.page("people-none", &none);
    let alone = PeopleList { rows: vec![person(shell)], pages: None, previous: None, next: None, ..page };
    gallery.page("people-alone", &alone);
}

fn accounts(gallery: &Gallery, shell: &Shell) {
    let to = |what: &str| Some(format!("/admin/people/agt_2/{what}"));
    let own = Account {
        shell: shell.clone(),
        person: person(shell),
        roles: roles(shell),
        meetings: shell.t1("person-meetings-count", "count", "2"),
        ahead: ahead(),
        note: None,
        invite_again: None,
        link: None,
        reset: None,
        deactivate: None,
        reactivate: None,
        edit: None,
    };
    gallery.page("people-own", &own);
    let last = shell.t("problem-refused-last-admin");
    let shell_wrong = with_errors(shell.clone(), &[("role", last.as_str())]);
    gallery.page("people-last-admin", &Account { shell: shell_wrong, ..own.clone() });
    let until = "Monday 30 November 2026, 09:25 (Amsterdam, UTC+1)";
    let waiting = Account {
        person: invited(shell),
        note: Some(shell.t1("person-invited-until", "until", until)),
        invite_again: to("invite-again"),
        link: Some("https://book.harbour.example/invite/AaIHuRi0cP21wFOk".into()),
        deactivate: to("deactivate"),
        ..own.clone()
    };
    gallery.page("people-invited", &waiting);
    let over = Some(shell.t1("person-invited-over", "until", until));
    gallery.page("people-invited-over", &Account { note: over, link: None, ..waiting });
    let other = PersonRow { is_own: false, ..person(shell) };
    gallery.page(
        "people-person",
        &Account {
            person: other.clone(),
            reset: to("reset"),
            deactivate: to("deactivate"),
            edit: to("edit"),
            ..own.clone()
        },
    );
    let away = |status: &str| PersonRow {
        status: shell.t(&format!("status-{status}")),
        is_away: true,
        profile: None,
        ..other.clone()
    };
    gallery.page(
        "people-deactivated",
        &Account { person: away("disabled"), reactivate: to("reactivate"), ..own.clone() },
    );
    let note = Some(shell.t1("person-closed", "until", until));
    gallery.page("people-closed", &Account { person: away("closed"), roles: Vec::new(), note, ..own });
}
