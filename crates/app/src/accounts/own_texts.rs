//! What an agent writes in messages to customers: an own signature, and a note.

use crate::audit::{Change, Event};
use crate::{App, Ctx, Error, fields};
use nameplate_domain::placeholder::TemplateError;
use nameplate_domain::templates::{OwnTexts, Part, check_own};

/// A text that cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// `signature` or `note`.
    pub field: &'static str,
    /// What is wrong with it, and where.
    pub error: TemplateError,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It holds for messages that leave from now on.
    Done,
    /// Nothing was changed.
    Wrong(Vec<Wrong>),
}

/// What was typed, as it is kept: browsers send line breaks as CR LF.
#[must_use]
pub fn typed(signature: &str, note: &str) -> OwnTexts {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    OwnTexts { signature: plain(signature), note: plain(note) }
}

/// All that is wrong.
///
/// # Errors
/// The database's.
pub async fn wrong(app: &App, texts: &OwnTexts) -> Result<Vec<Wrong>, Error> {
    let fields = fields::known(app).await?;
    let of = |field: &'static str, part: Part, text: &str| {
        check_own(part, text, &fields).into_iter().map(move |error| Wrong { field, error })
    };
    Ok(of("signature", Part::Lines, &texts.signature).chain(of("note", Part::Text, &texts.note)).collect())
}

/// What the agent has written.
///
/// # Errors
/// `NotSignedIn`.
pub async fn open(app: &App, ctx: &Ctx) -> Result<OwnTexts, Error> {
    let id = ctx.agent()?;
    Ok(app.store().read(|tx| async move { tx.own_texts(id).await }).await?)
}

/// Keeps what the agent wrote. `seen` is what was before the agent's eyes.
///
/// # Errors
/// `Stale` when it was saved meanwhile; `NotSignedIn`.
pub async fn save(app: &App, ctx: &Ctx, seen: OwnTexts, texts: OwnTexts) -> Result<Saved, Error> {
    let (id, recorder) = (ctx.agent()?, app.recorder(ctx));
    let wrong = wrong(app, &texts).await?;
    if !wrong.is_empty() {
        return Ok(Saved::Wrong(wrong));
    }
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(id).await?;
            let before = tx.own_texts(id).await?;
            // The second click finds what the first one kept.
            if before == texts {
                return Ok(Saved::Done);
            }
            if before != seen {
                return Err(Error::Stale);
            }
            tx.save_own_texts(id, &texts).await?;
            recorder.add(&tx, id, Event::ProfileChanged, changes(&before, &texts)).await?;
            Ok(Saved::Done)
        })
        .await
}

fn changes(before: &OwnTexts, after: &OwnTexts) -> Vec<Change> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let between =
        |field: &str, old: &str, new: &str| Change::between(field, some(old).as_ref(), some(new).as_ref());
    [between("signature", &before.signature, &after.signature), between("note", &before.note, &after.note)]
        .into_iter()
        .flatten()
        .collect()
}
