//! The texts of messages.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::own_texts::OwnTextsPage;
use nameplate_web::view::templates::{
    Choice, PartField, Placeholder, TemplateEdit, TemplateHistory, TemplateLink, TemplateList,
    TemplatePreview, TemplateRow, TemplateVersionRow,
};
use nameplate_web::view::{Link, Section, Shell};

const ACTION: &str = "/admin/templates/meeting_scheduled/customer/en";

fn words(shell: &Shell) -> (String, String) {
    (shell.t("template-name-meeting-scheduled"), shell.t("template-to-customer"))
}

fn list(shell: &Shell) -> TemplateList {
    let (name, to) = words(shell);
    let link = |language: &str, edited: bool| {
        let state = shell.t(if edited { "templates-edited" } else { "templates-default" });
        let words = [("template", &*name), ("to", &*to), ("language", language), ("state", &*state)];
        TemplateLink {
            language: language.into(),
            href: ACTION.into(),
            edited,
            spoken: shell.texts.format("templates-edit-row", &words),
        }
    };
    let row = TemplateRow {
        links: vec![link("English", true), link("Nederlands", false)],
        name: name.clone(),
        to: to.clone(),
    };
    TemplateList { shell: shell.clone(), rows: vec![row] }
}

fn field(shell: &Shell, name: &str, value: &str, rows: usize) -> PartField {
    let hint = format!("template-part-{name}-hint");
    PartField {
        name: name.into(),
        label: shell.t(&format!("template-part-{name}")),
        hint: Some(shell.t(&hint)).filter(|text| *text != hint).unwrap_or_default(),
        value: value.into(),
        rows,
        errors: Vec::new(),
        built_in: None,
    }
}

fn edit(shell: &Shell) -> TemplateEdit {
    let (name, to) = words(shell);
    let heading = PartField {
        built_in: Some("{{ meeting.title }}".into()),
        ..field(shell, "heading", "{{ customer.first_name }}!", 1)
    };
    let placeholder = |path: &str, example: &str| Placeholder {
        path: path.into(),
        label: shell.t(&format!("placeholder-{}", path.replace(['.', '_'], "-"))),
        example: example.into(),
    };
    let choice = |key: &str, chosen| Choice { value: String::new(), text: shell.t(key), chosen };
    TemplateEdit {
        title: shell.t2("template-heading", ("template", &name), ("to", &to)),
        lead: shell.t("template-lead"),
        languages: vec![Link::new("English", ""), Link::new("Nederlands", ACTION)],
        action: ACTION.into(),
        version: "2".into(),
        fields: vec![
            field(shell, "subject", "{{ meeting.title }}, {{ meeting.start }}", 1),
            heading,
            field(shell, "text", "{{ customer.name }},\n\n{{ agent.name }}", 5),
            field(shell, "details", "X: {{ meeting.place }}", 3),
        ],
        placeholders: vec![placeholder("customer.name", "Zoë"), placeholder("meeting.join_url", "")],
        samples: vec![choice("template-sample-made-up", true)],
        zones: vec![choice("template-sample-zone-own", true)],
        preview: None,
        test: None,
        shell: shell.clone(),
    }
}

fn history(shell: &Shell, versions: bool) -> TemplateHistory {
    let (name, to) = words(shell);
    let text = |part: &str| Link::new(shell.t(&format!("template-part-{part}")), "{{ customer.name }}");
    let row = |version: &str, current, texts| {
        let words = [("version", version), ("when", "Mon 23 Nov 2026, 09:00 (UTC)"), ("author", "Zoë")];
        TemplateVersionRow {
            title: shell.texts.format("template-history-version", &words),
            version: version.into(),
            current,
            texts,
        }
    };
    let mut rows =
        if versions { vec![row("2", true, vec![text("heading")]), row("1", false, vec![])] } else { vec![] };
    rows.push(TemplateVersionRow {
        version: "0".into(),
        title: shell.t("template-history-default"),
        current: !versions,
        texts: vec![text("subject")],
    });
    TemplateHistory {
        title: shell.t2("template-history-title", ("template", &name), ("to", &to)),
        lead: shell.t1("template-history-lead", "language", "English"),
        back: Link::new(shell.t("template-back"), ACTION),
        action: format!("{ACTION}/history"),
        seen: "2".into(),
        rows,
        shell: shell.clone(),
    }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    gallery.page("templates", &list(&shell));
    gallery.page("template", &edit(&shell));

    let mut wrong = edit(&shell);
    let unknown = shell.t1("template-error-unknown-variable", "snippet", "agent.nme");
    let unknown = shell.t2("template-did-you-mean", ("error", &unknown), ("name", "agent.name"));
    let tag = shell.t1("template-error-markup-forbidden", "snippet", "<b>");
    let errors: Vec<_> = [unknown, tag]
        .iter()
        .map(|error| shell.t2("template-line", ("line", "3"), ("error", error)))
        .collect();
    let summary: Vec<_> = errors.iter().map(|error| ("text", error.as_str())).collect();
    wrong.shell = with_errors(shell.clone(), &summary);
    for field in wrong.fields.iter_mut().filter(|field| field.name == "text") {
        field.errors.clone_from(&errors);
    }
    gallery.page("template-wrong", &wrong);

    let mut stale = edit(&shell);
    let text = shell.t("template-stale");
    stale.shell = with_errors(shell.clone(), &[("subject", text.as_str())]);
    stale.shell.add_stored("subject", "{{ meeting.title }}");
    gallery.page("template-stale", &stale);

    let mut shown = edit(&shell);
    let words = [("address", "zoe@example.com"), ("time", "09:00 (UTC)"), ("answer", "250 2.0.0 OK")];
    shown.test = Some((true, shell.texts.format("template-test-sent", &words)));
    shown.preview = Some(TemplatePreview {
        subject: "Zoë, 09:00 (UTC)".into(),
        frame: None,
        text: "Zoë,\n\nZoë".into(),
        entry_title: "Zoë".into(),
        entry_text: "09:00 (UTC)".into(),
        file: Some("BEGIN:VCALENDAR".into()),
        sms: Some(("153 GSM-7".into(), "Zoë, 09:00 (UTC)".into())),
    });
    gallery.page("template-preview", &shown);

    let mut failed = edit(&shell);
    failed.test = Some((false, shell.texts.format("template-test-failed", &words)));
    gallery.page("template-test-failed", &failed);
    let note = |name: &str, rows| PartField {
        label: shell.t(&format!("own-texts-{name}")),
        hint: shell.t(&format!("own-texts-{name}-hint")),
        ..field(&shell, name, "{{ agent.name }}", rows)
    };
    let own = OwnTextsPage {
        fields: vec![note("signature", 6), note("note", 5)],
        placeholders: edit(&shell).placeholders,
        seen: vec![("seen_signature".into(), String::new()), ("seen_note".into(), String::new())],
        preview: None,
        shell: signed_in(Section::Account),
    };
    gallery.page("signature", &own);
    let mut wrong_own = own.clone();
    wrong_own.shell = with_errors(own.shell, &[("note", errors.first().map_or("", String::as_str))]);
    for field in wrong_own.fields.iter_mut().filter(|field| field.name == "note") {
        field.errors.clone_from(&errors);
    }
    gallery.page("signature-wrong", &wrong_own);

    gallery.page("template-history", &history(&shell, true));
    gallery.page("template-history-none", &history(&shell, false));
}
