//! The editor of one template.

use super::{Segments, href, key, language_name, look, words};
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::Form;
use crate::pages::{or_page, with_status};
use crate::view::templates::{PartField, Placeholder, TemplateEdit};
use crate::view::{FieldError, Link, Section};
use crate::visit::{AdminVisit, AgentVisit};
use axum::extract::Path;
use axum::http::StatusCode;
use nameplate_app::templates::{self, Draft, Opened, Saved, Wrong, default_of};
use nameplate_app::{App, Error};
use nameplate_domain::placeholder::TemplateError;
use nameplate_domain::templates::{Part, Parts, TemplateKey, TemplateName};
use nameplate_i18n::{Locale, Texts};

/// Fields are as high as their text, within these.
const ROWS: std::ops::RangeInclusive<usize> = 3..=16;

/// Who is at which template.
pub(super) struct Editor {
    pub visit: AgentVisit,
    pub key: TemplateKey,
}

impl Editor {
    pub(super) async fn of(visit: AgentVisit, segments: &Segments) -> Result<Self, Failure> {
        let key = key(&visit, segments).await?;
        Ok(Self { visit, key })
    }

    pub(super) fn app(&self) -> &App {
        self.visit.visit.web.app()
    }

    pub(super) fn texts(&self) -> Texts {
        self.visit.visit.texts()
    }

    /// What was typed, as it would be kept.
    pub(super) fn parts(&self, form: &Form) -> Parts {
        let parts = templates::parts(self.app(), &self.key);
        templates::typed(&self.key, parts.map(|part| (part, form.get(part.as_str()))))
    }

    pub(super) fn draft(&self, parts: Parts, form: &Form) -> Draft {
        let (name, to, language) = self.key.clone();
        Draft { name, to, language, parts, sample: look::sample(form) }
    }

    /// What came of a use case, with the page of its error.
    pub(super) async fn or_page<T>(&self, result: Result<T, Error>) -> Result<T, Failure> {
        or_page(&self.visit.visit, result).await
    }

    /// The page with these texts.
    pub(super) async fn page(
        &self,
        parts: &Parts,
        version: String,
        wrong: &[Wrong],
        form: &Form,
    ) -> Result<TemplateEdit, Failure> {
        let (texts, action) = (self.texts(), href(&self.key));
        let mut shell = self.or_page(self.visit.shell(Section::Other, action.as_str()).await).await?;
        shell.errors = wrong.iter().map(|one| self.summary(one)).collect();
        let draft = self.draft(parts.clone(), form);
        let examples = self.or_page(templates::examples(self.app(), &self.visit.ctx(), &draft).await).await?;
        let (template, to) = words(texts, &self.key);
        Ok(TemplateEdit {
            title: texts.format("template-heading", &[("template", &template), ("to", &to)]),
            lead: texts.text(if self.key.0 == TemplateName::Signature {
                "template-lead-signature"
            } else {
                "template-lead"
            }),
            languages: Locale::ALL.iter().map(|locale| self.language(*locale)).collect(),
            fields: templates::parts(self.app(), &self.key)
                .map(|part| self.field(part, parts, wrong))
                .collect(),
            placeholders: examples.into_iter().map(|one| placeholder(texts, one)).collect(),
            samples: look::samples(self, &draft).await?,
            zones: look::zones(self, &draft),
            preview: None,
            test: None,
            action,
            version,
            shell,
        })
    }

    /// A language; the one of this page leads nowhere.
    fn language(&self, locale: Locale) -> Link {
        let (name, to, current) = &self.key;
        let other = (*name, *to, locale.tag().to_owned());
        Link::new(locale.name(), if current == locale.tag() { String::new() } else { href(&other) })
    }

    fn field(&self, part: Part, parts: &Parts, wrong: &[Wrong]) -> PartField {
        let (built_in, texts) = (default_of(&self.key, part), self.texts());
        let value = parts.get(part).unwrap_or(built_in);
        let word = part.as_str().replace('_', "-");
        let hint = format!("template-part-{word}-hint");
        let hint = Some(texts.text(&hint)).filter(|text| *text != hint).unwrap_or_default();
        let here = wrong.iter().filter(|one| one.part == part);
        PartField {
            name: part.to_string(),
            label: texts.text(&format!("template-part-{word}")),
            hint,
            rows: if is_line(part) { 1 } else { rows(value) },
            errors: here.map(|one| fault(texts, &one.error, is_line(part))).collect(),
            built_in: (value != built_in).then(|| built_in.to_owned()),
            value: value.to_owned(),
        }
    }

    fn summary(&self, wrong: &Wrong) -> FieldError {
        let label = self.texts().text(&format!("template-part-{}", wrong.part.as_str().replace('_', "-")));
        let text = format!("{label}: {}", fault(self.texts(), &wrong.error, is_line(wrong.part)));
        FieldError { field: wrong.part.to_string(), text }
    }

    /// The page after something was wrong, with what was typed.
    pub(super) async fn refused(&self, parts: &Parts, wrong: &[Wrong], form: &Form) -> Page {
        let page = self.page(parts, form.typed("version"), wrong, form).await?;
        with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

/// Whether a part has one line.
const fn is_line(part: Part) -> bool {
    matches!(part, Part::Subject | Part::Heading | Part::Title | Part::CancelledTitle)
}

/// "Line 3: `agent.phonenumber` is not known. Did you mean `agent.phone_number`?"
pub(in crate::pages) fn fault(texts: Texts, error: &TemplateError, one_line: bool) -> String {
    let code = format!("template-error-{}", error.code.as_str().replace('_', "-"));
    let mut text = texts.format(&code, &[("snippet", &error.snippet)]);
    if let Some(name) = &error.suggestion {
        text = texts.format("template-did-you-mean", &[("error", &text), ("name", name)]);
    }
    if one_line {
        return text;
    }
    texts.format("template-line", &[("line", &error.line.to_string()), ("error", &text)])
}

/// A placeholder as the list beside a form shows it.
pub(in crate::pages) fn placeholder(texts: Texts, one: templates::Example) -> Placeholder {
    Placeholder {
        label: one
            .label
            .unwrap_or_else(|| texts.text(&format!("placeholder-{}", one.path.replace(['.', '_'], "-")))),
        path: one.path,
        example: one.value,
    }
}

pub(in crate::pages) fn rows(text: &str) -> usize {
    // A line of the field holds some 70 characters.
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 70).sum();
    (lines + 1).clamp(*ROWS.start(), *ROWS.end())
}

pub(super) async fn show(AdminVisit(visit): AdminVisit, Path(segments): Path<Segments>) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let Opened { version, parts } =
        editor.or_page(templates::open(editor.app(), &editor.visit.ctx(), &editor.key).await).await?;
    Ok(html(&editor.page(&parts, version.to_string(), &[], &Form::default()).await?))
}

pub(super) async fn save(AdminVisit(visit): AdminVisit, Path(segments): Path<Segments>, form: Form) -> Page {
    let editor = Editor::of(visit, &segments).await?;
    let (app, ctx, parts) = (editor.app(), editor.visit.ctx(), editor.parts(&form));
    match templates::save(app, &ctx, &editor.key, form.version(), parts.clone()).await {
        Ok(Saved::Done) => Ok(see_other(&format!("{}?saved=template", href(&editor.key)))),
        Ok(Saved::Wrong(wrong)) => editor.refused(&parts, &wrong, &form).await,
        Err(Error::Stale) => {
            let now = editor.or_page(templates::open(app, &ctx, &editor.key).await).await?;
            let mut page = editor.page(&parts, now.version.to_string(), &[], &form).await?;
            for part in templates::parts(editor.app(), &editor.key) {
                let stored = now.parts.get(part).unwrap_or(default_of(&editor.key, part));
                if stored != parts.get(part).unwrap_or(default_of(&editor.key, part)) {
                    page.shell.add_stored(part.as_str(), stored);
                }
            }
            let first = templates::parts(editor.app(), &editor.key)
                .next()
                .map(|part| part.to_string())
                .unwrap_or_default();
            page.shell.errors =
                vec![FieldError { field: first, text: editor.texts().text("template-stale") }];
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Failure::page(error, &editor.visit.visit).await),
    }
}

/// "Earlier versions: Meeting booked, to the customer"
pub(super) fn history_title(editor: &Editor) -> (String, String) {
    let (template, to) = words(editor.texts(), &editor.key);
    let title = editor.texts().format("template-history-title", &[("template", &template), ("to", &to)]);
    let language = language_name(&editor.key.2);
    (title, editor.texts().format("template-history-lead", &[("language", language)]))
}
