//! Profile fields, as admins define them.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::account::SelectField;
use nameplate_web::view::fields::{
    FieldDelete, FieldEdit, FieldInput, FieldList, FieldRow, ProfileInput, WordChoice,
};
use nameplate_web::view::{Link, PlateField, Section, Shell};

fn row(shell: &Shell, (label, key): (&str, &str), kind: &str, editor: &str, places: &str) -> FieldRow {
    FieldRow {
        label: label.into(),
        key: key.into(),
        kind: shell.t(&format!("fields-kind-{kind}")),
        is_required: editor == "admins",
        editor: shell.t(&format!("fields-editor-{editor}")),
        places: shell.t(&format!("fields-places-{}", places.replace('_', "-"))),
        href: format!("/admin/fields/{key}"),
    }
}

fn words(shell: &Shell, what: &str, words: &[&'static str]) -> Vec<WordChoice> {
    let word = |value: &&'static str| {
        let label = format!("fields-{what}-{}", value.replace('_', "-"));
        let text = format!("{label}-text");
        WordChoice {
            value,
            label: shell.t(&label),
            text: Some(shell.t(&text)).filter(|found| *found != text).unwrap_or_default(),
            chosen: *value == "agent" || *value == "both",
        }
    };
    words.iter().map(word).collect()
}

/// The fields of one agent, as My Account has them.
pub fn inputs(shell: &Shell) -> Vec<ProfileInput> {
    let input = |name: &str, label: &str, value: &str, control| ProfileInput {
        name: format!("fields_{name}"),
        label: label.into(),
        hint: if control == FieldInput::Shown { shell.t("fields-admins-only") } else { String::new() },
        required: name == "languages",
        value: value.into(),
        shown: value.into(),
        control,
    };
    let answer = |word: &str| (word.to_owned(), shell.t(&format!("fields-{word}")));
    let answers = vec![(String::new(), shell.t("fields-nothing")), answer("yes"), answer("no")];
    vec![
        input("languages", "Languages", "Dutch, English", FieldInput::Line("dir=\"auto\"")),
        input("since", "Adviser since", "2019-03-01", FieldInput::Line("type=\"date\" dir=\"ltr\"")),
        input("certified", "Certified", "yes", FieldInput::Choice(answers)),
        input("licence_number", "Licence number of the financial supervisor", "12040817", FieldInput::Shown),
    ]
}

/// What customers see of them.
pub fn shown() -> Vec<PlateField> {
    let field = |label: &str, value: &str, href: Option<&str>| PlateField {
        label: label.into(),
        value: value.into(),
        href: href.map(str::to_owned),
    };
    vec![
        field("Languages", "Dutch, English", None),
        field("Adviser since", "1-3-2019", None),
        field("Licence number of the financial supervisor", "12040817", None),
        field(
            "Team page",
            "https://harbour.example/teams/mortgages/utrecht",
            Some("https://harbour.example/"),
        ),
    ]
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    let list = FieldList {
        shell: shell.clone(),
        rows: vec![
            row(&shell, ("Languages", "languages"), "text", "agent", "both"),
            row(
                &shell,
                ("Licence number of the financial supervisor", "licence_number"),
                "number",
                "admins",
                "nobody",
            ),
            row(&shell, ("Region", "region"), "choice", "agent", "booking_page"),
        ],
        full: None,
    };
    gallery.page("fields", &list);
    let full = Some(shell.t1("fields-full", "max", "50"));
    gallery.page("fields-full", &FieldList { full, ..list.clone() });
    gallery.page("fields-empty", &FieldList { rows: Vec::new(), ..list });
    forms(gallery, &shell);
    let unused = FieldDelete {
        shell: shell.clone(),
        href: "/admin/fields/languages".into(),
        label: "Languages".into(),
        placeholder: "{{ agent.fields.languages }}".into(),
        effect: shell.t1("fields-delete-effect", "count", "0"),
        templates: Vec::new(),
        agents: Vec::new(),
    };
    gallery.page("fields-delete-unused", &unused);
    let title = shell.t2(
        "template-heading",
        ("template", &shell.t("template-name-meeting-scheduled")),
        ("to", &shell.t("template-to-customer")),
    );
    let used = FieldDelete {
        effect: shell.t1("fields-delete-effect", "count", "12"),
        templates: vec![Link::new(
            format!("{title}, English"),
            "/admin/templates/meeting_scheduled/customer/en",
        )],
        agents: vec!["Anna Berg".into(), "Mirjam Visser-van der Wouden".into()],
        ..unused
    };
    gallery.page("fields-delete", &used);
}

fn forms(gallery: &Gallery, shell: &Shell) {
    let kinds = ["text", "number", "url", "date", "choice", "yes_no"];
    let kind = |one: &&str| ((*one).to_owned(), shell.t(&format!("fields-kind-{}", one.replace('_', "-"))));
    let new = FieldEdit {
        shell: shell.clone(),
        action: "/admin/fields/new".into(),
        version: String::new(),
        typed_label: String::new(),
        fixed: None,
        stored_label: String::new(),
        typed_key: String::new(),
        kind: SelectField {
            name: "kind".into(),
            label: shell.t("fields-kind"),
            chosen: "text".into(),
            options: kinds.iter().map(kind).collect(),
        },
        choices: Some(String::new()),
        required: false,
        editors: words(shell, "editor", &["agent", "admins"]),
        places: words(shell, "places", &["both", "booking_page", "messages", "nobody"]),
    };
    gallery.page("fields-new", &new);
    let (label, key) = (shell.t("problem-empty"), shell.t("problem-key-format"));
    let choices = shell.t("problem-empty-choices");
    let errors = [("key", key.as_str()), ("label", label.as_str()), ("choices", choices.as_str())];
    gallery.page(
        "fields-new-wrong",
        &FieldEdit {
            shell: with_errors(shell.clone(), &errors),
            typed_key: "Languages!".into(),
            ..new.clone()
        },
    );
    let edit = FieldEdit {
        action: "/admin/fields/region".into(),
        version: "3".into(),
        typed_label: "Region".into(),
        fixed: Some(("region".into(), shell.t("fields-kind-choice"))),
        stored_label: "Region".into(),
        choices: Some("North\nSouth\nThe islands and the coast".into()),
        required: true,
        ..new
    };
    gallery.page("fields-edit", &edit);
    let stale = shell.t("account-stale");
    let mut shell = with_errors(shell.clone(), &[("label", stale.as_str())]);
    let nowhere = shell.t("fields-places-nobody");
    for (field, shown) in [("label", "Area"), ("choices", "North, South"), ("places", nowhere.as_str())] {
        shell.add_stored(field, shown);
    }
    gallery.page("fields-edit-stale", &FieldEdit { shell, ..edit });
}
