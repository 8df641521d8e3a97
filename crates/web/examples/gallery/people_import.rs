//! People from a file, from handing in to the rows that failed.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::account::SelectField;
use nameplate_web::view::people_import::{
    ColumnRow, FileRow, ImportDraft, ImportProgress, ImportResult, ImportRow, ImportStart, Kind,
};
use nameplate_web::view::{Link, Section, Shell};

const HREF: &str = "/admin/people/import/imp_1";
const NAME: &str = "mensen-per-23-november-2026.csv";

fn row(shell: &Shell, line: &str, who: (&str, &str), word: &str, reasons: Vec<String>) -> ImportRow {
    ImportRow {
        line: line.into(),
        name: who.0.into(),
        email: who.1.into(),
        verdict: shell.t(&format!("import-verdict-{word}")),
        wrong: matches!(word, "invalid" | "duplicate" | "failed"),
        reasons,
    }
}

fn wrong(shell: &Shell) -> Vec<String> {
    let cell = |column: &str, problem: &str| {
        shell.t2("import-fault-cell", ("column", &shell.t(column)), ("problem", &shell.t(problem)))
    };
    vec![cell("field-email", "problem-email-format"), cell("field-time-zone", "problem-time-zone-unknown")]
}

fn start(gallery: &Gallery, shell: &Shell) {
    let file = |name: &str, state: &str| FileRow {
        name: name.into(),
        href: HREF.into(),
        when: shell.t2(
            "import-when-by",
            ("at", "Mon 23 Nov 2026, 09:25 (Amsterdam, UTC+1)"),
            ("name", "Mirjam Visser-van der Wouden"),
        ),
        rows: shell.t1("import-rows", "count", "214"),
        state: shell.t(&format!("import-state-{state}")),
    };
    let page = ImportStart { shell: shell.clone(), pasted: String::new(), files: Vec::new() };
    gallery.page("import", &page);
    let files = vec![file(NAME, "running"), file("people.csv", "done"), file("people.csv", "draft")];
    gallery.page("import-files", &ImportStart { files, ..page.clone() });
    let text = shell.t("import-file-not-text");
    let shell = with_errors(shell.clone(), &[("file", text.as_str())]);
    gallery.page("import-wrong", &ImportStart { shell, pasted: "name,email".into(), ..page });
}

fn column(shell: &Shell, n: usize, label: &str, chosen: &str, example: &str) -> ColumnRow {
    let option = |word: &str, key: &str| (word.to_owned(), shell.t(key));
    ColumnRow {
        select: SelectField {
            name: format!("column_{n}"),
            label: label.into(),
            chosen: chosen.into(),
            options: vec![
                option("", "import-column-none"),
                option("name", "field-full-name"),
                option("email", "field-email"),
                option("job_title", "field-job-title"),
            ],
        },
        example: example.into(),
    }
}

fn draft(gallery: &Gallery, shell: &Shell) {
    let kind = |word: &str, count: &str| Kind {
        label: shell.t(&format!("import-kind-{word}")),
        count: count.into(),
        href: format!("{HREF}?show={word}"),
        chosen: word == "all",
    };
    let changes = shell.t1("import-changes", "columns", &shell.t("field-job-title"));
    let page = ImportDraft {
        shell: shell.clone(),
        name: NAME.into(),
        href: HREF.into(),
        read_as: shell.texts.format(
            "import-read-as",
            &[
                ("rows", &shell.t1("import-rows", "count", "214")),
                ("encoding", "windows-1252"),
                ("delimiter", &shell.t("import-delimiter-semicolon")),
            ],
        ),
        columns: vec![
            column(shell, 0, "Naam", "name", "Anna Berg · Bram de Wit · Chloé Martin"),
            column(
                shell,
                1,
                "E-mailadres",
                "email",
                "anna.berg@harbour.example · bram.de.wit@harbour.example",
            ),
            column(shell, 2, "Functieomschrijving volgens het personeelssysteem", "job_title", "Adviser"),
            column(shell, 3, "Personeelsnummer", "", "12040817"),
        ],
        missing: None,
        seen: "name\nemail\njob_title\n".into(),
        kinds: vec![
            kind("all", "214"),
            kind("ready", "180"),
            kind("here", "30"),
            kind("duplicate", "1"),
            kind("invalid", "3"),
        ],
        rows: vec![
            row(shell, "2", ("Anna Berg", "anna.berg@harbour.example"), "here", vec![changes]),
            row(shell, "3", ("Bram de Wit", "bram@harbour.example"), "here", vec![shell.t("import-same")]),
            row(
                shell,
                "4",
                ("Mirjam Visser-van der Wouden", "mirjam.visser-van-der-wouden@harbour.example"),
                "ready",
                Vec::new(),
            ),
            row(shell, "5", ("منى الحسن", "mona@harbour"), "invalid", wrong(shell)),
            row(
                shell,
                "6",
                ("", "anna.berg@harbour.example"),
                "duplicate",
                vec![shell.t1("import-fault-duplicate", "line", "2")],
            ),
        ],
        caption: shell.t2("import-caption", ("page", "2"), ("pages", "5")),
        pages: Some(shell.t2("people-page", ("page", "2"), ("pages", "5"))),
        previous: Some(HREF.into()),
        next: Some(format!("{HREF}?page=3")),
        confirm: Some(shell.t2("import-confirm-both", ("ready", "180"), ("changing", "12"))),
        left: Some(shell.t1("import-left", "count", "4")),
    };
    gallery.page("import-draft", &page);
    let none = ImportDraft {
        rows: Vec::new(),
        pages: None,
        previous: None,
        next: None,
        confirm: None,
        left: None,
        ..page.clone()
    };
    gallery.page("import-draft-nothing", &none);
    let missing = Some(shell.t("import-no-email-column"));
    gallery.page("import-draft-no-email", &ImportDraft { missing, ..page.clone() });
    let twice = shell.t("import-column-twice");
    let shell = with_errors(shell.clone(), &[("column_2", twice.as_str())]);
    gallery.page("import-draft-wrong", &ImportDraft { shell, ..page });
}

fn progress(shell: &Shell, done: i64, is_over: bool) -> ImportProgress {
    let count = |what: &str, count: &str| Link::new(shell.t(&format!("import-count-{what}")), count);
    ImportProgress {
        done,
        all: 214,
        text: shell.t2("import-progress", ("done", &done.to_string()), ("all", "214")),
        counts: vec![
            count("invited", "96"),
            count("updated", "12"),
            count("unchanged", "8"),
            count("failed", "4"),
        ],
        is_over,
    }
}

fn result(gallery: &Gallery, shell: &Shell) {
    let page = ImportResult {
        shell: shell.clone(),
        name: NAME.into(),
        href: HREF.into(),
        progress: progress(shell, 120, false),
        failed: Vec::new(),
        more: None,
        kept: shell.t1("import-kept", "until", "Mon 30 Nov 2026, 09:25 (Amsterdam, UTC+1)"),
    };
    gallery.page("import-running", &page);
    gallery.fragment("admin/people/import/imp_1/progress", &progress(shell, 140, false));
    let over = ImportResult { progress: progress(shell, 214, true), ..page };
    gallery.page("import-done", &over);
    let failed = vec![
        row(shell, "5", ("منى الحسن", "mona@harbour"), "failed", wrong(shell)),
        row(shell, "9", ("", ""), "failed", vec![shell.t("import-fault-email-missing")]),
    ];
    let more = Some(shell.t2("import-failed-more", ("shown", "50"), ("all", "80")));
    gallery.page("import-failed", &ImportResult { failed, more, ..over });
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    start(gallery, &shell);
    draft(gallery, &shell);
    result(gallery, &shell);
}
