//! The profile picture.

use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, fresh, once, secrets, webhooks};
use nameplate_domain::account::{Agent, PictureKey, Problem};
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::PictureFile;
use std::time::Duration;

/// How long an upload waits for its turn (`security.md` P3).
const PATIENCE: Duration = Duration::from_secs(10);

/// Checks, crops and re-encodes an uploaded picture and puts it in place of the old one.
///
/// # Errors
/// `Picture` says what is wrong with the file; `Busy` when another one takes too long; `Limited`.
pub async fn set(app: &App, ctx: &Ctx, upload: Vec<u8>) -> Result<Agent, Error> {
    let id = ctx.agent()?;
    let permit = vec![wanted(app, "picture", &app.settings().limits.picture, &id.to_string())];
    limits::take(app, ctx, permit).await?;
    let turn = tokio::time::timeout(PATIENCE, app.pictures().acquire_owned()).await;
    let turn = turn.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
    let work = move || {
        let pictures = nameplate_picture::process(&upload);
        // Held by the work, not by the request: one that goes away must not let a second one in.
        drop(turn);
        pictures
    };
    let pictures = tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Internal("a picture could not be processed"))?
        .map_err(Error::Picture)?;
    let key = PictureKey::parse(&secrets::url_safe(&fresh::bytes::<24>()))
        .map_err(|_: Problem| Error::Internal("a picture key"))?;
    let files = pictures.sizes.into_iter().map(|(px, bytes)| PictureFile { px, bytes }).collect();
    replace(app, ctx, Some(key), files).await
}

/// The refusal of a file that is so large that it was not even read.
#[must_use]
pub const fn too_large(bytes: u64) -> Error {
    Error::Picture(nameplate_picture::PictureError::FileTooLarge { bytes })
}

/// Removes the picture; initials take its place.
///
/// # Errors
/// `NotSignedIn`.
pub async fn remove(app: &App, ctx: &Ctx) -> Result<Agent, Error> {
    replace(app, ctx, None, Vec::new()).await
}

async fn replace(
    app: &App,
    ctx: &Ctx,
    key: Option<PictureKey>,
    files: Vec<PictureFile>,
) -> Result<Agent, Error> {
    let (inner, id, now, recorder) = (app.clone(), ctx.agent()?, ctx.now, app.recorder(ctx));
    let changed = once::write(app, ctx, move |tx, _| async move {
        tx.lock_agent(id).await?;
        let before = tx.agent(id).await?.ok_or(Error::NotSignedIn)?;
        let mut agent = before.clone();
        tx.replace_pictures(id, key.as_ref().map_or("", PictureKey::as_str), &files).await?;
        agent.picture = key;
        if !tx.save_agent(&agent, now).await? {
            return Err(Error::Stale);
        }
        agent.version += 1;
        webhooks::of_agent(&inner, &tx, HookEvent::AgentUpdated, id, now).await?;
        super::changes::record(&tx, &recorder, (&before, &agent), Vec::new()).await?;
        Ok(agent)
    })
    .await?;
    app.wake_webhooks();
    Ok(changed)
}

/// One size of a picture, as JPEG.
///
/// # Errors
/// `NotFound`.
pub async fn file(app: &App, key: &str, px: u32) -> Result<Vec<u8>, Error> {
    if PictureKey::parse(key).is_err() {
        return Err(Error::NotFound);
    }
    let key = key.to_owned();
    let bytes = app.store().read(|tx| async move { tx.picture(&key, px).await }).await?;
    bytes.ok_or(Error::NotFound)
}
