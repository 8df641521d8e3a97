//! The texts of messages: what is built in, and what an admin has written in its place (`messages.md` section 6).

mod look;

pub use look::{
    Draft, Example, Outcome, Sample, Shown, examples, longest_sms, outcome, samples, send_test, show,
    show_own,
};
pub(crate) use look::{TEST, compose_test};
pub use nameplate_store::TemplateVersion;

use crate::{App, Ctx, Error, fields};
use nameplate_domain::account::RecipientRole;
use nameplate_domain::placeholder::TemplateError;
use nameplate_domain::templates::{Part, Parts, TemplateKey, TemplateName, Written, check};
use nameplate_i18n::Locale;
use nameplate_notify::templates::built_in;

/// How many versions are shown.
const SHOWN: i64 = 20;

/// A template to be edited.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The version that is in force; 0 when nothing was ever written.
    pub version: i64,
    /// What differs from the built-in texts.
    pub parts: Parts,
}

/// A text that cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The part.
    pub part: Part,
    /// What is wrong with it, and where.
    pub error: TemplateError,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is in force for messages that leave from now on.
    Done,
    /// Nothing was changed.
    Wrong(Vec<Wrong>),
}

/// The text in force where nothing was written.
#[must_use]
pub fn default_of((name, to, language): &TemplateKey, part: Part) -> &'static str {
    built_in(*name, *to, Locale::parse(language).unwrap_or_default(), part)
}

/// The texts of a template that can leave: that of an SMS where text messages are configured.
pub fn parts(app: &App, (name, to, _): &TemplateKey) -> impl Iterator<Item = Part> {
    let sms = app.settings().sms.is_some();
    name.parts(*to).iter().copied().filter(move |part| sms || *part != Part::Sms)
}

/// Whether there is such a template.
#[must_use]
pub fn is_known((name, to, language): &TemplateKey) -> bool {
    name.recipients().contains(to) && Locale::parse(language).is_some_and(|locale| locale.tag() == language)
}

/// What was typed, without what equals the built-in text. Browsers send line breaks as CR LF.
#[must_use]
pub fn typed<'a>(key: &TemplateKey, texts: impl IntoIterator<Item = (Part, &'a str)>) -> Parts {
    let plain =
        texts.into_iter().map(|(part, text)| (part, text.replace("\r\n", "\n").trim_end().to_owned()));
    let differs = plain.filter(|(part, text)| text != default_of(key, *part));
    differs.fold(Parts::default(), |parts, (part, text)| parts.with(part, text))
}

/// All that is wrong with a template, part by part.
///
/// # Errors
/// The database's.
pub async fn wrong(app: &App, (name, to, _): &TemplateKey, parts: &Parts) -> Result<Vec<Wrong>, Error> {
    let fields = fields::known(app).await?;
    let of = |part: &Part| {
        let errors = parts.get(*part).map(|text| check(*name, *part, text, &fields)).unwrap_or_default();
        let part = *part;
        errors.into_iter().map(move |error| Wrong { part, error })
    };
    Ok(name.parts(*to).iter().flat_map(of).collect())
}

/// All that was written.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn written(app: &App, ctx: &Ctx) -> Result<Written, Error> {
    let (_, now) = (ctx.admin()?, ctx.now);
    Ok(app.store().read(|tx| async move { tx.written_templates(now).await }).await?)
}

/// A template as it stands.
///
/// # Errors
/// `NotSignedIn`; `NotFound`.
pub async fn open(app: &App, ctx: &Ctx, key: &TemplateKey) -> Result<Opened, Error> {
    let newest = history_of(app, ctx, key, 1).await?.into_iter().next();
    Ok(newest.map_or(Opened { version: 0, parts: Parts::default() }, |newest| Opened {
        version: newest.version,
        parts: newest.parts,
    }))
}

/// The newest versions, the newest first (T-09).
///
/// # Errors
/// `NotSignedIn`; `NotFound`.
pub async fn history(app: &App, ctx: &Ctx, key: &TemplateKey) -> Result<Vec<TemplateVersion>, Error> {
    history_of(app, ctx, key, SHOWN).await
}

async fn history_of(
    app: &App,
    ctx: &Ctx,
    key: &TemplateKey,
    limit: i64,
) -> Result<Vec<TemplateVersion>, Error> {
    ctx.admin()?;
    if !is_known(key) {
        return Err(Error::NotFound);
    }
    let key = key.clone();
    Ok(app.store().read(|tx| async move { tx.template_versions(&key, limit).await }).await?)
}

/// Puts texts in force. `seen` is the version that was before the admin's eyes.
///
/// # Errors
/// `Stale` when somebody saved meanwhile; `NotSignedIn`; `NotFound`.
pub async fn save(app: &App, ctx: &Ctx, key: &TemplateKey, seen: i64, parts: Parts) -> Result<Saved, Error> {
    let (author, now) = (ctx.admin()?, ctx.now);
    if !is_known(key) {
        return Err(Error::NotFound);
    }
    let wrong = wrong(app, key, &parts).await?;
    if !wrong.is_empty() {
        return Ok(Saved::Wrong(wrong));
    }
    let shown: Vec<_> = self::parts(app, key).collect();
    let key = key.clone();
    app.store()
        .write(move |tx| async move {
            let newest = tx.template_versions(&key, 1).await?.into_iter().next();
            let (version, current) =
                newest.map_or((0, Parts::default()), |newest| (newest.version, newest.parts));
            // What is not shown at the moment was not typed either.
            let hidden = key.0.parts(key.1).iter().filter(|part| !shown.contains(part));
            let kept = hidden.filter_map(|part| Some((*part, current.get(*part)?)));
            let parts = kept.fold(parts, |parts, (part, text)| parts.with(part, text));
            // The second click finds what the first one kept.
            if current == parts {
                return Ok(Saved::Done);
            }
            if version != seen || !tx.insert_template(&key, version + 1, &parts, author, now).await? {
                return Err(Error::Stale);
            }
            Ok(Saved::Done)
        })
        .await
}

/// Puts an older version in force again; version 0 is the built-in template.
///
/// # Errors
/// As [`save`]; `NotFound` for a version that there is not.
pub async fn restore(
    app: &App,
    ctx: &Ctx,
    key: &TemplateKey,
    seen: i64,
    version: i64,
) -> Result<Saved, Error> {
    save(app, ctx, key, seen, self::version(app, ctx, key, version).await?).await
}

/// What was written in a version; nothing in version 0.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for a version that there is not.
pub async fn version(app: &App, ctx: &Ctx, key: &TemplateKey, version: i64) -> Result<Parts, Error> {
    if version == 0 {
        return Ok(Parts::default());
    }
    let versions = history(app, ctx, key).await?;
    versions.into_iter().find(|one| one.version == version).map(|one| one.parts).ok_or(Error::NotFound)
}

/// All templates: each for each side that reads it.
pub fn all() -> impl Iterator<Item = (TemplateName, RecipientRole)> {
    TemplateName::ALL.iter().flat_map(|name| name.recipients().iter().map(move |to| (*name, *to)))
}
